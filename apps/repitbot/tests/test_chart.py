"""`repitbot chart render`: a Plotly figure becomes a file."""
import json
import os
import subprocess
import xml.etree.ElementTree as xml

import pytest

PROGRAM = os.path.join(os.environ["RB_BIN"], "repitbot")
LINE = {"data": [{"type": "scatter", "x": ["2026-09-01", "2026-09-02", "2026-09-03"], "y": [1, 3, 2]}],
        "layout": {"title": {"text": "Уроки & задания"}}}


def render(folder, figure, output, *options):
    (folder / "figure.json").write_text(json.dumps(figure, ensure_ascii=False))
    return subprocess.run([PROGRAM, "chart", "render", "figure.json", "-o", output, *options], cwd=folder,
                          capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.parametrize(("output", "start"), [
    ("a.png", b"\x89PNG\r\n\x1a\n"), ("a.jpeg", b"\xff\xd8\xff"), ("a.pdf", b"%PDF-"), ("a.svg", b"<svg ")])
def test_every_format_is_written(tmp_path, output, start):
    said = render(tmp_path, LINE, output)
    assert (said.returncode, said.stderr) == (0, "")
    assert (tmp_path / output).read_bytes().startswith(start)


def test_size_and_scale_give_the_pixels(tmp_path):
    assert render(tmp_path, LINE, "a.png", "--width", "300", "--height", "200", "--scale", "1.5").returncode == 0
    header = (tmp_path / "a.png").read_bytes()[16:24]
    assert (int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")) == (450, 300)


def test_the_svg_has_its_title_as_text(tmp_path):
    assert render(tmp_path, LINE, "a.svg").returncode == 0
    root = xml.parse(tmp_path / "a.svg").getroot()
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(space + "title").text == "Уроки & задания"
    assert "Уроки & задания" in ["".join(text.itertext()) for text in root.iter(space + "text")]


def test_a_wrong_value_is_named_by_its_path(tmp_path):
    wrong = {"data": [{"type": "pie", "labels": ["a"], "values": [1], "hole": 7}]}
    said = render(tmp_path, wrong, "a.png")
    assert said.returncode == 1
    assert said.stderr.startswith("data[0].hole: ")
    assert not (tmp_path / "a.png").exists()


def test_other_formats_are_refused(tmp_path):
    said = render(tmp_path, LINE, "a.gif")
    assert (said.returncode, said.stderr) == (2, "-o: .png, .jpeg, .svg, .pdf\n")
