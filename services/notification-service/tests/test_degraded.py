"""A broker or cache that is away or refuses us does not stop the service: it says so and goes on."""
import uuid

import pytest
import requests
from conftest import Service, wait_until
from testkit import ports
from test_start_failures import parts_of


@pytest.fixture
def started(tmp_path):
    """Starts a service with these settings."""
    services = []

    def start(**settings):
        services.append(Service(tmp_path, **settings))
        services[-1].start()
        return services[-1]
    yield start
    for service in services:
        assert service.stop() == 0, service.log()


def accepts_events(service):
    event = {"id": uuid.uuid4().hex, "type": "user.registered", "data": {"user_id": 1, "role": "student"}}
    return service.post("/api/v1/events", event).json()["results"][0]["status"] == "accepted"


def health(service):
    return requests.get(service.url + "/health", timeout=5).json()


def test_a_broker_that_is_away_is_waited_for(started):
    port = ports.take(1)[0]
    service = started(RABBITMQ_URL=f"amqp://guest:guest@127.0.0.1:{port}/")
    assert health(service)["status"] == "degraded"
    assert health(service)["checks"]["bus"] == f"RabbitMQ at 127.0.0.1:{port} does not answer: nothing listens there"
    assert accepts_events(service)


def test_a_broker_that_refuses_the_password_is_named(started, rabbit):
    at = parts_of(rabbit["RABBITMQ_URL"])
    service = started(RABBITMQ_URL=f"amqp://{at['user']}:wrong@127.0.0.1:{at['port']}/{at['name']}")
    assert health(service)["status"] == "degraded"
    assert health(service)["checks"]["bus"] == (f"RabbitMQ at 127.0.0.1:{at['port']} refuses user «{at['user']}»: "
                                                "wrong name or password")
    assert accepts_events(service)


def test_the_cache_is_told_of_where_there_is_one(started, redis):
    service = started(**redis)
    wait_until(lambda: health(service)["checks"]["cache"] == "ok")
    assert health(service)["status"] == "healthy"


def test_a_cache_that_is_away_is_a_degradation(started):
    port = ports.take(1)[0]
    service = started(REDIS_URL=f"redis://127.0.0.1:{port}/0")
    assert health(service)["status"] == "degraded"
    assert str(port) in health(service)["checks"]["cache"]


def test_a_refused_bot_token_is_told_and_costs_no_tries(started, bot_api):
    bot_api.order("unauthorized", times=0)
    service = started(BOT_TOKEN="1:wrong_token_of_somebody_else_000000000000", TELEGRAM_API_URL=bot_api.url)
    service.call("PUT", "/api/v1/contacts/7", json={"telegram_id": 700})
    sent = service.post("/api/v1/notifications/send", {"user_id": 7, "message": "x"}).json()["notification_id"]
    wait_until(lambda: service.get(f"/api/v1/notifications/{sent}").json()["reason"])
    waiting = service.get(f"/api/v1/notifications/{sent}").json()
    assert (waiting["status"], waiting["attempts"]) == ("pending", [])
    assert waiting["reason"].startswith("channel_refused: ")
    assert health(service)["status"] == "degraded" and health(service)["checks"]["telegram"] == "Unauthorized"
