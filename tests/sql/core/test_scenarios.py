"""Rows in, rows out: households and the means test, scenario by scenario (scenarios/*.yaml).

A scenario names people (letters), the rows of each source, and the rows expected of a model's table: each expected
row must be found once with those values; `absent` rows must not be found. `states` says of a source that it is late, or
what else `raw.source_state` says of it; `disregard_tekun`, what tekun leaves out of a resident pension.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

FILES = sorted(Path(__file__).with_name("scenarios").glob("*.yaml"))
SCENARIOS: list[dict[str, Any]] = [
    scenario for file in FILES for scenario in yaml.safe_load(file.read_text(encoding="utf-8"))
]
KEYS = {"name", "night", "states", "disregard_tekun", "people", "roll", "marriages", "expect", "absent"}
# Names that belong to one scenario: prefixed, so that all scenarios of a night share one database.
LETTERS = {
    "person_id", "case_no", "household_no", "spouse_id", "parent_id", "adult_id", "applicant_id", "head_id", "booklet",
}  # fmt: skip
KEYED = (
    "SELECT t.*, u.household_no AS booklet, u.case_no AS of_case "
    "FROM {table} AS t LEFT JOIN means.household_unit AS u USING (household_id)"
)


def test_every_scenario_has_a_name_of_its_own() -> None:
    names = [scenario["name"] for scenario in SCENARIOS]
    assert len(names) == len(set(names)) > 40


@pytest.fixture(scope="module")
def cities() -> Iterator[dict[Any, duckdb.DuckDBPyConnection]]:
    """Built databases by night and states of sources."""
    built: dict[Any, duckdb.DuckDBPyConnection] = {}
    yield built
    for connection in built.values():
        connection.close()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["name"])
def test_scenario(
    scenario: dict[str, Any], make_city: Any, cities: dict[Any, duckdb.DuckDBPyConnection]
) -> None:
    group, prefix = _group(scenario), _prefix(scenario)
    if group not in cities:
        cities[group] = _city_of(make_city, group)
    connection = cities[group]
    for present, tables in ((True, scenario.get("expect", {})), (False, scenario.get("absent", {}))):
        for table, rows in tables.items():
            for row in rows:
                found = _find(connection, table, row, prefix)
                assert (len(found) == 1) is present, f"{table}: {row} found {len(found)} times"


def _prefix(scenario: dict[str, Any]) -> str:
    return f"{SCENARIOS.index(scenario)}:"


def _group(scenario: dict[str, Any]) -> tuple[Any, ...]:
    states = scenario.get("states", {}).items()
    said = [(name, own if isinstance(own, str) else tuple(sorted(own.items()))) for name, own in states]
    return (scenario.get("night"), tuple(sorted(said)), scenario.get("disregard_tekun"))


def _city_of(make_city: Any, group: tuple[Any, ...]) -> duckdb.DuckDBPyConnection:
    night, states, disregard = group
    city = make_city(states=dict(states), disregard_tekun=disregard, **({"night": night} if night else {}))
    for scenario in SCENARIOS:
        if _group(scenario) == group:
            _settle(city, scenario, _prefix(scenario))
    return city.build()


def _settle(city: Any, scenario: dict[str, Any], prefix: str) -> None:
    for letter, row in scenario["people"].items():
        booklet = {"booklet": prefix + row["booklet"]} if "booklet" in row else {}
        city.person(prefix + letter, **(row | booklet))
    for row in scenario.get("roll", []):
        own = dict(row)
        city.add("assistance_roll", prefix + own.pop("person"), case_no=prefix + own.pop("case", "D"), **own)
    for row in scenario.get("marriages", []):
        own = dict(row)
        seats = [prefix + own.pop(seat) if own.get(seat) else own.pop(seat, None) for seat in "ab"]
        city.marriage(*seats, **own)
    for table in scenario.keys() - KEYS:
        for row in scenario[table]:
            own = dict(row)
            if "certificate_no" in own:
                own["certificate_no"] = prefix + own["certificate_no"]
            months = own.pop("months", [own.get("period")])
            for month in months:
                more = {"period": month} if month else {}
                city.add(
                    table, prefix + own["person"], **({k: v for k, v in own.items() if k != "person"} | more)
                )


def _find(connection: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any], prefix: str) -> list[Any]:
    columns = {name for (name, *_) in connection.execute(f"DESCRIBE {table}").fetchall()}
    source = (
        KEYED.format(table=table) if "household_id" in columns and table != "core.person" else f"FROM {table}"
    )
    wanted = defaultdict(list)
    for name, value in row.items():
        wanted["where"].append(f"{'of_case' if name == 'of' else name} IS NOT DISTINCT FROM ?")
        wanted["values"].append(prefix + value if name in LETTERS | {"of"} and value else value)
    return connection.execute(
        f"SELECT 1 FROM ({source}) WHERE {' AND '.join(wanted['where'])}", wanted["values"]
    ).fetchall()
