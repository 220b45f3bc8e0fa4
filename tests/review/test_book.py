"""The workbook as clerks open it: text, marks, what may be typed, and nothing that tells why a pair was drawn."""

import re
import stat
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

from casework.review.drawing import Review, export_review
from exports import Wanted
from exports.review_book import COVER, RED, SHEET, VERDICT, WORDS, headings
from tests.review.made import identity

TELLING = re.compile(
    r"queue|review|linked|unlinked|founded|prob|score|two_numbers|分数|概率|得分|建议|抽样|随机样本|自动",
    re.IGNORECASE,
)


@pytest.fixture
def sheet(workbook: Path) -> Worksheet:
    found = openpyxl.load_workbook(workbook, rich_text=True)[SHEET]
    assert isinstance(found, Worksheet)
    return found


def column(name: str) -> int:
    return list(headings()).index(name) + 1


def row_of(sheet: Worksheet, review: Review, wanted: str) -> int:
    codes = dict(review.pairs.select("identity_id", "code").iter_rows())
    return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == codes[wanted])


def test_every_pair_stands_in_its_order(sheet: Worksheet, review: Review) -> None:
    assert [cell.value for cell in sheet[1]] == list(headings().values())
    assert [sheet.cell(row, 1).value for row in range(2, sheet.max_row + 1)] == review.pairs["code"].to_list()


def test_differences_are_red_and_bold(sheet: Worksheet, review: Review) -> None:
    value = sheet.cell(row_of(sheet, review, identity(62)), column("left_name")).value
    if isinstance(value, CellRichText):
        marked = [run for run in value if isinstance(run, TextBlock) and run.font.b]
        assert marked and all(
            run.font.color is not None and run.font.color.rgb == f"FF{RED[1:]}" for run in marked
        )
    else:
        font = sheet.cell(row_of(sheet, review, identity(62)), column("left_name")).font
        assert font.b and font.color is not None and font.color.rgb == f"FF{RED[1:]}"


def test_no_cell_is_a_formula_and_every_cell_is_text(warehouse: Path) -> None:
    path, _ = export_review(warehouse, None, None, Wanted(sample=1_000))
    cells = [
        cell
        for row in openpyxl.load_workbook(path)[SHEET].iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any(cell.value == "'=1+1" for cell in cells)
    assert all(cell.number_format == "@" for cell in cells if cell.row > 1)


def test_answers_can_be_typed_and_nothing_else(sheet: Worksheet) -> None:
    assert sheet.protection.sheet
    for name in headings():
        answer = name in ("判断", "理由", "核对人")
        assert sheet.cell(2, column(name)).protection.locked is not answer
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == f'"{",".join(WORDS.values())}"'
    assert str(rule.sqref).startswith(f"{openpyxl.utils.get_column_letter(column(VERDICT))}2")
    assert sheet.freeze_panes == "C2"
    assert sheet.print_title_rows == "$1:$1" and sheet.print_area


def test_nothing_tells_why_a_pair_was_drawn(workbook: Path, review: Review) -> None:
    with zipfile.ZipFile(workbook) as packed:
        names = packed.namelist()
        texts = [
            packed.read(name).decode()
            for name in ("xl/sharedStrings.xml", "xl/workbook.xml", "docProps/core.xml")
        ]
    assert not [text for text in texts if TELLING.search(re.sub(r"b4?[0-9a-f]{5}-[0-9a-f]{12}", "", text))]
    assert not [name for name in names if "comment" in name]
    ids = {*review.pairs["person_id"], *review.pairs["identity_id"].drop_nulls()}
    assert not [one for one in ids if any(one in text for text in texts)]


def test_one_night_gives_one_workbook(warehouse: Path, tmp_path: Path) -> None:
    one, _ = export_review(warehouse, None, tmp_path / "one.xlsx", Wanted(sample=10))
    other, _ = export_review(warehouse, None, tmp_path / "other.xlsx", Wanted(sample=10))
    assert one.read_bytes() == other.read_bytes()


def test_it_is_its_owners_alone(workbook: Path) -> None:
    assert stat.S_IMODE(workbook.stat().st_mode) == 0o600


def test_a_night_without_pairs_is_a_workbook_without_rows(warehouse: Path, tmp_path: Path) -> None:
    path, pairs = export_review(warehouse, None, tmp_path / "none.xlsx", Wanted(limit=0, sample=0))
    assert pairs == 0 and openpyxl.load_workbook(path).sheetnames == [COVER, SHEET]
