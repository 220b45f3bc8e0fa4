"""Workbooks and Parquet: cells with types of their own become text, and files that are no such thing say so."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sources import CONTRACTS
from sources.errors import SnapshotRefused
from sources.layout import FileLayout
from sources.readers.parquet import Parquet
from sources.readers.rounded import as_shown
from sources.readers.workbook import Workbook
from tests.sources.collecting import JIANGSU

CONTRACT = CONTRACTS["deaths"]


def shape(**changed: object) -> FileLayout:
    layout = JIANGSU["deaths"]
    assert layout is not None
    return FileLayout.model_validate(layout.files[0].model_dump() | changed)


HEADER = ["编号", "逝者身份证号", "逝者姓名", "死亡日期", "证明类型"]


def book(path: Path, rows: list[list[object]], top: int = 0) -> Path:
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet()
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(top + at, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            else:
                sheet.write(top + at, column, value)
    workbook.close()
    return path


def test_titles_blank_rows_numbers_and_dates(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["死亡人员"],
        HEADER,
        [1, "11010119900307271X", "张三", date(2021, 9, 10), "火化证明"],
    ]
    rows += [[None, " "], ["SW2", 123.0, "李四", "2021-09-11", "火化证明"], ["合计", None, None, None, 2]]
    path = book(tmp_path / "swxx_1.xlsx", rows)
    (batch,) = Workbook(path, CONTRACT, shape(totals=["合计"]))
    assert batch.rows["\0line"].to_list() == [3, 5]
    assert batch.rows["record_no"].to_list() == ["1", "SW2"]
    assert batch.rows["id_number"].to_list() == ["11010119900307271X", "123"]
    assert batch.rows["died_on"].to_list() == ["2021-09-10 00:00:00", "2021-09-11"]
    assert batch.row_text([1]) == ["SW2\t123\t李四\t2021-09-11\t火化证明"]


def test_lines_are_rows_of_the_sheet_even_below_empty_ones(tmp_path: Path) -> None:
    path = book(
        tmp_path / "swxx_1.xlsx", [["死亡人员"], HEADER, ["SW1", "1", "张三", "2021-09-10", ""]], top=4
    )
    (batch,) = Workbook(path, CONTRACT, shape(title_rows=5))
    assert batch.rows["\0line"].to_list() == [7]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "0 bytes"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "no workbook"),
        (b"PK\x03\x04 and then nothing", "cut off"),
    ],
)
def test_what_is_no_workbook_says_so(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "swxx_1.xlsx"
    path.write_bytes(content)
    with pytest.raises(SnapshotRefused, match=why):
        list(Workbook(path, CONTRACT, shape()))


def test_a_truncated_workbook_and_a_missing_sheet(tmp_path: Path) -> None:
    path = book(tmp_path / "swxx_1.xlsx", [["t"], HEADER])
    with pytest.raises(SnapshotRefused, match="no sheet 'Other'"):
        list(Workbook(path, CONTRACT, shape(sheet="Other")))
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(SnapshotRefused, match="cut off"):
        list(Workbook(path, CONTRACT, shape()))


def test_a_workbook_whose_parts_are_damaged_says_so(tmp_path: Path) -> None:
    path = book(tmp_path / "swxx_1.xlsx", [["t"], HEADER, *([str(i)] * 5 for i in range(400))])
    data, at = path.read_bytes(), path.read_bytes().index(b"xl/worksheets/sheet1.xml") + 60
    path.write_bytes(data[:at] + bytes(range(255, 195, -1)) + data[at + 60 :])
    with pytest.raises(SnapshotRefused, match="damaged"):
        list(Workbook(path, CONTRACT, shape()))


def test_headers_in_a_workbook(tmp_path: Path) -> None:
    path = book(
        tmp_path / "swxx_1.xlsx", [["t"], ["编号", "逝者身份证号", "逝者姓名", "去世日期", "证明类型"], ["a"]]
    )
    with pytest.raises(
        SnapshotRefused, match=r"'死亡日期' \(died_on\) is missing; the nearest is '去世日期'"
    ):
        list(Workbook(path, CONTRACT, shape()))
    with pytest.raises(SnapshotRefused, match="no header"):
        list(Workbook(book(tmp_path / "swxx_2.xlsx", []), CONTRACT, shape()))


def test_parquet_cells_become_text(tmp_path: Path) -> None:
    path = tmp_path / "swxx.parquet"
    frame = pl.DataFrame(
        {
            "编号": [1, 2],
            "逝者身份证号": ["11010119900307271X", None],
            "逝者姓名": ["张三", "李四"],
            "死亡日期": [date(2021, 9, 10), None],
            "证明类型": ["火化证明", ""],
            "金额": [Decimal("1.50"), None],
            "多余": [[1, 2], []],
            "时刻": [datetime(2021, 9, 10, 1, 2, 3), None],  # noqa: DTZ001
        }
    )
    frame.write_parquet(path)
    (batch,) = Parquet(path, CONTRACT, shape(format="parquet", title_rows=0))
    assert batch.rows["\0line"].to_list() == [1, 2]
    assert batch.rows["record_no"].to_list() == ["1", "2"]
    assert batch.rows["died_on"].to_list() == ["2021-09-10", None]
    assert set(batch.rows.drop("\0line").dtypes) == {pl.String}


def test_what_is_no_parquet_says_so(tmp_path: Path) -> None:
    path = tmp_path / "swxx.parquet"
    of = shape(format="parquet")
    for content, why in ((b"", "0 bytes"), (b"PAR1 cut", "cannot be read")):
        path.write_bytes(content)
        with pytest.raises(SnapshotRefused, match=why):
            list(Parquet(path, CONTRACT, of))
    pl.DataFrame({"编号": [1]}).write_parquet(path)
    with pytest.raises(SnapshotRefused, match="is missing"):
        list(Parquet(path, CONTRACT, of))


def sheets(path: Path, **rows: list[list[object]]) -> Path:
    workbook = xlsxwriter.Workbook(str(path))
    for name, table in rows.items():
        sheet = workbook.add_worksheet(name)
        for at, row in enumerate(table):
            sheet.write_row(at, 0, row)
    workbook.close()
    return path


def test_every_sheet_that_fits_is_read_and_lines_are_counted_on(tmp_path: Path) -> None:
    row = ["11010119900307271X", "张三", "2021-09-10", "火化证明"]
    path = sheets(
        tmp_path / "swxx_1.xlsx",
        东镇=[["标题"], list(HEADER), ["SW1", *row], ["合计", 1]],
        说明=[["看这里"]],
        西镇=[["标题"], list(HEADER), ["SW2", *row], ["SW3", *row]],
    )
    batches = list(Workbook(path, CONTRACT, shape(sheet="?镇", totals=["合计"])))
    assert [n for batch in batches for n in batch.rows["record_no"]] == ["SW1", "SW2", "SW3"]
    assert [n for batch in batches for n in batch.rows["\0line"]] == [3, 7, 8]
    (one,) = Workbook(path, CONTRACT, shape(sheet="西镇", sheets_aside=["东?"]))
    with pytest.raises(SnapshotRefused, match="sheet '东镇' has 1 rows like those that are read"):
        list(Workbook(path, CONTRACT, shape(sheet="西镇", totals=["合计"])))
    assert one.rows.height == 2
    with pytest.raises(SnapshotRefused, match="has no sheet '南\\*'"):
        list(Workbook(path, CONTRACT, shape(sheet="南*")))


def test_a_header_of_two_rows_is_called_by_both_or_by_the_lower(tmp_path: Path) -> None:
    path = tmp_path / "swxx_1.xlsx"
    book(path, [
        ["死亡人员"],
        ["编号", "逝者", None, "死亡", None],
        [None, "身份证号", "姓名", "日期", "证明类型"],
        ["SW1", "11010119900307271X", "张三", "2021-09-10", "火化证明"],
    ])  # fmt: skip
    headers = ["编号", "逝者/身份证号", "逝者/姓名", "死亡/日期", "证明类型"]
    columns = [c.model_dump() | {"header": [h]} for c, h in zip(shape().columns, headers, strict=True)]
    (batch,) = Workbook(path, CONTRACT, shape(header_rows=2, columns=columns))
    assert batch.rows.columns[1:] == ["record_no", "id_number", "name", "died_on", "evidence"]
    assert batch.rows.row(0)[1:] == ("SW1", "11010119900307271X", "张三", "2021-09-10", "火化证明")


def test_a_merged_header_does_not_reach_into_the_next_group() -> None:
    from sources.readers.header import joined_headers

    rows = [["甲", None, "乙", None, "丙"], ["子", None, "子", "丑", None], ["1", "2", "3", "4", None]]
    layout = shape(columns=[{"header": h, "to": None} for h in ("甲/子/1", "甲/子/2", "乙/子/3", "乙/丑/4")])
    assert joined_headers(rows, layout) == ["甲/子/1", "甲/子/2", "乙/子/3", "乙/丑/4", "丙"]


def test_numbers_that_a_spreadsheet_rounded_are_no_identity_numbers(tmp_path: Path) -> None:
    texts = [f"3206821980010{at:03d}12" for at in range(40)]
    numbers = [float(text[:15] + "000") for text in texts]  # what is typed loses its last three digits
    table = [[f"SW{at}", number, "张三", "2021-09-10", "火化证明"] for at, number in enumerate(numbers)]
    path = sheets(tmp_path / "swxx_1.xlsx", 甲=[["死亡人员"], list(HEADER), *table])
    (batch,) = Workbook(path, CONTRACT, shape())
    assert batch.rows["id_number"].to_list() == [f"3.{text[1:15]}E+17" for text in texts]
    table = [[f"SW{at}", text, "张三", "2021-09-10", "火化证明"] for at, text in enumerate(texts)]
    path = sheets(tmp_path / "swxx_2.xlsx", 甲=[["死亡人员"], list(HEADER), *table])
    (batch,) = Workbook(path, CONTRACT, shape())
    assert batch.rows["id_number"].to_list() == texts


def test_a_text_that_ends_as_a_rounded_number_does_stands_as_typed(tmp_path: Path) -> None:
    typed = [
        "320682198001011008",
        "320682198001011264",
        320682198001011008,
        "true",
        None,
        "11010519491231002X",
    ]
    table = [[f"SW{at}", number, "张三", "2021-09-10", "火化证明"] for at, number in enumerate(typed)]
    path = sheets(tmp_path / "swxx_1.xlsx", 甲=[["死亡人员"], list(HEADER), *table])
    (batch,) = Workbook(path, CONTRACT, shape())
    assert batch.rows["id_number"].to_list() == [*typed[:2], "3.20682198001011E+17", *typed[3:]]


@given(st.lists(st.integers(10**17, 10**18 - 1).map(str), max_size=30))
def test_what_is_rewritten_is_the_same_number_to_15_digits(numbers: list[str]) -> None:
    column = pl.Series(numbers, dtype=pl.String)
    everywhere = pl.Series([True] * len(numbers), dtype=pl.Boolean)
    for text, shown in zip(numbers, as_shown(column, everywhere), strict=True):
        assert shown == text or abs(Decimal(shown) - int(text)) <= 500
