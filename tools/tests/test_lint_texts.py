"""The texts' linter finds what it is there for, and the texts of the product are clean."""
import subprocess
from pathlib import Path

import pytest

LINT = Path(__file__).parent.parent / "lint_texts"
FRAME = "{{% extends layout %}}\n{{% set icon = '🏆' %}}\n{{% block title %}}Урок{{% endblock %}}\n{{% block body %}}\n{}\n{{% endblock %}}\n"


def lint(root, russian, english):
    for language, body in (("ru", russian), ("en", english)):
        (root / language).mkdir(exist_ok=True)
        (root / language / "lesson.any.html").write_text(FRAME.format(body))
    done = subprocess.run([LINT, root], capture_output=True, text=True)
    assert done.returncode == (1 if done.stdout else 0), done.stderr
    return done.stdout


@pytest.mark.parametrize("russian, why", [
    ("Задание для {{ student.first_name }}", "a name after a preposition"),
    ("Урок с <b>{{ tutor.name|truncate(60) }}</b>", "a name after a preposition"),
    ("Сообщение от {{ student.name }}", "a name after a preposition"),
    ("{{ student.name }} сдала задание", "past tense guesses a gender"),
    ("{{ student.name }} ещё не подключился", "past tense guesses a gender"),
    ("Отправил {{ student.name }}", "past tense guesses a gender"),
    ("Преподаватель отменил урок: {{ student.name }}", "past tense guesses a gender"),
    ("{{ student.name }}, ты сдал задание", "past tense guesses a gender"),
    ("{{ student.name }} ", "trailing space"),
    ("{{ student.name }}  да", "double space"),
    ("5\u00a0{{ student.name }}", "no-break space"),
])
def test_a_bad_sentence_is_found(tmp_path, russian, why):
    english = "{{ " + ("student.first_name" if "first_name" in russian else
                       "tutor.name" if "tutor" in russian else "student.name") + " }}"
    found = lint(tmp_path, russian, english)
    assert found.startswith("ru/lesson.any.html:5: ") and why in found and found.count("\n") == 1


@pytest.mark.parametrize("russian", [
    "Ученик: {{ student.name }}", "Задание сдано: {{ student.name }}", "Оплата не прошла: {{ student.name }}",
    "Преподаватель: {{ student.name }}", "Срок прошёл, преподаватель ждёт: {{ student.name }}",
])
def test_a_good_sentence_is_left_alone(tmp_path, russian):
    assert lint(tmp_path, russian, "{{ student.name }}") == ""


def test_languages_must_use_the_same_variables(tmp_path):
    found = lint(tmp_path, "{{ lesson.topic }} {{ recipient.address_form }}", "{{ lesson.subject }}")
    assert "lesson.topic is used here, but not in en/" in found
    assert "lesson.subject is used here, but not in ru/" in found
    assert found.count("\n") == 2


def test_languages_must_have_the_same_texts(tmp_path):
    lint(tmp_path, "x", "x")
    (tmp_path / "ru/extra.any.html").write_text(FRAME.format("x"))
    assert lint(tmp_path, "x", "x") == "ru/extra.any.html:1: there is no en/extra.any.html\n"


@pytest.mark.parametrize("lost, why", [
    ("{% extends layout %}\n", "does not begin with"), ("🏆", "no emoji"), ("block title", "no title"), ("block body", "no body"),
])
def test_a_text_without_its_frame_is_found(tmp_path, lost, why):
    lint(tmp_path, "x", "x")
    file = tmp_path / "ru/lesson.any.html"
    file.write_text(file.read_text().replace(lost, ""))
    done = subprocess.run([LINT, tmp_path], capture_output=True, text=True)
    assert why in done.stdout


def test_the_texts_of_the_product_are_clean():
    done = subprocess.run([LINT], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("", 0)
