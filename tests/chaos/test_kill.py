"""Every accepted event leads to its message, whatever dies in between; twice only what was under way at a kill."""
import os
import random
import re
import threading
import time
from collections import Counter

import pytest
from school import School
from testkit.botapi import TOKEN
from testkit.ports import take

KILLS = int(os.environ.get("RB_KILLS", "3"))
UNDER_WAY = 64 + 200  # calls of Telegram at once, and outcomes not written yet


def tags(bot_api):
    found = Counter()
    for message in bot_api.messages():
        found.update(re.findall(r"t\d+x", message["text"]))
    return found


def wait_for_all(school, bot_api):
    missing = set(school.accepted)
    deadline = time.monotonic() + 90
    while missing and time.monotonic() < deadline:
        missing = set(school.accepted) - set(tags(bot_api))
        time.sleep(0.2)
    return missing


@pytest.mark.parametrize("backend", ["embedded"])
def test_no_accepted_event_is_lost_when_the_process_is_killed(backend, bot_api, tmp_path):
    settings = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": bot_api.url}
    school = School(tmp_path, settings, take(1)[0])
    school.start()
    school.people()
    for _ in range(KILLS):
        killer = threading.Timer(random.uniform(0.3, 1.5), school.process.kill)
        killer.start()
        school.fire(5)
        killer.join()
        school.process.wait()
        school.start()
    school.fire(1)
    missing = wait_for_all(school, bot_api)
    school.stop()
    assert not missing, f"{len(missing)} of {len(school.accepted)} lost: {sorted(missing)[:5]}"
    repeated = sum(n - 1 for n in tags(bot_api).values())
    assert repeated <= KILLS * UNDER_WAY
    print(f"{len(school.accepted)} events, {KILLS} kills, {repeated} messages twice")
