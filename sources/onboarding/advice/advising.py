"""Holding the layout of a source against its newest delivery.

Here belongs which files are looked at, and in which order remarks come. Not here: the remarks themselves.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from sources.contract import Contract
from sources.errors import LandingError, SnapshotRefused, refusing
from sources.landing import snapshots
from sources.layout import FileLayout, Layout, SourceLayout
from sources.onboarding.advice.columns import on_headers
from sources.onboarding.advice.form import on_form
from sources.onboarding.advice.remark import Remark
from sources.onboarding.advice.values import on_values
from sources.onboarding.look import MOST_ROWS, look
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
    for shape, name, rows in _by_shape(files, contract, layout):
        found += on_values(contract, shape, name, rows, known)
    return sorted(found, key=lambda remark: (remark.file, _ORDER[remark.weight]))


def on_file(path: Path, contract: Contract, shape: FileLayout, known: Sequence[Layout]) -> Iterator[Remark]:
    """The remarks on form and header of one file; a file nothing can be made of gives one remark."""
    try:
        with refusing(path.name):
            seen = look(path, contract)
        form = list(on_form(contract.name, shape, seen))
        yield from form
        if any(remark.kind == "form" for remark in form):
            return
        with refusing(path.name):
            rows = _rows(path, contract, shape)
    except SnapshotRefused as refused:
        yield Remark(contract.name, path.name, "form", "refuse", str(refused))
        return
    if rows.width:
        yield from on_headers(contract, shape, seen, rows.columns, known)


def unmapped_codes(files: Sequence[Path], contract: Contract, layout: SourceLayout) -> list[Remark]:
    """The codes in delivered files that the layout does not map, with their rows."""
    return [
        remark
        for shape, name, rows in _by_shape(files, contract, layout)
        for remark in on_values(contract, shape, name, rows, (), kinds=("code",))
        if remark.kind == "code_unmapped"
    ]


def _by_shape(
    files: Sequence[Path], contract: Contract, layout: SourceLayout
) -> Iterator[tuple[FileLayout, str, pl.DataFrame]]:
    """The rows of all files of each shape, and what to call these; files that cannot be read give none."""
    for shape in layout.files:
        mine = [path for path in files if layout.shape_of(path.name) is shape]
        parts = [rows for path in mine if (rows := _rows_if_any(path, contract, shape)).width]
        if parts:
            name = mine[0].name if len(mine) == 1 else f"{shape.pattern or shape.regex} ({len(mine)} files)"
            yield shape, name, pl.concat(parts, how="diagonal_relaxed")


def _rows_if_any(path: Path, contract: Contract, shape: FileLayout) -> pl.DataFrame:
    try:
        with refusing(path.name):
            return _rows(path, contract, shape)
    except SnapshotRefused:  # said already, by `on_file` or by the night's own story
        return pl.DataFrame()


def _rows(path: Path, contract: Contract, shape: FileLayout) -> pl.DataFrame:
    """The first rows as the layout has them read; no column if there is no row."""
    parts, height = [], 0
    for batch in read(path, contract, shape, lenient=True):
        parts.append(batch.rows.drop(LINE))
        height += batch.rows.height
        if height >= MOST_ROWS:
            break
    return pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame()
