"""Named statements become constants whose parameters and dialects are right on both databases."""
import re
import subprocess
from pathlib import Path

import pytest

EMBED_SQL = Path(__file__).parent.parent / "embed_sql"


@pytest.fixture
def embed(tmp_path):
    """embed(sql): (header text, error text) of the tool."""
    def run(sql):
        (tmp_path / "jobs.sql").write_text(sql)
        out = tmp_path / "jobs.sql.hpp"
        done = subprocess.run([EMBED_SQL, "--namespace", "rb::job::sql", "--out", out, "jobs.sql"], cwd=tmp_path,
                              capture_output=True, text=True)
        assert done.returncode == (1 if done.stderr else 0)
        return out.read_text() if out.exists() else "", done.stderr
    return run


@pytest.fixture
def texts(embed):
    """texts(statement): what SQLite and PostgreSQL get."""
    def run(statement):
        header, error = embed("-- name: one\n" + statement)
        assert error == ""
        return re.findall(r'R"sql\((.*?)\)sql"', header, re.DOTALL)
    return run


def test_a_parameter_keeps_its_position_wherever_it_is_repeated(embed):
    header, _ = embed("-- name: one\nselect :b, :a, :b")
    assert 'one_parameters{"b", "a"}' in header
    assert 'R"sql(select ?1, ?2, ?1)sql", R"sql(select $1, $2, $1)sql"' in header


def test_quotes_and_comments_hold_no_parameters(texts):
    sqlite, postgres = texts("-- it's :not a parameter\nselect ':a  '' :b', \":c\" /* :d */, :e -- :f\n")
    assert sqlite == "select ':a  '' :b', \":c\" , ?1"
    assert postgres == "select ':a  '' :b', \":c\" , $1"


def test_a_part_may_be_for_one_database(texts):
    sqlite, postgres = texts("select\n-- @sqlite\nmax(:a, 1)\n-- @postgres\ngreatest(:a, 1)\n-- @both\nfrom t")
    assert (sqlite, postgres) == ("select max(?1, 1) from t", "select greatest($1, 1) from t")


def test_rows_of_json_become_a_table(texts):
    sqlite, postgres = texts("select r.id from rows(:items: id text, due bigint) as r")
    assert sqlite == ("select r.id from (select json_extract(value, '$.id') as id, json_extract(value, '$.due') as due "
                      "from json_each(?1)) as r")
    assert postgres == "select r.id from json_to_recordset(cast($1 as json)) as r(id text, due bigint)"


def test_a_list_of_json_becomes_a_table(texts):
    sqlite, postgres = texts("select 1 where :x in (select value from list(:ids))")
    assert sqlite == "select 1 where ?1 in (select value from json_each(?2) as list)"
    assert postgres.endswith("in (select value from (select jsonb_array_elements_text(cast($2 as jsonb)) as value) as list)")


def test_only_postgres_skips_locked_rows(texts):
    sqlite, postgres = texts("select id from t limit 1 /*skip locked*/")
    assert (sqlite, postgres) == ("select id from t limit 1", "select id from t limit 1 for update skip locked")


def test_the_header_lists_every_statement(embed):
    header, _ = embed("-- About jobs.\n\n-- name: one\nselect 1\n-- name: two\nselect 2\n")
    assert "jobs_queries{&one, &two}" in header


@pytest.mark.parametrize("sql, line, words", [
    ("-- name: one\nselect 1,\n  :a::bigint", 3, "cast(x as type)"),
    ("-- name: one\nselect $1", 2, "parameters are written :name"),
    ("-- name: one\nselect 'open", 2, "open quote"),
    ("-- name: one\nselect 1; select 2", 2, "second statement"),
    ("-- name: one\n-- @sqlite\nselect :a\n-- @postgres\nselect 1", 1, "only one of the two texts uses a"),
    ("-- name: one\n-- @sqlite\nselect 1", 1, "no statement for postgres"),
    ("-- name: one\nselect 1\n-- name: one\nselect 1", 3, "one is there already"),
    ("-- name: One\nselect 1", 1, "expected `-- name: lower_case`"),
    ("select 1", 1, "before the first"),
    ("-- name: one\nselect 1 from rows(:a: id uuid) as r", 2, "`id uuid` must be a name and one of"),
])
def test_a_mistake_is_told_with_its_line(embed, sql, line, words):
    header, error = embed(sql)
    assert error.startswith(f"jobs.sql:{line}: ") and words in error
    assert header == ""
