"""Mail through a real Postfix with Dovecot: what arrives, and what its refusals come to."""
import email
import email.policy
import re
import time
import uuid
from pathlib import Path

import pytest
from conftest import Service, wait_until

NOTIFICATIONS = "/api/v1/notifications"


@pytest.fixture
def post(mail, tmp_path):
    """A notification-service that hands its mail to Postfix."""
    service = Service(tmp_path, **mail, EMAIL_FROM_ADDRESS="school@example.test", EMAIL_FROM_NAME="Школа Ромашка",
                      NOTIFICATION_RETRY_DELAY="1", NOTIFICATION_RETRY_ATTEMPTS="3")
    service.start()
    yield service
    assert service.stop() == 0, service.log()


@pytest.fixture
def person(post):
    """Makes somebody with this mailbox: (id, address)."""
    def make(mailbox=None):
        user = uuid.uuid4().hex[:8]
        address = f"{mailbox or user}@example.test"
        post.call("PUT", f"/api/v1/contacts/{user}", json={"full_name": "Вера Ким", "roles": ["parent"], "email": address})
        return user, address
    return make


def send(service, user, **more):
    answer = service.post(f"{NOTIFICATIONS}/send", {"user_id": user, "channel": "email", "title": "Урок перенесён",
                                                    "message": "Ждём в 18:00", **more})
    assert answer.status_code == 200, answer.text
    return answer.json()["notification_id"]


def became(service, notification, *states):
    """The notification once it is in one of these states."""
    def look():
        found = service.get(f"{NOTIFICATIONS}/{notification}").json()
        return found if found["status"] in states else None
    return wait_until(look, 30)


def received(mail, address, count=1):
    """The mails in the mailbox of `address`, once there are so many."""
    def look():
        files = [path.read_bytes() for path in sorted(Path(mail["MAILDIR"]).glob("*"))]
        found = [email.message_from_bytes(text, policy=email.policy.default) for text in files if address.encode() in text]
        return found if len(found) >= count else None
    return wait_until(look, 30)


def suspended(service, user):
    return [(one["suspended"], one.get("reason")) for one in service.get(f"/api/v1/contacts/{user}").json()["addresses"]]


def test_an_event_arrives_as_a_proper_mail(post, mail, person):
    user, address = person()
    student = uuid.uuid4().hex[:8]
    post.call("PUT", f"/api/v1/contacts/{student}", json={"full_name": "Аня Ким", "roles": ["student"], "is_minor": True,
                                                          "parent_ids": [user]})
    event = {"id": uuid.uuid4().hex, "type": "lesson.cancelled",
             "data": {"lesson_id": student, "student_id": student, "subject": "Физика", "reason": "болезнь"}}
    assert post.post("/api/v1/events", event).status_code == 202
    message = received(mail, address)[0]
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert re.search("[А-я]", message["Subject"]) and "=?" not in message["Subject"]
    assert message["From"] == "Школа Ромашка <school@example.test>"
    assert message["To"] == address
    assert message["Message-ID"].endswith("@example.test>") and message["Date"].datetime.utcoffset() is not None
    assert message["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        text = message.get_body((kind,)).get_content()
        assert "Физика" in text and "{{" not in text
        assert message["List-Unsubscribe"][1:-1].split("token=")[1] in text.replace("&#61;", "=")
    assert all(not part.defects for part in message.walk())


def test_the_header_unsubscribes_by_one_click(post, mail, person):
    user, address = person()
    send(post, user)
    message = received(mail, address)[0]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = message["List-Unsubscribe"].strip("<>").removeprefix("https://school.example")
    done = post.call("POST", path, who=None, data="List-Unsubscribe=One-Click",
                     headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert done.status_code == 200, done.text
    again = post.post(f"{NOTIFICATIONS}/send", {"user_id": user, "channel": "email", "message": "Ещё раз"}).json()
    assert again == {"success": False, "reason": "blocked_by_preferences"}


def test_several_mails_go_through_one_connection(post, mail, person):
    user, address = person()
    for number in range(12):
        send(post, user, message=f"Письмо {number}")
    received(mail, address, 12)
    post.stop()
    log = Path(mail["TLS_CA_FILE"]).parent / "mail.log"
    wait_until(lambda: sum(int(mails) for mails in re.findall(r"starttls=1 auth=1 mail=(\d+) .*quit=", log.read_text())) >= 12
               or re.search(r"starttls=1 auth=1 mail=([3-9]|\d\d) ", log.read_text()))
    post.start()


@pytest.mark.parametrize("mailbox, code", [("greylist", "450"), ("tempfail", "451"), ("full", "552")])
def test_a_refusal_for_now_is_tried_again_and_suspends_nothing(post, person, mailbox, code):
    user, _ = person(mailbox)
    ended = became(post, send(post, user), "failed")
    assert [attempt["outcome"] for attempt in ended["attempts"]] == ["transient"] * 3
    assert all(attempt["detail"].startswith(code) for attempt in ended["attempts"]) and ended["reason"].startswith(code)
    assert suspended(post, user) == [(False, None)]


def test_a_mailbox_that_does_not_exist_is_not_written_to_again(post, person):
    user, _ = person("reject")
    ended = became(post, send(post, user), "failed")
    assert [attempt["outcome"] for attempt in ended["attempts"]] == ["address_bad"]
    assert ended["reason"] == "550 5.1.1 <reject@example.test>: Recipient address rejected: no such user"
    assert suspended(post, user) == [(True, ended["reason"])]
    again = post.post(f"{NOTIFICATIONS}/send", {"user_id": user, "channel": "email", "message": "Ещё раз"}).json()
    assert again == {"success": False, "reason": "address_suspended"}


def test_a_mail_that_is_refused_for_good_is_not_repeated_and_the_address_stays(post, person):
    user, _ = person("big")
    ended = became(post, send(post, user), "failed")
    assert [attempt["outcome"] for attempt in ended["attempts"]] == ["message_bad"]
    assert ended["reason"].startswith("552 5.3.4")
    assert suspended(post, user) == [(False, None)]


def test_a_wrong_password_costs_no_message_its_tries(post, mail, person):
    user, address = person()
    post.stop()
    post.env["EMAIL_PASSWORD"] = "wrong"
    post.start()
    sent = send(post, user)
    wait_until(lambda: post.get(f"{NOTIFICATIONS}/{sent}").json()["reason"])
    waiting = post.get(f"{NOTIFICATIONS}/{sent}").json()
    assert waiting["status"] == "pending" and waiting["attempts"] == []
    assert waiting["reason"].startswith("channel_refused: 535 5.7.8")
    health = post.get("/health", who=None).json()
    assert health["status"] == "degraded" and health["checks"]["email"].startswith("535 5.7.8")
    post.stop()
    post.env["EMAIL_PASSWORD"] = mail["EMAIL_PASSWORD"]
    post.start()
    assert [attempt["number"] for attempt in became(post, sent, "sent")["attempts"]] == [1]
    assert len(received(mail, address)) == 1
    assert post.get("/health", who=None).json()["checks"]["email"] == "ok"


def test_a_server_without_tls_gets_nothing(post, person, mail):
    from testkit.smtp import SmtpSink
    sink = SmtpSink()
    post.stop()
    post.env.update(EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(sink.port))
    post.start()
    user, _ = person()
    sent = send(post, user)
    ended = became(post, sent, "failed")
    assert {attempt["outcome"] for attempt in ended["attempts"]} == {"transient"} and "TLS" in ended["reason"]
    assert sink.count() == 0
    sink.close()
