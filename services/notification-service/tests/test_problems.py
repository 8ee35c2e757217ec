"""Bad input: the problem documents, as they are kept in golden/. RB_UPDATE_GOLDEN=1 writes them anew."""
import json
import os
from pathlib import Path

import pytest
import requests
from conftest import Service

GOLDEN = Path(__file__).parent / "golden"
SEND = "/api/v1/notifications/send"
EVENTS = "/api/v1/events"
TEXT = {"user_id": 1, "message": "x"}

CASES = {
    "malformed_json": (SEND, {"data": b'{"user_id": 1,'}),
    "not_json": (SEND, {"data": b"<a/>", "headers": {"Content-Type": "text/xml"}}),
    "wrong_types": (SEND, {"json": {"user_id": [1], "message": 5, "priority": "now", "scheduled_at": "soon",
                                    "context_data": "x"}}),
    "unknown_type": (SEND, {"json": {**TEXT, "type": "lesson.exploded"}}),
    "unknown_channel": (SEND, {"json": {**TEXT, "channel": "sms"}}),
    "unknown_template": (SEND, {"json": {"user_id": 1, "template_name": "holiday"}}),
    "missing_variable": (SEND, {"json": {"user_id": 1, "type": "payment.processed", "context_data": {}}}),
    "body_of_10_mb": (SEND, {"data": b"[" + b" " * (10 << 20) + b"]"}),
    "events_1001": (EVENTS, {"json": [{}] * 1001}),
    "event_not_understood": (EVENTS, {"json": {"type": "lesson.created", "id": "1", "data": {"lesson_id": 1}}}),
    "huge_header": (SEND, {"json": TEXT, "headers": {"X-Large": "x" * 100_000}}),
    "no_token": (SEND, {"json": TEXT, "who": None}),
    "wrong_role": (SEND, {"json": TEXT, "who": "student 1"}),
    "unknown_path": ("/api/v1/nothing", {"json": TEXT}),
}


def shown(answer):
    body = answer.json()
    if "request_id" in body:
        assert body.pop("request_id") == answer.headers["X-Request-ID"]
    return json.dumps({"status": answer.status_code, "content_type": answer.headers["Content-Type"], "body": body},
                      ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("name", CASES)
def test_bad_input_gets_the_problem_document_that_is_kept(service, name):
    path, request = CASES[name]
    request = {**request, "headers": {"Content-Type": "application/json", **request.get("headers", {})}}
    text = shown(service.call("POST", path, **request))
    golden = GOLDEN / f"{name}.json"
    if "RB_UPDATE_GOLDEN" in os.environ:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_nothing_of_what_was_refused_is_kept(service):
    assert service.get("/api/v1/notifications/user/1").json()["items"] == []


def test_a_port_in_use_ends_the_start_with_one_clear_line(service, tmp_path):
    port = service.env["NOTIFICATION_PORT"]
    second = Service(tmp_path, NOTIFICATION_PORT=port).run("notification-service")
    assert second.returncode == 1
    assert f"port {port} of 127.0.0.1 is already in use" in second.stdout
