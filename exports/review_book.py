"""The workbook for review: a cover and one sheet, a pair a row, both sides beside each other.

Here belong cells, formats, drop-downs and printing. Not here: which pairs (`review_draw`), what is shown of them
(`review_pairs`), how the filled workbook is read (`review_answers`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final, cast

import polars as pl
import xlsxwriter
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from exports.review_marks import Piece, differences
from exports.review_pairs import FIELDS, printed_columns
from exports.text import harmless
from exports.workbook import A3, A4, BOXED, CELL, HEADING_HEIGHT, LOOKS, PROTECTION

COVER: Final = "说明"
SHEET: Final = "比对"
CODE: Final = "回收码"
VERDICT: Final = "判断"
REASON: Final = "理由"
CLERK: Final = "核对人"
WORDS: Final = {"same": "同一人", "different": "不是同一人", "cannot_tell": "无法判断"}
"""Verdict -> what a clerk picks."""
ANSWERS: Final = {VERDICT: 12, REASON: 18, CLERK: 10}
PRINT_NOTE: Final = "内部资料 专人保管 用后交回"
ROW_HEIGHT: Final = 48
RED: Final = "#C00000"
INSTRUCTIONS: Final = (
    "每行一对:左为部门来件,右为人员底册;来源写“人员底册”的,两边都是底册中的人。只回答一个问题:两边说的是不是同一个人。",
    "在“判断”中选:同一人、不是同一人、无法判断。没有把握就选“无法判断”,不要猜。留空表示还没有核对,可以分几次交回。",
    "红色加粗的字,是两边不同的地方;一边为空或为星号的不标。标红不说明不是同一人,没有标红也不说明是。",
    "各行先后是随机排列的,为什么抽到这一对不作提示,请逐对独立判断,不与他人商量。",
    "理由可不填。请勿在理由中写姓名、号码、住址。“核对人”填本人姓名;全表由一人核对的,也可在导入时注明。",
    "灰格已经印好,请勿改动;行可以筛选。回收码把答案带回原处。",
)


@dataclass(frozen=True, slots=True)
class Made:
    """What stands on the cover: the night of the pairs and the draw they come from."""

    night: date
    draw_id: str


def printed(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return pairs as they are printed: code and the columns of `printed_columns`, text harmless, nulls empty."""
    return pairs.select(
        "code", *(harmless(pl.col(name)).fill_null("").alias(name) for name in printed_columns())
    )


def headings() -> dict[str, str]:
    """Return column -> heading of the sheet, in order; the answers' columns are their headings."""
    return {"code": CODE, **{name: name for name in ANSWERS}, **printed_columns()}


def write_review(path: Path, pairs: pl.DataFrame, made: Made) -> None:
    """Write the workbook; the same pairs give the same bytes.

    Args:
        path: the file to make; replaced where it exists.
        pairs: one row a pair in the order of the sheet, as `review_pairs.side_by_side` gives them, and code.
        made: what the cover says.
    """
    # In memory: names and numbers never lie in a temporary folder.
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"title": "身份核对", "created": datetime.combine(made.night, time(), UTC)})
    looks = {name: book.add_format(dict(look)) for name, look in LOOKS.items()}
    looks["marked"] = book.add_format(
        {"font_name": CELL["font_name"], "font_size": 12, "bold": True, "font_color": RED}
    )
    looks["unmarked"] = book.add_format({"font_name": CELL["font_name"], "font_size": 12})
    looks["all_marked"] = book.add_format(
        {**BOXED, "bg_color": "#F2F2F2", "num_format": "@", "bold": True, "font_color": RED}
    )
    _cover(book, pairs.height, made, looks)
    _pairs(book, printed(pairs), made, looks)
    book.close()


