"""What a report is told: rows of one published night about one household, opened read-only.

Here belong which rows are read and which never are. A report of a registry household reads no gated source and none
that may only silence (rules.md 3); rows in review are counted, not read, for they may be a stranger's. Not here: sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import duckdb

HERE: Final = Path(__file__).parent
Row = dict[str, Any]

SOURCES: Final = (
    "assistance_roll", "household_registry", "marriages", "children_care", "deaths", "inmates", "disability_certificates",
    "students", "poverty_monitoring", "medical_settlements", "social_insurance", "public_payroll", "tax_income",
    "bank_accounts", "financial_products", "vehicles", "real_estate", "business_registrations",
)  # fmt: skip
_RUN: Final = """
    SELECT
        night, version, place, model_version, code_digest, lock_digest, policy_digest, layout_digest, model_digest,
        landing_digest, state_digest, ledger_seq, digest
    FROM audit.run
"""
_SOURCE: Final = "SELECT source, state, snapshot_date, age_days FROM audit.source ORDER BY source"
_FILE: Final = """
    SELECT source, snapshot_date, file, sha256 FROM audit.source_snapshot
    WHERE refused_why IS NULL ORDER BY source, snapshot_date, file
"""
_POLICY: Final = """
    SELECT name, key, value, reference, illustrative, unconfirmed FROM audit.policy WHERE in_force ORDER BY name, key
"""
_SAME: Final = """
    SELECT person_id, count(*) AS n FROM core.person_same_as WHERE list_contains($people, person_id) GROUP BY person_id
"""
_COUNTY: Final = "SELECT min(name_zh) AS county FROM core.division WHERE level = 'county' HAVING count(*) = 1"


@dataclass(frozen=True)
class Facts:
    """The rows of one household. ``records`` are its linked rows by source and record_no."""

    household: Row
    members: Sequence[Row]
    roll: Sequence[Row]
    ledger: Sequence[Row]
    links: Sequence[Row]
    findings: Sequence[Row]
    sources: Sequence[Row]
    files: Sequence[Row]
    policy: Sequence[Row]
    run: Row
    county: str | None
    same_as: dict[str, int]
    records: dict[str, dict[str, Row]]

    @property
    def on_case(self) -> bool:
        """Whether it is the household of a household-programme case."""
        return bool(self.household["kind"] == "case")

    @cached_property
    def gated(self) -> frozenset[str]:
        """Sources that need authorization."""
        return self._listed("sources_needing_authorization")

    @cached_property
    def silencing(self) -> frozenset[str]:
        """Sources that of people outside every case may only silence."""
        return self._listed("counter_evidence_sources")

    @cached_property
    def own(self) -> Sequence[Row]:
        """The household's members; those of a one-person cover's booklet left out."""
        return [member for member in self.members if member["in_household"]]

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the members by person."""
        return {member["person_id"]: member["name"] or "姓名未登记" for member in self.members}

    @cached_property
    def authorized(self) -> frozenset[str]:
        """People whose own signature opens gated sources for this household, those of a one-person cover's booklet too."""
        return frozenset(member["person_id"] for member in self.members if member["signed"])

    def figure(self, name: str, key: str = "") -> Row | None:
        """Return a policy figure in force on the night, or None."""
        return next((row for row in self.policy if (row["name"], row["key"] or "") == (name, key)), None)

    def _listed(self, name: str) -> frozenset[str]:
        return frozenset(row["value"] for row in self.policy if row["name"] == name)


def facts_of(database: Path, household: str) -> Facts:
    """Read everything that a report of ``household`` may say.

    Args:
        database: the restricted file of a published night.
        household: a household_id of it.
    """
    with duckdb.connect(str(database), read_only=True) as connection:

        def rows(query: str, **parameters: object) -> list[Row]:
            return _rows(connection, query, **parameters)

        (unit,) = rows(_sql("household"), household=household)
        members = rows(_sql("member"), household=household)
        roll = rows(_sql("roll"), household=household)
        policy = rows(_POLICY)
        own = [member["person_id"] for member in members if member["in_household"]]
        counted = [member["person_id"] for member in members if member["counted"]]
        alone = unit["kind"] != "case"
        hidden = _hidden(policy) if alone else []
        links = _shown(rows(_sql("link"), people=own, hidden=hidden), roll, policy)
        (run,) = rows(_RUN)
        county = rows(_COUNTY)
        return Facts(
            unit,
            members,
            roll,
            rows(_sql("ledger"), people=counted, judged_alone=alone),
            links,
            rows(_sql("finding"), household=household),
            rows(_SOURCE),
            rows(_FILE),
            policy,
            run,
            unit["county"] or (county[0]["county"] if county else None),
            {row["person_id"]: row["n"] for row in rows(_SAME, people=own)},
            {source: _records(connection, source, links) for source in SOURCES},
        )


def _hidden(policy: Sequence[Row]) -> list[str]:
    """Sources never shown of people outside every household-programme case."""
    lists = ("sources_needing_authorization", "counter_evidence_sources")
    return sorted({row["value"] for row in policy if row["name"] in lists})


def _shown(links: list[Row], roll: Sequence[Row], policy: Sequence[Row]) -> list[Row]:
    """Gated rows of a member who signed for another's case alone serve that case, not this report."""
    gated = {row["value"] for row in policy if row["name"] == "sources_needing_authorization"}
    signed = {row["person_id"] for row in roll if row["authorized_as_member"]}
    return [link for link in links if link["source"] not in gated or link["person_id"] in signed]


def _records(connection: duckdb.DuckDBPyConnection, source: str, links: Sequence[Row]) -> dict[str, Row]:
    wanted = sorted(
        {
            record
            for link in links
            if link["source"] == source and link["decision"] == "linked"
            for record in link["record_nos"]
        }
    )
    if not wanted:
        return {}
    query = f"SELECT * FROM core.{source} WHERE list_contains($wanted, record_no) ORDER BY record_no"  # noqa: S608
    return {row["record_no"]: row for row in _rows(connection, query, wanted=wanted)}


def _rows(connection: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> list[Row]:
    found = connection.execute(query, parameters)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _sql(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")
