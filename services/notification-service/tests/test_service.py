"""The running service from outside: standard endpoints, sending, events, people."""
import time
import uuid

from conftest import wait_until

NOTIFICATIONS = "/api/v1/notifications"


def history(service, user):
    return service.get(f"{NOTIFICATIONS}/user/{user}").json()["items"]


def delivered(service, user):
    items = history(service, user)
    return items if items and all(item["status"] == "delivered" for item in items) else None


def event(kind, data):
    return {"specversion": "1.0", "id": uuid.uuid4().hex, "source": "/tests", "type": kind,
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "data": data}


def test_health_tells_the_state_of_what_it_needs(service):
    for path in ("/health", "/api/v1/health"):
        health = service.get(path, who=None).json()
        assert health["status"] == "healthy"
        assert health["service"] == "notification-service"
        assert set(health["checks"]) == {"database", "bus", "cache"}
    assert service.get("/health/live", who=None).status_code == 200
    assert service.get("/health/ready", who=None).status_code == 200


def test_metrics_tell_of_database_bus_and_queue(service):
    text = service.get("/metrics", who=None).text
    for name in ("repitbot_database_connections{", "repitbot_database_commits_total", "repitbot_bus_connected 1",
                 'repitbot_notification_queue_size{queue="pending"}', "repitbot_build_info{"):
        assert name in text, name


def test_root_metrics_docs_and_openapi_need_no_token(service):
    assert service.get("/", who=None).json()["links"]["docs"] == "/docs"
    assert "repitbot_http_requests_total" in service.get("/metrics", who=None).text
    assert "<html" in service.get("/docs", who=None).text.lower()
    document = service.get("/openapi.json", who=None).json()
    assert document["openapi"].startswith("3.1")
    assert f"{NOTIFICATIONS}/send" in document["paths"]


def test_what_is_sent_is_delivered_and_on_record(service):
    answer = service.post(f"{NOTIFICATIONS}/send", {"user_id": 1001, "channel": "telegram", "title": "Привет",
                                                    "message": "Урок в 18:00", "type": "custom"})
    assert answer.status_code == 200, answer.text
    sent = answer.json()
    assert sent["success"] and sent["status"] == "pending"
    one = wait_until(lambda: delivered(service, 1001))[0]
    assert one["id"] == sent["notification_id"]
    assert "Урок в 18:00" in one["message"]
    detail = service.get(f"{NOTIFICATIONS}/{one['id']}").json()
    assert [attempt["outcome"] for attempt in detail["attempts"]] == ["delivered"]


def test_a_redelivered_event_tells_people_once(service):
    service.call("PUT", "/api/v1/contacts/1101", json={"full_name": "Аня Ким", "roles": ["student"],
                                                       "parent_ids": [1102], "address_form": "ты"})
    cancelled = event("lesson.cancelled", {"lesson_id": 71, "tutor_id": 1103, "student_id": 1101, "reason": "болезнь"})
    first = service.post("/api/v1/events", cancelled)
    assert first.status_code == 202, first.text
    assert first.json()["results"][0]["status"] == "accepted"
    again = service.post("/api/v1/events", [cancelled, event("weather.changed", {})]).json()
    assert [result["status"] for result in again["results"]] == ["duplicate", "ignored"]
    for user in (1101, 1102, 1103):
        messages = wait_until(lambda user=user: delivered(service, user))
        assert [message["type"] for message in messages] == ["lesson.cancelled"]


def test_an_idempotency_key_makes_a_repetition_harmless(service):
    def send():
        return service.post(f"{NOTIFICATIONS}/send", {"user_id": 1201, "message": "Один раз"},
                            headers={"Idempotency-Key": "one"})
    assert send().json() == send().json()
    assert len(history(service, 1201)) == 1


def test_a_mail_is_unsubscribed_from_by_one_click(service):
    service.call("PUT", "/api/v1/contacts/1301", json={"email": "vera@example.test"})
    service.post(f"{NOTIFICATIONS}/send", {"user_id": 1301, "channel": "email", "message": "Письмо"})
    text = wait_until(lambda: delivered(service, 1301))[0]["message"]
    path = text.split("https://school.example")[1].split('"')[0]
    assert service.get(path, who=None).status_code == 200
    assert service.get("/api/v1/preferences/1301").json()["channels"] == {}
    done = service.call("POST", path, who=None, files={"List-Unsubscribe": (None, "One-Click")})
    assert done.status_code == 200
    assert service.get("/api/v1/preferences/1301").json()["channels"] == {"custom": {"email": False}}


def test_ids_that_are_numbers_stay_numbers(service):
    service.call("PUT", "/api/v1/contacts/1401", json={"tutor_ids": ["1402", "a-b"]})
    contact = service.get("/api/v1/contacts/1401").json()
    assert contact["user_id"] == 1401
    assert sorted(contact["tutor_ids"], key=str) == [1402, "a-b"]
