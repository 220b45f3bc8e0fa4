"""What a bad delivery is, and small makers for the files that arrive.

A maker writes what the layout `jiangsu` promises, with good values everywhere; a case then breaks one thing.
Rows are numbered R1, R2, ... Good ones come first, so the first bad row of a file with header stands on line 22.
"""

import gzip
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from sources import CONTRACTS, SourceLayout
from tests.sources.collecting import JIANGSU

NUMBER = "110101199003072711"
KINDS = {
    "date": "2020-01-10",
    "month": "202001",
    "money": "100.00",
    "number": "1",
    "bool": "是",
    "text": "甲",
}
NAMES = {
    "inmates": "sf_1.csv",
    "assistance_roll": "jzj_roll_1.csv",
    "household_registry": "hjxx_1.csv",
    "bank_accounts": "bank_1.txt",
    "deaths": "swxx_1.xlsx",
    "business_registrations": "scjg_1.jsonl",
    "tax_income": "grsd_1.csv.gz",
    "marriages": "hy_1.csv",
    "children_care": "et_1.csv",
    "real_estate": "bdc_1.csv",
}

Row = Mapping[str, object] | str | bytes


@dataclass(frozen=True)
class Bad:
    """One bad delivery, beside an older good snapshot of one row.

    Attributes:
        name: what arrives, in words.
        arrives: the files of the newest snapshot.
        accepted: rows of it that end in the table.
        quarantined: `line reason column` of every row set aside, or `file:line reason column`.
        cells: `column reason count` of cells that became nothing.
        refused: words of the sentence that refuses the snapshot; the older one is used then.
        passed_over: the newest snapshot is no snapshot at all; the older one is used, and nothing is said.
        unread: files beside the delivery that the audit names as not read.
        becomes: columns of the last accepted row, as text.
        spoil: what else is done to the snapshot's folder.
    """

    name: str
    arrives: Mapping[str, bytes]
    source: str = "inmates"
    accepted: int = 0
    quarantined: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    refused: str = ""
    passed_over: bool = False
    unread: tuple[str, ...] = ()
    becomes: Mapping[str, str | None] = field(default_factory=dict)
    spoil: Callable[[Path], object] | None = None
    layout: SourceLayout | None = None
    day: str = "2021-12-28"


def shape(source: str) -> SourceLayout:
    """How Jiangsu delivers a source."""
    found = JIANGSU[source]
    assert found is not None
    return found


def good(source: str, number: int, **changed: object) -> dict[str, object]:
    """One good row by canonical column, with some columns changed."""
    columns = CONTRACTS[source].column
    row: dict[str, object] = {}
    for column in shape(source).files[0].columns:
        assert column.to is not None
        known = columns[column.to]
        if column.to == "record_no":
            row[column.to] = f"R{number}"
        elif known.kind == "raw":
            row[column.to] = NUMBER if "number" in column.to else "张三"
        elif known.kind == "code":
            row[column.to] = next(iter(column.codes))
        else:
            row[column.to] = KINDS[known.kind]
    if source == "household_registry":
        row |= {"birth_date": "19900307", "status_date": "20200110"}
    if source == "bank_accounts":
        row |= {"over_limit": "1", "as_of": "20200110"}
    return row | changed


def text(source: str, *rows: Row, header: str | None = None, end: str = "\n") -> bytes:
    """A delimited file, header and all: rows by column, or lines as they come."""
    layout = shape(source).files[0]
    if header is None and layout.header:
        header = layout.separator.join(column.header[0] for column in layout.columns)
    lines = [] if header is None else [header.encode(layout.encoding)]
    for row in rows:
        if isinstance(row, bytes):
            lines.append(row)
            continue
        line = row if isinstance(row, str) else layout.separator.join(map(str, row.values()))
        lines.append(line.encode(layout.encoding))
    return b"".join(line + end.encode() for line in lines)


def rows_of(source: str, *bad: Row, good_rows: int = 20) -> list[Row]:
    """Good rows first, then the bad ones; changes alone make a good row with those changes."""
    listed: list[Row] = [good(source, number) for number in range(1, good_rows + 1)]
    for at, row in enumerate(bad):
        listed.append(good(source, 101 + at, **row) if isinstance(row, Mapping) else row)
    return listed


def among(source: str, *bad: Row, good_rows: int = 20, end: str = "\n") -> dict[str, bytes]:
    """A delivery of one file in the source's format: good rows, then the bad ones."""
    rows = rows_of(source, *bad, good_rows=good_rows)
    made = {"deaths": workbook, "business_registrations": json_lines}.get(source)
    if made is not None:
        return {NAMES[source]: made(*rows)}
    if source == "bank_accounts":
        rows.append(f"END|{len(rows):08}")
    content = text(source, *rows, end=end)
    return {NAMES[source]: gzip.compress(content, mtime=0) if source == "tax_income" else content}


def inmates(*bad: Row, good_rows: int = 20, name: str = "sf_1.csv", end: str = "\n") -> dict[str, bytes]:
    """`among` for the plainest source of all: a CSV in GB18030 with a header."""
    return {name: next(iter(among("inmates", *bad, good_rows=good_rows, end=end).values()))}


def line(source: str, number: int, **changed: object) -> str:
    """One line of a delimited file."""
    return shape(source).files[0].separator.join(map(str, good(source, number, **changed).values()))


def json_lines(*rows: Row) -> bytes:
    """A file of JSON Lines under the department's own keys."""
    keys = {column.to: column.header[0] for column in shape("business_registrations").files[0].columns}
    lines: list[bytes] = []
    for row in rows:
        if isinstance(row, Mapping):
            row = json.dumps({keys[name]: value for name, value in row.items()}, ensure_ascii=False)
        lines.append(row if isinstance(row, bytes) else row.encode())
    return b"\n".join(lines) + b"\n"


def workbook(
    *rows: Row, title: bool = True, also: Callable[[openpyxl.Workbook], object] | None = None
) -> bytes:
    """A workbook of `deaths`: a title, the header, the rows."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    if title:
        sheet.append(["死亡人员名单"])
    sheet.append([column.header[0] for column in shape("deaths").files[0].columns])
    for row in rows:
        assert isinstance(row, Mapping)
        sheet.append(list(row.values()))
    if also is not None:
        also(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
