"""Rows sent back to the departments that delivered them.

Here belongs what the export must be told of layouts, for exports know no sources. Not here: what a file of rejects looks like
(exports), how it is handed out (handing.py).
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from casework.errors import CaseworkError
from casework.handing import handing_out
from casework.published import Published, published
from exports import Form, Kind, rejects_of
from sources import CONTRACTS, Layout, LayoutError, load_layout
from sources.errors import SnapshotRefused
from sources.layout import FileLayout
from sources.plain_files import kind_of
from sources.readers.decoding import blocks
from sources.readers.quoted import parse_record
from sources.refusal import Refusal
from sources.refusal_words import in_words
from warehouse.paths import WarehousePaths

KINDS: Final[dict[str, Kind]] = {"jsonl": "objects", "xlsx": "sheet", "parquet": "sheet"}


def export_rejects(
    warehouse: Path,
    night: date,
    out: Path,
    *,
    source: str | None = None,
    layout: str | None = None,
    landing: Path | None = None,
) -> list[Path]:
    """Write what a published night could not use, a folder a source, and record it.

    Args:
        warehouse: the warehouse folder.
        night: a published night.
        out: folder of the files.
        source: only this one; None: all.
        layout: name or folder of the layout; None: the bundled one that the night names.
        landing: where the delivered files may still lie: their own headers are taken then, in their own order.

    Returns:
        The files: rows to be sent back and a note a source.

    Raises:
        CaseworkError: no such night, source or layout, or a file cannot be written.
    """
    chosen = published(warehouse, night)
    if source is not None and source not in CONTRACTS:
        raise CaseworkError(f"--source {source}: no such source. Sources: {', '.join(CONTRACTS)}.")
    used = _layout(chosen.paths, night, layout)
    titles = {
        name: f"{contract.department_zh} {contract.title_zh}"
        for name, contract in CONTRACTS.items()
        if source in (None, name)
    }
    made = rejects_of(
        chosen.database,
        night,
        titles,
        lambda name, day, file: _form(used, landing, name, day, file),
        lambda refusal, headings: _said(chosen, refusal, headings),
    )
    with handing_out(chosen, "rejects") as handing:  # a file of rejects lists rows, not households
        return [
            handing.file(out / one.source / one.file, one.write, about=f"{one.source} {one.snapshot}".strip())
            for one in made
        ]


def _said(chosen: Published, refusal: str | None, headings: Mapping[str, str]) -> str:
    """A refusal in the department's words; of a night that keeps none, or one of a code unknown here, there are none."""
    if refusal is None:
        raise chosen.earlier()
    try:
        return in_words(Refusal.from_json(refusal), "zh", headings)
    except KeyError:
        raise chosen.earlier() from None


def _layout(paths: WarehousePaths, night: date, given: str | None) -> Layout:
    """The layout that is given, or the one the night's manifest names."""
    if given is None:
        try:
            given = str(json.loads(paths.manifest(night).read_text(encoding="utf-8"))["layout"])
        except (OSError, ValueError, KeyError):
            raise CaseworkError(
                f"No manifest says which layout the night of {night} had. Give --layout."
            ) from None
    try:
        return load_layout(given)
    except LayoutError as error:
        raise CaseworkError(f"{error} Name the layout of that night with --layout.") from None


def _form(layout: Layout, landing: Path | None, source: str, day: date, file: str) -> Form:
    """How a delivered file looked; a source or file that the layout does not know is shown as plain CSV."""
    contract = CONTRACTS[source]
    titles = {column.name: column.title_zh for column in contract.columns}
    of_source = layout[source]
    shape = None if of_source is None else of_source.shape_of(file)
    if shape is None:
        return Form("lines", "utf-8", ",", '"', None, titles)
    named = {column.to: column.header[0] for column in shape.columns if column.to and column.header}
    header: list[str] | None = [
        column.header[0] if column.header else titles.get(column.to or "", "") for column in shape.standing
    ]
    if landing is not None and shape.header and shape.format in ("csv", "tsv", "text"):
        header = _delivered_header(landing / source / day.isoformat() / file, shape) or header
    kind = KINDS.get(shape.format, "lines")
    if not shape.header and kind == "lines":
        header = None
    return Form(
        kind=kind,
        encoding=shape.encoding,
        separator="|" if shape.format == "fixed" else shape.separator,
        quote=None if shape.format == "fixed" else shape.quote_character,
        header=header,
        headings=titles | named,
    )


def _delivered_header(path: Path, shape: FileLayout) -> list[str] | None:
    """The header as it stands in the delivered file, as one text; None where the file is gone, or a link is in its place."""
    if not path.is_file() or any(map(kind_of, (path, *path.parents[:2]))):
        return None
    try:
        block = next(blocks(path, shape.encoding, 1 << 16, shape.member)).decoded()
    except (SnapshotRefused, StopIteration):
        return None
    for line in block.data.decode().split("\n")[shape.title_rows :]:
        if line.strip():
            return parse_record(line, shape.separator, shape.quote_character or "\0")[0]
    return None
