"""A tutor's own lists from outside: two files, then reminders; bad files get the problem documents of golden/."""
import os
from pathlib import Path

import pytest
from conftest import Service
from test_problems import GOLDEN, shown

IMPORT = "/api/v1/import"
EXAMPLES = Path(__file__).resolve().parents[3] / "docs/examples"

PEOPLE = "имя;роль\nОльга Ли;репетитор\nАлина Петрова;ученик\nАлина Орлова;ученик\n"

BAD = {
    "import_empty": {},
    "import_not_a_list": {"people": "цвет;вкус\nкрасный;сладкий\n"},
    "import_wrong_cells": {"people": PEOPLE + ";король\n",
                           "lessons": "ученик;начало;длительность;цена\nАлина Петрова;завтра;час;дорого\n"},
    "import_ambiguous_name": {"people": PEOPLE, "lessons": "ученик;начало\nАлина;01.09.2099 17:00\n"},
    "import_unknown_name": {"people": PEOPLE, "lessons": "ученик;начало\nАлена Петрва;01.09.2099 17:00\n"},
    "import_broken_quote": {"people": 'имя;роль\n"Алина;ученик\n'},
    "import_workbook": {"people": "PK\u0003\u0004"},
}


@pytest.fixture
def fresh(tmp_path):
    service = Service(tmp_path).start()
    yield service
    assert service.stop() == 0, service.log()


def cli(service, *arguments):
    return service.run("repitbot", "import", *map(str, arguments))


@pytest.mark.parametrize("name", BAD)
def test_bad_lists_get_the_problem_document_that_is_kept(service, name):
    text = shown(service.post(IMPORT, BAD[name]))
    golden = GOLDEN / f"{name}.json"
    if "RB_UPDATE_GOLDEN" in os.environ:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_the_examples_of_the_documentation_are_imported_as_curl_sends_them(fresh):
    for name, rows in (("people", 6), ("lessons", 4)):
        for encoding in ("utf-8", "utf-8-sig", "cp1251", "utf-16"):
            data = (EXAMPLES / f"{name}.csv").read_text("utf-8").encode(encoding)
            answer = fresh.call("POST", f"{IMPORT}?list={name}&dry_run=true", data=data,
                                headers={"Content-Type": "text/csv"})
            assert answer.status_code == 200, answer.text
            assert answer.json()[name]["rows"] == rows
        answer = fresh.call("POST", f"{IMPORT}?list={name}", data=(EXAMPLES / f"{name}.csv").read_bytes(),
                            headers={"Content-Type": "text/csv"})
        assert answer.status_code == 200, answer.text
    assert answer.json()["lessons"]["created"] + answer.json()["lessons"]["past"] == 17 + 17 + 17 + 1


def test_the_command_names_the_id_of_every_new_person(fresh, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("имя;роль\nОльга Ли;репетитор\n" + "".join(f"Ученик {n};ученик\n" for n in range(60)), "utf-8")
    assert cli(fresh, people).stdout.count(" · id ") == 61


def test_the_command_shows_the_plan_and_asks_before_anybody_is_told(fresh, tmp_path):
    people, lessons = tmp_path / "люди.csv", tmp_path / "lessons.csv"
    people.write_text(PEOPLE, "cp1251")
    rows = ["ученик;начало;тел", "Алина Петрова;01.09.2099 17:00;1", "Алина Орлова;02.09.2099 17:00;2"]
    lessons.write_text("\n".join(rows), "utf-8")

    plan = cli(fresh, people, lessons, "--dry-run")
    assert plan.returncode == 0, plan.stderr
    assert "новых · new 3" in plan.stdout and "новых · new 2" in plan.stdout
    assert "столбец «тел» не используется" in plan.stdout
    assert cli(fresh, people, lessons).stdout.endswith("Готово · done\n")
    assert "Всё уже так и есть" in cli(fresh, people, lessons).stdout

    lessons.write_text("\n".join([rows[0], rows[1].replace("17:00", "18:00")]), "utf-8")
    refused = cli(fresh, lessons)
    assert refused.returncode == 1
    assert "Алина Петрова, 1 сентября 17:00 → 18:00" in refused.stdout
    assert "повторите с --yes" in refused.stderr
    done = cli(fresh, lessons, "--yes")
    assert done.returncode == 0, done.stderr
    assert "переносов · moved 1, отмен · cancelled 1" in done.stdout
    assert "Всё уже так и есть" in cli(fresh, lessons).stdout


def test_the_command_names_file_line_and_column_of_what_is_wrong(fresh, tmp_path):
    wrong = tmp_path / "мои занятия.csv"
    wrong.write_text("ученик;начало\nАлина;завтра\n", "utf-8")
    refused = cli(fresh, wrong)
    assert refused.returncode == 1
    assert f"{wrong}:2: «начало»: «завтра»: нужны дата и время" in refused.stderr
    missing = cli(fresh, tmp_path / "none.csv")
    assert "файл не читается" in missing.stderr
