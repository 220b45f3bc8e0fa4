"""Red never rests on silence, on what is unknown, in review, late or named without a number, nor on an unconfirmed figure.

Each is a property over made households (tests/rules/drawing.py): something is taken away, made doubtful or added as
unknown, everything is judged again, and nobody may be accused who was not. Households are judged by the hundred, in one
place a seed; changes are made in a transaction and rolled back.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import CONTRACTS
from tests.chance import examples
from tests.rules.drawing import ROWS, dice, households, row
from tests.rules.noticing import onward
from tests.rules.place import NIGHT, Place, add_rows
from tests.rules.running import run_all, source_frame

Row = dict[str, Any]
Red = tuple[str, str, str]
REDS = """
SELECT rule_id, subject, coalesce(program, '') FROM rule.lowered_ground
WHERE place = 1 AND severity = 'red' AND rule_id LIKE 'X%'
"""
GATED = ("bank_accounts", "financial_products", "tax_income")
# What these say exempts as well as it accuses (the dead and prisoners do not count, a certificate keeps silence): without
# it the household's own rows speak again. Taken away whole they are silence about an exemption, never an accusation.
EXEMPTING = ("deaths", "inmates", "disability_certificates", "marriages", "students")
ACCUSING = tuple(source for source in ROWS if source not in EXEMPTING)
Property = Callable[[int, duckdb.DuckDBPyConnection], None]
# Of these activity after a death speaks for a life (X01), which ends where the source does.
LIVELY = ("medical_settlements", "tax_income", "vehicles", "business_registrations", "real_estate")
SEED = 6  # its households make a red of every rule but X19
seeds = st.integers(0, 10**6)


@lru_cache(maxsize=2)
def place(seed: int) -> duckdb.DuckDBPyConnection:
    """Return the connection on which the households of a seed have been judged."""
    return run_all(households(seed), NIGHT, ())


def reds(con: duckdb.DuckDBPyConnection) -> set[Red]:
    """Return who stands accused in red: rule, subject, programme."""
    return set(con.execute(REDS).fetchall())


def judged(con: duckdb.DuckDBPyConnection, tables: Iterable[str], *changes: str) -> set[Red]:
    """Return who stands accused after changes of tables, which are then undone."""
    con.execute("BEGIN TRANSACTION")
    try:
        for change in changes:
            con.execute(change)
        for model in onward(tables):
            con.execute(f"CREATE OR REPLACE TABLE {model.name} AS {model.query}")
        return reds(con)
    finally:
        con.execute("ROLLBACK")


def people_of(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [person for (person,) in con.execute("SELECT person_id FROM link.person ORDER BY 1").fetchall()]


def insert(con: duckdb.DuckDBPyConnection, extra: Place, source: str) -> str:
    """Register the rows of a place and return the SQL that adds them to a source."""
    frame = source_frame(extra, source).with_columns(record_no="N" + pl.col("record_no"))
    con.register(f"more_{source}", frame)
    return f"INSERT INTO core.{source} BY NAME SELECT * FROM more_{source}"


def unknown_rows(seed: int, con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the SQL that adds a row nobody is linked to for everybody, of some department, half of them in review."""
    draw, extra = dice(seed + 1), Place(night=NIGHT, stale=())
    for number in range(len(households(seed))):
        whose = people_of_case(con, number)
        for source in draw.sample(tuple(ROWS), k=4):
            case = {
                "number": number,
                source: [row(draw, number, source, whose, ("review",))],
                "booklet": [{"who": "a"}],
            }
            add_rows(extra, number, case)
    for rows in extra.rows.values():
        for each in rows:
            if draw.random() < 0.3:
                each |= {"decision": "unlinked", "standing": "unlinked", "candidate_person_id": None}
    return [insert(con, extra, source) for source in ROWS if extra.rows[source]]


