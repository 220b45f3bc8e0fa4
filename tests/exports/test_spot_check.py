"""The township workbooks, opened as their readers would: what stands in every cell, and what may be typed."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
import openpyxl
import polars as pl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports import form
from exports.errors import ExportError
from exports.spot_check import VisitList, visit_lists
from sql.connection import prepare

from .conftest import NIGHT, draw, fill, frames

SIZES: dict[str | None, int] = {"320682001001": 40, "320682001002": 30, "320682002001": 12, None: 4}
NAMES = (
    "=1+1",
    "+86 张",
    "-李",
    "@王",
    "\t=cmd|' /C calc'!A0",
    "\r\n=2",
    "＝3",
    "李𠮷祥",
    "王䶮",
    "欧阳秀英",
    "钱\ue863",
)
HURTFUL = re.compile(
    r"疑|刑|狱|监|毒|死亡|超标|错保|漏保|红|黄|绿|随机|重点|必查|targeted|random|mandatory|red|X05|P02|O04"
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published night of invented people with the names that hurt spreadsheets most."""
    path = tmp_path_factory.mktemp("published") / "night.duckdb"
    household = pl.Series("household_id", [f"H{n:06}" for n in range(sum(SIZES.values()))])
    member = household.to_frame().join(
        pl.DataFrame({"role": ["member", "applicant"], "seat": [0, 1]}), how="cross"
    )
    member = member.with_row_index("n").select(
        "household_id",
        pl.format("P{}", "n").alias("person_id"),
        "role",
        (pl.col("n") != 15).alias("counted"),
        "n",
    )
    person = member.select(
        "person_id",
        pl.format("32068219500101{}", pl.col("n").cast(pl.String).str.zfill(4)).alias("id_number"),
        pl.Series("name", [NAMES[(n // 2) % len(NAMES)] for n in range(member.height)]),
        pl.lit(date(1950, 1, 1)).alias("birth_date"),
        pl.format("如澜街道花园村{}组", pl.col("n") // 2).alias("address"),
        pl.format("1380000{}", pl.col("n").cast(pl.String).str.zfill(4)).alias("phone"),
        pl.when(pl.col("n") == 1).then(pl.lit(date(2021, 1, 1))).alias("died_on"),
    )
    division = pl.DataFrame(
        {
            "division_code": ["320682001000", "320682001001", "320682001002", "320682002001"],
            "name_zh": ["如澜街道", "花园村", "花园村", "'[很/长]:的*村?" + "名" * 40],
        }
    )
    with duckdb.connect(str(path)) as connection:
        prepare(connection, key=b"a key of the tests")
        fill(connection, frames(SIZES, NIGHT, reverse=False))
        draw(connection)
        fill(connection, {"core.household_member": member, "core.person": person, "core.division": division})
    return path


class Exported(NamedTuple):
    """A list, and where its workbook lies."""

    list: VisitList
    path: Path


def written(database: Path, folder: Path) -> list[Exported]:
    lists = visit_lists(database)
    for each in lists:
        each.write(folder / each.file)
    return [Exported(each, folder / each.file) for each in lists]


@pytest.fixture(scope="module")
def exported(database: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Exported]:
    return written(database, tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def books(exported: list[Exported]) -> list[Workbook]:
    return [openpyxl.load_workbook(entry.path) for entry in exported]


def villages(book: Workbook) -> list[Worksheet]:
    return [book[name] for name in book.sheetnames if name not in {"清单说明", "第二页"}]


def column(sheet: Worksheet, heading: str) -> list[object]:
    headings = [cell.value for cell in sheet[1]]
    index = headings.index(heading) + 1
    return [sheet.cell(row, index).value for row in range(2, sheet.max_row + 1)]


def test_one_workbook_a_township_and_every_household_once(
    database: Path, exported: list[Exported], books: list[Workbook]
) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:
        drawn = connection.sql("SELECT township, list_id, visit_code FROM out.spot_check").pl()
    assert len(exported) == drawn["township"].n_unique() == 3
    assert {entry.list.list_id for entry in exported} == set(drawn["list_id"])
    assert sum(entry.list.households for entry in exported) == drawn.height
    codes = [code for book in books for sheet in villages(book) for code in column(sheet, "回收码")]
    assert sorted(map(str, codes)) == sorted(drawn["visit_code"])


def test_nothing_becomes_a_formula_and_numbers_are_text(books: list[Workbook]) -> None:
    for book in books:
        for sheet in book:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
                assert cell.data_type == "s", (sheet.title, cell.coordinate)
                assert not str(cell.value).lstrip().startswith(tuple("=+-@＝＋－＠\t\r"))
        for sheet in villages(book):
            for row in sheet.iter_rows(min_row=2, max_col=6):
                assert all(cell.number_format == "@" for cell in row)


def test_numbers_are_masked_everywhere(books: list[Workbook], exported: list[Exported]) -> None:
    for book in books:
        for sheet in villages(book):
            assert all(
                re.fullmatch(r"320682\*{8}[0-9]{4}", str(value)) for value in column(sheet, "公民身份号码")
            )
    for entry in exported:
        with zipfile.ZipFile(io.BytesIO(entry.path.read_bytes())) as parts:
            text = "".join(parts.read(name).decode() for name in parts.namelist())
        assert not re.search(r"[1-9][0-9]{16}[0-9Xx]", text)


def test_no_cell_sheet_or_property_hurts_a_family_or_tells_why(exported: list[Exported]) -> None:
    for entry in exported:
        for sheet in openpyxl.load_workbook(entry.path):
            for row in sheet.iter_rows(values_only=True):
                for value in filter(None, row):
                    assert not HURTFUL.search(str(value)), (sheet.title, value)
            for validation in sheet.data_validations.dataValidation:
                assert not HURTFUL.search(f"{validation.formula1}{validation.error}{validation.prompt}")


def test_first_page_is_the_same_for_every_household(books: list[Workbook]) -> None:
    expected = [entry.heading for entry in form.FIRST_PAGE]
    filled = {entry.heading for entry in form.FIRST_PAGE if entry.field}
    for sheet in (sheet for book in books for sheet in villages(book)):
        assert [cell.value for cell in sheet[1]] == expected
        for heading in set(expected) - filled:
            assert set(column(sheet, heading)) == {None}


def test_answers_drop_down_on_every_row(books: list[Workbook]) -> None:
    for sheet in (sheet for book in books for sheet in villages(book)):
        lists = {
            (str(v.sqref), v.formula1) for v in sheet.data_validations.dataValidation if v.type == "list"
        }
        for index, entry in enumerate(form.FIRST_PAGE, start=1):
            if entry.choices:
                letter = openpyxl.utils.get_column_letter(index)
                ends = f"{letter}2" if sheet.max_row == 2 else f"{letter}2:{letter}{sheet.max_row}"
                assert (ends, f'"{",".join(entry.choices)}"') in lists
                assert len(",".join(entry.choices)) <= 255
        outcomes = next(entry.choices for entry in form.FIRST_PAGE if entry.heading == "入户结果")
        assert {"无人在家", "已搬离", "拒绝"} < set(outcomes)


def test_printed_cells_are_locked_and_answers_open(books: list[Workbook]) -> None:
    for sheet in (sheet for book in books for sheet in villages(book)):
        assert sheet.protection.sheet
        for entry, cell in zip(form.FIRST_PAGE, sheet[2], strict=True):
            assert cell.protection.locked is bool(entry.field)


def test_sheets_print_on_one_page_width_with_headings(books: list[Workbook]) -> None:
    for sheet in (sheet for book in books for sheet in [*villages(book), book["第二页"]]):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in {None, 1}  # not written where it is 1
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.print_area.endswith(f"${sheet.max_row}")
        assert sheet.freeze_panes is not None


def test_sheet_names_are_legal_and_apart(books: list[Workbook]) -> None:
    for book in books:
        assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)
        for name in book.sheetnames:
            assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
            assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)
    assert books[0].sheetnames == ["清单说明", "花园村", "花园村(2)", "第二页"]


def test_second_page_waits_hidden_with_three_questions_or_more(books: list[Workbook]) -> None:
    for book in books:
        assert book["第二页"].sheet_state == "hidden"
        codes = [str(code) for code in column(book["第二页"], "回收码")]
        assert {code for sheet in villages(book) for code in column(sheet, "回收码")} == set(codes)
        assert all(codes.count(code) >= 3 for code in set(codes))
        assert all(column(book["第二页"], "问题"))


def test_rare_characters_stay_and_who_is_not_there_is_not_asked_for(books: list[Workbook]) -> None:
    names = {str(name) for book in books for sheet in villages(book) for name in column(sheet, "联系人")}
    assert {"李𠮷祥", "王䶮", "欧阳秀英", "钱\ue863"} <= names
    first = next(sheet for sheet in villages(books[0]))
    by_address = dict(zip(column(first, "住址"), column(first, "公民身份号码"), strict=True))
    assert str(by_address["如澜街道花园村0组"]).endswith("0000")  # 0001 is the applicant, who died
    assert str(by_address["如澜街道花园村7组"]).endswith("0014")  # 0015 is not counted
    assert str(by_address["如澜街道花园村10组"]).endswith("0021")


def test_same_night_same_bytes(database: Path, exported: list[Exported], tmp_path: Path) -> None:
    again = written(database, tmp_path)
    assert [one.path.name for one in again] == [one.path.name for one in exported] and len(again) == 3
    assert [one.path.read_bytes() for one in again] == [one.path.read_bytes() for one in exported]
    assert all(path.suffix == ".xlsx" and not path.name.startswith(".") for path in tmp_path.iterdir())


def test_what_cannot_be_exported_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="hedui run"):
        visit_lists(tmp_path / "none.duckdb")
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    with pytest.raises(ExportError, match="restricted"):
        visit_lists(tmp_path / "empty.duckdb")
