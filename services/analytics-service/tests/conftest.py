"""Black-box tests: an analytics-service of their own."""
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests/testkit/py"))

from testkit.programs import Program  # noqa: E402


class Service(Program):
    def __init__(self, folder, **settings):
        super().__init__(folder, ["analytics-service"], "ANALYTICS_PORT", **settings)


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    service = Service(tmp_path_factory.mktemp("service")).start()
    yield service
    assert service.stop() == 0, service.log()
