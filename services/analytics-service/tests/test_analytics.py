"""A school in events, over HTTP; its figures, worked out by hand, as each of its people sees them."""
import itertools

import pytest
from testkit.programs import wait_until

NUMBERS = itertools.count(1)
PERIOD = "start_date=2026-03-01&end_date=2026-03-31"


def event(kind, time, **data):
    return {"specversion": "1.0", "id": f"e{next(NUMBERS)}", "source": "/school", "type": kind, "time": time, "data": data}


def lesson(number, student, **data):
    return event("lesson.completed", "2026-03-10T12:00:00Z", lesson_id=number, tutor_id=1, student_id=student,
                 completed_at="2026-03-10T12:00:00Z", subject="Физика", **data)


SCHOOL = [
    event("user.registered", "2026-01-01T00:00:00Z", user_id=1, role="tutor", full_name="Ольга Ли"),
    event("user.registered", "2026-01-01T00:00:00Z", user_id=2, role="student", full_name="Аня Ким", tutor_ids=[1]),
    event("user.registered", "2026-01-01T00:00:00Z", user_id=3, role="parent", children_ids=[2]),
    lesson(1, 2, price="1500.50", rating=5),
    lesson(2, 2, price="1500.50", duration_minutes=90),
    lesson(3, 4, price="900"),
    event("lesson.cancelled", "2026-03-11T12:00:00Z", lesson_id=4, tutor_id=1, student_id=2),
    event("payment.processed", "2026-03-12T12:00:00Z", payment_id=1, amount="5000", tutor_id=1, student_id=2, user_id=3),
    event("payment.refunded", "2026-03-20T12:00:00Z", payment_id=1, amount="1000.25"),
]


@pytest.fixture(scope="module")
def school(service):
    answer = service.call("POST", "/api/v1/events", json=SCHOOL)
    assert answer.status_code == 202 and answer.json()["accepted"] == len(SCHOOL), answer.text
    wait_until(lambda: figures(service, f"lessons/stats?{PERIOD}")["statistics"]["total_lessons"] == 4
               and figures(service, f"payments/summary?{PERIOD}")["summary"]["refunds"] > 0)
    return service


def figures(service, path, who="admin 9"):
    answer = service.call("GET", f"/api/v1/analytics/{path}", who=who)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_figures_are_those_worked_out_by_hand(school):
    lessons = figures(school, f"lessons/stats?{PERIOD}")["statistics"]
    assert (lessons["completed_lessons"], lessons["cancelled_lessons"], lessons["completion_rate"]) == (3, 1, 75)
    assert (lessons["total_hours"], lessons["average_rating"], lessons["unique_students"]) == (3.5, 5, 2)
    money = figures(school, f"payments/summary?{PERIOD}")["summary"]
    assert (money["total_revenue"], money["refunds"], money["net_revenue"]) == (5000, 1000.25, 3999.75)
    balances = {one["student_id"]: one for one in figures(school, "balances")["items"]}
    assert (balances[2]["balance"], balances[2]["lessons_left"], balances[2]["low"]) == (998.75, 0, True)


def test_everybody_sees_their_own(school):
    assert figures(school, f"dashboard/tutor?{PERIOD}", "tutor 1")["data"]["earnings"]["total_earnings"] == 3999.75
    parent = figures(school, f"dashboard/parent?{PERIOD}", "parent 3")["data"]
    assert [child["student_name"] for child in parent["children_progress"]] == ["Аня Ким"]
    assert [part["status"] for part in parent["payment_history"]] == ["refunded", "processed"]
    assert figures(school, f"lessons/stats?{PERIOD}", "student 2")["statistics"]["completed_lessons"] == 2
    for path, who in (("dashboard/admin", "tutor 1"), ("lessons/stats?student_id=2", "student 4"),
                      ("lessons/stats?tutor_id=1", "tutor 6"), ("users/activity", "parent 3")):
        assert school.call("GET", f"/api/v1/analytics/{path}", who=who).status_code == 403, path


def test_an_event_that_comes_again_changes_nothing(school):
    before = figures(school, f"dashboard/admin?{PERIOD}")["data"]
    assert school.call("POST", "/api/v1/events", json=SCHOOL).json()["duplicate"] == len(SCHOOL)
    assert figures(school, f"dashboard/admin?{PERIOD}")["data"] == before


def test_a_restart_keeps_everything(school):
    before = figures(school, f"dashboard/admin?{PERIOD}")["data"]
    assert school.stop() == 0
    school.start()
    assert figures(school, f"dashboard/admin?{PERIOD}")["data"] == before
    assert school.run("repitbot", "analytics", "verify").returncode == 0


def test_its_document_page_and_health_are_there_without_a_token(service):
    for path in ("/", "/health", "/health/ready", "/metrics", "/docs", "/openapi.json"):
        assert service.call("GET", path, who=None).status_code == 200, path
    assert "lessons_left" in service.call("GET", "/openapi.json", who=None).json()["info"]["description"]
    assert service.call("GET", "/api/v1/analytics/overview", who=None).status_code == 401
