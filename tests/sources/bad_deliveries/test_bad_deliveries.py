"""Whatever arrives: every named bad delivery ends as the specification's table says, and no row is lost."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest

from sources import CONTRACTS
from tests.sources.bad_deliveries.case import NAMES, Bad, among
from tests.sources.bad_deliveries.doubles import DOUBLES
from tests.sources.bad_deliveries.folders import FOLDERS
from tests.sources.bad_deliveries.lines import LINES
from tests.sources.bad_deliveries.manifests import MANIFESTS
from tests.sources.bad_deliveries.tables import TABLES
from tests.sources.bad_deliveries.unread import UNREAD
from tests.sources.bad_deliveries.values import VALUES
from tests.sources.bad_deliveries.whole_files import WHOLE_FILES
from tests.sources.collecting import deliver, taken

CASES = [*FOLDERS, *MANIFESTS, *WHOLE_FILES, *LINES, *TABLES, *VALUES, *DOUBLES, *UNREAD]
OLD = "2021-12-20"
GATED = ("bank_accounts", "tax_income")


def put(landing: Path, case: Bad) -> None:
    """Deliver a good snapshot, then the bad one."""
    (good,) = among(case.source, good_rows=1).values()
    deliver(landing, case.source, OLD, NAMES[case.source], good)
    folder = landing / case.source / case.day
    folder.mkdir()
    for name, content in case.arrives.items():
        (folder / name).write_bytes(content)
    if case.spoil is not None:
        case.spoil(folder)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_delivery(tmp_path: Path, case: Bad) -> None:
    put(tmp_path, case)
    intake, rows = taken(tmp_path, case.source, case.layout, gated=case.source in GATED)
    new = intake.files.filter(pl.col("snapshot_date").cast(pl.String) == case.day)
    if case.refused or case.passed_over:
        assert str(intake.snapshot_date) == OLD and rows.height == 1
        assert intake.quarantine.is_empty() and intake.cells_refused.is_empty()
        assert new.is_empty() == case.passed_over
        assert all(case.refused in why for why in new["refused_why"])
        assert new["rows_accepted"].null_count() == new.height
        return
    assert str(intake.snapshot_date) == case.day, new["refused_why"].to_list()
    read = new.filter(pl.col("refused_why").is_null())
    assert read["rows_accepted"].sum() == rows.height == case.accepted
    assert read["rows_delivered"].sum() == case.accepted + len(case.quarantined)
    assert sorted(new.drop_nulls("refused_why")["file"]) == sorted(case.unread)
    quarantine = intake.quarantine.sort("file", "line")
    assert told(quarantine, with_file=":" in "".join(case.quarantined)) == list(case.quarantined)
    assert [" ".join(map(str, row[1:])) for row in intake.cells_refused.rows()] == list(case.cells)
    required = CONTRACTS[case.source].required
    assert named(rows) == {column: n for column, n in sums(case.cells).items() if column not in required}
    if case.becomes:
        last = rows.sort("file", "line").row(-1, named=True)
        assert {
            name: None if last[name] is None else str(last[name]) for name in case.becomes
        } == case.becomes


def named(rows: pl.DataFrame) -> dict[str, int]:
    """In how many rows each column is named as delivered and not read; a row names a column once."""
    assert rows["unreadable"].null_count() == 0
    assert (rows["unreadable"].list.len() == rows["unreadable"].list.n_unique()).all()
    listed = rows["unreadable"].explode(empty_as_null=False).to_list()
    return {column: listed.count(column) for column in listed}


def sums(cells: Iterable[str]) -> dict[str, int]:
    """What a case says of its cells, by column."""
    found: dict[str, int] = {}
    for cell in cells:
        column, _, count = cell.split()
        found[column] = found.get(column, 0) + int(count)
    return found


def told(quarantine: pl.DataFrame, *, with_file: bool) -> list[str]:
    """Quarantined rows as a case writes them."""
    place = pl.format("{}:{}", "file", "line") if with_file else pl.col("line").cast(pl.String)
    parts = pl.concat_str(place, "reason", "column_name", separator=" ", ignore_nulls=True)
    return quarantine.select(parts).to_series().to_list()


def test_every_case_has_a_name_of_its_own_and_there_are_many() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names)) >= 60
