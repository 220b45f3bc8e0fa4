"""A department that delivers one thing twice, under two record numbers, changes nothing and breaks nothing."""

from datetime import timedelta
from typing import Any

import duckdb
import pytest

from sql.models import build, models
from tests.rules.place import NIGHT, Place, add_marriages, add_people, add_rows, all_cases, kind_of
from tests.rules.running import run

Row = dict[str, Any]
COLOURS = (
    "SELECT finding_id, rule_id, severity, suggested_step, lowered_by FROM out.finding ORDER BY finding_id"
)
# Money that a second row adds up (a month's wages, a salary, a bill, a balance) is another amount, not the same thing twice.
SUMMED = {
    "tax_income",
    "medical_settlements",
    "bank_accounts",
    "financial_products",
    "social_insurance",
    "public_payroll",
}


def plain() -> Place:
    """Return the place of every case of the usual night with all sources fresh."""
    place = Place(night=NIGHT, stale=())
    for case in all_cases():
        if kind_of(case) == (NIGHT, ()):
            add_people(place, case["number"], case)
            add_rows(place, case["number"], case)
            add_marriages(place, case["number"], case)
    return place


def made(*, doubled: bool) -> duckdb.DuckDBPyConnection:
    """Run every plain case, each row of what is no money delivered once or twice."""
    place = plain()
    if doubled:
        for source in place.rows.keys() - SUMMED:
            place.rows[source] += [
                {**row, "record_no": f"{row['record_no']}-2"} for row in place.rows[source]
            ]
    return run(place)


@pytest.fixture(scope="module")
def twice() -> duckdb.DuckDBPyConnection:
    return made(doubled=True)


def test_rows_delivered_twice_keep_every_grain_and_every_colour(twice: duckdb.DuckDBPyConnection) -> None:
    once = made(doubled=False)
    found, expected = twice.execute(COLOURS).fetchall(), once.execute(COLOURS).fetchall()
    assert len(expected) > 100
    assert found == expected


def test_a_plate_delivered_twice_is_still_the_only_commercial_vehicle() -> None:
    truck = {
        "vehicle_class": "truck",
        "usage": "commercial",
        "purchase_price": 120000,
        "plate_no": "苏F00001",
    }
    case: Row = {
        "number": 1, "household": {"program": "dibao", "members": [{"age": 52}]}, "vehicles": [truck, truck],
    }  # fmt: skip
    place = Place(night=NIGHT, stale=())
    add_people(place, 1, case)
    add_rows(place, 1, case)
    found = run(place).execute("SELECT severity FROM out.finding WHERE rule_id = 'X05'").fetchall()
    assert found == [("yellow",)]


def test_record_numbers_that_restart_in_each_snapshot_are_no_keys() -> None:
    place = plain()
    for rows in place.rows.values():
        rows += [{**row, "snapshot_date": NIGHT - timedelta(days=31)} for row in rows]
    con, once = run(place), run(plain())
    rows, keys = build(con, models()["core.person_link"])
    assert rows == keys > 0
    count = "SELECT count(*) FROM fact.asset"
    assert con.execute(count).fetchone()[0] == 2 * once.execute(count).fetchone()[0]
