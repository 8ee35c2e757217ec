"""Black-box tests: a notification-service of their own."""
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests/testkit/py"))

from testkit.fixtures import *  # noqa: E402, F401, F403
from testkit.programs import Program, wait_until  # noqa: E402, F401


class Service(Program):
    def __init__(self, folder, **settings):
        super().__init__(folder, ["notification-service"], "NOTIFICATION_PORT", PUBLIC_URL="https://school.example",
                         **settings)


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    service = Service(tmp_path_factory.mktemp("service")).start()
    yield service
    assert service.stop() == 0, service.log()
