"""Remarks on values: codes that the layout does not map, values that its formats do not read, units, serial dates.

Here belongs parsing as the night will and telling what does not parse by its shape. Not here: headers (`columns`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from sources.canonical import delivered_text, read_column, unread_cells
from sources.contract import Column, Contract
from sources.layout import ColumnLayout, FileLayout, Layout
from sources.layout_types import UNITS
from sources.onboarding.advice.remark import Kind, Remark, Weight
from sources.onboarding.draft.words import code_guessed, code_meant, may_be_shown, spellings_of
from sources.onboarding.look import Seen, column_seen, pattern_of
from sources.values.codes import UNKNOWN

_LEAST_YUAN = {
    "purchase_price": 2000, "transaction_amount": 10_000, "subscribed_capital": 500, "gross_amount": 20,
    "monthly_salary": 200, "market_value": 20, "total_amount": 2,
}  # fmt: skip
"""A median below this many yuan is not likely what the column holds."""
_MOST_YUAN = 50_000_000
_FEWEST_AMOUNTS = 10
_SHAPES = 3
READ = ("date", "month", "money", "number", "bool", "code")
"""Kinds of columns that are more than text."""


@dataclass(frozen=True)
class _Cells:
    """One column as the layout reads it."""

    contract: Contract
    column: Column
    said: ColumnLayout
    shape: FileLayout
    file: str
    seen: Seen
    values: pl.Series
    failed: pl.Series
    known: Sequence[Layout]

    def remark(
        self, kind: Kind, weight: Weight, found: str, rows: int | None = None, advice: str | None = None
    ) -> Remark:
        return Remark(self.contract.name, self.file, kind, weight, found, self.column.name, rows, advice)


def on_values(
    contract: Contract,
    shape: FileLayout,
    file: str,
    rows: pl.DataFrame,
    known: Sequence[Layout],
    kinds: Sequence[str] = READ,
) -> Iterator[Remark]:
    """Parse every column that the layout wants as the night will, and tell what does not parse.

    Args:
        contract: the source.
        shape: what the layout says of the file.
        file: what to call the file, or the files.
        rows: text columns under canonical names, as the reader gives them.
        known: other layouts, whose codes serve as guesses.
        kinds: columns of these kinds only, and those of which a `part` is wanted.
    """
    for said in (column for column in shape.columns if column.to and column.value is None):
        column = contract.column[str(said.to)]
        text = delivered_text(rows, column.name, said)
        if text is None or (column.kind not in kinds and said.part is None):
            continue
        values, unread = read_column(text, column, said, shape)
        if column.kind in ("raw", "text") and not unread:
            continue
        failed = unread_cells(unread, len(text))
        cells = _Cells(contract, column, said, shape, file, column_seen(text), values, failed, known)
        if not cells.seen.filled:
            continue
        if column.kind == "code":
            yield from _on_codes(cells)
        yield from _on_formats(cells)
        if column.kind == "money":
            yield from _on_unit(cells)


def _on_codes(cells: _Cells) -> Iterator[Remark]:
    spellings = spellings_of(cells.contract, cells.column, cells.known)
    unknown = cells.seen.text.filter((cells.values == UNKNOWN).fill_null(value=False))
    counted = unknown.value_counts(name="n").sort("n", unknown.name, descending=[True, False])
    hidden: dict[str, int] = {}
    for spelling, n in counted.iter_rows():
        if cells.seen.codes and may_be_shown(spelling, n, spellings):
            guess = code_meant(spelling, spellings) or code_guessed(spelling, spellings)
            advice = f"{spelling}: {guess} ?" if guess else f"one of {', '.join(cells.column.codes)}"
            yield cells.remark("code_unmapped", "lose", f"no code for {spelling!r}", n, advice)
        else:
            hidden[spelling] = n
    shapes = pattern_of(pl.Series(list(hidden), dtype=pl.String))
    summed: dict[str, int] = {}
    for shape, n in zip(shapes, hidden.values(), strict=True):
        summed[shape] = summed.get(shape, 0) + n
    for shape, n in sorted(summed.items(), key=lambda pair: (-pair[1], pair[0]))[:_SHAPES]:
        yield cells.remark("code_unmapped", "lose", f"hardly a code, of the shape {shape}", n)
    present = set(cells.seen.text.unique().drop_nulls())
    unseen = [spelling for spelling in cells.said.codes if spelling not in present]
    if unseen and cells.seen.codes:
        yield cells.remark("code_unseen", "look", f"mapped but not seen: {', '.join(unseen)}")


def _on_formats(cells: _Cells) -> Iterator[Remark]:
    unread = cells.seen.text.filter(cells.failed)
    if not len(unread):
        return
    shapes = pattern_of(unread).value_counts(name="n").sort("n", unread.name, descending=[True, False])
    told = ", ".join(f"{form} ({n:,})" for form, n in shapes.head(_SHAPES).iter_rows())
    advice = _advice(cells, unread)
    kind: Kind = "serial_date" if advice and "excel" in advice else "unreadable"
    yield cells.remark(kind, "lose", f"not read as the layout says; by shape: {told}", len(unread), advice)


def _advice(cells: _Cells, unread: pl.Series) -> str | None:
    """What to write so that more is read: words for nothing, other date formats, other words for yes and no."""
    left = column_seen(unread)
    if left.nothing:
        return f"blank: {left.nothing}"
    if cells.said.part is not None:
        return "part: a pattern that fits; where a cell may lack the part, with ? behind its group"
    if cells.column.kind == "bool" and left.distinct <= _SHAPES:
        return "yes_words, no_words"
    if cells.column.kind not in ("date", "month"):
        return None
    shares = {**(left.months if cells.column.kind == "month" else {}), **left.days}
    likely = [form for form, share in shares.items() if share >= 0.1][:2]
    stated = cells.said.dates or cells.shape.dates
    if cells.column.kind == "month":
        stated = cells.said.months or cells.shape.months
    return f"{cells.column.kind}s: {[*stated, *likely]}" if likely else None


def _on_unit(cells: _Cells) -> Iterator[Remark]:
    factor = float(UNITS[cells.said.unit or cells.shape.unit] * (cells.said.factor or 1))
    median, least = cells.seen.median, _LEAST_YUAN.get(cells.column.name)
    if median is None or least is None or cells.seen.filled < _FEWEST_AMOUNTS:
        return
    if factor == 1 and median < least:
        found = "the amounts are too small for yuan: are they in 万元?"
        yield cells.remark("unit", "look", found, advice="unit: 万元")
    if factor > 1 and median * factor > _MOST_YUAN:
        found = f"the amounts are too large for {cells.said.unit or cells.shape.unit}: are they in yuan?"
        yield cells.remark("unit", "look", found, advice="unit: 元")
