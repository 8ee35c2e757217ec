"""Every accepted event leads to its messages, whatever dies in between; twice only what was under way at a kill."""
import os
import random
import time

import pytest
import requests
from installation import Distributed, Embedded, wait_until, waiting
from ledger import IN_HAND, Ledger
from producers import STUDENTS, OverAmqp, OverHttp
from supervised import Supervised
from testkit.botapi import TOKEN
from testkit.ports import take
from testkit.programs import SECRET, token
from testkit.smtp import SmtpSink

KILLS = int(os.environ.get("RB_KILLS", "3"))
SEED = int(os.environ.get("RB_SEED", "0")) or random.randrange(1, 1_000_000)


@pytest.fixture(params=[Embedded, Distributed], ids=["embedded", "distributed"])
def backend(request, tmp_path):
    backend = request.param(tmp_path)
    yield backend
    backend.close()


@pytest.fixture
def mail_sink():
    sink = SmtpSink()
    yield sink
    sink.close()


def people():
    """Students with Telegram; each has a mother who reads mail."""
    def person(number, role, **more):
        return {"id": f"p{number}", "type": "user.registered", "data": {"user_id": number, "role": role,
                                                                       "full_name": f"Имя {number}", **more}}
    return [person(n, "student", telegram_id=500000000 + n) for n in range(1, STUDENTS + 1)] + [
        person(1000 + n, "parent", email=f"parent{n}@example.test", children_ids=[n]) for n in range(1, STUDENTS + 1)]


def actions(backend, chance):
    """What is done to the system, in random order."""
    outages = [name for name in backend.servers for _ in range(max(1, KILLS // 7))]
    todo = ["kill"] * KILLS + outages
    chance.shuffle(todo)
    return todo


def test_no_accepted_event_is_lost_and_none_told_twice_without_need(backend, bot_api, mail_sink, tmp_path, capsys):
    chance = random.Random(SEED)
    settings = {**backend.env, **mail_sink.env(), "BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": bot_api.url,
                "JWT_SECRET_KEY": SECRET, "LOG_LEVEL": "warning", "TELEGRAM_MESSAGES_PER_SECOND": "0",
                "TELEGRAM_CHAT_BURST": "0", "NOTIFICATION_LEASE_SECONDS": "2", "NOTIFICATION_RETRY_DELAY": "1"}
    instances = [Supervised(backend.command, tmp_path, settings, port) for port in take(backend.instances)]
    for instance in instances:
        instance.wait_ready()
    bearer = token("service chaos")
    headers = {"Authorization": f"Bearer {bearer}"}
    requests.post(instances[0].url + "/api/v1/events", json=people(), headers=headers, timeout=20).raise_for_status()
    bot_api.wait(STUDENTS)

    producers = [OverHttp(SEED, [instance.url for instance in instances], bearer).start()]
    if "RABBITMQ_URL" in settings:
        producers.append(OverAmqp(SEED, settings["RABBITMQ_URL"]).start())
    kills, database_outages = [], []
    for action in actions(backend, chance):
        time.sleep(chance.uniform(0.3, 1.5))
        if action == "kill":
            victim = chance.choice(instances)
            victim.wait_ready()
            time.sleep(chance.uniform(0, 0.3))
            kills.append(victim.kill())
        else:
            outage = backend.outage(action, chance)
            database_outages += [outage] if action == "pg" else []
    for instance in instances:
        instance.wait_ready()
    for producer in producers:
        producer.stop()

    accepted = [tag for producer in producers for tag in producer.accepted]

    def ledger():
        return Ledger(accepted, bot_api, mail_sink.mails())
    wait_until(lambda: waiting(instances[0].url, headers) == 0 and not ledger().lost(), 90,
               lambda: f"seed {SEED}: lost {ledger().lost()[:5]}")
    assert [instance.stop() for instance in instances] == [0] * len(instances)
    came = ledger()
    repeated, bound = len(came.repeated()), KILLS * IN_HAND
    with capsys.disabled():
        print(f"\n{type(backend).__name__.lower()}, seed {SEED}: {len(accepted)} events accepted, "
              f"{sum(map(len, came.copies.values()))} messages, {len(came.lost())} lost, {repeated} duplicates "
              f"(bound {bound}), {len(kills)} kills, {len(database_outages)} database outages")
    assert not came.lost()
    assert not came.unexplained(kills, database_outages), [round(kill - kills[0], 2) for kill in kills]
    assert repeated <= bound
    assert not came.mails_without_stable_id()
