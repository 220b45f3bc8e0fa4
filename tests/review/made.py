"""A made warehouse for review: one published night by hand, with the tables that review reads; everybody invented."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl

from sources import CONTRACTS
from sql.connection import prepare

NIGHT: Final = date(2021, 12, 31)
DAY: Final = date(2021, 12, 20)
KEY: Final = b"made-up key for tests only, 0123456789"
LINKED, REVIEWED, UNLINKED = 60, 12, 6
PEOPLE: Final = LINKED + REVIEWED + UNLINKED
NUMBERS: Final = [f"3206821950{1 + n // 28:02}{1 + n % 28:02}{n:03}X" for n in range(PEOPLE)]
NAMES: Final = [f"{'王李张刘'[n % 4]}{'伟芳娜敏静强磊军'[n % 8]}{'国秀英华慧'[n % 5]}" for n in range(PEOPLE)]


def person(n: int) -> str:
    return f"P{n:020}"


def identity(n: int) -> str:
    return f"I{n:020}"


def database(path: Path, *, ledger_seq: int = 0) -> Path:
    """Write the published restricted file of a night."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as connection:
        prepare(connection, KEY)
        for name, frame in tables(ledger_seq).items():
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name.split('.')[0]}")
            connection.register("made", frame)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM made")
            connection.unregister("made")
    return path


def warehouse(folder: Path, *, ledger_seq: int = 0) -> Path:
    """Make a warehouse with one published night that is the current one."""
    restricted = folder / "published" / "restricted"
    database(restricted / f"{NIGHT}.duckdb", ledger_seq=ledger_seq)
    (restricted / "current.duckdb").symlink_to(f"{NIGHT}.duckdb")
    return folder


def tables(ledger_seq: int = 0) -> dict[str, pl.DataFrame]:
    vehicle = pl.DataFrame([_vehicle(n) for n in range(PEOPLE)], infer_schema_length=None)
    people = pl.DataFrame([_person(n) for n in range(PEOPLE)], infer_schema_length=None)
    roll, marriage, children = _roll(), _marriage(), _children()
    link = ["record_no", "identity_id", "person_id", "candidate_person_id", "method", "decision", "probability",
            "runner_up_probability", "snapshot_date"]  # fmt: skip
    seats = [
        vehicle.select(pl.lit("vehicles").alias("source"), pl.lit(None, pl.String).alias("seat"), *link),
        roll.select(pl.lit("assistance_roll").alias("source"), pl.lit(None, pl.String).alias("seat"), *link),
        *(
            marriage.select(
                pl.lit("marriages").alias("source"), pl.lit(seat).alias("seat"), "record_no",
                *(pl.col(f"{name}_{seat}").alias(name) for name in link[1:-1]), "snapshot_date",
            )
            for seat in "ab"
        ),
        children.select(
            pl.lit("children_care").alias("source"), pl.lit("guardian").alias("seat"), "record_no",
            *(pl.col(f"guardian_{name}").alias(name) for name in link[1:-1]), "snapshot_date",
        ),
    ]  # fmt: skip
    registry = people.select(
        "person_id", pl.col("id_number").alias("id_number_raw"), "household_no",
        pl.format("I-registry-{}", "person_id").alias("identity_id"),
    )  # fmt: skip
    evidence = '[{"source":"vehicles","snapshot_date":"2021-12-20","record_no":"R000061","values":{}}]'
    return {
        "core.vehicles": vehicle,
        "core.assistance_roll": roll,
        "core.marriages": marriage,
        "core.children_care": children,
        "core.household_registry": registry,
        "core.person": people,
        "core.person_link": pl.concat(seats, how="vertical_relaxed"),
        "core.link_evidence": pl.DataFrame(
            {"identity_id": [identity(n) for n in range(LINKED + REVIEWED, PEOPLE)], "rank": 1}
        ).with_columns(person_id=pl.col("identity_id").str.replace("I", "P")),
        "core.person_same_as": pl.DataFrame(
            {
                "person_id": [person(1), person(3)],
                "other_person_id": [person(2), person(4)],
                "why": "two_numbers",
            }
        ),
        "core.case_member": roll.select("case_no", "person_id"),
        "out.finding": pl.DataFrame(
            {"finding_id": ["F1", "F2"], "evidence": [evidence, "[]"], "person_id": [None, person(4)]}
        ).with_columns(explanation=pl.lit(None, pl.String)),
        "out.should_not_be_covered": pl.DataFrame({"finding_ids": [["F1"]], "priority": [1]}),
        "out.missing_from_coverage": pl.DataFrame({"finding_ids": [["F2"]], "priority": [4]}),
        "audit.run": pl.DataFrame({"night": [NIGHT], "ledger_seq": [ledger_seq]}),
    }