def people_of_case(con: duckdb.DuckDBPyConnection, number: int) -> list[str]:
    found = con.execute(
        "SELECT person_id FROM link.person WHERE person_id LIKE ? ORDER BY 1", [f"T{number:04d}-%"]
    )
    return [person.split("-")[1] for (person,) in found.fetchall()]


def copies_in_review(source: str, seed: int) -> str:
    """Return the SQL that delivers the rows of a source once more with another's certificate, address or month, in review."""
    other = {
        "real_estate": "address = '0' || (hash(record_no) % 9) || '号'",
        "social_insurance": "from_month = from_month - INTERVAL 3 MONTH", "tax_income": "period = period - INTERVAL 12 MONTH",
    }.get(source, "snapshot_date = snapshot_date")  # fmt: skip
    name, value = other.split(" = ", 1)
    return (
        f"INSERT INTO core.{source} BY NAME SELECT * REPLACE ({value} AS {name}, 'A' || record_no AS record_no,"
        " 'review' AS decision, 'review' AS standing, person_id AS candidate_person_id, CAST(NULL AS VARCHAR) AS person_id)"
        f" FROM core.{source} WHERE person_id IS NOT NULL AND hash(record_no, {seed}) % 2 = 0"
    )


def in_review(source: str) -> str:
    return (
        f"UPDATE core.{source} SET decision = 'review', standing = 'review', by_number = FALSE, candidate_person_id = person_id,"
        " person_id = NULL WHERE decision = 'linked'"
    )


def added_in_review(seed: int, con: duckdb.DuckDBPyConnection) -> None:
    """Assert that rows in review or linked to nobody, drawn or copied with another address or month, accuse nobody."""
    tables, before = [f"core.{source}" for source in ROWS], reds(con)
    assert judged(con, tables, *unknown_rows(seed, con)) <= before
    assert judged(con, tables, *(copies_in_review(source, seed) for source in ROWS)) <= before


def added_by_name(seed: int, con: duckdb.DuckDBPyConnection) -> None:
    """Assert that what somebody of the name holds and earns accuses nobody."""
    copies = [
        copies_in_review(source, seed)
        .replace(
            "'review' AS decision, 'review' AS standing, person_id AS candidate_person_id",
            "FALSE AS by_number",
        )
        .replace(", CAST(NULL AS VARCHAR) AS person_id", "")
        for source in ACCUSING
    ]
    assert judged(con, [f"core.{source}" for source in ACCUSING], *copies) <= reds(con)


def unauthorized(seed: int, con: duckdb.DuckDBPyConnection) -> None:
    """Assert that taking back authorizations accuses nobody: the roll's entry, and the rows it let through.

    Wages after a death speak for a life (X01), so that of the dead, whom nobody can ask, nothing is taken back here.
    """
    whose = f"hash(person_id, {seed}) % 3 = 0 AND person_id NOT IN (SELECT person_id FROM means.death)"
    changes = [f"UPDATE core.assistance_roll SET authorized_on = NULL WHERE {whose}"]
    changes += [f"DELETE FROM core.{source} WHERE {whose}" for source in GATED]
    tables = ["core.assistance_roll", *(f"core.{source}" for source in GATED)]
    assert judged(con, tables, *changes) <= reds(con)


def without(source: str, con: duckdb.DuckDBPyConnection) -> set[Red]:
    """Return who stands accused where a source has said nothing."""
    return judged(con, [f"core.{source}"], f"DELETE FROM core.{source}")


