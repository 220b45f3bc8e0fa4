"""Holding the layout of a source against its newest delivery.

Here belongs which files are looked at, and in which order remarks come. Not here: the remarks themselves.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from sources.advice.columns import on_headers
from sources.advice.form import on_form
from sources.advice.remark import Remark
from sources.advice.values import on_values
from sources.contract import Contract
from sources.errors import LandingError, SnapshotRefused
from sources.landing import snapshots
from sources.layout import FileLayout, Layout, SourceLayout
from sources.look import MOST_ROWS, look
from sources.readers import LINE, read

_ORDER = {"refuse": 0, "lose": 1, "look": 2}


def advise(
    landing: Path, contract: Contract, layout: SourceLayout, night: date, known: Sequence[Layout] = ()
) -> list[Remark]:
    """Compare a layout with the newest snapshot dated `night` or earlier; what weighs most comes first.

    Args:
        landing: the landing area.
        contract: the source.
        layout: its layout.
        night: later snapshots are not opened.
        known: other layouts, whose headers and codes serve as guesses.
    """
    try:
        newest = next(iter(snapshots(landing, contract.name, night)), None)
        files = [] if newest is None else newest.files()
    except (LandingError, OSError):
        return []
    found: list[Remark] = []
    for path in files:
        shape = layout.shape_of(path.name)
        if shape is not None:
            found += on_file(path, contract, shape, known)
            continue
        wanted = " or ".join(one.pattern or one.regex or "" for one in layout.files)
        told = f"no file pattern of the layout fits this file; it has {wanted}"
        found.append(Remark(contract.name, path.name, "no_file", "refuse", told))
    return sorted(found, key=lambda remark: (remark.file, _ORDER[remark.weight]))


def on_file(path: Path, contract: Contract, shape: FileLayout, known: Sequence[Layout]) -> Iterator[Remark]:
    """The remarks on one file; a file nothing can be made of gives one remark."""
    try:
        seen = look(path, contract)
    except SnapshotRefused as refused:
        yield Remark(contract.name, path.name, "form", "refuse", str(refused))
        return
    form = list(on_form(contract.name, shape, seen))
    yield from form
    if any(remark.kind == "form" for remark in form):
        return
    try:
        rows = _rows(path, contract, shape)
    except SnapshotRefused as refused:
        yield Remark(contract.name, path.name, "form", "refuse", str(refused))
        return
    if rows.width:
        yield from on_headers(contract, shape, seen, rows.columns, known)
        yield from on_values(contract, shape, path.name, rows, known)


def _rows(path: Path, contract: Contract, shape: FileLayout) -> pl.DataFrame:
    """The first rows as the layout has them read; no column if there is no row."""
    read_rows, height = [], 0
    for batch in read(path, contract, shape, lenient=True):
        read_rows.append(batch.rows.drop(LINE))
        height += batch.rows.height
        if height >= MOST_ROWS:
            break
    return pl.concat(read_rows, how="diagonal_relaxed") if read_rows else pl.DataFrame()


def unmapped_codes(files: Sequence[Path], contract: Contract, layout: SourceLayout) -> list[Remark]:
    """The codes in delivered files that the layout does not map, with their rows."""
    shapes = ((path, layout.shape_of(path.name)) for path in files)
    remarks = [remark for path, shape in shapes if shape for remark in on_file(path, contract, shape, ())]
    return [remark for remark in remarks if remark.kind == "code_unmapped"]
