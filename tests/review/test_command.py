"""The commands as people call them: what they print, how they end, what they refuse."""

import json
import socket
from pathlib import Path

import duckdb
import openpyxl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from exports.review_book import SHEET
from ledger import Ledger, exports
from pipelines.commands import app
from tests.review.made import NIGHT
from warehouse.key import fingerprint


def hedui(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["review", *map(str, arguments)])


def summary(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout.splitlines()[-1])
    return found


def test_from_workbook_to_status(warehouse: Path, tmp_path: Path) -> None:
    out = tmp_path / "核对.xlsx"
    made = summary(hedui("export", "--warehouse", warehouse, "--out", out, "--sample", 5))
    assert made["workbook"] == str(out)
    book = openpyxl.load_workbook(out)
    book[SHEET]["B2"], book[SHEET]["B3"] = "同一人", "无法判断"
    book.save(out)
    done = summary(hedui("import", "--warehouse", warehouse, out, "--by", "王核"))
    assert done == {"status": "imported", "recorded": 2, "known": 0, "unanswered": made["pairs"] - 2}  # type: ignore[operator]
    counted = summary(hedui("status", "--warehouse", warehouse))
    assert counted["clerks"] == {"王核": 2}
    assert counted["draws"][0]["open"] == made["pairs"] - 2  # type: ignore[index,operator]


def test_what_left_the_house_is_written_down(warehouse: Path) -> None:
    made = summary(hedui("export", "--warehouse", warehouse, "--night", NIGHT))
    with Ledger.open(warehouse / "ledger" / "ledger.sqlite") as book:
        found = exports(book, book.sequence())
    assert found.select("what", "night", "audience", "file").rows() == [
        ("review", NIGHT, "restricted", Path(str(made["workbook"])).name)
    ]


def test_the_limit_takes_fewer(warehouse: Path) -> None:
    assert summary(hedui("export", "--warehouse", warehouse, "--limit", 4, "--sample", 0))["pairs"] == 4


@pytest.mark.parametrize("command", ["export", "serve"])
def test_no_such_night(warehouse: Path, command: str) -> None:
    ended = hedui(command, "--warehouse", warehouse, "--night", "2020-01-01")
    assert ended.exit_code == 2 and "no published night of 2020-01-01" in ended.output


def test_a_night_that_cannot_be_read(warehouse: Path) -> None:
    night = warehouse / "published" / "restricted" / f"{NIGHT}.duckdb"
    with duckdb.connect(str(night)) as connection:
        connection.execute("DROP TABLE audit.run")
    ended = hedui("export", "--warehouse", warehouse)
    assert ended.exit_code == 2 and "Run that night again" in ended.output
    night.write_bytes(b"no database")
    ended = hedui("export", "--warehouse", warehouse)
    assert ended.exit_code == 2 and "Run that night again" in ended.output


def test_no_such_warehouse(tmp_path: Path) -> None:
    for arguments in (("export",), ("status",), ("import", "x.xlsx"), ("serve",)):
        ended = hedui(*arguments, "--warehouse", tmp_path / "none")
        assert ended.exit_code == 2 and "no such folder" in ended.output


def test_a_refused_file_names_its_cell(warehouse: Path, workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book[SHEET]["B2"] = "也许"
    book.save(workbook)
    ended = hedui("import", "--warehouse", warehouse, workbook, "--by", "王核")
    assert ended.exit_code == 2 and "比对!B2(判断)" in ended.output and "什么都没有导入" in ended.output
    assert "也许" not in ended.output


def test_another_key_is_refused(warehouse: Path) -> None:
    manifests = warehouse / "published" / "manifest"
    manifests.mkdir()
    manifest = {"run": "made", "key_fingerprint": fingerprint(b"quite another key of tests")}
    (manifests / f"{NIGHT}.json").write_text(json.dumps(manifest), encoding="utf-8")
    ended = hedui("export", "--warehouse", warehouse)
    assert ended.exit_code == 2 and "another installation key" in ended.output


def test_a_port_that_is_taken(warehouse: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = hedui("serve", "--warehouse", warehouse, "--port", taken.getsockname()[1])
    assert ended.exit_code == 2 and "port" in ended.output


def test_a_ledger_that_cannot_be_opened(warehouse: Path) -> None:
    (warehouse / "ledger").write_text("a file where the ledger's folder should be")
    ended = hedui("status", "--warehouse", warehouse)
    assert ended.exit_code in (1, 2) and "Traceback" not in ended.output
