"""What a file seems to be, without a layout."""

import gzip
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from sources import CONTRACTS
from sources.errors import SnapshotRefused
from sources.onboarding.look import column_seen, look, pattern_of

INMATES = CONTRACTS["inmates"]
HEADER = ["编号", "身份证号", "姓名", "起始日期"]
ROWS = [[f"SF{at}", "11010119900307271X", "张三", f"2020-01-{at:02d}"] for at in range(1, 21)]


def text(rows: list[list[str]], separator: str = ",") -> str:
    return "".join(f"{separator.join(row)}\n" for row in rows)


def written(folder: Path, content: str, encoding: str = "utf-8") -> Path:
    path = folder / "sf_20211231.csv"
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, found: str) -> None:
    seen = look(written(tmp_path, text([HEADER, *ROWS]), encoding), INMATES)
    assert seen.keys["encoding"] == found
    assert seen.headers == tuple(HEADER)
    assert (seen.rows, seen.broken) == (20, 0)


@pytest.mark.parametrize(
    ("separator", "keys"),
    [
        (",", {"format": "csv"}),
        ("\t", {"format": "tsv"}),
        ("|", {"format": "text"}),
        ("^", {"format": "csv", "delimiter": "^"}),
        (";", {"format": "csv", "delimiter": ";"}),
        ("\x01", {"format": "csv", "delimiter": "\x01"}),
    ],
)
def test_delimiters(tmp_path: Path, separator: str, keys: dict[str, Any]) -> None:
    seen = look(written(tmp_path, text([HEADER, *ROWS], separator)), INMATES)
    assert seen.keys == keys | {"encoding": "utf-8"}
    assert seen.rows == 20


def test_titles_totals_and_gzip(tmp_path: Path) -> None:
    content = "服刑人员名册\n\n单位：司法局,,,\n" + text([HEADER, *ROWS]) + "合计,20,,\n"
    path = tmp_path / "sf.csv.gz"
    path.write_bytes(gzip.compress(content.encode("gb18030")))
    seen = look(path, INMATES)
    assert seen.keys == {"format": "csv", "encoding": "gb18030", "title_rows": 3, "totals": [",*合计"]}
    assert (seen.headers, seen.rows) == (tuple(HEADER), 20)


def test_no_header_and_a_trailer(tmp_path: Path) -> None:
    seen = look(written(tmp_path, text(ROWS, "|") + "END|00000020\n"), INMATES)
    assert seen.keys["header"] is False
    assert seen.keys["trailer"] == r"^END\|(?P<rows>[0-9]+)$"
    assert (seen.headers, seen.rows, seen.broken) == (("",) * 4, 20, 0)


def test_fixed_width_in_bytes(tmp_path: Path) -> None:
    lines = [
        f"{no:<8}{number:<20}".encode() + f"{name:　<4}20200101".encode("gb18030")
        for no, number, name, _ in ROWS
    ]
    path = tmp_path / "sf.dat"
    path.write_bytes(b"\n".join(lines) + b"\n")
    seen = look(path, INMATES)
    assert seen.keys["format"] == "fixed" and seen.keys["width_in"] == "bytes"
    assert seen.keys["widths"] == [8, 20, 8, 8]
    assert seen.columns[3].days["%Y%m%d"] == 1


def test_json_lines(tmp_path: Path) -> None:
    lines = ['{"xh": "1", "xm": "张三"}', '{"xh": "2", "sfzh": "x"}']
    seen = look(written(tmp_path, "\n".join(lines) + "\n"), INMATES)
    assert (seen.keys["format"], seen.headers) == ("jsonl", ("xh", "xm", "sfzh"))


def test_a_workbook_with_a_header_of_two_rows(tmp_path: Path) -> None:
    path = tmp_path / "sf.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("说明").write(0, 0, "注")
        sheet = book.add_worksheet("数据")
        for at, row in enumerate([["名册"], ["编号", "人员", "", "刑期"], ["", "证号", "姓名", "起"], *ROWS]):
            sheet.write_row(at, 0, row)
    seen = look(path, INMATES)
    assert seen.keys == {"format": "xlsx", "sheet": "数据", "title_rows": 1, "header_rows": 2}
    assert seen.headers == ("编号", "人员/证号", "人员/姓名", "刑期/起")
    assert seen.rows == 20


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SnapshotRefused, match="no character was found"):
        look(written(tmp_path, "only\nwords\nhere and there\n"), INMATES)
    with pytest.raises(SnapshotRefused, match="empty"):
        look(written(tmp_path, ""), INMATES)


def test_patterns_hold_no_value() -> None:
    values = pl.Series(["2021-13-45", "张三丰 X1", "１２３元", "Ωж"])
    assert pattern_of(values).to_list() == ["9999-99-99", "汉汉汉 A9", "999汉", "AA"]


def test_columns_are_seen_without_words_for_nothing() -> None:
    seen = column_seen(pl.Series(["2021-01-01", "--", "NULL", None, "2021-02-01"]))
    assert seen.days == {"%Y-%m-%d": 1.0}
    assert seen.nothing == ["--", "NULL"]
    assert column_seen(pl.Series(["44562", "44563"])).days["excel"] == 1.0
