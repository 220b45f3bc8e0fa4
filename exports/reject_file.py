"""One file of rows to be sent back: as the department wrote them, with line, reason and column in front.

Here belong the bytes of such a file in each format. Not here: which rows (`rejects`), how a department delivers
(the caller says so in a `Form`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final, Literal, cast

import polars as pl
import xlsxwriter

LINE, REASON, COLUMN, RECORD, RAW = "行号", "退回原因", "问题列", "流水号", "原文"
ADDED: Final = (LINE, REASON, COLUMN)
BOM: Final = "\ufeff"
LONGEST_CELL: Final = 32_767
"""Characters that a cell of a workbook holds."""


Kind = Literal["lines", "objects", "sheet"]


@dataclass(frozen=True, slots=True)
class Form:
    """How one delivered file looked.

    Attributes:
        kind: `lines` of text, `objects` (JSON Lines), or a `sheet`.
        encoding: of lines and objects.
        separator: between the fields of a line.
        quote: the quote character; None: nothing is ever quoted.
        header: the headers as delivered, or as the layout promises them; None: the file has none.
        headings: what the department calls each canonical column.
    """

    kind: Kind
    encoding: str
    separator: str
    quote: str | None
    header: Sequence[str] | None
    headings: Mapping[str, str]

    @property
    def suffix(self) -> str:
        """The ending of the file's name."""
        if self.kind == "lines":
            return ".csv" if self.separator == "," else ".txt"
        return ".jsonl" if self.kind == "objects" else ".xlsx"


def write_rejects(path: Path, rows: pl.DataFrame, form: Form, night: date) -> None:
    """Write rows to be sent back.

    Args:
        path: the file to make; replaced where it exists.
        rows: `line`, `record_no`, `reason_zh`, `column_zh`, `raw`, in order; where every raw is null (a gated
            source) the file has line, record number, reason and column only.
        form: how the department's own file looked.
        night: its date stands in a workbook in place of the clock's.
    """
    gated = bool(rows["raw"].is_null().all())
    if form.kind == "sheet":
        _sheet(path, rows, form, night, gated=gated)
        return
    made = _objects(rows) if form.kind == "objects" and not gated else _lines(rows, form, gated=gated)
    # Excel takes UTF-8 without a mark for GBK.
    mark = BOM if form.kind == "lines" and form.encoding.startswith("utf-8") else ""
    path.write_bytes((mark + "".join(f"{line}\n" for line in made)).encode(form.encoding, "replace"))


def _lines(rows: pl.DataFrame, form: Form, *, gated: bool) -> list[str]:
    """The delivered lines untouched, what is added in front: a line that is broken stays as broken as it was."""

    def joined(fields: Sequence[object]) -> str:
        return form.separator.join(_quoted(field, form) for field in fields)

    if gated:
        told = rows.select("line", "record_no", "reason_zh", "column_zh").iter_rows()
        return [joined((LINE, RECORD, REASON, COLUMN)), *(joined(row) for row in told)]
    lines = [] if form.header is None else [joined((*ADDED, *form.header))]
    told = rows.select("line", "reason_zh", "column_zh", "raw").iter_rows()
    return lines + [f"{joined(added)}{form.separator}{raw or ''}" for *added, raw in told]


def _quoted(field: object, form: Form) -> str:
    text = "" if field is None else str(field)
    if form.quote is None:
        return text.replace(form.separator, " ").replace("\n", " ")
    if any(sign in text for sign in (form.separator, form.quote, "\n")):
        return form.quote + text.replace(form.quote, form.quote * 2) + form.quote
    return text


def _objects(rows: pl.DataFrame) -> list[str]:
    """Each object with its own keys untouched; of a line that is no object, the text."""
    lines = []
    for line, reason, column, raw in rows.select("line", "reason_zh", "column_zh", "raw").iter_rows():
        added: dict[str, object] = {LINE: line, REASON: reason, COLUMN: column}
        own = (raw or "").strip()
        if not _is_object(own):
            lines.append(json.dumps(added | {RAW: raw}, ensure_ascii=False))
            continue
        inner = own[1:].lstrip()
        start = json.dumps(added, ensure_ascii=False)[:-1]
        lines.append(start + inner if inner == "}" else f"{start}, {inner}")
    return lines


def _is_object(raw: str) -> bool:
    try:
        return isinstance(json.loads(raw), dict)
    except (ValueError, RecursionError):
        return False


def _sheet(path: Path, rows: pl.DataFrame, form: Form, night: date, *, gated: bool) -> None:
    """A workbook in which every cell is text: no formula, no link, no number is made of it."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"title": "退回数据", "created": datetime.combine(night, time(), UTC)})
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"num_format": "@", "bold": True, "bg_color": "#D9D9D9"})
    sheet = cast("Any", book.add_worksheet("退回数据"))
    if gated:
        heads, told = [LINE, RECORD, REASON, COLUMN], ["line", "record_no", "reason_zh", "column_zh"]
    else:
        heads, told = [*ADDED, *(form.header or [])], ["line", "reason_zh", "column_zh", "raw"]
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, bold)
    for number, row in enumerate(rows.select(told).iter_rows(), start=1):
        *added, last = row
        cells = [*added, last] if gated else [*added, *(last or "").split("\t")]
        for at, cell in enumerate(cells):
            sheet.write_string(number, at, "" if cell is None else str(cell)[:LONGEST_CELL], text)
    sheet.freeze_panes(1, 3)
    sheet.set_column(1, 1, 40)
    book.close()
