"""The filled workbook, or a CSV of its sheet, read back: what was answered, and in which cell.

Here belong the reading and the sentences for files that are not ours. Nothing that stands in a cell is quoted: it
may be somebody's name. Not here: whether a code was drawn, whether a cell was changed (`pipelines`).
"""

from pathlib import Path
from typing import Final

import fastexcel
import polars as pl
from xlsxwriter.utility import xl_col_to_name

from exports.review_book import ANSWERS, CODE, REASON, SHEET, VERDICT, headings

MOST_BYTES: Final = 64 * 1024 * 1024
"""A workbook of 20,000 pairs has a tenth of it; more is no file of ours, or a packed bomb."""
ENCODINGS: Final = ("utf-8-sig", "gb18030")


class ReviewFileError(ValueError):
    """The file is refused and nothing was recorded; each problem names its place and what to do."""

    def __init__(self, problems: list[str]) -> None:
        """Take the problems, in the order of the file."""
        self.problems = problems
        shown = [*problems[:20], *([f"……另有 {len(problems) - 20} 处"] if len(problems) > 20 else [])]
        super().__init__("\n".join(shown))


def read_answers(path: Path) -> pl.DataFrame:
    """Read a filled file as text.

    Args:
        path: ``.xlsx`` as `review_book` wrote it, or ``.csv`` of its sheet (UTF-8 or GB18030).

    Returns:
        one row a row of the sheet that is not blank: row (Int64, as the sheet counts), code, the columns of
        `review_pairs.printed_columns`, and 判断, 理由, 核对人; stripped text, empty where nothing stands.

    Raises:
        ReviewFileError: there is no such file, it cannot be read, or it is not ours.
    """
    if not path.is_file():
        raise ReviewFileError([f"找不到文件 {path}。(There is no such file.)"])
    if path.stat().st_size > MOST_BYTES:
        raise ReviewFileError([f"{path.name} 太大,不是核对工作簿。(Too large for a review workbook.)"])
    sheet = _workbook(path) if path.suffix.lower() == ".xlsx" else _text(path)
    named = {heading: column for column, heading in headings().items()}
    missing = [heading for heading in named if heading not in sheet.columns]
    if missing:
        raise ReviewFileError([
            f"{path.name} 不是核对工作簿,或列被删改:缺少“{'”“'.join(missing)}”。"
            "请用 hedui review export 生成的文件。(Columns are missing: not a file of hedui review export.)"
        ])  # fmt: skip
    rows = sheet.select("row", *(pl.col(heading).alias(column) for heading, column in named.items()))
    texts = [column for column in rows.columns if column != "row"]
    rows = rows.with_columns(pl.col(texts).fill_null("").str.strip_chars())
    return rows.filter(pl.any_horizontal(pl.col(texts) != ""))


def cell(row: int, column: str) -> str:
    """Return how a person finds a cell: ``比对!C7(判断)``; ``column`` as `headings` names it."""
    named = headings()
    letter = xl_col_to_name(list(named).index(column))
    return f"{SHEET}!{letter}{row}({named[column]})"


def _workbook(path: Path) -> pl.DataFrame:
    try:
        book = fastexcel.read_excel(path)
        if SHEET not in book.sheet_names:
            raise ReviewFileError([
                f"{path.name} 中没有工作表“{SHEET}”,不是核对工作簿。(No such sheet: not a file of hedui review export.)"
            ])  # fmt: skip
        sheet = book.load_sheet(SHEET, header_row=None, dtypes="string", skip_whitespace_tail_rows=True)
        cells: pl.DataFrame = sheet.to_polars()
    except fastexcel.FastExcelError as error:
        raise ReviewFileError([
            f"{path.name} 打不开:文件损坏或不是 xlsx。(The workbook cannot be read: {type(error).__name__}.)"
        ]) from None  # fmt: skip
    return _with_header(cells, path)


def _text(path: Path) -> pl.DataFrame:
    for encoding in ENCODINGS:
        try:
            text = path.read_bytes().decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            cells = pl.read_csv(text.encode(), has_header=False, infer_schema=False)
        except pl.exceptions.PolarsError as error:
            raise ReviewFileError([
                f"{path.name} 不是完整的 CSV。(The file is no CSV: {type(error).__name__}.)"
            ]) from None  # fmt: skip
        return _with_header(cells, path)
    raise ReviewFileError([f"{path.name} 的编码既不是 UTF-8 也不是 GB18030。(Neither UTF-8 nor GB18030.)"])


def _with_header(cells: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Name the columns by the first row; rows are counted as the sheet counts them."""
    header = [str(name or "").strip() for name in cells.row(0)] if cells.height else []
    known = set(headings().values())
    twice = sorted({name for name in header if name in known and header.count(name) > 1})
    if twice:
        raise ReviewFileError([f"{path.name} 中“{'”“'.join(twice)}”列出现两次。(A column stands twice.)"])
    named = cells.rename({
        old: new if new in known else f"_{place}"
        for place, (old, new) in enumerate(zip(cells.columns, header, strict=True))
    })  # fmt: skip
    return named.with_row_index("row", offset=1).with_columns(pl.col("row").cast(pl.Int64)).slice(1)


__all__ = ["ANSWERS", "CODE", "REASON", "VERDICT", "ReviewFileError", "cell", "read_answers"]
