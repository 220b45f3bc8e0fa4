"""What commands left behind, compared as their readers would: cells of workbooks, text of pages, lines of files.

Not here: published databases (tables.py).
"""

import csv
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import openpyxl
import pypdf

from benchmarks.equality.acts import Act
from benchmarks.equality.tables import Difference
from benchmarks.equality.trees import Tree

_MADE: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9.]+)?|sha256-[A-Za-z0-9+/=]+"
)
_RUN: Final = re.compile(
    r"\b[0-9a-f]{8}\b|\b[0-9a-f]{64}\b|(?:代码|依赖|状态|结果)\s*(?:</dt>\s*<dd>)?\s*[0-9a-f]{12}"
)
"""Times of making, and names that runs and digests of code have."""


def differences(
    label: str, before: tuple[Tree, Path, Act], after: tuple[Tree, Path, Act]
) -> Iterator[Difference]:
    """Yield what one act of the later version did otherwise.

    Args:
        label: world and act.
        before: version, warehouse and act.
        after: the same of the later version.
    """
    (tree_a, house_a, act_a), (tree_b, house_b, act_b) = before, after
    if act_a.ended.code != act_b.ended.code:
        yield Difference(
            label, f"ended with {act_b.ended.code}, was {act_a.ended.code}: {act_b.ended.told[-300:]}"
        )
    told = [_plain(act_a.told(tree_a, house_a)), _plain(act_b.told(tree_b, house_b))]
    if told[0] != told[1]:
        yield Difference(f"{label} printed", _first_difference(*told))
    files = [
        {str(path.relative_to(act.folder)): path for path in act.folder.rglob("*") if path.is_file()}
        for act in (act_a, act_b)
    ]
    for name in sorted(files[0].keys() ^ files[1].keys()):
        yield Difference(f"{label} {name}", "is gone" if name in files[0] else "is new")
    for name in sorted(files[0].keys() & files[1].keys()):
        texts = [_text(side[name]) for side in files]
        if texts[0] != texts[1]:
            yield Difference(f"{label} {name}", _first_difference(*texts))


def _text(file: Path) -> str:
    """Return what a reader of the file reads."""
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        cells = (
            f"{sheet.title}!{cell.coordinate}={cell.value}"
            for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None
        )  # fmt: skip
        return _plain("\n".join(cells))
    if file.suffix == ".pdf":
        return _plain("\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages))
    if file.suffix == ".csv":
        with file.open(encoding="utf-8", errors="replace", newline="") as opened:
            return "\n".join("\t".join(row) for row in csv.reader(opened))
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix == ".html":  # blanks between tags are nobody's to read
        text = re.sub(r"(?<=>)\s+|\s+(?=<)", "", html.unescape(text)).strip()
    return _plain(text)


def _plain(text: str) -> str:
    return _RUN.sub("DIGEST", _MADE.sub("WHEN", text))


def _first_difference(one: str, other: str) -> str:
    at = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return f"at {at}: …{one[max(at - 40, 0) : at + 80]!r} became …{other[max(at - 40, 0) : at + 80]!r}"
