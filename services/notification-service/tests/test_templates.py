"""A text of the school's own, from writing to the outbox."""
from conftest import wait_until

TEMPLATES = "/api/v1/templates"
PARENTS = {"audience": "parent", "language": "ru"}


def test_a_text_is_written_looked_at_sent_and_seen_in_the_outbox(service):
    name = "open_day"
    made = service.post(TEMPLATES, {"name": name, "title": "День открытых дверей", "body": "Ждём вас <b>{{ day }}</b>.",
                                    "variables": {"day": "5 сентября"}})
    assert made.status_code == 201, made.text
    preview = service.post(f"{TEMPLATES}/render", {"template_name": name, "channel": "telegram"})
    assert preview.json()["html_body"] == "💬 <b>День открытых дверей</b>\n\nЖдём вас <b>5 сентября</b>."
    sent = service.post("/api/v1/notifications/send", {"user_id": 2001, "channel": "telegram", "template_name": name,
                                                       "context_data": {"day": "6 октября"}})
    assert sent.json()["success"], sent.text
    wait_until(lambda: "6 октября" in service.get("/outbox?person=2001").text)


def test_a_mistake_is_named_with_its_line_and_nothing_is_kept(service):
    answer = service.call("PUT", f"{TEMPLATES}/lesson.cancelled", json={**PARENTS, "body": "Причина:\n{{ lesson.reson }}"})
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert error["field"] == "body"
    assert error["reason"].startswith("line 2: there is no variable lesson.reson")
    assert service.get(f"{TEMPLATES}/lesson.cancelled/versions").json()["items"] == []