def _link(n: int, before: str = "", after: str = "") -> dict[str, Any]:
    decision = "linked" if n < LINKED else "review" if n < LINKED + REVIEWED else "unlinked"
    link = {
        "identity_id": identity(n),
        "person_id": person(n) if decision == "linked" else None,
        "candidate_person_id": person(n) if decision == "review" else None,
        "method": "probabilistic" if decision != "unlinked" else "none",
        "decision": decision,
        "probability": (1.0, 0.9995, 0.995)[n % 3] if decision == "linked" else 0.7 if n % 2 else 0.3,
        "runner_up_probability": None,
    }
    return {f"{before}{name}{after}": value for name, value in link.items()}


def _vehicle(n: int) -> dict[str, Any]:
    raw = {0: "=1+1", 1: NUMBERS[1][:6] + "*" * 8 + NUMBERS[1][14:], 2: None, 63: NUMBERS[62]}.get(
        n, NUMBERS[n]
    )
    name = {3: "王□" + NAMES[3][2:], 62: "另一人"}.get(n, NAMES[n])
    return {"record_no": f"R{n:06}", "id_number_raw": raw, "name": name, "snapshot_date": DAY} | _link(n)


def _person(n: int) -> dict[str, Any]:
    return {
        "person_id": person(n), "id_number": NUMBERS[n], "name": NAMES[n],
        "former_name": "王旧名" if n == 5 else None, "sex": "female" if n % 2 else "male",
        "birth_date": date(1950, 1 + n // 28, 1 + n % 28), "phone": "13800000000", "address": f"花园村{n}组1号",
        "household_no": f"B{n // 2}",
    }  # fmt: skip


def _roll() -> pl.DataFrame:
    rows = [
        {"record_no": f"A{n}", "case_no": "C1", "id_number_raw": NUMBERS[n], "name": NAMES[n],
         "phone": f"1390000000{n}", "address": f"花园村{n}组", "snapshot_date": DAY} | _link(n)
        for n in range(3)
    ]  # fmt: skip
    for row, n in zip(rows, range(200, 203), strict=True):
        row["identity_id"] = identity(n)
    # A roll row that made a person of its own beside a candidate, and one that made a person beside nobody.
    rows[1] |= {"method": "spine", "candidate_person_id": person(7), "runner_up_probability": 0.4}
    rows[2] |= {"method": "spine"}
    return pl.DataFrame(rows, infer_schema_length=None)


def _marriage() -> pl.DataFrame:
    seats = {
        f"{column}_{seat}": value
        for seat, n in (("a", 10), ("b", 11))
        for column, value in (("id_number", NUMBERS[n]), ("name", NAMES[n]))
    }
    raws = {f"id_number_{seat}_raw": NUMBERS[n] for seat, n in (("a", 10), ("b", 11))}
    row = (
        {"record_no": "M1", "snapshot_date": DAY}
        | seats
        | raws
        | _link(10, after="_a")
        | _link(11, after="_b")
    )
    row |= {"identity_id_a": identity(210), "identity_id_b": identity(211)}
    return pl.DataFrame([row], infer_schema_length=None)


def _children() -> pl.DataFrame:
    row = {
        "record_no": "K1",
        "snapshot_date": DAY,
        "guardian_id_number_raw": NUMBERS[20],
        "guardian_name": NAMES[20],
    }
    row |= _link(20, before="guardian_") | {"guardian_identity_id": identity(220)}
    return pl.DataFrame([row], infer_schema_length=None)


assert {"vehicles", "marriages", "children_care", "assistance_roll"} <= set(CONTRACTS)