def late(seed: int, con: duckdb.DuckDBPyConnection) -> None:
    """Assert that no red rests on a source that is late, nor on one that never came.

    A late source leaves no red that its own rows are needed for; one that is absent makes none. What exempts is left
    out, and of X01 the sources whose activity speaks for a life.
    """
    dealt, before = dice(seed), reds(con)
    (any_source,), (source,) = dealt.sample(tuple(CONTRACTS), k=1), dealt.sample(ACCUSING, k=1)
    for each in (any_source, source):
        state = f"UPDATE raw.source_state SET state = 'stale' WHERE source = '{each}'"
        found = judged(con, ["raw.source_state"], state)
        assert found <= before, each
        assert each not in ACCUSING or found <= without(each, con), each
    absent = f"UPDATE raw.source_state SET state = 'absent' WHERE source = '{source}'"
    gone = judged(con, ["raw.source_state", f"core.{source}"], absent, f"DELETE FROM core.{source}")
    assert {red for red in gone if red[0] != "X01" or source not in LIVELY} <= before, source


def weaker(seed: int, con: duckdb.DuckDBPyConnection) -> None:
    """Assert that no red rests on a link without a number, nor on a row in review.

    Without numbers, or in review, a source leaves no red that its rows are needed for; without its numbers the roll
    leaves none at all.
    """
    for source in dice(seed).sample(ACCUSING, k=1):
        alone = without(source, con)
        nameless = judged(con, [f"core.{source}"], f"UPDATE core.{source} SET by_number = FALSE")
        assert nameless <= reds(con) & alone, source
        assert judged(con, [f"core.{source}"], in_review(source)) <= reds(con) & alone, source
    assert not judged(con, ["core.assistance_roll"], "UPDATE core.assistance_roll SET by_number = FALSE")
    some = dice(seed).sample(tuple(ROWS), k=3)
    fewer = [
        f"UPDATE core.{each} SET by_number = FALSE WHERE hash(record_no, {seed}) % 2 = 0" for each in some
    ]
    assert judged(con, [f"core.{each}" for each in some], *fewer) <= reds(con), some


NIGHTLY = (
    ("dibao_standard.urban", "dibao_standard_urban"), ("dibao_standard.rural", "dibao_standard_rural"),
    ("marginal_multiple", "marginal_multiple"), ("mean_disposable_income", "mean_disposable_income"),
    ("income_tolerance", "income_tolerance"), ("financial_asset_months", "financial_asset_months"),
    ("vehicle_value_limit", "vehicle_value_limit"), ("vehicle_value_years", "vehicle_value_years"),
    ("dwelling_limit", "dwelling_limit"), ("death_grace_months", "death_grace_months"),
    ("taper_months", "taper_months"), ("elder_allowance_age", "elder_allowance_age"),
    ("activity_after_death_days", "activity_after_death_days"),
)  # fmt: skip


def unconfirmed(seed: int, con: duckdb.DuckDBPyConnection) -> None:
    """Assert that a red which another value of a figure would undo is yellow where nobody has confirmed that figure."""
    before = reds(con)
    for figure, column in dice(seed).sample(NIGHTLY, k=1):
        name, _, key = figure.partition(".")
        mark = f"UPDATE policy.figure SET unconfirmed = TRUE WHERE name = '{name}' AND key = '{key}'"
        marked = judged(con, ["policy.figure"], mark)
        assert marked <= before, figure
        for factor in ("0", "3"):
            other = judged(con, ["policy.night"], f"UPDATE policy.night SET {column} = {column} * {factor}")
            assert not (before - other) & marked, (figure, factor)


PROPERTIES = (added_in_review, added_by_name, unauthorized, late, weaker, unconfirmed)


@pytest.mark.parametrize("property_", PROPERTIES, ids=lambda each: each.__name__)
def test_no_red_of_four_hundred_households(property_: Property) -> None:
    property_(SEED, place(SEED))


@pytest.mark.soak
@pytest.mark.parametrize("property_", PROPERTIES, ids=lambda each: each.__name__)
@examples(12)
@given(seed=seeds)
def test_no_red_of_any_households(property_: Property, seed: int) -> None:
    property_(seed, place(seed))


def test_there_are_reds_to_lose() -> None:
    found = {rule for rule, _, _ in reds(place(SEED))}
    assert {"X01", "X02", "X03", "X04", "X05", "X06", "X12", "X17"} <= found
