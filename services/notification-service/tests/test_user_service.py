"""Unknown people are looked up at USER_SERVICE_URL: here a small server of Python's own."""
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from conftest import Service


class Users(BaseHTTPRequestHandler):
    asked = []

    def do_GET(self):
        self.asked.append(self.path)
        known = {"/api/v1/users/7/contacts": {"telegram_id": 700, "email": "seven@example.test"}}
        if self.path == "/api/v1/users/500/contacts":
            self.answer(500, {})
        else:
            self.answer(200 if self.path in known else 404, known.get(self.path, {}))

    def answer(self, status, body):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def asking(tmp_path):
    """A notification-service that has a user service to ask."""
    Users.asked.clear()
    users = ThreadingHTTPServer(("127.0.0.1", 0), Users)
    threading.Thread(target=users.serve_forever, daemon=True).start()
    service = Service(tmp_path, USER_SERVICE_URL=f"http://127.0.0.1:{users.server_port}")
    service.start()
    yield service
    service.stop()
    users.shutdown()


def test_an_unknown_person_is_asked_for_once_and_then_known(asking):
    for _ in range(2):
        contact = asking.get("/api/v1/contacts/7").json()
        assert (contact["telegram_id"], contact["email"]) == (700, "seven@example.test")
    assert Users.asked == ["/api/v1/users/7/contacts"]


def test_a_user_service_without_an_answer_is_no_obstacle(asking):
    assert asking.get("/api/v1/contacts/8").status_code == 404
    sent = asking.post("/api/v1/notifications/send", {"user_id": 500, "message": "x"})
    assert sent.json()["success"], sent.text


def test_nobody_without_the_right_makes_us_ask(asking):
    assert asking.get("/api/v1/contacts/7", who="student 2").status_code == 403
    assert Users.asked == []
