"""Flags, lists and summary on rows made by hand: rows in, rows out. Alerts: tests/sql/change."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from sql.connection import prepare
from sql.models import build, models

FINDING = """
CREATE TABLE out.finding (
    finding_id VARCHAR, rule_id VARCHAR, kind VARCHAR, severity VARCHAR, status VARCHAR, held_why VARCHAR,
    household_id VARCHAR, case_no VARCHAR, person_id VARCHAR, program VARCHAR, suggested_step VARCHAR,
    amount DECIMAL(14, 2), line DECIMAL(14, 2), explanation_zh VARCHAR, first_seen DATE, lowered_by VARCHAR)
"""
NAMES = (
    "finding_id", "rule_id", "kind", "severity", "status", "household_id", "case_no", "person_id", "program",
    "suggested_step", "amount", "line",
)  # fmt: skip


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A place of two households, one with a case, and nothing found."""
    connection = duckdb.connect(config={"threads": 1})
    prepare(connection, b"tests")
    for schema in ("core", "out", "policy", "rule", "fact", "lists"):
        connection.execute(f"CREATE SCHEMA {schema}")
    connection.execute(FINDING)
    connection.execute(
        "CREATE TABLE rule.finding (finding_id VARCHAR, rests_on_review BOOLEAN, facts STRUCT(what VARCHAR)[])"
    )
    connection.execute("CREATE TABLE policy.night AS SELECT DATE '2021-12-31' AS night")
    connection.execute(
        "CREATE TABLE policy.standard AS SELECT 'orphan' AS program, 'rural' AS hukou_type, 2070.00 AS amount"
    )
    connection.execute(
        "CREATE TABLE core.household AS SELECT * FROM (VALUES"
        " ('H1', 'case', 'DB1', 'dibao', '320682001001', TRUE, 750.00, 100.00, 2),"
        " ('H2', 'registry', NULL, NULL, NULL, FALSE, 750.00, 100.00, 2)) AS h (household_id, kind, case_no, program,"
        " division_code, assessable, standard, income_high_12, counted_members)"
    )
    connection.execute(
        "CREATE TABLE core.household_member AS SELECT * FROM (VALUES ('H1', 'P1'), ('H1', 'P2'), ('H2', 'P3'))"
        " AS m (household_id, person_id)"
    )
    connection.execute(
        "CREATE TABLE core.person AS SELECT * FROM (VALUES ('P1', DATE '1970-01-01', 'rural'),"
        " ('P2', DATE '2012-01-01', 'rural'), ('P3', DATE '1970-01-01', 'rural')) AS p (person_id, birth_date, hukou_type)"
    )
    connection.execute(
        "CREATE TABLE fact.roll AS SELECT * FROM (VALUES ('DB1', 'dibao', 'P1', TRUE, 500.00),"
        " ('DB1', 'dibao', 'P2', TRUE, 250.00)) AS r (case_no, program, person_id, paid, monthly_amount)"
    )
    connection.execute(
        "CREATE TABLE core.division AS SELECT '320682001000' AS division_code, '如澜街道' AS name_zh"
    )
    yield connection
    connection.close()


def found(con: duckdb.DuckDBPyConnection, review: bool = False, **values: Any) -> None:
    """Add one finding; what is not said is a red dibao finding on the case household."""
    row = {
        "finding_id": "F1", "rule_id": "X05", "kind": "exclusion", "severity": "red", "status": "open",
        "household_id": "H1", "case_no": "DB1", "person_id": None, "program": "dibao",
        "suggested_step": "verify_at_home", "amount": None, "line": None,
    } | values  # fmt: skip
    con.execute(
        f"INSERT INTO out.finding ({', '.join(NAMES)}) VALUES ({', '.join('?' * len(NAMES))})",
        [row[n] for n in NAMES],
    )
    con.execute("UPDATE out.finding SET explanation_zh = finding_id, first_seen = DATE '2021-12-31'")
    con.execute(
        "INSERT INTO rule.finding (finding_id, rests_on_review) VALUES (?, ?)", [row["finding_id"], review]
    )


def made(con: duckdb.DuckDBPyConnection, table: str, columns: str) -> list[tuple[Any, ...]]:
    """Build a model and return its rows."""
    count, keys = build(con, models()[table])
    assert count == keys
    return con.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()


COLOURS = "household_id, risk_flag, omission_flag, care_flag, risk_reasons"


def test_without_findings_everything_is_green(con: duckdb.DuckDBPyConnection) -> None:
    assert made(con, "out.household_flag", COLOURS) == [
        ("H1", "green", "green", "green", []),
        ("H2", "green", "green", "green", []),
    ]


def test_the_worst_open_finding_colours_its_axis(con: duckdb.DuckDBPyConnection) -> None:
    found(con, severity="yellow")
    found(con, finding_id="F2", rule_id="X01")
    found(con, finding_id="F3", rule_id="P01", kind="data", severity="yellow")
    found(con, finding_id="F4", rule_id="C01", kind="care", severity="red")
    found(con, finding_id="F5", rule_id="O01", kind="omission", severity="yellow", household_id="H2")
    assert made(con, "out.household_flag", COLOURS) == [
        ("H1", "red", "green", "red", ["P01", "X01", "X05"]),
        ("H2", "green", "yellow", "green", []),
    ]


