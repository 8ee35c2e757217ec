"""tools/test_summary counts single cases and takes silence for failure."""
import json

import pytest

from conftest import tool

summary = tool("test_summary")


def gtest(*results):
    cases = [{"name": f"case_{i}", "status": "RUN", "result": "SKIPPED" if result == "skipped" else "COMPLETED",
              **({"failures": [{}]} if result == "failed" else {})} for i, result in enumerate(results)]
    return json.dumps({"testsuites": [{"name": "Suite", "testsuite": cases}]})


@pytest.fixture
def totals(tmp_path, capsys):
    """totals({ctest entry: status}, {file: text}): the last line and the exit code."""
    def run(entries, files):
        cases = "".join(f'<testcase name="{name}" status="{status}"/>' for name, status in entries.items())
        (tmp_path / "ctest.xml").write_text(f"<testsuite>{cases}</testsuite>")
        for name, text in files.items():
            (tmp_path / name).write_text(text)
        code = summary.main(tmp_path)
        return capsys.readouterr().out.splitlines()[-1], code
    return run


JUNIT = ('<testsuites><testsuite><testcase classname="a" name="b"/><testcase classname="a" name="c"><failure/></testcase>'
         "</testsuite></testsuites>")
TAP = "ok 1 - top\n    ok 1 - one\n    not ok 2 - two\nnot ok 2 - suite\nok 3 - late # SKIP\n# tests 5\n"


@pytest.mark.parametrize("entries, files, expected", [
    ({"a": "run", "b": "run"}, {"a.json": gtest("passed", "passed"), "b.json": gtest("passed")}, ("3 passed, 0 failed", 0)),
    ({"a": "fail"}, {"a.json": gtest("passed", "failed")}, ("1 passed, 1 failed", 1)),
    ({"a": "fail"}, {"a.xml": JUNIT}, ("1 passed, 1 failed", 1)),
    ({"a": "fail"}, {"a.tap": TAP}, ("2 passed, 1 failed", 1)),
    ({"a": "run"}, {"a.json": gtest("passed", "skipped")}, ("1 passed, 0 failed", 0)),
    ({"a": "fail"}, {}, ("0 passed, 1 failed", 1)),
    ({"a": "run", "b": "run"}, {"a.json": gtest("passed")}, ("1 passed, 1 failed", 1)),
    ({"a": "run", "b": "run"}, {"a.json": gtest("passed"), "b.json": gtest()}, ("1 passed, 1 failed", 1)),
    ({"a": "fail"}, {"a.json": gtest("passed")}, ("1 passed, 1 failed", 1)),
    ({"a": "fail"}, {"a.json": '{"testsuites": ['}, ("0 passed, 1 failed", 1)),
    ({"a": "run"}, {"a.tap": "ok 1 - top\nok 2 - /somewhere/empty.test.mjs\n"}, ("1 passed, 1 failed", 1)),
    ({"a": "run"}, {"a.json": gtest("passed"), "stale.json": gtest("failed")}, ("1 passed, 0 failed", 0)),
    ({}, {}, ("0 passed, 1 failed", 1)),
], ids=["sums_programs", "gtest_failure", "pytest_failure", "node_leaves", "skipped_is_neither", "crash_without_results",
        "program_without_results", "program_without_tests", "crash_after_results", "torn_results", "empty_node_file",
        "file_of_no_entry", "no_entries"])
def test_totals(totals, entries, files, expected):
    assert totals(entries, files) == expected
