"""Rows sent back from a published night: as they lie in the landing area, private, and written in the ledger."""

import csv
import io
import json
import shutil
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest
from typer.testing import CliRunner

from ledger import Ledger
from ledger.export import exports
from pipelines.commands import app
from sources import load_layout
from tests.night.conftest import NIGHT, Ended

ADDED = ["行号", "退回原因", "问题列"]


@pytest.fixture(scope="module")
def sent(published: Ended, landing: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A warehouse and the folder with everything sent back from its night."""
    folder = tmp_path_factory.mktemp("sent")
    shutil.copytree(Path(published.summary["database"]).parents[2], folder / "warehouse", symlinks=True)
    given = [
        "--night",
        NIGHT,
        "--warehouse",
        folder / "warehouse",
        "--out",
        folder / "out",
        "--landing",
        landing,
    ]
    ended = CliRunner().invoke(app, ["export", "rejects", *map(str, given)])
    assert ended.exit_code == 0, ended.output
    return folder / "warehouse", folder / "out"


def quarantine(warehouse: Path) -> pl.DataFrame:
    with duckdb.connect(
        str(warehouse / "published" / "restricted" / f"{NIGHT}.duckdb"), read_only=True
    ) as db:
        return db.sql("SELECT * FROM audit.quarantine ORDER BY source, snapshot_date, file, line").pl()


def test_every_row_set_aside_is_sent_back_once(sent: tuple[Path, Path]) -> None:
    warehouse, out = sent
    rows = quarantine(warehouse)
    assert rows.height and {path.name for path in out.iterdir()} >= set(rows["source"])
    layout = load_layout("jiangsu")
    for (source,), mine in rows.group_by("source"):
        shape = layout[str(source)]
        assert shape is not None
        files = [path for path in (out / str(source)).iterdir() if path.name != "退回说明.txt"]
        assert len(files) == mine.select("snapshot_date", "file").n_unique()
        numbers = [number for path in files for number in lines_of(path, shape.files[0].encoding)]
        assert sorted(numbers) == sorted(mine["line"])


def lines_of(path: Path, encoding: str) -> list[int]:
    """The line numbers in a file of rejects."""
    if path.suffix == ".xlsx":
        return [
            int(str(row[0].value)) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2)
        ]
    text = path.read_bytes().decode(encoding).removeprefix("\ufeff")
    if path.suffix == ".jsonl":
        return [json.loads(line)["行号"] for line in text.splitlines()]
    first = [
        line.split("," if path.suffix == ".csv" else "|" if "|" in text else "\t")[0]
        for line in text.split("\n")
    ]
    return [int(number) for number in first if number.isdigit()]


def test_fields_are_those_that_lie_in_the_landing_area(sent: tuple[Path, Path], landing: Path) -> None:
    warehouse, out = sent
    plain = quarantine(warehouse).filter(pl.col("raw").is_not_null() & (pl.col("reason") != "unreadable"))
    compared = 0
    for (source, day, file), mine in plain.group_by("source", "snapshot_date", "file"):
        shape = load_layout("jiangsu")[str(source)]
        assert shape is not None
        delivered = landing / str(source) / str(day) / str(file)
        if shape.files[0].format != "csv" or delivered.suffix == ".gz":
            continue
        encoding = shape.files[0].encoding
        there = list(
            csv.reader(io.StringIO(delivered.read_bytes().decode(encoding, "replace").removeprefix("\ufeff")))
        )
        (back,) = [path for path in (out / str(source)).glob(f"退回_{day}_*") if delivered.stem in path.name]
        rows = list(csv.reader(io.StringIO(back.read_bytes().decode(encoding).removeprefix("\ufeff"))))
        assert rows[0] == [*ADDED, *there[0]]
        returned = {row[0]: row[3:] for row in rows[1:]}
        assert all(returned[str(line)] in there for line in mine["line"])
        compared += mine.height
    assert compared


def test_of_gated_rows_nothing_but_line_and_reason(sent: tuple[Path, Path]) -> None:
    warehouse, out = sent
    gated = quarantine(warehouse).filter(
        pl.col("source").is_in(["bank_accounts", "tax_income", "financial_products"])
    )
    assert gated.height and gated["raw"].null_count() == gated.height
    for path in (path for source in set(gated["source"]) for path in (out / source).glob("退回_*")):
        encoding = "gb18030" if "bank" in path.parent.name else "utf-8-sig"
        first = path.read_bytes().decode(encoding).split("\n")[0]
        assert first.replace("|", ",") == "行号,流水号,退回原因,问题列"


def test_the_files_are_their_owners_and_stand_in_the_ledger(sent: tuple[Path, Path]) -> None:
    warehouse, out = sent
    files = [path for path in out.rglob("*") if path.is_file()]
    assert not [path for path in (out, *out.rglob("*")) if path.stat().st_mode & 0o077]
    with Ledger.open(warehouse / "ledger" / "ledger.sqlite") as book:
        told = exports(book, book.sequence()).filter(pl.col("what") == "rejects")
    assert sorted(told["file"]) == sorted(path.name for path in files)
    assert told["night"].unique().to_list() == [NIGHT]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"--night": "2019-01-01"}, "no published night"),
        ({"--source": "cars"}, "no such source"),
        ({"--layout": "jiansu"}, "jiangsu"),
    ],
)
def test_wrong_arguments_end_with_two(
    sent: tuple[Path, Path], changed: dict[str, str], told: str, tmp_path: Path
) -> None:
    given = {"--night": str(NIGHT), "--warehouse": str(sent[0]), "--out": str(tmp_path / "out")} | changed
    ended = CliRunner().invoke(app, ["export", "rejects", *(word for pair in given.items() for word in pair)])
    assert ended.exit_code == 2 and told in ended.stderr
    assert not (tmp_path / "out").exists()


def test_a_night_that_kept_no_refusal_is_to_be_run_again(sent: tuple[Path, Path], tmp_path: Path) -> None:
    copied = tmp_path / "warehouse"
    shutil.copytree(sent[0], copied, symlinks=True)
    with duckdb.connect(str(copied / "published" / "restricted" / f"{NIGHT}.duckdb")) as connection:
        said = connection.sql(
            "SELECT source FROM audit.source_snapshot WHERE refused_why IS NOT NULL"
        ).fetchall()
        connection.execute("ALTER TABLE audit.source_snapshot DROP COLUMN refusal")
    assert said and ("household_registry",) not in said
    given = ["--night", str(NIGHT), "--warehouse", str(copied), "--out", str(tmp_path / "out")]
    ended = CliRunner().invoke(app, ["export", "rejects", *given])
    assert ended.exit_code == 2 and "earlier version" in ended.stderr, ended.output
    assert not (tmp_path / "out").exists()
    others = CliRunner().invoke(app, ["export", "rejects", *given, "--source", "household_registry"])
    assert others.exit_code == 0, others.output
