# ruff: noqa: E501 - a table: one case a line
"""Several snapshots of one source: which of them is used, month by month where they are increments."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from sources import SourceLayout
from tests.sources.bad_deliveries.case import Row, among, good, shape, text
from tests.sources.collecting import deliver, taken

GOOD = among("inmates", good_rows=3)["sf_1.csv"]


@dataclass(frozen=True)
class Snapshots:
    """Full snapshots by day, and the day that is used; None: the source is absent."""

    name: str
    days: Mapping[str, bytes]
    used: str | None
    refused: tuple[str, ...] = ()


FULL = [
    Snapshots("nothing ever came", {}, None),
    Snapshots("the newest of two good ones", {"2021-12-20": GOOD, "2021-12-28": GOOD}, "2021-12-28"),
    Snapshots("the newest refused", {"2021-12-20": GOOD, "2021-12-28": b""}, "2021-12-20", ("2021-12-28",)),
    Snapshots("the two newest refused", {"2021-12-01": GOOD, "2021-12-20": b"x", "2021-12-28": b""}, "2021-12-01", ("2021-12-20", "2021-12-28")),
    Snapshots("an older one broken, never opened", {"2021-12-20": b"", "2021-12-28": GOOD}, "2021-12-28"),
    Snapshots("every one refused", {"2021-12-20": b"", "2021-12-28": b"x"}, None, ("2021-12-20", "2021-12-28")),
    Snapshots("only one of tomorrow", {"2022-01-01": GOOD}, None),
    Snapshots("one of the night itself", {"2021-12-31": GOOD}, "2021-12-31"),
    Snapshots("a good one of years ago", {"1999-01-01": GOOD}, "1999-01-01"),
]  # fmt: skip


@pytest.mark.parametrize("case", FULL, ids=lambda case: case.name)
def test_which_snapshot_is_used(tmp_path: Path, case: Snapshots) -> None:
    for day, content in case.days.items():
        deliver(tmp_path, "inmates", day, "sf_1.csv", content)
    intake, rows = taken(tmp_path, "inmates")
    assert intake.snapshot_date is None if case.used is None else str(intake.snapshot_date) == case.used
    assert rows.height == (0 if case.used is None else 3)
    refused = intake.files.drop_nulls("refused_why")["snapshot_date"].cast(pl.String)
    assert tuple(refused) == case.refused


@dataclass(frozen=True)
class Months:
    """Increments by day: rows as (record number, month); the record numbers that stand, and how many were superseded."""

    name: str
    days: Mapping[str, list[tuple[str, str]] | bytes]
    stand: str
    superseded: int = 0


OCTOBER = [("a", "202110"), ("b", "202110"), ("c", "202110")]
INCREMENTS = [
    Months("two months, one after the other", {"2021-11-05": OCTOBER, "2021-12-05": [("d", "202111")]}, "a b c d"),
    Months("a month delivered again whole", {"2021-11-05": OCTOBER, "2021-12-05": [("x", "202110"), ("y", "202110")]}, "x y", 3),
    Months("a month delivered again with fewer rows", {"2021-11-05": OCTOBER, "2021-12-05": [("b", "202110")]}, "b", 3),
    Months("a month delivered again with a row that is bad", {"2021-11-05": OCTOBER, "2021-12-05": [("n", "202111")] * 1 + [(f"n{i}", "202111") for i in range(5)] + [("bad", "202110")]}, "n n0 n1 n2 n3 n4", 3),
    Months("a month covered twice in part: late rows of the month before", {"2021-11-05": [*OCTOBER, ("s", "202109")], "2021-12-05": [("d", "202111"), ("e", "202110")]}, "d e s", 3),
    Months("a gap: no delivery covers November", {"2021-11-05": OCTOBER, "2022-01-05": [("z", "202111")]}, "a b c"),
    Months("the newest refused: the older gives the month", {"2021-11-05": OCTOBER, "2021-12-05": b""}, "a b c"),
    Months("one in the middle refused", {"2021-10-05": [("s", "202109")], "2021-11-05": b"", "2021-12-05": [("d", "202111")]}, "d s"),
    Months("one older than the window", {"2020-12-01": [("old", "202011")], "2021-12-05": [("d", "202111")]}, "d"),
    Months("the newest empty: a header and no rows takes no month away", {"2021-11-05": OCTOBER, "2021-12-05": []}, "a b c"),
    Months("a month that is no month covers none", {"2021-11-05": OCTOBER, "2021-12-05": [*((f"n{i}", "202111") for i in range(5)), ("q", "202113")]}, "a b c n0 n1 n2 n3 n4"),
    Months("every increment refused", {"2021-11-05": b"", "2021-12-05": b""}, ""),
]  # fmt: skip


def increments() -> SourceLayout:
    """Tax as increments, the newest delivery of a month giving the month."""
    file = shape("tax_income").files[0].model_dump() | {"pattern": "grsd*.csv"}
    return SourceLayout.model_validate(
        {
            "source": "tax_income",
            "delivery": "increment",
            "window_months": 12,
            "replaces": "month",
            "files": [file],
        }
    )


def written(rows: list[tuple[str, str]] | bytes) -> bytes:
    if isinstance(rows, bytes):
        return rows
    made: list[Row] = []
    for number, month in rows:
        amount = "很多" if number == "bad" else "100"
        made.append(good("tax_income", 0, record_no=number, period=month, gross_amount=amount))
    return text("tax_income", *made)


@pytest.mark.parametrize("case", INCREMENTS, ids=lambda case: case.name)
def test_which_rows_of_increments_stand(tmp_path: Path, case: Months) -> None:
    for day, rows in case.days.items():
        deliver(tmp_path, "tax_income", day, "grsd_1.csv", written(rows))
    intake, kept = taken(tmp_path, "tax_income", increments(), gated=True)
    assert sorted(kept["record_no"]) == case.stand.split()
    assert intake.files["rows_superseded"].sum() == case.superseded
