"""pytest fixtures: `from testkit.fixtures import *` in a conftest.py that has put this folder's parent on sys.path.

Servers are shared by all tests of a run and started at first use; each test has its own database, virtual host and so on.
The dictionaries hold settings under the names that the services read.
"""
import pytest

from .botapi import BotApi
from .server import Unsupported
from .servers import shared_servers


@pytest.fixture
def postgres():
    """{"DATABASE_URL": …} of an empty database."""
    return _fresh("pg")


@pytest.fixture
def rabbit():
    """{"RABBITMQ_URL": …, "RABBITMQ_API_URL": …} of an empty virtual host."""
    return _fresh("rabbit")


@pytest.fixture
def redis():
    """{"REDIS_URL": …} of an empty database."""
    return _fresh("redis")


@pytest.fixture
def mail():
    """EMAIL_HOST, EMAIL_PORT, EMAIL_USERNAME, EMAIL_PASSWORD, TLS_CA_FILE, SMTPS_PORT, IMAPS_PORT and MAILDIR."""
    try:
        return shared_servers().start("mail")
    except Unsupported as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def bot_api_server():
    server = BotApi()
    yield server
    server.close()


@pytest.fixture
def bot_api(bot_api_server):
    """The fake Bot API server, as new."""
    bot_api_server.reset()
    return bot_api_server


def _fresh(name):
    servers = shared_servers()
    servers.start(name, fsync="off")
    return servers.fresh(name)
