"""An unconfirmed figure lowers, with its key or without; a finding cites every figure it rests on."""

from datetime import date
from typing import Any

import duckdb
import pytest

from sql.models import build, models
from tests.rules.place import NIGHT, Place, add_people, add_rows
from tests.rules.running import run

Row = dict[str, Any]
PAIR: Row = {
    "number": 1, "household": {"program": "dibao", "start_date": date(2018, 1, 1), "members": [{"age": 66}]},
    "cases": [{"program": "tekun", "start_date": date(2020, 5, 1), "case": "T"}],
}  # fmt: skip
WAGES: Row = {
    "number": 2, "household": {"program": "dibao", "members": [{"age": 45}]},
    "tax_income": [{"months": [20, 1], "gross_amount": 3000}],
}  # fmt: skip
SUPPORT: Row = {
    "number": 3, "household": {"program": "dibao", "members": [
        {"who": "a", "age": 70}, {"who": "b", "age": 40, "role": "supporter", "covered": False, "registry": None},
    ]},
    "tax_income": [{"who": "b", "months": [20, 1], "gross_amount": 20000}],
}  # fmt: skip


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    place = Place(night=NIGHT, stale=())
    for case in (PAIR, WAGES, SUPPORT):
        add_people(place, case["number"], case)
        add_rows(place, case["number"], case)
    return run(place)


@pytest.mark.parametrize(
    ("rule", "name", "key"),
    [
        ("X12", "exclusive_programs", "dibao+tekun"),
        ("X03", "dibao_standard", "rural"),
        ("X03", "income_tolerance", ""),
    ],
)
def test_an_unconfirmed_figure_lowers_with_its_key(
    rule: str, name: str, key: str, con: duckdb.DuckDBPyConnection
) -> None:
    found = "SELECT severity, lowered_by FROM rule.lowered_ground WHERE rule_id = $rule AND amount IS NOT NULL ORDER BY 1"
    assert con.execute(found, {"rule": rule}).fetchall()[0] == ("red", None)
    mark = "UPDATE policy.figure SET unconfirmed = $mark WHERE in_force AND name = $name AND key = $key"
    con.execute(mark, {"mark": True, "name": name, "key": key})
    build(con, models()["rule.lowered_ground"])
    lowered = con.execute(found, {"rule": rule}).fetchall()
    con.execute(mark, {"mark": False, "name": name, "key": key})
    build(con, models()["rule.lowered_ground"])
    assert ("yellow", "unconfirmed_figure") in lowered and ("red", None) not in lowered


def test_income_cites_the_figures_it_was_computed_with(con: duckdb.DuckDBPyConnection) -> None:
    cited = [set(figures) for (figures,) in con.execute(
        "SELECT figures FROM rule.lowered_ground WHERE rule_id = 'X03' ORDER BY severity"
    ).fetchall()]  # fmt: skip
    assert len(cited) == 2
    assert "job_cost_rate" in cited[0] and "support_rate" not in cited[0]
    assert {"support_rate", "support_line_multiple"} <= cited[1]


def test_ages_are_figures_of_the_place() -> None:
    place = Place(night=NIGHT, stale=())
    case: Row = {"number": 4, "booklet": [{"who": "a", "age": 86}]}
    add_people(place, 4, case)
    con = run(place)
    cited = "SELECT figures FROM rule.lowered_ground WHERE rule_id = 'C04'"
    assert con.execute(cited).fetchall() == [(["living_alone_age"],)]
    con.execute("UPDATE policy.night SET living_alone_age = 87")
    build(con, models()["rule.c01_c04"])
    assert con.execute("SELECT count(*) FROM rule.c01_c04").fetchone() == (0,)
