"""A worker that dies over digests: every part is told, in the one digest of its person; twice only what was under way."""
import os
import random
import sqlite3
import time
from datetime import datetime, timedelta, timezone

import pytest
import requests
from installation import Embedded, wait_until, waiting
from ledger import TAG, Ledger
from producers import homework
from supervised import Supervised
from testkit.botapi import TOKEN
from testkit.ports import take
from testkit.programs import SECRET, token

KILLS = int(os.environ.get("RB_KILLS", "3"))
SEED = int(os.environ.get("RB_SEED", "0")) or random.randrange(1, 1_000_000)
STUDENTS = range(1, 61)
PARTS = 3
MOSCOW = timezone(timedelta(hours=3))


def students():
    return [{"id": f"p{n}", "type": "user.registered", "data": {"user_id": n, "role": "student", "full_name": f"Имя {n}",
                                                               "telegram_id": 500000000 + n}} for n in STUDENTS]


def tasks():
    return [homework(f"h{(n - 1) * PARTS + part}x", n) for n in STUDENTS for part in range(PARTS)]


@pytest.fixture
def installation(tmp_path):
    return Embedded(tmp_path)


def test_a_killed_worker_neither_loses_nor_doubles_parts_of_digests(installation, bot_api, tmp_path):
    chance = random.Random(SEED)
    settings = {**installation.env, "BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": bot_api.url, "JWT_SECRET_KEY": SECRET,
                "LOG_LEVEL": "warning", "TELEGRAM_MESSAGES_PER_SECOND": "0", "TELEGRAM_CHAT_BURST": "0"}
    worker = Supervised(installation.command, tmp_path, settings, take(1)[0])
    worker.wait_ready()
    headers = {"Authorization": "Bearer " + token("admin chaos")}

    def call(method, path, body):
        requests.request(method, worker.url + path, json=body, headers=headers, timeout=20).raise_for_status()

    call("POST", "/api/v1/events", students())
    bot_api.wait(len(STUDENTS))
    later = (datetime.now(MOSCOW) + timedelta(hours=12)).strftime("%H:%M")
    for student in STUDENTS:
        call("PUT", f"/api/v1/preferences/{student}", {"digest_mode": "daily", "digest_time": later})
    call("POST", "/api/v1/events", tasks())
    wait_until(lambda: waiting(worker.url, headers) == len(tasks()), 30, lambda: "the parts do not wait")

    with sqlite3.connect(tmp_path / "school.sqlite3", timeout=20) as database:  # the hour of all digests comes
        database.execute("update notification_messages set due_at = ? where status = 'deferred'", [time.time_ns() // 1000])
    kills = []
    for _ in range(KILLS):
        time.sleep(chance.uniform(0, 0.1))
        kills.append(worker.kill())
        worker.wait_ready()
    wait_until(lambda: waiting(worker.url, headers) == 0, 60, lambda: f"seed {SEED}: some still wait")
    assert worker.stop() == 0

    with sqlite3.connect(tmp_path / "school.sqlite3") as database:
        digests = dict(database.execute("select user_id, id from notification_messages where type = 'digest'"))
        count, = database.execute("select count(*) from notification_messages where type = 'digest'").fetchone()
        parts = database.execute("select user_id, status, reason from notification_messages where type = 'homework.assigned'")
        parts = parts.fetchall()
    assert count == len(digests) == len(STUDENTS), f"seed {SEED}"
    assert len(parts) == len(tasks())
    assert all((status, reason) == ("delivered", f"in_digest:{digests[user]}") for user, status, reason in parts), f"seed {SEED}"
    told = [tag for message in bot_api.messages() for tag in TAG.findall(message["text"])]
    assert set(told) == {event["id"] for event in tasks()}, f"seed {SEED}"
    assert not Ledger([], bot_api, []).unexplained(kills, []), f"seed {SEED}"
