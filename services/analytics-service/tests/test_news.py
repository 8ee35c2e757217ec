"""What analytics says by itself: to people, through notification-service, and to screens, as a stream."""
import itertools
import json
from datetime import UTC, datetime, timedelta

import pytest
import requests
from testkit.programs import Program, token, wait_until

NUMBERS = itertools.count(1)


def event(kind, **data):
    return {"specversion": "1.0", "id": f"n{next(NUMBERS)}", "source": "/school", "type": kind,
            "time": datetime.now(UTC).isoformat(), "data": data}


def lesson(number, tutor=1, student=2):
    return event("lesson.completed", lesson_id=number, tutor_id=tutor, student_id=student, price=1000,
                 completed_at=datetime.now(UTC).isoformat())


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """Both services in one program; the mother of a student is known, and the admin who is told of alerts."""
    program = Program(tmp_path_factory.mktemp("school"), ["repitbot", "serve", "--only", "notification,analytics"],
                      "ANALYTICS_PORT").start()
    program.post("/api/v1/events", [
        event("user.registered", user_id=2, role="student", full_name="Аня Ким", is_minor=True),
        event("user.registered", user_id=3, role="parent", full_name="Вера Ким", children_ids=[2]),
        event("user.registered", user_id=9, role="admin", full_name="Директор", language="ru"),
    ])
    yield program
    assert program.stop() == 0, program.log()


def told(school, user, kind):
    """Notifications of this type to a user."""
    url = f"http://127.0.0.1:{school.env['NOTIFICATION_PORT']}/api/v1/notifications/user/{user}"
    answer = requests.get(url, headers={"Authorization": "Bearer " + token("admin 9")}, params={"type": kind}, timeout=20)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def test_a_balance_that_runs_low_and_homework_that_is_late_reach_the_family_once(school):
    due = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    school.post("/api/v1/events", [
        event("payment.processed", payment_id=1, amount=3000, student_id=2, user_id=3), lesson(1), lesson(2),
        event("homework.assigned", homework_id=5, student_id=2, tutor_id=1, subject="Физика", due_date=due)])
    wait_until(lambda: told(school, 3, "balance.low") and told(school, 2, "homework.overdue"), 30)
    assert told(school, 3, "homework.overdue"), "the mother of a minor hears of it, too"
    assert not told(school, 2, "balance.low"), "money is not for children"
    school.post("/api/v1/events", [lesson(3)])
    wait_until(lambda: school.get("/api/v1/analytics/balances?student_id=2").json()["items"][0]["lessons_left"] == 0)
    assert school.stop() == 0
    school.start()
    assert (len(told(school, 3, "balance.low")), len(told(school, 2, "homework.overdue"))) == (1, 1)


def test_an_alert_reaches_whoever_made_the_rule(school):
    rule = {"name": "Много уроков", "metric": "completed_lessons", "comparison": "above", "threshold": 3, "days": 7}
    made = school.post("/api/v1/alerts", rule)
    assert made.status_code == 201, made.text
    school.post("/api/v1/events", [lesson(number, tutor=7, student=8) for number in range(11, 15)])
    assert len(wait_until(lambda: told(school, 9, "analytics.alert"), 30)) == 1
    state = school.get("/api/v1/alerts/" + made.json()["id"]).json()
    assert state["raised"] and state["value"] > 3 and state["announced_at"]


def kpis(school, who, **query):
    """The events of a stream as they come: (id, overview)."""
    ticket = school.post("/api/v1/stream-tickets", {}, who=who).json()["ticket"]
    with requests.get(school.url + "/api/v1/analytics/stream", params={"ticket": ticket, **query}, stream=True,
                      timeout=30) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        fields = {}
        for line in answer.iter_lines(decode_unicode=True, chunk_size=1):
            if line and not line.startswith(":"):
                name, _, value = line.partition(": ")
                fields[name] = value
            elif fields:
                assert fields["event"] == "kpi"
                yield int(fields["id"]), json.loads(fields["data"])["overview"]
                fields = {}


def test_a_stream_tells_what_events_change_and_goes_on_after_a_break(school):
    stream = kpis(school, "tutor 21")
    first, figures = next(stream)
    assert figures["my_lessons"] == 0
    school.post("/api/v1/events", [lesson(31, 21, 22), lesson(32, 21, 22)])
    second, figures = next(stream)
    assert second > first and figures["completed_lessons"] in (1, 2)
    stream.close()
    school.post("/api/v1/events", [lesson(33, 21, 22)])
    wait_until(lambda: school.get("/api/v1/analytics/overview", who="tutor 21").json()["overview"]["my_lessons"] == 3)
    third, figures = next(kpis(school, "tutor 21", last_event_id=second))
    assert third > second and figures["completed_lessons"] == 3
