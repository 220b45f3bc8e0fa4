"""One township's workbook: cover, a sheet a village, and the second page.

Here belong cells, formats, drop-downs and printing. Not here: what is asked (`form`), of whom (`spot_check`).
Nothing in it has a colour that could be taken for a flag: grey is printed, white is to be filled.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final, cast

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from exports import form
from exports.text import sheet_names

COVER: Final = "清单说明"
SECOND: Final = "第二页"
A3, A4 = 8, 9
MOST_PEOPLE: Final = 50
"""Largest household size the form takes; a greater number is a slip of the pen."""

CELL: Final = {"font_name": "宋体", "font_size": 12, "valign": "vcenter", "text_wrap": True}
BOXED: Final = {**CELL, "border": 1}
LOOKS: Final[Mapping[str, Mapping[str, object]]] = {
    "title": {**CELL, "bold": True, "font_size": 16, "text_wrap": False},
    "plain": CELL,
    "heading": {**BOXED, "bold": True, "bg_color": "#D9D9D9", "align": "center"},
    # Text format: a value edited in place stays text, and a number of 18 digits keeps all of them.
    "printed": {**BOXED, "bg_color": "#F2F2F2", "num_format": "@"},
    "text": {**BOXED, "num_format": "@", "locked": False},
    "choice": {**BOXED, "num_format": "@", "locked": False, "align": "center"},
    "number": {**BOXED, "num_format": "0", "locked": False, "align": "center"},
    "date": {**BOXED, "num_format": "yyyy-mm-dd", "locked": False, "align": "center"},
}
ROW_HEIGHT: Final = 45
"""Points: three lines of an address, and room for a signature."""
HEADING_HEIGHT: Final = 36
# Cells that are printed are locked without a password: a guard against slips, not against people.
PROTECTION: Final = {"format_columns": True, "format_rows": True, "select_locked_cells": True}


def write_workbook(path: Path, households: pl.DataFrame) -> None:
    """Write one township's workbook.

    Args:
        path: the file to make; replaced where it exists.
        households: at least one row, one a household, in the order of printing, text already harmless;
            columns list_id, township_name, village, village_name, drawn_on, due_on, questions (list), place,
            visit_code, name, id_number (masked), address, phone.
    """
    first = households.row(0, named=True)
    # In memory: names and addresses never lie in a temporary folder.
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    # The night, not the clock: the same list gives the same bytes.
    book.set_properties(
        {"title": "入户走访清单", "created": datetime.combine(first["drawn_on"], time(), UTC)}
    )
    looks = {name: book.add_format(dict(look)) for name, look in LOOKS.items()}
    villages = households.partition_by("village", maintain_order=True)
    names = sheet_names((str(village["village_name"][0]) for village in villages), taken=(COVER, SECOND))
    _cover(_sheet(book, COVER), first, villages, names, looks)
    for name, village in zip(names, villages, strict=True):
        sheet = _sheet(book, name)
        _table(sheet, form.FIRST_PAGE, village, looks)
        _printing(sheet, first, f"{village['village_name'][0]} 首页", A3)
    second = _sheet(book, SECOND)
    asked = households.explode("questions", empty_as_null=False, keep_nulls=False)
    _table(second, form.SECOND_PAGE, asked.rename({"questions": "question"}), looks)
    _printing(second, first, SECOND, A4)
    # Opening it is a deliberate act, after the first page is signed; the cover says how.
    second.hide()
    book.close()


def _sheet(book: xlsxwriter.Workbook, name: str) -> Worksheet:
    """Add a sheet on which text stays text: no formula, no link, no number is made of it."""
    sheet = cast("Worksheet", book.add_worksheet(name))
    sheet.add_write_handler(
        str, lambda made, row, column, text, *look: made.write_string(row, column, text, *look)
    )
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    return sheet


def _cover(
    sheet: Worksheet,
    first: Mapping[str, Any],
    villages: Sequence[pl.DataFrame],
    names: Sequence[str],
    looks: Mapping[str, Format],
) -> None:
    """Say which list this is, how many households stand on which sheet, and how the form is filled."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, 2, 18)
    sheet.set_column(3, 3, 10)
    sheet.write(0, 0, "入户走访清单", looks["title"])
    facts = {
        "乡镇(街道)": first["township_name"],
        "清单编号": first["list_id"],
        "抽取日期": first["drawn_on"].isoformat(),
        "完成期限": first["due_on"].isoformat(),
        "户数": str(sum(village.height for village in villages)),
    }
    sheet.write_column(2, 0, list(facts), looks["heading"])
    sheet.write_column(2, 1, list(facts.values()), looks["printed"])
    top = len(facts) + 3
    sheet.write_row(top, 0, ["工作表", "村(社区)", "区划代码", "户数"], looks["heading"])
    sheet.write_column(top + 1, 0, names, looks["printed"])
    sheet.write_column(
        top + 1, 1, [str(village["village_name"][0]) for village in villages], looks["printed"]
    )
    sheet.write_column(top + 1, 2, [str(village["village"][0]) for village in villages], looks["printed"])
    sheet.write_column(top + 1, 3, [str(village.height) for village in villages], looks["printed"])
    bottom = top + len(villages) + 2
    for offset, line in enumerate(form.INSTRUCTIONS):
        sheet.merge_range(bottom + offset, 0, bottom + offset, 3, f"{offset + 1}. {line}", looks["plain"])
        sheet.set_row(bottom + offset, 34)
    sheet.print_area(0, 0, bottom + len(form.INSTRUCTIONS) - 1, 3)
    sheet.set_paper(A4)
    sheet.set_footer(f"&C{form.PRINT_NOTE}")
    sheet.protect("", PROTECTION)


