"""One text for many, from outside: a dry run, then the real thing."""
from conftest import wait_until

BULK = "/api/v1/notifications/bulk"
PEOPLE = range(3001, 3006)


def contact(service, user, **fields):
    answer = service.call("PUT", f"/api/v1/contacts/{user}", json={"roles": ["parent"], **fields})
    assert answer.status_code == 200, answer.text


def test_a_dry_run_says_who_would_get_it_and_the_bulk_then_reaches_them(service):
    for user in PEOPLE:
        contact(service, user, telegram_id=700000 + user)
    service.call("PUT", "/api/v1/preferences/3005", json={"telegram_enabled": False, "email_enabled": False})
    question = {"user_ids": list(PEOPLE), "channels": ["telegram"], "message": "Новое расписание",
                "notification_type": "custom"}

    dry = service.post(BULK, {**question, "dry_run": True})
    assert dry.status_code == 200, dry.text
    assert dry.json()["channels"] == {"telegram": 4}
    assert dry.json()["reasons"] == {"blocked_by_preferences": 1}
    assert [item["user_id"] for item in dry.json()["items"] if not item["channels"]] == [3005]

    started = service.post(BULK, question)
    assert started.status_code == 202, started.text
    assert started.json()["success"] and started.json()["total"] == 5
    batch = f"{BULK}/{started.json()['batch_id']}"

    def done():
        state = service.get(batch).json()
        return state if state["status"] == "done" else None

    state = wait_until(done)
    assert (state["sent_count"], state["failed_count"], state["suppressed"]) == (4, 0, 1)
    assert state["progress"] == 100
    recipients = service.get(f"{batch}/recipients").json()["items"]
    assert [item["user_id"] for item in recipients] == list(PEOPLE)
    assert recipients[0]["status"] == "delivered"
    assert recipients[4]["reason"] == "blocked_by_preferences"
