"""What other people's programs see: the inbox as a stream, webhooks checked as docs/webhooks.md says, files and invitations."""
import base64
import json
import re
import subprocess
import threading
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import icalendar
import pytest
import requests
from conftest import Service, wait_until
from testkit.smtp import SmtpSink

SEND = "/api/v1/notifications/send"
DOCS = Path(__file__).resolve().parents[3] / "docs"
PDF = b"%PDF-1.7\n" + bytes(range(256))


def send(service, user, channel, message, **more):
    answer = service.post(SEND, {"user_id": user, "channel": channel, "message": message, **more})
    assert answer.status_code == 200 and answer.json()["success"], answer.text
    return answer.json()["notification_id"]


def pdf(name="Отчёт.pdf"):
    return {"filename": name, "content_type": "application/pdf", "content": base64.b64encode(PDF).decode()}


def events(service, user, count, **query):
    """The next `count` events of the user's stream: (id, message)."""
    ticket = service.post("/api/v1/stream-tickets", {}, who=f"student {user}").json()["ticket"]
    found, fields = [], {}
    with requests.get(service.url + "/api/v1/inbox/stream", params={"ticket": ticket, **query}, stream=True,
                      timeout=20) as answer:
        assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/event-stream")
        for line in answer.iter_lines(decode_unicode=True):
            if line and not line.startswith(":"):
                name, _, value = line.partition(": ")
                fields[name] = value
            elif fields:
                assert fields["event"] == "notification"
                found.append((int(fields["id"]), json.loads(fields["data"])))
                fields = {}
            if len(found) == count:
                return found


def test_a_stream_goes_on_where_the_last_one_ended(service):
    user = uuid.uuid4().hex[:8]
    ids = [send(service, user, "inbox", f"Новость {n}") for n in range(3)]
    wait_until(lambda: service.get("/api/v1/inbox", who=f"student {user}").json()["unread_count"] == 3)
    first = events(service, user, 1, last_event_id=0)
    rest = events(service, user, 2, last_event_id=first[-1][0])
    assert sorted(message["id"] for _, message in first + rest) == sorted(ids)
    assert [place for place, _ in first + rest] == [1, 2, 3]


def test_a_file_in_the_inbox_is_fetched_by_its_owner_only(service):
    user = uuid.uuid4().hex[:8]
    send(service, user, "inbox", "Отчёт за май", attachments=[pdf()])
    item = wait_until(lambda: service.get("/api/v1/inbox", who=f"student {user}").json()["items"])[0]
    shown = item["attachments"][0]
    assert (shown["filename"], shown["size"]) == ("Отчёт.pdf", len(PDF))
    answer = service.get(shown["url"], who=f"student {user}")
    assert answer.content == PDF and answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert service.get(shown["url"], who="student somebody-else").status_code == 403


@pytest.fixture
def hook():
    """A server that takes webhooks: (url, calls)."""
    calls = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self):
            calls.append((dict(self.headers.items()), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Taker)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", calls
    server.shutdown()
    server.server_close()


def example(language):
    return re.search(f"```{language}\n(.*?)```", (DOCS / "webhooks.md").read_text(), re.S).group(1)


def test_a_webhook_is_what_the_examples_of_the_documentation_accept(service, hook, tmp_path):
    url, calls = hook
    user = uuid.uuid4().hex[:8]
    secret = service.call("PUT", f"/api/v1/contacts/{user}", json={"webhook_url": url}).json()["webhook_secret"]
    send(service, user, "webhook", "Урок в 18:00", attachments=[pdf()])
    headers, body = wait_until(lambda: calls)[0]
    assert base64.b64decode(json.loads(body)["attachments"][0]["content"]) == PDF

    known = {}
    exec(example("python"), known)  # noqa: S102 (our own documentation)
    assert known["verify"](secret, headers, body)
    assert not known["verify"](secret, headers, body + b" ")
    assert not known["verify"](secret, {**headers, "webhook-timestamp": "1700000000"}, body)

    (tmp_path / "verify.mjs").write_text(example("js"))
    (tmp_path / "run.mjs").write_text(
        "import { verify } from './verify.mjs'; import { readFileSync } from 'node:fs';\n"
        "const { secret, headers, body } = JSON.parse(readFileSync(0, 'utf8')); const bytes = Buffer.from(body, 'base64');\n"
        "console.log(verify(secret, headers, bytes), verify(secret, headers, Buffer.concat([bytes, Buffer.from(' ')])));\n")
    given = json.dumps({"secret": secret, "headers": headers, "body": base64.b64encode(body).decode()})
    ran = subprocess.run(["node", tmp_path / "run.mjs"], input=given, capture_output=True, text=True, check=True, timeout=30)
    assert ran.stdout.split() == ["true", "false"]


@pytest.fixture
def mailing(tmp_path):
    """A notification-service whose mail goes to a sink: (service, sink)."""
    sink = SmtpSink()
    service = Service(tmp_path, **sink.env()).start()
    yield service, sink
    assert service.stop() == 0, service.log()
    sink.close()


def calendar_of(message):
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(part.get_content())
    assert part.get_param("method") == calendar["METHOD"]
    return calendar["METHOD"], next(iter(calendar.walk("VEVENT")))


def test_an_invitation_moves_and_vanishes_with_its_lesson(mailing):
    service, sink = mailing
    service.call("PUT", "/api/v1/contacts/5", json={"full_name": "Аня Ким", "roles": ["student"], "email": "anya@example.test"})
    lesson = {"lesson_id": 7, "tutor_id": 1, "student_id": 5, "subject": "Физика", "duration_minutes": 45}
    steps = [("lesson.created", {"scheduled_at": "2030-09-02T15:00:00+03:00"}),
             ("lesson.rescheduled", {"scheduled_at": "2030-09-03T17:00:00+03:00"}), ("lesson.cancelled", {})]
    for count, (kind, more) in enumerate(steps, 1):
        assert service.post("/api/v1/events", {"id": kind, "type": kind, "data": {**lesson, **more}}).status_code == 202
        wait_until(lambda: sink.count() >= count, 20)
    (asked, first), (moved, second), (taken, third) = (calendar_of(mail.message) for mail in sink.mails())
    assert [asked, moved, taken] == ["REQUEST", "REQUEST", "CANCEL"]
    assert first["UID"] == second["UID"] == third["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"] < third["SEQUENCE"]
    assert [event.decoded("DTSTART").isoformat() for event in (first, second, third)] == [
        "2030-09-02T12:00:00+00:00", "2030-09-03T14:00:00+00:00", "2030-09-03T14:00:00+00:00"]
    assert first.decoded("DURATION").total_seconds() == 45 * 60
    assert str(first["SUMMARY"]) == "Физика" and str(third["STATUS"]) == "CANCELLED"
    assert str(first["ORGANIZER"]) == "mailto:school@example.test"


def test_a_mail_carries_its_files(mailing):
    service, sink = mailing
    service.call("PUT", "/api/v1/contacts/6", json={"full_name": "Вера Ким", "roles": ["parent"], "email": "vera@example.test"})
    send(service, 6, "email", "Отчёт за май", attachments=[pdf("Отчёт за май.pdf")])
    wait_until(sink.count, 20)
    files = list(sink.mails()[0].message.iter_attachments())
    assert [(file.get_filename(), file.get_content()) for file in files] == [("Отчёт за май.pdf", PDF)]
