"""The sample city, file by file and value by value, against its truth."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from sources import CONTRACTS
from tests.sources.collecting import taken

pytestmark = pytest.mark.sample
BOTH_NIGHTS = [date(2021, 12, 31), date(2021, 12, 30)]


def truth(city: Path, table: str) -> pl.DataFrame:
    return pl.read_parquet(city / "truth" / f"{table}.parquet")


@pytest.mark.parametrize("source", CONTRACTS)
def test_files_quarantine_and_cells_are_those_of_the_truth(sample_city: Path, source: str) -> None:
    intake, _ = taken(sample_city / "landing", source)
    used = intake.files.filter(pl.col("refused_why").is_null())
    expected = truth(sample_city, "snapshots").filter(pl.col("source") == source, "used")
    found = used.select(pl.col("snapshot_date").cast(pl.String), "file", "rows_delivered")
    assert sorted(found.rows()) == sorted(expected.select("snapshot", "file", "rows").rows())
    bad = truth(sample_city, "quarantine_expected").filter(pl.col("source") == source)
    assert counted(intake.quarantine, "column_name", pl.len()) == counted(bad, "column", pl.col("rows").sum())
    named = set(intake.quarantine.filter(pl.col("reason") != "unreadable")["record_no"])
    assert named == set(bad.filter(pl.col("reason") != "unreadable")["record_no"])
    assert not intake.quarantine["raw"].has_nulls()
    cells = truth(sample_city, "cells_refused_expected").filter(pl.col("source") == source)
    refused = intake.cells_refused.group_by("column_name").agg(pl.col("n").sum())
    assert sorted(refused.rows()) == sorted(cells.select("column", "rows").rows())


def counted(frame: pl.DataFrame, column: str, count: pl.Expr) -> list[tuple[object, ...]]:
    rows = frame.group_by("file", "reason", column).agg(count.cast(pl.Int64).alias("n")).rows()
    return sorted(rows, key=str)


@pytest.mark.parametrize("source", CONTRACTS)
def test_values_are_those_of_a_perfect_department(sample_city: Path, source: str) -> None:
    contract = CONTRACTS[source]
    _, rows = taken(sample_city / "landing", source)
    perfect = truth(sample_city, f"canonical/{source}")
    people = {name for seat in contract.seats for name in (seat.id_number, seat.name)}
    joined = rows.join(perfect, on="record_no", how="inner", suffix="_true", validate="1:1")
    assert joined.height == perfect.height
    for column in contract.columns:
        if column.name in people or column.name not in perfect.columns or column.name == "record_no":
            continue
        mine, true = joined[column.name], joined[f"{column.name}_true"].cast(column.dtype, strict=False)
        assert joined.filter(mine.ne_missing(true)).height == 0, column.name


def test_refused_snapshots_say_why(sample_city: Path) -> None:
    told: dict[str, str] = {}
    for source in CONTRACTS:
        intake, _ = taken(sample_city / "landing", source)
        told |= dict(intake.files.drop_nulls("refused_why").select("file", "refused_why").iter_rows())
    refused = truth(sample_city, "snapshots").filter(
        pl.col("kind").is_in(["broken_manifest", "too_many_bad", "column_missing"])
    )
    assert set(told) == set(refused["file"])
    assert "'学籍状态' (status)" in told["xj_20211222.csv"]
    assert "266" in told["fpjc_20211224.csv"]
    assert "identified_on" in told["et_20211227.csv"]


@pytest.mark.parametrize("night", BOTH_NIGHTS)
def test_no_snapshot_of_the_future_is_read(sample_city: Path, night: date) -> None:
    for source in ("deaths", "vehicles", "assistance_roll"):
        intake, rows = taken(sample_city / "landing", source, night=night)
        assert intake.snapshot_date == night
        assert set(rows["snapshot_date"]) == {night}


def test_gated_sources_leave_no_trace_of_a_row(sample_city: Path) -> None:
    intake, rows = taken(sample_city / "landing", "tax_income", gated=True, keep=lambda batch: batch.head(10))
    assert rows.height == 10
    assert intake.quarantine.height == 9
    assert intake.quarantine.select("record_no", "raw").null_count().row(0) == (9, 9)
    (file,) = intake.files.to_dicts()
    assert file["rows_dropped_unauthorized"] == 17484 - 9 - 10
    assert (intake.first_month, intake.last_month) == (date(2020, 10, 1), date(2021, 11, 1))