def _table(
    sheet: Worksheet, columns: Sequence[form.Column], rows: pl.DataFrame, looks: Mapping[str, Format]
) -> None:
    """Write headings and rows, empty answer cells with what they accept, and freeze the headings."""
    last, night = rows.height, rows["drawn_on"][0]
    sheet.set_default_row(ROW_HEIGHT)
    sheet.set_row(0, HEADING_HEIGHT)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write(0, index, column.heading, looks["heading"])
        if column.field:
            sheet.write_column(1, index, rows[column.field].to_list(), looks["printed"])
            continue
        sheet.write_column(1, index, [None] * last, looks[column.kind])
        if column.kind != "text":
            sheet.data_validation(1, index, last, index, _accepted(column, night))
    frozen = next(index for index, column in enumerate(columns) if column == form.CONTACT) + 1
    sheet.freeze_panes(1, frozen)
    # Otherwise every number kept as text gets a green corner, which reads as a mark on the household.
    sheet.ignore_errors({"number_stored_as_text": xl_range(1, 0, last, len(columns) - 1)})
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, last, len(columns) - 1)
    sheet.protect("", PROTECTION)


def _accepted(column: form.Column, night: date) -> dict[str, object]:
    """Return the validation of an answer cell, with an error that says what is wanted."""
    if column.kind == "choice":
        return {
            "validate": "list",
            "source": list(column.choices),
            "error_title": column.heading,
            "error_message": "请从列表中选择一项。",
        }
    bounds: dict[str, object] = (
        {"validate": "date", "criteria": ">=", "value": night}
        if column.kind == "date"
        else {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MOST_PEOPLE}
    )
    return {
        **bounds,
        "input_title": column.heading,
        "input_message": column.hint,
        "error_title": column.heading,
        "error_message": f"填写不符:{column.hint}。",
    }


def _printing(sheet: Worksheet, first: Mapping[str, Any], part: str, paper: int) -> None:
    """Put list, place and page number on every printed page."""
    sheet.set_paper(paper)
    place = f"{first['township_name']} {part}".replace("&", "&&")
    sheet.set_header(f"&L{place}&R清单 {first['list_id']}")
    sheet.set_footer(f"&L{form.PRINT_NOTE}&R第 &P 页 共 &N 页")
