"""Macros say once what models said again and again; expanded they are gone, for an engine that knows none of them."""

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from sql.connection import prepare
from sql.macros import called, expanded, macros
from sql.models import ROOT, _version, models

SHOWN = (
    "SELECT age_on(born, day), age_group(born, day), is_minor(born, day), is_adult(born, day), is_elder(born, day), "
    "is_of_working_age(born, day),"
    " unread_of(['a', 'b'], ['b', 'c']), unread_of([], ['b']),"
    " is_infant(born, day), calendar_months(born, day), is_held(share), band_over(share + 10, line), band_over(share, line - 5),"
    " fact_of('deaths', 'r', day, 'linked', TRUE, 0.5, 'death:' || share, born, amount := share * 2, can_end := TRUE)"
    " FROM (VALUES (DATE '2004-02-29', DATE '2022-02-28', 50, 40), (DATE '1961-12-31', DATE '2021-12-31', 49, 20),"
    " (DATE '2019-01-01', DATE '2021-12-31', 1, 100)) AS made (born, day, share, line)"
)
LITERALS = re.compile(r"age_on\([^)]*\)\s*(?:[<>=]|BETWEEN)\s*(\d+)|(?:1\.2|1\.5|2) \* [\w.]*line\b|>= 50\b")
"""Ages, bands and the half that a macro names."""
ELSEWHERE = {
    "sql/rule/x20.sql",  # a band of what is paid too little: the other way round, and told once
}


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    prepare(made, b"k" * 32)
    return made


def calls(query: exp.Expr) -> set[str]:
    return {str(call.this).lower() for call in query.find_all(exp.Anonymous)} & set(macros())


def test_what_is_expanded_says_the_same(connection: duckdb.DuckDBPyConnection) -> None:
    query = sqlglot.parse_one(SHOWN, read="duckdb")
    assert calls(query) == set(macros())
    plain = expanded(query)
    assert calls(plain) == set()
    bare = duckdb.connect()  # knows no macro of ours
    assert bare.execute(plain.sql("duckdb")).fetchall() == connection.execute(SHOWN).fetchall()


def test_every_model_can_be_expanded() -> None:
    used: set[str] = set()
    for model in models().values():
        query = sqlglot.parse_one(model.query, read="duckdb")
        used |= calls(query)
        assert calls(expanded(query)) == set(), model.name
    assert used >= {name for name in macros() if name != "age_on"}  # none is there for nothing


def test_a_macro_is_part_of_the_version_of_what_calls_it(monkeypatch: pytest.MonkeyPatch) -> None:
    elder, other = models()["rule.o08"], models()["rule.x06"]
    assert {macro.name for macro in called(elder.query)} >= {"is_elder", "age_on"}  # and what it calls
    before = elder.version, other.version
    monkeypatch.setattr("sql.models._version", _version.__wrapped__)  # as in a process that has told none yet
    changed = {**macros(), "is_elder": replace(macros()["is_elder"], statement="CREATE ... 65")}
    monkeypatch.setattr("sql.macros.macros", lambda: changed)
    assert elder.version != before[0] and other.version == before[1]


def test_limits_of_the_law_are_named_not_written() -> None:
    """No bare age, band or half beside the macros that name them (docs/policy.md, "What stays in SQL")."""
    found = {
        str(path.relative_to(ROOT.parent)): bare
        for path in sorted(ROOT.glob("*/*.sql"))
        if (bare := [each.group() for each in LITERALS.finditer(path.read_text(encoding="utf-8"))])
    }
    assert {file: bare for file, bare in found.items() if file not in ELSEWHERE} == {}


def test_the_union_of_grounds_is_made_of_the_rules_files() -> None:
    ground = models()["rule.ground"]
    files = {f"rule.{path.stem}" for path in Path(ROOT / "rule").glob("[copx][0-9][0-9]*.sql")}
    assert ground.reads == files and len(files) > 30
    assert len(sqlglot.parse_one(ground.query, read="duckdb").selects) == 14
