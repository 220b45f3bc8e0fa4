"""Two nights of counts made by hand: rule X05 and the vehicle register, as they stood and as they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import duckdb
import polars as pl
import pytest

from sources import CONTRACTS
from sql.connection import prepare
from sql.models import build, models
from warehouse import state

NIGHT: Final = date(2021, 12, 31)
BEFORE: Final = date(2021, 12, 30)
AT: Final = datetime(2022, 1, 1, 8)  # noqa: DTZ001 - the ledger gives UTC without its zone
MODELS: Final = ("held.figure", "held.jump", "held.finding", "held.standing", "audit.held", "carry.counted")
FINDING: Final = (
    "finding_id VARCHAR, evidence_key VARCHAR, rule_id VARCHAR, kind VARCHAR, severity VARCHAR, lowered_by VARCHAR,"
    " household_id VARCHAR, case_no VARCHAR, person_id VARCHAR, program VARCHAR, suggested_step VARCHAR, amount DOUBLE,"
    " line DOUBLE, title_zh VARCHAR, subject_name VARCHAR, rests_on_review BOOLEAN, rests_on_number BOOLEAN,"
    " least_probability DOUBLE, particulars VARCHAR, figures VARCHAR[], facts STRUCT(source VARCHAR)[], evidence VARCHAR,"
    " missing VARCHAR[], first_seen DATE, status VARCHAR"
)


@dataclass
class Counted:
    """What was counted on the earlier night (`state`) and tonight."""

    con: duckdb.DuckDBPyConnection

    def stood(self, kind: str, item: str, measure: str, n: int, counted_on: date = BEFORE) -> None:
        """Let the earlier night have counted ``n``."""
        self.con.execute(
            "INSERT INTO state.counted VALUES (?, ?, ?, ?, ?)", [kind, item, measure, n, counted_on]
        )

    def found(self, rule: str, n: int, **more: Any) -> None:
        """Let a rule find ``n`` households tonight."""
        row = {"severity": "yellow", "status": "open", "sources": ["vehicles"], "person_id": None} | more
        sources = row.pop("sources")
        for number in range(n):
            self.con.execute(
                "INSERT INTO rule.finding BY NAME SELECT ? AS finding_id, ? AS rule_id, ? AS household_id,"
                " list_transform(?::VARCHAR[], lambda source: {'source': source}) AS facts, ? AS severity, ? AS status,"
                " ? AS person_id",
                [
                    f"{rule}-{number}",
                    rule,
                    f"H{number}",
                    sources,
                    row["severity"],
                    row["status"],
                    row["person_id"],
                ],
            )

    def stood_open(self, rule: str, n: int, severity: str = "yellow") -> None:
        """Let the same ``n`` findings of a rule have been open on the earlier night."""
        for number in range(n):
            self.con.execute(
                "INSERT INTO state.finding (finding_id, rule_id, severity, status) VALUES (?, ?, ?, 'open')",
                [f"{rule}-{number}", rule, severity],
            )

    def delivered(
        self, source: str, rows: int, bad: int = 0, unauthorized: int = 0, replaced: int = 0
    ) -> None:
        """Let a source's standing files hold so many rows."""
        self.con.execute(
            "INSERT INTO raw.delivery_file VALUES (?, NULL, ?, ?, ?, ?)",
            [source, rows, rows - bad - unauthorized, unauthorized, replaced],
        )

    def accepted(self, kind: str, item: str, seq: int = 1, **more: Any) -> None:
        """Let somebody have accepted a jump."""
        row = {
            "seq": seq, "kind": kind, "item": item, "night": NIGHT, "reason": "旧系统并入", "accepted_by": "王",
            "accepted_at": AT, "measure": None, "now": None, "counted_on": None,
        } | more  # fmt: skip
        marks = ", ".join(f"${name} AS {name}" for name in row)
        self.con.execute(f"INSERT INTO ledger.acceptance BY NAME SELECT {marks}", row)

    def run(self) -> None:
        """Build what compares the nights."""
        for name in MODELS:
            rows, keys = build(self.con, models()[name])
            assert rows == keys, name

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.con.execute(query).fetchall()

    def held(self) -> dict[str, int]:
        """Build, and return how many findings are held by reason."""
        self.run()
        return dict(self.rows("SELECT held_why, count(*) FROM held.finding GROUP BY held_why"))


@pytest.fixture
def counted() -> Iterator[Counted]:
    """Two nights of which nothing is known yet; a jump is more than half of the before, by 30 findings or 100 rows."""
    con = duckdb.connect(config={"threads": 1})
    prepare(con, b"tests")
    for schema in ("raw", "rule", "held", "out", "policy", "ledger", "carry", "audit"):
        con.execute(f"CREATE SCHEMA {schema}")
    state.read_into(con, None)
    con.execute(
        "CREATE TABLE policy.night AS SELECT DATE '2021-12-31' AS night, CAST(0.5 AS DECIMAL(9, 4)) AS jump_band_findings,"
        " 30 AS jump_minimum_findings, CAST(0.5 AS DECIMAL(9, 4)) AS jump_band_rows, 100 AS jump_minimum_rows,"
        " CAST(0.2 AS DECIMAL(9, 4)) AS jump_band_links"
    )
    con.execute(
        "CREATE TABLE out.rule AS FROM (VALUES ('X05', ['assistance_roll', 'vehicles']), ('O03', ['vehicles',"
        " 'disability_certificates']), ('X18', ['assistance_roll', 'students'])) AS rule (rule_id, sources)"
    )
    con.execute(f"CREATE TABLE rule.finding ({FINDING})")
    sources = pl.DataFrame({"source": list(CONTRACTS)})
    con.register("sources", sources)
    con.execute(
        "CREATE TABLE raw.source_state AS SELECT source, NULL::DOUBLE AS usable_numbers, NULL::DOUBLE AS with_candidate,"
        " NULL::DOUBLE AS linked FROM sources"
    )
    con.execute(
        "CREATE TABLE raw.delivery_file (source VARCHAR, refused_why VARCHAR, rows_delivered BIGINT, rows_accepted BIGINT,"
        " rows_dropped_unauthorized BIGINT, rows_superseded BIGINT)"
    )
    con.execute(
        "CREATE TABLE ledger.acceptance (seq BIGINT, kind VARCHAR, item VARCHAR, night DATE, reason VARCHAR, accepted_by"
        " VARCHAR, accepted_at TIMESTAMP, measure VARCHAR, now BIGINT, counted_on DATE)"
    )
    yield Counted(con)
    con.close()
