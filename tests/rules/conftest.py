"""Rule cases that a caseworker can read, run on the real models in memory.

A case names people and what departments deliver about them; every case of one night and freshness lives in one
made place, each with people of its own, so that the models run once. The language is described in docs/rules.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
import yaml

from policy import load_profile, night_tables
from sources import CONTRACTS
from sql.catalogue import rule_table, rules
from sql.connection import prepare
from sql.explain import published
from sql.models import build, in_order, models

Row = dict[str, Any]
FOLDER = Path(__file__).parent
NIGHT = date(2021, 12, 31)
EXTRA = {
    "id_number_raw": pl.String(), "snapshot_date": pl.Date(), "file": pl.String(), "line": pl.Int64(),
    "identity_id": pl.String(), "person_id": pl.String(), "candidate_person_id": pl.String(),
    "method": pl.String(), "decision": pl.String(), "probability": pl.Float64(),
    "runner_up_probability": pl.Float64(), "by_number": pl.Boolean(),
}  # fmt: skip
DEFAULTS: dict[str, Row] = {
    "deaths": {"evidence": "cremation"},
    "vehicles": {"vehicle_class": "car", "usage": "private", "status": "normal", "first_registered_on": date(2020, 1, 31)},
    "real_estate": {"usage": "residential", "share_percent": 100, "registered_on": date(2011, 1, 18)},
    "bank_accounts": {"bank_code": "B1", "account_type": "demand", "currency": "CNY"},
    "financial_products": {"institution": "F1", "kind": "fund"},
    "medical_settlements": {"settled_on": date(2021, 6, 14), "visit_type": "inpatient", "total_amount": 60000},
    "tax_income": {"income_item": "wages", "tax_amount": 0, "payer_code": "Y1", "payer_name": "某厂"},
    "social_insurance": {"scheme": "employee_pension", "from_month": date(2019, 1, 1)},
    "public_payroll": {"post_type": "institution", "status": "in_post", "from_date": date(2019, 1, 1)},
    "business_registrations": {
        "entity_code": "E1", "entity_type": "company", "role": "legal_representative", "status": "operating",
        "registered_on": date(2015, 1, 1),
    },
    "disability_certificates": {
        "disability_class": "4", "disability_level": "2", "issued_on": date(2015, 9, 13), "status": "valid",
    },
    "inmates": {"kind": "prison"},
    "children_care": {"kind": "left_behind", "identified_on": date(2020, 9, 23)},
}  # fmt: skip
PERSON = {
    "person_id": pl.String(), "id_number": pl.String(), "name": pl.String(), "former_name": pl.String(),
    "sex": pl.String(), "birth_date": pl.Date(), "number_birth_date": pl.Date(), "number_sex": pl.String(),
    "ethnicity": pl.String(), "hukou_type": pl.String(), "marital_status": pl.String(),
    "registry_status": pl.String(), "status_date": pl.Date(), "division_code": pl.String(), "address": pl.String(),
    "phone": pl.String(), "household_no": pl.String(), "relation": pl.String(), "in_registry": pl.Boolean(),
    "on_roll": pl.Boolean(),
}  # fmt: skip
LINKS = {
    "number": {"decision": "linked", "by_number": True, "probability": 1.0, "method": "exact"},
    "no_number": {"decision": "linked", "by_number": False, "probability": 0.97, "method": "probabilistic"},
    "review": {"decision": "review", "by_number": False, "probability": 0.6, "method": "probabilistic"},
}


@dataclass
class Place:
    """What departments would deliver of every case of one night and freshness."""

    stale: tuple[str, ...]
    night: date
    people: list[Row] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in CONTRACTS})
    same_as: list[Row] = field(default_factory=list)
    serial: int = 0

    def record(self) -> str:
        self.serial += 1
        return f"R{self.serial:06d}"

    def add(self, source: str, person: str, link: str, values: Row, seat: str = "") -> None:
        """Add one delivered row about ``person``."""
        columns = CONTRACTS[source].column
        assert set(values) <= set(columns), f"{source} has no column {sorted(set(values) - set(columns))}"
        how = dict(LINKS[link])
        found = {"person_id": person if how["decision"] == "linked" else None}
        found["candidate_person_id"] = person if how["decision"] == "review" else None
        extra = {f"{name}{seat}": value for name, value in {**how, **found}.items()}
        self.rows[source].append({"record_no": self.record(), **values, **extra})


def born(person: Row, night: date) -> date:
    """Return the birth date: as said, or an age reached 100 days before the night."""
    if "born" in person:
        return person["born"]
    day = night - timedelta(days=100)
    return day.replace(year=day.year - person.get("age", 40))


def person_of(number: int, who: str) -> str:
    return f"T{number:04d}-{who}"


def add_people(place: Place, number: int, case: Row) -> None:
    """Register everybody of a case: the household's members and those who only share the booklet."""
    members = [dict(each) for each in case.get("household", {}).get("members", [])]
    everybody = members + [dict(each) for each in case.get("booklet", [])]
    for position, person in enumerate(everybody):
        who = person.setdefault("who", "abcdefgh"[position])
        status = person.get("registry", "normal")
        base: Row = {
            "name": f"赵{who}", "sex": person.get("sex", "male"), "birth_date": born(person, place.night),
            "hukou_type": person.get("hukou", "rural"), "marital_status": person.get("marital"),
            "status_date": person.get("status_date"), "division_code": "320682001001",
            "address": f"{number}号", "household_no": f"B{number:04d}{person.get('booklet', '')}",
            "relation": str(person.get("relation", "01" if position == 0 else "90")),
        }  # fmt: skip
        registered = status is not None
        place.people.append({
            **(base if registered else {"name": base["name"]}),
            "birth_date": base["birth_date"], "number_birth_date": person.get("number_born", base["birth_date"]),
            "person_id": person_of(number, who), "registry_status": status,
            "in_registry": registered, "on_roll": position < len(members),
        })  # fmt: skip
        if registered:
            place.add("household_registry", person_of(number, who), "number", {**base, "status": status})
            place.rows["household_registry"][-1]["method"] = "spine"