@pytest.mark.parametrize(
    ("change", "colour"),
    [
        ({"status": "cleared"}, "green"),
        ({"status": "refuted"}, "green"),
        ({"status": "contested"}, "yellow"),
        ({"status": "confirmed"}, "red"),
        ({"rule_id": "P02", "kind": "data", "severity": None}, "green"),
    ],
)
def test_what_colours_nothing(change: dict[str, Any], colour: str, con: duckdb.DuckDBPyConnection) -> None:
    found(con, **change)
    assert made(con, "out.household_flag", COLOURS)[0][1] == colour


def test_a_held_finding_colours_nothing_and_is_on_no_list(con: duckdb.DuckDBPyConnection) -> None:
    found(con)
    con.execute("UPDATE out.finding SET held_why = 'too many at once'")
    assert made(con, "out.household_flag", COLOURS)[0][1] == "green"
    made(con, "lists.finding", "finding_id")
    assert made(con, "out.should_not_be_covered", "household_id") == []


def test_the_exclusion_list_gathers_a_case_and_says_what_is_at_stake(con: duckdb.DuckDBPyConnection) -> None:
    found(con, finding_id="F2", rule_id="X06", severity="yellow", suggested_step="reassess")
    found(con, finding_id="F1", rule_id="X05")
    found(con, finding_id="F3", rule_id="X01", person_id="P1", suggested_step="stop_payment_check")
    made(con, "lists.finding", "finding_id")
    columns = (
        "person_id, rule_ids, finding_ids, priority, monthly_amount_at_stake, suggested_step, explanation_zh"
    )
    assert made(con, "out.should_not_be_covered", columns) == [
        ("P1", ["X01"], ["F3"], 1, 500, "stop_payment_check", "F3"),
        (None, ["X05", "X06"], ["F1", "F2"], 2, 750, "verify_at_home", "F1\nF2"),
    ]


@pytest.mark.parametrize(
    ("change", "priority"),
    [
        ({"rule_id": "X01", "severity": "yellow"}, 1),
        ({"person_id": "P2", "severity": "yellow"}, 1),
        ({}, 2),
        ({"severity": "yellow", "amount": 900, "line": 750}, 3),
        ({"severity": "yellow"}, 4),
        ({"severity": "yellow", "amount": 900, "line": 750, "review": True}, 5),
    ],
)
def test_priority(change: dict[str, Any], priority: int, con: duckdb.DuckDBPyConnection) -> None:
    found(con, **change)
    assert made(con, "lists.finding", "priority") == [(priority,)]


def test_the_omission_list_estimates_where_a_standard_says_how_much(con: duckdb.DuckDBPyConnection) -> None:
    owed = {"kind": "omission", "household_id": "H2", "case_no": None, "severity": "yellow"}
    found(con, finding_id="F1", rule_id="O03", program="dibao", person_id="P3", **owed)
    found(con, finding_id="F2", rule_id="O07", program="orphan", person_id="P2", **owed)
    found(con, finding_id="F3", rule_id="O01", program="disability_nursing", person_id="P3", **owed)
    made(con, "lists.finding", "finding_id")
    assert made(
        con, "out.missing_from_coverage", "program, person_id, estimated_monthly_amount, rule_ids"
    ) == [
        ("dibao", "P3", 1300, ["O03"]),
        ("disability_nursing", "P3", None, ["O01"]),
        ("orphan", "P2", 2070, ["O07"]),
    ]


def test_the_summary_counts_every_household_once_a_level(con: duckdb.DuckDBPyConnection) -> None:
    found(con)
    made(con, "out.household_flag", COLOURS)
    rows = made(
        con,
        "out.summary",
        "level, flag, colour, program, households, people, findings, money, named, name_zh",
    )
    risk = [row for row in rows if row[1] == "risk" and row[4]]
    assert ("township", "risk", "red", "dibao", 1, 2, 1, 750, True, "如澜街道") in risk
    assert ("village", "risk", "red", "dibao", 1, 2, 1, 750, False, "320682001001") in risk
    assert [row[:6] for row in risk if row[0] == "unknown"] == [("unknown", "risk", "green", "none", 1, 1)]
    assert len(risk) == 5
    assert len(rows) == 5 * 3 * 3  # nought is said, so that it does not look hidden


@pytest.mark.parametrize(
    ("code", "levels"),
    [
        ("320682100200", {"village", "township", "county", "city"}),
        ("320682100000", {"township", "county", "city"}),
        ("320682000000", {"county", "city"}),
        ("320600000000", {"city"}),
    ],
)
def test_the_summary_counts_from_the_finest_place_that_a_code_names(
    con: duckdb.DuckDBPyConnection, code: str, levels: set[str]
) -> None:
    con.execute("UPDATE core.household SET division_code = $1 WHERE household_id = 'H1'", [code])
    made(con, "out.household_flag", COLOURS)
    rows = made(con, "out.summary", "level, division_code, program, flag, colour, households")
    assert {row[0] for row in rows if row[2] == "dibao"} == levels
    keys = [row[1:5] for row in rows]
    assert len(keys) == len(set(keys))
