"""A mail provider that has too much of us: it is left alone for a while, and nobody else waits for it."""
import pytest
from conftest import Service, wait_until
from testkit.smtp import SmtpSink


@pytest.fixture
def sink():
    sink = SmtpSink(crowded={"busy.example"})
    yield sink
    sink.close()


@pytest.fixture
def school(sink, tmp_path):
    service = Service(tmp_path, **sink.env()).start()
    yield service
    assert service.stop() == 0, service.log()


def send(school, address):
    answer = school.post("/api/v1/notifications/send", {"user_id": address, "channel": "email", "message": "Привет",
                                                        "recipient_address": address})
    assert answer.status_code == 200, answer.text
    return answer.json()["notification_id"]


def found(school, notification):
    return school.get(f"/api/v1/notifications/{notification}").json()


def test_a_crowded_domain_is_left_alone_and_the_others_are_not(school, sink):
    first = send(school, "a@busy.example")
    wait_until(lambda: "too many" in (found(school, first)["reason"] or ""))
    second = send(school, "b@busy.example")
    other = send(school, "c@quiet.example")
    wait_until(lambda: found(school, other)["status"] == "sent")
    assert sink.refused == ["a@busy.example"]
    assert [found(school, n)["status"] for n in (first, second)] == ["pending", "pending"]
    mail = next(c for c in school.get("/api/v1/channels").json()["items"] if c["channel"] == "email")
    assert mail["state"] == "ok" and mail["queue"]["under_way"] == 0
    assert mail["last_error"]["reason"] == "450 4.7.28 … gets too many messages"