def roll_row(place: Place, number: int, case: Row, person: Row, first: bool) -> None:
    """Add one person's row of one case to the roll."""
    authorized = person.get("authorized", True)
    values: Row = {
        "case_no": f"DB{number:04d}{case.get('case', '')}", "program": case["program"],
        "status": person.get("status", case.get("status", "active")),
        "role": person.get("role", "applicant" if first else "member"),
        "relation": str(person.get("relation", "01" if first else "90")), "name": f"赵{person['who']}",
        "division_code": "320682001001", "covered": person.get("covered", True),
        "monthly_amount": person.get("monthly_amount", 500),
        "declared_monthly_income": person.get("declared_income", 0),
        "start_date": case.get("start_date", date(2020, 1, 1)), "status_since": case.get("start_date", date(2020, 1, 1)),
        "authorized_on": date(2020, 1, 1) if authorized else None,
        "authorized_until": person.get("authorized_until"),
        "relative_of_official": person.get("relative_of_official", False),
    }  # fmt: skip
    place.add("assistance_roll", person_of(number, person["who"]), person.get("roll", "number"), values)


def months(row: Row, night: date) -> list[Row]:
    """Return a tax row for each of its ``months``: [first, last] as months before the night's own."""
    if "months" not in row:
        return [row]
    first, last = row.pop("months")
    start = night.year * 12 + night.month - 1
    return [
        {**row, "period": date((start - back) // 12, (start - back) % 12 + 1, 1)}
        for back in range(first, last - 1, -1)
    ]


def first_of(case: Row) -> str:
    """Return who is meant where a row does not say: the first person of the case."""
    everybody = case.get("household", {}).get("members", []) + case.get("booklet", [])
    return str(everybody[0].get("who", "a"))


def add_rows(place: Place, number: int, case: Row) -> None:
    """Add the roll's and every other department's rows of a case."""
    household, first = case.get("household"), first_of(case)
    if household:
        for position, person in enumerate(household["members"]):
            who = person.get("who", "abcdefgh"[position])
            roll_row(place, number, household, {**person, "who": who}, position == 0)
    for extra in case.get("cases", []):
        for position, person in enumerate(extra.get("members", [{"who": extra.get("who", first)}])):
            roll_row(place, number, extra, {**extra.get("row", {}), **person}, position == 0)
    for source in CONTRACTS:
        for given in case.get(source, []) if source != "marriages" else []:
            row = {**DEFAULTS.get(source, {}), **given}
            person, link = person_of(number, row.pop("who", first)), row.pop("link", "number")
            row = fill_keys(place, source, row)
            for each in months(row, place.night):
                place.add(source, person, link, each)
    for pair in case.get("same_as", []):
        first, second, why = pair
        place.same_as.append(
            {"person_id": person_of(number, first), "other_person_id": person_of(number, second), "why": why}
        )


def fill_keys(place: Place, source: str, row: Row) -> Row:
    """Give a row the durable key that a case leaves out."""
    key = {"vehicles": "plate_no", "real_estate": "certificate_no", "bank_accounts": "account_no"}.get(source)
    if key and key not in row:
        row[key] = f"62****{place.serial:06d}"
    if source == "disability_certificates":
        row = {
            **row,
            "disability_class": str(row["disability_class"]),
            "disability_level": str(row["disability_level"]),
        }
    if source == "real_estate":
        row.setdefault("address", f"{row[key]}室")
    return row


def source_frame(place: Place, source: str) -> pl.DataFrame:
    """Return `core.<source>` with the columns that linking adds."""
    contract = CONTRACTS[source]
    schema: dict[str, pl.DataType] = {column.name: column.dtype for column in contract.columns}
    if source == "marriages":
        seats = {f"{name}_{seat}": kind for seat in "ab" for name, kind in EXTRA.items()}
        schema |= {"snapshot_date": pl.Date(), "file": pl.String(), "line": pl.Int64(), **seats}
    else:
        schema |= EXTRA
    if source == "children_care":
        schema |= {f"guardian_{name}": kind for name, kind in EXTRA.items()}
    snapshot = place.night - timedelta(days=200 if source in place.stale else 0)
    rows = [{**dict.fromkeys(schema), **row, "snapshot_date": snapshot} for row in place.rows[source]]
    # Text first, so that 100 and date(2021, 1, 1) of a YAML file become what the contract says.
    return pl.DataFrame(rows, schema_overrides=None, schema=schema, orient="row", strict=False)


def states(place: Place) -> pl.DataFrame:
    """Return `raw.source_state`: everything fresh but what the case says is late."""
    rows = [
        {
            "source": source, "state": "stale" if source in place.stale else "fresh",
            "snapshot_date": place.night - timedelta(days=200 if source in place.stale else 0),
            "age_days": 200 if source in place.stale else 0,
            "gated": source in ("bank_accounts", "financial_products", "tax_income"),
            "first_month": date(2019, 1, 1) if source == "tax_income" else None,
            "last_month": date(2021, 11, 1) if source == "tax_income" else None,
        }
        for source in CONTRACTS
    ]  # fmt: skip
    return pl.DataFrame(rows)


def run(place: Place) -> duckdb.DuckDBPyConnection:
    """Run every model of households, means, rules and lists on a place."""
    con = duckdb.connect(config={"threads": 1})  # a few hundred rows: threads only cost
    prepare(con, b"tests")
    schemas = "raw link policy state core means fact rule lists out audit"
    for schema in schemas.split():
        con.execute(f"CREATE SCHEMA {schema}")

    def put(table: str, frame: pl.DataFrame) -> None:
        con.register("given", frame)
        con.execute(f"CREATE TABLE {table} AS SELECT * FROM given")
        con.unregister("given")

    for table, frame in night_tables(load_profile("rugao"), place.night).items():
        put(table, frame)
    for source in CONTRACTS:
        put(f"core.{source}", source_frame(place, source))
    put("link.person", pl.DataFrame(place.people, schema=PERSON))
    put("raw.source_state", states(place))
    pair = dict.fromkeys(("person_id", "other_person_id", "why"), pl.String())
    put("core.person_same_as", pl.DataFrame(place.same_as, schema=pair))
    con.execute(
        "CREATE TABLE core.division (division_code VARCHAR, name_zh VARCHAR, level VARCHAR, parent_code VARCHAR)"
    )
    con.execute("CREATE TABLE state.night (night DATE)")
    con.execute(
        "CREATE TABLE state.finding (finding_id VARCHAR, rule_id VARCHAR, household_id VARCHAR, case_no VARCHAR,"
        " person_id VARCHAR, program VARCHAR, severity VARCHAR, status VARCHAR, first_seen DATE)"
    )
    put("out.rule", rule_table(rules()))
    wanted = {name: model for name, model in models().items() if model.schema in schemas.split()}
    before = {n: m for n, m in wanted.items() if m.schema in ("core", "link", "means", "fact", "rule")}
    ready = {n for n in before if n not in ("core.person_link", "core.link_evidence")}
    for model in in_order({n: before[n] for n in sorted(ready)}):
        count, keys = build(con, model)
        assert count == keys, f"{model.name}: {count} rows, {keys} keys of its grain"
    findings = con.sql("SELECT * FROM rule.finding").pl()
    put("out.finding", published(findings, rules()))
    later = {n: m for n, m in wanted.items() if m.schema in ("lists", "out") and n != "out.spot_check"}
    for model in in_order(later):
        count, keys = build(con, model)
        assert count == keys, f"{model.name}: {count} rows, {keys} keys of its grain"
    return con


def add_marriages(place: Place, number: int, case: Row) -> None:
    """Add marriages and divorces, two seats a row."""
    for given in case.get("marriages", []):
        row: Row = {
            "record_no": place.record(),
            "event": given.get("event", "marriage"),
            "event_date": given["event_date"],
        }
        for seat in "ab":
            link = {
                **LINKS["number"],
                "person_id": person_of(number, given[seat]),
                "candidate_person_id": None,
            }
            row |= {f"{name}_{seat}": value for name, value in link.items()}
        place.rows["marriages"].append(row)


@cache
def all_cases() -> tuple[Row, ...]:
    """Return every case of every file, numbered."""
    found: list[Row] = []
    for path in sorted(FOLDER.glob("[a-z][0-9][0-9].yaml")):
        found += yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple({**case, "number": number} for number, case in enumerate(found))


def kind_of(case: Row) -> tuple[date, tuple[str, ...]]:
    return case.get("night", NIGHT), tuple(sorted(case.get("stale", [])))


def run_all(cases: list[Row], night: date, stale: tuple[str, ...]) -> duckdb.DuckDBPyConnection:
    """Run cases in one place of their own."""
    place = Place(night=night, stale=stale)
    for case in cases:
        add_people(place, case["number"], case)
        add_rows(place, case["number"], case)
        add_marriages(place, case["number"], case)
    return run(place)


@pytest.fixture(scope="session")
def every_case() -> tuple[Row, ...]:
    """Every case of every rule's file."""
    return all_cases()


@pytest.fixture(scope="session")
def run_cases() -> Callable[[list[Row], tuple[str, ...]], duckdb.DuckDBPyConnection]:
    """Return a runner of changed cases on the usual night."""
    return lambda cases, stale: run_all(cases, NIGHT, stale)


@pytest.fixture(scope="session")
def place_of() -> Iterator[Callable[[Row], duckdb.DuckDBPyConnection]]:
    """Return the connection on which a case has been run, with all cases of its night and freshness."""
    made: dict[tuple[date, tuple[str, ...]], duckdb.DuckDBPyConnection] = {}
    failed: dict[tuple[date, tuple[str, ...]], str] = {}

    def of(case: Row) -> duckdb.DuckDBPyConnection:
        kind = kind_of(case)
        if kind in failed:
            pytest.fail(failed[kind])
        if kind not in made:
            try:
                made[kind] = run_all([each for each in all_cases() if kind_of(each) == kind], *kind)
            except Exception as error:
                failed[kind] = f"{type(error).__name__}: {error}"
                raise
        return made[kind]

    yield of
    for connection in made.values():
        connection.close()
