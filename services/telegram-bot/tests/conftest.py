"""Black-box tests: telegram-bot between a strict Bot API server and a notification-service of their own."""
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests/testkit/py"))

from testkit.botapi import TOKEN  # noqa: E402
from testkit.fixtures import *  # noqa: E402, F401, F403
from testkit.programs import Program  # noqa: E402


@pytest.fixture
def program(tmp_path):
    """Starts programs that end with the test: program(["telegram-bot"], BOT_TOKEN=...)."""
    started = []

    def start(command, listens="BOT_PORT", **settings):
        folder = tmp_path / str(len(started))
        folder.mkdir()
        started.append(Program(folder, command, listens, **settings).start())
        return started[-1]

    yield start
    assert [one.stop() for one in reversed(started)] == [0] * len(started), [one.log() for one in started]


@pytest.fixture
def telegram(bot_api):
    """Settings of programs that use the strict Bot API server."""
    return {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": bot_api.url}
