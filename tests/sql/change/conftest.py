"""Two nights of a place with one household and one car, made by hand; a test changes one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

import duckdb
import pytest

from sql.connection import prepare
from sql.models import build, models
from warehouse import state

Side = Literal["state", "carry"]
BEFORE: Final[Side] = "state"
TONIGHT: Final[Side] = "carry"
SOURCES: Final = (
    "assistance_roll",
    "bank_accounts",
    "deaths",
    "household_registry",
    "inmates",
    "marriages",
    "vehicles",
)
MODELS: Final = ("finding", "person", "source", "row", "link", "policy", "cause")


@dataclass
class Nights:
    """The earlier night (`state`) and tonight (`carry`), alike until a test says otherwise."""

    con: duckdb.DuckDBPyConnection

    def add(self, side: Side, table: str, **row: Any) -> None:
        """Add one row to one of the nights."""
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        self.con.execute(f"INSERT INTO {side}.{table} ({names}) VALUES ({marks})", list(row.values()))

    def says(self, side: Side, person: str, source: str, content: int) -> None:
        """Let ``source`` say of ``person`` what ``content`` stands for."""
        ((pair,),) = self.con.execute("SELECT hash(?, ?)", [person, source]).fetchall()
        self.con.execute(f"DELETE FROM {side}.content WHERE pair = ?", [pair])
        self.add(side, "content", pair=pair, content=content)

    def change(self, side: Side, table: str, assignment: str, where: str = "TRUE") -> None:
        """Change rows of one of the nights."""
        self.con.execute(f"UPDATE {side}.{table} SET {assignment} WHERE {where}")

    def finds(self, side: Side, finding: str = "F1", severity: str = "red", **more: Any) -> None:
        """Let one of the nights find what a test says: a car of household H1 unless it says otherwise."""
        row = {
            "rule_id": "X05",
            "household_id": "H1",
            "case_no": "D1",
            "person_id": None,
            "lowered_by": None,
        } | more
        found = {"finding_id": finding, "severity": severity, "status": "open", **row}
        self.add(side, "finding", **found)
        for person in ("P1", "P2"):
            self.add(side, "finding_person", finding_id=finding, person_id=person)

    def cause(self) -> str | None:
        """Build what compares the nights and return the cause of the only alert."""
        ((cause,),) = self.alerts("cause")
        return None if cause is None else str(cause)

    def alerts(self, columns: str, table: str = "out.alert") -> list[tuple[Any, ...]]:
        """Build what compares the nights and return columns of a table."""
        self.con.execute(
            "INSERT INTO out.finding BY NAME SELECT finding_id, rule_id, household_id, case_no, person_id, severity,"
            " lowered_by, status FROM carry.finding UNION ALL BY NAME SELECT finding_id, rule_id, household_id, case_no,"
            " person_id, severity, 'cleared' AS status FROM state.finding ANTI JOIN carry.finding USING (finding_id)"
        )
        for name in (*(f"change.{model}" for model in MODELS), "out.alert", "audit.change"):
            rows, keys = build(self.con, models()[name])
            assert rows == keys, name
        return self.con.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()


@pytest.fixture
def nights() -> Iterator[Nights]:
    """Two nights alike: household H1 of P1 and P2, X05 and P01 in the catalogue, every source fresh, no finding."""
    con = duckdb.connect(config={"threads": 1})
    prepare(con, b"tests")
    for schema in ("core", "out", "policy", "carry", "change", "audit", "held"):
        con.execute(f"CREATE SCHEMA {schema}")
    state.read_into(con, None)
    for table, columns in state.TABLES.items():
        con.execute(f"CREATE TABLE carry.{table} ({columns})")
    con.execute("CREATE TABLE policy.night AS SELECT DATE '2021-12-31' AS night")
    con.execute("CREATE TABLE policy.gated_source AS SELECT 'bank_accounts' AS source")
    con.execute(
        "CREATE TABLE out.rule AS FROM (VALUES ('X05', ['assistance_roll', 'vehicles'], ['vehicle_value_limit']),"
        " ('X04', ['assistance_roll', 'bank_accounts'], ['dibao_standard']), ('P01', ['assistance_roll'], []))"
        " AS rule (rule_id, sources, parameters)"
    )
    con.execute(
        "CREATE TABLE out.finding (finding_id VARCHAR, rule_id VARCHAR, household_id VARCHAR, case_no VARCHAR,"
        " person_id VARCHAR, severity VARCHAR, lowered_by VARCHAR, status VARCHAR)"
    )
    con.execute(
        "CREATE TABLE core.person_link (source VARCHAR, identity_id VARCHAR, standing VARCHAR, person_id VARCHAR,"
        " candidate_person_id VARCHAR)"
    )
    con.execute("CREATE TABLE core.person_event (person_id VARCHAR, event VARCHAR, other_person_id VARCHAR)")
    con.execute("CREATE TABLE held.finding (finding_id VARCHAR, held_why VARCHAR, kept BOOLEAN)")
    con.execute("INSERT INTO state.night (night, engine) VALUES (DATE '2021-12-30', version())")
    made = Nights(con)
    for side in (BEFORE, TONIGHT):
        for source in SOURCES:
            made.add(side, "source", source=source, state="fresh", delivery=f"{side} {source}")
        for rule in ("X05", "X04", "P01"):
            made.add(side, "rule", rule_id=rule, condition_digest="one")
        for name, key in (("vehicle_value_limit", None), ("dibao_standard", "rural")):
            figure = {"name": name, "key": key, "value": "1", "in_force": True, "unconfirmed": False}
            made.add(side, "figure", effective_from="2000-01-01", **figure)
        for person in ("P1", "P2"):
            made.says(side, person, "assistance_roll", 1)
            made.add(side, "authorization", person_id=person, authorized=True)
    yield made
    con.close()
