"""Two instances and a queue: whatever dies in between, all of it comes, and Telegram's limits hold as Telegram counts."""
import os
import random
import time

import pytest
import requests
from installation import Distributed, wait_until, waiting
from ledger import IN_HAND, Ledger
from producers import homework
from supervised import Supervised
from testkit.botapi import TOKEN, BotApi
from testkit.ports import take
from testkit.programs import SECRET, token

IN_A_CHAT = 3
STUDENTS = -(-int(os.environ.get("RB_QUEUED", "300")) // IN_A_CHAT)
MESSAGES = STUDENTS * IN_A_CHAT  # and a welcome each
PER_SECOND = 30


@pytest.fixture
def installation(tmp_path):
    installation = Distributed(tmp_path)
    yield installation
    installation.close()


@pytest.fixture
def strict_bot_api():
    api = BotApi("--limits", "on")
    yield api
    api.close()


def students():
    return [{"id": f"p{n}", "type": "user.registered", "data": {"user_id": n, "role": "student", "full_name": f"Имя {n}",
                                                               "telegram_id": 500000000 + n}}
            for n in range(1, STUDENTS + 1)]


def tasks():
    return [homework(f"h{number}x", student) for number, student in enumerate(
        (n for n in range(1, STUDENTS + 1) for _ in range(IN_A_CHAT)), 1)]


class School:
    """Two instances with a queue that begins to move when resume() says so."""

    def __init__(self, installation, api, folder):
        settings = {**installation.env, "BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "JWT_SECRET_KEY": SECRET,
                    "LOG_LEVEL": "warning", "NOTIFICATION_LEASE_SECONDS": "5"}
        self.instances = [Supervised(Distributed.command, folder, settings, port) for port in take(2)]
        self.headers = {"Authorization": "Bearer " + token("admin chaos")}
        for instance in self.instances:
            instance.wait_ready()

    def post(self, path, body):
        requests.post(self.instances[0].url + path, json=body, headers=self.headers, timeout=30).raise_for_status()

    def queue(self):
        self.post("/api/v1/channels/telegram/pause", {"reason": "the queue is filled"})
        wait_until(lambda: all(self.knows_pause(instance) for instance in self.instances), 30,
                   lambda: "an instance does not know of the pause")
        # One after the other: two instances may take what comes together in any order, and who is not known yet has no chat.
        for events, expected in ((students(), STUDENTS), (tasks(), STUDENTS + MESSAGES)):
            for first in range(0, len(events), 500):
                self.post("/api/v1/events", events[first:first + 500])
            wait_until(lambda: self.waiting() == expected, 60, lambda: f"{self.waiting()} messages wait")

    @staticmethod
    def knows_pause(instance):
        metrics = requests.get(instance.url + "/metrics", timeout=10).text
        return 'repitbot_notification_channel_paused{channel="telegram"} 1' in metrics

    def waiting(self):
        return waiting(self.instances[0].url, self.headers)

    def resume(self):
        self.post("/api/v1/channels/telegram/resume", None)

    def stop(self):
        for instance in self.instances:
            instance.stop()


def kill_an_instance(school, _installation):
    return [school.instances.pop().kill(for_good=True)]


def kill_redis(_school, installation):
    installation.all.kill("redis")
    return []


@pytest.mark.parametrize("strike", [kill_an_instance, kill_redis])
def test_the_limit_holds_and_everything_comes(strike, installation, strict_bot_api, tmp_path, capsys):
    school = School(installation, strict_bot_api, tmp_path)
    school.queue()
    assert not strict_bot_api.messages(), "a paused channel sends nothing"
    school.resume()
    began = time.monotonic()
    strict_bot_api.wait(random.randint(MESSAGES // 5, MESSAGES // 2), seconds=120)
    kills = strike(school, installation)

    accepted = [event["id"] for event in tasks()]

    def missing():
        return [lost for lost in Ledger(accepted, strict_bot_api, []).lost() if "telegram" in lost]
    wait_until(lambda: not missing() and school.waiting() == 0, 60 + 2 * MESSAGES / PER_SECOND,
               lambda: f"{len(missing())} are missing, {missing()[:5]}")
    took = time.monotonic() - began
    school.stop()
    ledger, stats = Ledger(accepted, strict_bot_api, []), strict_bot_api.stats()
    repeated = len(ledger.repeated())
    with capsys.disabled():
        print(f"\n{strike.__name__}: {stats['messages']} messages in {took:.1f} s, at most {stats['max_per_second']} in a "
              f"second, {stats['max_per_second_in_a_chat']} in a chat, answers {stats['answers']}, {repeated} duplicates")
    assert stats["max_per_second"] <= PER_SECOND
    assert stats["max_per_second_in_a_chat"] <= IN_A_CHAT
    assert stats["answers"].keys() == {"getMe 200", "sendMessage 200"}, "nobody was told to wait"
    assert not ledger.unexplained(kills or [0], [])
    assert repeated <= len(kills) * IN_HAND
