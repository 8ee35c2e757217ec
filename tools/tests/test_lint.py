"""The linters find what they are there for, and leave good code alone."""
from pathlib import Path

import pytest

from conftest import tool

layers, rules, sizes, texts = tool("lint_layers"), tool("lint_rules"), tool("lint_sizes"), tool("lint_texts")
HOUSE = Path(__file__).parent.parent.parent
NOTIFICATION = "services/notification-service"


@pytest.fixture
def house(tmp_path):
    """house(file, include, target=None): what is said about one file with one include line."""
    def lint(file, include, target=None):
        for name in filter(None, (file, target)):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"#include {include}\n" if name == file else "\n")
        return list(layers.violations(tmp_path))
    return lint


@pytest.mark.parametrize("file, include, target", [
    ("libs/http/server.cpp", '"auth/jwt.hpp"', "libs/auth/jwt.hpp"),
    ("libs/base/text.hpp", '"json/read.hpp"', "libs/json/read.hpp"),
    ("libs/bus/bus.hpp", '"cache/cache.hpp"', "libs/cache/cache.hpp"),
    ("libs/db/pool.cpp", '"bus/bus.hpp"', None),
    ("libs/base/text.cpp", '"testkit/servers.hpp"', "tests/testkit/servers.hpp"),
    (f"{NOTIFICATION}/jobs/run.cpp", '"telegram-bot/service.hpp"', "services/telegram-bot/service.hpp"),
    (f"{NOTIFICATION}/domain/plan.cpp", '"db/database.hpp"', "libs/db/database.hpp"),
    (f"{NOTIFICATION}/domain/plan.cpp", '"store/people.hpp"', f"{NOTIFICATION}/store/people.hpp"),
    (f"{NOTIFICATION}/store/people.cpp", '"notification-service/jobs/run.hpp"', f"{NOTIFICATION}/jobs/run.hpp"),
    (f"{NOTIFICATION}/misc/run.cpp", '"domain/plan.hpp"', f"{NOTIFICATION}/domain/plan.hpp"),
    ("libs/net/loop.cpp", "<boost/beast/http.hpp>", None),
    (f"{NOTIFICATION}/store/people.cpp", "<sqlite3.h>", None),
    ("libs/telegram/client.cpp", "<curl/curl.h>", None),
    ("services/analytics-service/api/exports.cpp", "<xlsxwriter.h>", None),
])
def test_an_arrow_that_points_up_or_aside_is_found(house, file, include, target):
    [complaint] = house(file, include, target)
    assert complaint.startswith(f"{file}:1: ")


@pytest.mark.parametrize("file, include, target", [
    ("libs/auth/jwt.cpp", '"http/server.hpp"', "libs/http/server.hpp"),
    ("libs/json/read.cpp", '"time/clock.hpp"', "libs/time/clock.hpp"),
    ("libs/http/server.cpp", "<boost/beast/http.hpp>", None),
    ("libs/http/server_test.cpp", '"testkit/servers.hpp"', "tests/testkit/servers.hpp"),
    (f"{NOTIFICATION}/domain/plan.cpp", '"events/event.hpp"', "libs/events/event.hpp"),
    (f"{NOTIFICATION}/jobs/run.cpp", '"store/people.hpp"', f"{NOTIFICATION}/store/people.hpp"),
    (f"{NOTIFICATION}/service.cpp", '"jobs/run.hpp"', f"{NOTIFICATION}/jobs/run.hpp"),
    ("apps/repitbot/main.cpp", '"notification-service/service.hpp"', f"{NOTIFICATION}/service.hpp"),
    ("tests/integration/all.cpp", "<curl/curl.h>", None),
])
def test_an_arrow_that_points_down_is_fine(house, file, include, target):
    assert house(file, include, target) == []


@pytest.mark.parametrize("name, lines, complaint", [("a.cpp", 501, True), ("a.cpp", 500, False), ("notes.md", 900, False)])
def test_a_source_file_over_500_lines_is_found(tmp_path, name, lines, complaint):
    file = tmp_path / name
    file.write_text("\n" * lines)
    assert bool(list(sizes.too_long([file]))) == complaint


@pytest.mark.parametrize("file, code, line", [
    ("libs/http/server.cpp", "void f() {\n  co_spawn(context, g(), h);\n}\n", 2),
    ("libs/net/loop.cpp", "boost::asio::detached", 1),
    (f"{NOTIFICATION}/jobs/run.cpp", "asio::detached", 1),
    (f"{NOTIFICATION}/store/people.cpp", 'read("select a from b where c = 1");\n', 1),
    (f"{NOTIFICATION}/store/people.cpp", 'auto text = R"sql(\n  insert into a (b) values (1))sql";\n', 1),
    ("apps/repitbot/main.cpp", 'run("Update a set b = 1")', 1),
    ("libs/bus/outbox.cpp", 'run("delete from bus_message")', 1),
])
def test_a_broken_rule_is_found(tmp_path, file, code, line):
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(code)
    [complaint] = rules.violations(tmp_path)
    assert complaint.startswith(f"{file}:{line}: ")


@pytest.mark.parametrize("file, code", [
    ("libs/net/loop.cpp", "co_spawn(context, task, sink);"),
    ("libs/db/migrate.cpp", 'run("begin immediate")'),
    ("libs/bus/bus_test.cpp", 'run("select a from b")'),
    ("apps/repitbot/main.cpp", '"select what to show", "Update the settings"'),
])
def test_what_only_looks_like_a_broken_rule_is_fine(tmp_path, file, code):
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(code)
    assert list(rules.violations(tmp_path)) == []


@pytest.mark.parametrize("complaints", [
    lambda: layers.violations(HOUSE),
    lambda: rules.violations(HOUSE),
    lambda: sizes.too_long(sizes.files(HOUSE)),
    lambda: texts.complaints(texts.DEFAULT),
], ids=["arrows", "rules", "sizes", "texts"])
def test_the_house_is_in_order(complaints):
    assert list(complaints()) == []
