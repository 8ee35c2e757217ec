"""Raw rows as an Excel file, read back by a library of others."""
import datetime
import io

import openpyxl
import pytest
from testkit.programs import wait_until

PERIOD = "start_date=2025-03-01&end_date=2025-03-31"


def event(name, kind, time, **data):
    return {"specversion": "1.0", "id": name, "source": "/export", "type": kind, "time": time, "data": data}


SCHOOL = [
    event("x1", "lesson.completed", "2025-03-01T22:30:00Z", lesson_id=901, tutor_id=91, student_id=92,
          completed_at="2025-03-01T22:30:00Z", scheduled_at="2025-03-01T21:00:00Z", subject="Физика",
          topic='=HYPERLINK("http://a.example")', duration_minutes=90, price="1500.50", rating=4.5),
    event("x2", "payment.processed", "2025-03-02T12:00:00Z", payment_id=901, amount="4000", currency="JPY",
          tutor_id=91, student_id=92, user_id=92),
    event("x3", "homework.assigned", "2025-03-03T12:00:00Z", homework_id=901, student_ids=[92], tutor_id=91,
          due_date="2025-03-10", description="  _x0041_\nстраница 5"),
]


@pytest.fixture(scope="module")
def school(service):
    assert service.call("POST", "/api/v1/events", json=SCHOOL).status_code == 202
    wait_until(lambda: "901" in service.call("GET", f"/api/v1/export/homework?{PERIOD}", who="admin 9").text)
    return service


def sheet(service, table):
    answer = service.call("GET", f"/api/v1/export/{table}?{PERIOD}&tutor_id=91&format=xlsx&timezone=Europe/Moscow",
                          who="admin 9")
    assert answer.status_code == 200, answer.text
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def row(sheet):
    names = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 2
    return dict(zip(names, sheet[2]))


def test_moments_are_dates_of_the_zone_and_sums_numbers_beside_their_currency(school):
    lesson = row(sheet(school, "lessons"))
    assert lesson["at"].value == datetime.datetime(2025, 3, 2, 1, 30)
    assert lesson["scheduled_at"].value == datetime.datetime(2025, 3, 2)
    assert lesson["scheduled_at"].is_date
    assert (lesson["price"].value, lesson["price"].number_format) == (1500.5, "#,##0.00")
    assert lesson["price_currency"].value == "RUB"
    assert (lesson["lesson_id"].value, lesson["duration_minutes"].value, lesson["rating"].value) == (901, 90, 4.5)
    assert lesson["charged"].value is True
    payment = row(sheet(school, "payments"))
    assert (payment["amount"].value, payment["amount"].number_format) == (4000, "#,##0")
    assert payment["currency"].value == "JPY"


def test_texts_are_texts_and_days_days(school):
    topic = row(sheet(school, "lessons"))["topic"]
    assert topic.data_type != "f" and topic.value == SCHOOL[0]["data"]["topic"]
    homework = row(sheet(school, "homework"))
    assert homework["due_date"].value == datetime.datetime(2025, 3, 10)
    assert homework["due_date"].number_format == "dd.mm.yyyy"
    assert homework["description"].value.endswith("\nстраница 5")


def test_the_header_is_bold_stays_in_sight_and_filters(school):
    lessons = sheet(school, "lessons")
    assert lessons.title == "lessons"
    assert all(cell.font.bold for cell in lessons[1])
    assert lessons.freeze_panes == "A2"
    assert lessons.auto_filter.ref == lessons.dimensions
    assert all(lessons.column_dimensions[cell.column_letter].width > len(cell.value) for cell in lessons[1])