def _cover(book: xlsxwriter.Workbook, count: int, made: Made, looks: dict[str, Any]) -> None:
    sheet = cast("Worksheet", book.add_worksheet(COVER))
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 70)
    sheet.write_string(0, 0, "身份核对", looks["title"])
    facts = {"数据日期": made.night.isoformat(), "抽取编号": made.draw_id, "对数": str(count)}
    for row, (name, value) in enumerate(facts.items(), start=2):
        sheet.write_string(row, 0, name, looks["heading"])
        sheet.write_string(row, 1, value, looks["printed"])
    top = len(facts) + 3
    for row, line in enumerate(INSTRUCTIONS, start=top):
        sheet.set_row(row, 36)
        sheet.merge_range(row, 0, row, 1, f"{row - top + 1}. {line}", looks["plain"])
    sheet.print_area(0, 0, top + len(INSTRUCTIONS) - 1, 1)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&C{PRINT_NOTE}")
    sheet.protect("", PROTECTION)


def _pairs(book: xlsxwriter.Workbook, rows: pl.DataFrame, made: Made, looks: dict[str, Any]) -> None:
    sheet = cast("Worksheet", book.add_worksheet(SHEET))
    named, last = headings(), rows.height
    widths = {"code": 21.0, "title": 16.0, **ANSWERS}
    widths |= {f"{side}_{field.name}": field.width for field in FIELDS for side in ("left", "right")}
    sheet.set_default_row(ROW_HEIGHT)
    sheet.set_row(0, HEADING_HEIGHT)
    place = {name: column for column, name in enumerate(named)}
    for name, column in place.items():
        sheet.set_column(column, column, widths[name])
        sheet.write_string(0, column, named[name], looks["heading"])
    # A few hundred pairs: cells are written one by one, as every cell is cut into runs of its own.
    for row, pair in enumerate(rows.iter_rows(named=True), start=1):
        for name in ("code", "title"):
            sheet.write_string(row, place[name], pair[name], looks["printed"])
        for name in ANSWERS:
            sheet.write_blank(row, place[name], None, looks["choice" if name == VERDICT else "text"])
        for name, pieces in _sides(pair):
            _write(sheet, row, place[name], pieces, looks)
    _answer_rules(sheet, place, last)
    sheet.freeze_panes(1, place[VERDICT] + 1)
    sheet.autofilter(0, 0, last, len(named) - 1)
    # Otherwise every number kept as text gets a green corner, which reads as a mark.
    sheet.ignore_errors({"number_stored_as_text": xl_range(1, 0, last, len(named) - 1)})
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, last, len(named) - 1)
    sheet.set_header(f"&L身份核对 {made.night.isoformat()}&R抽取 {made.draw_id}")
    sheet.set_footer(f"&L{PRINT_NOTE}&R第 &P 页 共 &N 页")
    sheet.protect("", {**PROTECTION, "autofilter": True})
    sheet.activate()


def _answer_rules(sheet: Worksheet, place: dict[str, int], last: int) -> None:
    if last:
        sheet.data_validation(1, place[VERDICT], last, place[VERDICT], {
            "validate": "list",
            "source": list(WORDS.values()),
            "error_title": VERDICT,
            "error_message": "请从列表中选择一项,或留空。",
        })  # fmt: skip


def _sides(pair: dict[str, str]) -> list[tuple[str, Sequence[Piece]]]:
    """Return the printed columns of both sides and the pieces that each is made of."""
    cells: list[tuple[str, Sequence[Piece]]] = []
    for field in FIELDS:
        left, right = (pair.get(f"{side}_{field.name}", "") for side in ("left", "right"))
        cut = differences(left, right) if field.marked else ([Piece(left)], [Piece(right)])
        cells += [(f"{side}_{field.name}", cut[("left", "right").index(side)]) for side in field.sides]
    return cells


def _write(sheet: Worksheet, row: int, column: int, pieces: Sequence[Piece], looks: dict[str, Any]) -> None:
    """Write one cell; a rich text must have two runs at least."""
    if len(pieces) < 2:
        text = "".join(piece.text for piece in pieces)
        marked = any(piece.marked for piece in pieces)
        sheet.write_string(row, column, text, looks["all_marked" if marked else "printed"])
        return
    runs: list[Any] = []
    for piece in pieces:
        runs += [looks["marked" if piece.marked else "unmarked"], piece.text]
    sheet.write_rich_string(row, column, *runs, looks["printed"])
