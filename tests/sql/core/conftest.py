"""A hamlet of made rows for the models of cases, households and means: rows in, the models' tables out.

Every scenario of a run lies in one database under its own prefix, so that many share one build.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from policy import load_profile, night_tables
from sql.connection import prepare
from sql.models import SqlModel, build, in_order, models

TABLES: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("tables.yaml").read_text(encoding="utf-8")
)
ROW = {"record_no": "VARCHAR", "snapshot_date": "DATE", "unreadable": "VARCHAR[]"}
LINK = {
    **ROW,
    "person_id": "VARCHAR",
    "candidate_person_id": "VARCHAR",
    "decision": "VARCHAR",
    "standing": "VARCHAR",
    "by_number": "BOOLEAN",
    "probability": "DOUBLE",
}
SEATS = {f"{name}_{seat}": kind for seat in "ab" for name, kind in LINK.items() if name not in ROW}
SPINE = {
    "person_id": "VARCHAR", "id_number": "VARCHAR", "name": "VARCHAR", "former_name": "VARCHAR", "sex": "VARCHAR",
    "birth_date": "DATE", "number_birth_date": "DATE", "number_sex": "VARCHAR", "ethnicity": "VARCHAR",
    "hukou_type": "VARCHAR", "marital_status": "VARCHAR", "registry_status": "VARCHAR", "status_date": "DATE",
    "division_code": "VARCHAR", "address": "VARCHAR", "phone": "VARCHAR", "household_no": "VARCHAR",
    "relation": "VARCHAR", "in_registry": "BOOLEAN", "on_roll": "BOOLEAN",
}  # fmt: skip
DEFAULTS: dict[str, dict[str, Any]] = {
    "assistance_roll": {
        "program": "dibao", "status": "active", "role": "applicant", "relation": "01", "covered": True,
        "start_date": date(2020, 1, 1), "status_since": date(2020, 1, 1), "authorized_on": date(2020, 1, 1),
    },
    "tax_income": {"income_item": "wages", "tax_amount": 0},
    "public_payroll": {"status": "in_post", "post_type": "contract"},
    "real_estate": {"usage": "residential", "share_percent": 100, "registered_on": date(2000, 1, 1)},
    "vehicles": {"vehicle_class": "car", "usage": "private", "status": "normal"},
    "business_registrations": {"entity_type": "company", "status": "operating", "role": "legal_representative"},
    "disability_certificates": {"status": "valid", "issued_on": date(2015, 1, 1), "disability_class": "4"},
    "inmates": {"kind": "prison"},
    "medical_settlements": {"visit_type": "inpatient"},
    "marriages": {"event": "marriage"},
}  # fmt: skip
SOURCES = [*TABLES, "students", "poverty_monitoring", "children_care"]
OURS = {"means"}
OURS_CORE = {
    "core.case_member",
    "core.household",
    "core.household_member",
    "core.income_month",
    "core.person",
}


def own_models() -> list[SqlModel]:
    """The models under test, in order."""
    return in_order(
        {n: m for n, m in models().items() if m.schema in OURS or n in OURS_CORE | {"link.authorized"}}
    )


@dataclass
class City:
    """Rows by table; `build` makes the database and runs the models."""

    night: date = date(2021, 12, 31)
    states: Mapping[str, str | tuple[tuple[str, Any], ...]] = field(default_factory=dict)
    disregard_tekun: int | None = None
    rows: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {name: [] for name in [*TABLES, "person"]}
    )

    def person(self, person_id: str, born: date | None = None, **columns: Any) -> None:
        """Add somebody to the spine; with a booklet, to the registry too."""
        booklet = columns.pop("booklet", None)
        known = {"registry_status": "normal", "relation": "01"} if booklet else {}
        row = known | {"birth_date": born, "household_no": booklet, "in_registry": bool(booklet)} | columns
        self.rows["person"].append({"person_id": person_id, **row})
        if booklet:
            own = {"status": row["registry_status"], "status_date": row.get("status_date")}
            self.rows["household_registry"].append(self._linked("household_registry", person_id, own))

    def add(self, table: str, person: str | None = None, *, review: bool = False, **columns: Any) -> None:
        """Add a delivered row linked to ``person``, or in review with him as candidate."""
        self.rows[table].append(self._linked(table, person, DEFAULTS.get(table, {}) | columns, review=review))

    def marriage(self, one: str | None, other: str | None, **columns: Any) -> None:
        """Add an event between two seats; a seat without a person is unlinked."""
        row = DEFAULTS["marriages"] | {
            "record_no": f"m{len(self.rows['marriages'])}",
            "snapshot_date": self.night,
        }
        for seat, person in (("a", one), ("b", other)):
            row |= {f"person_id_{seat}": person, f"decision_{seat}": "linked" if person else "unlinked"}
            row |= {
                f"standing_{seat}": row[f"decision_{seat}"],
                f"by_number_{seat}": True,
                f"probability_{seat}": 1.0,
            }
        self.rows["marriages"].append(row | columns)

    def _linked(
        self, table: str, person: str | None, columns: Mapping[str, Any], *, review: bool = False
    ) -> dict[str, Any]:
        who = {"candidate_person_id": person} if review else {"person_id": person}
        return {
            "record_no": f"{table[:3]}{len(self.rows[table])}",
            "snapshot_date": self.night,
            "decision": "review" if review else "linked",
            "standing": "review" if review else "linked",
            "by_number": not review,
            "probability": 0.8 if review else 1.0,
            **who,
            **columns,
        }

    def build(self) -> duckdb.DuckDBPyConnection:
        """Make the database, run the models, check their grains; return the connection."""
        connection = duckdb.connect(":memory:", config={"threads": 1})
        prepare(connection, b"a key for tests only")
        for schema in ("raw", "link", "policy", "core", "means"):
            connection.execute(f"CREATE SCHEMA {schema}")
        for name, frame in night_tables(load_profile("rugao"), self.night).items():
            connection.register("frame", frame)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
            connection.unregister("frame")
        if self.disregard_tekun is not None:
            connection.execute(f"UPDATE policy.month SET pension_disregard_tekun = {self.disregard_tekun}")
        for name, columns in TABLES.items():
            link = {**ROW, **SEATS} if name == "marriages" else LINK
            _fill(connection, f"core.{name}", link | columns, self.rows[name])
        _fill(connection, "link.person", SPINE, self.rows["person"])
        self._source_states(connection)
        for model in own_models():
            rows, distinct = build(connection, model)
            assert rows == distinct, f"{model.name}: grain broken"
        return connection

    def _source_states(self, connection: duckdb.DuckDBPyConnection) -> None:
        kinds = {"source": "VARCHAR", "state": "VARCHAR", "snapshot_date": "DATE", "gated": "BOOLEAN"}
        kinds |= {"first_month": "DATE", "last_month": "DATE"}
        gated = {"tax_income", "bank_accounts", "financial_products"}
        months = {"first_month": date(self.night.year - 2, 1, 1), "last_month": self.night.replace(day=1)}
        rows = [
            {
                "source": name,
                "state": "fresh",
                "snapshot_date": self.night,
                "gated": name in gated,
            }
            | (months if name == "tax_income" else {})
            | _said(self.states.get(name, "fresh"))
            for name in SOURCES
        ]
        _fill(connection, "raw.source_state", kinds, rows)


def _said(state: str | tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return {"state": state} if isinstance(state, str) else dict(state)


def _fill(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    kinds: Mapping[str, str],
    rows: Iterable[Mapping[str, Any]],
) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
    connection.execute(f"CREATE TABLE {table} ({columns})")
    values = [[row.get(name) for name in kinds] for row in rows]
    for row in rows:
        assert row.keys() <= kinds.keys(), f"{table} has no {row.keys() - kinds.keys()}"
    if values:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(kinds))})", values)


@pytest.fixture(scope="session")
def make_city() -> type[City]:
    """The hamlet's class: tests fill one and build it."""
    return City
