"""Embedded files come back byte for byte."""
import subprocess
from pathlib import Path

import pytest

EMBED = Path(__file__).parent.parent / "embed_files"
PROGRAM = """
#include <iostream>
#include "out.cpp"
int main(int, char** argv) {
  if (auto found = a::b::file(argv[1])) { std::cout << *found; return 0; }
  for (auto path : a::b::files()) std::cout << path << '\\n';
  return 1;
}
"""
FILES = {"b.txt": b"", "a/текст.txt": "«Урок»\n\"x\" \\ ??= 12".encode(), "a.bin": bytes(range(256)) * 3}


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    here = tmp_path_factory.mktemp("embed")
    for name, data in FILES.items():
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_bytes(data)
    subprocess.run([EMBED, "--namespace", "a::b", "--root", here, "--out", here / "out.cpp", *(here / n for n in FILES)],
                   check=True)
    (here / "main.cpp").write_text(PROGRAM)
    subprocess.run(["clang++-19", "-std=c++23", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-o", here / "program",
                    here / "main.cpp"], check=True)
    return here / "program"


@pytest.mark.parametrize("name", FILES)
def test_content_is_kept(program, name):
    assert subprocess.run([program, name], check=True, capture_output=True).stdout == FILES[name]


def test_unknown_path_is_absent_and_paths_are_sorted(program):
    done = subprocess.run([program, "a/b.txt"], capture_output=True)
    assert (done.returncode, done.stdout.decode().split()) == (1, ["a.bin", "a/текст.txt", "b.txt"])
