"""Finding a layout's files, merging the defaults into each file shape, and checking it against the contracts.

Here belongs every sentence that tells a clerk which file and key of a layout is wrong. Not here: what the
keys mean (`layout`).
"""

import hashlib
from pathlib import Path

from pydantic import ValidationError

from sources.contract import Contract
from sources.contracts import CONTRACTS
from sources.errors import LayoutError, nearest
from sources.layout import FileLayout, Layout, SourceLayout
from sources.layout_document import Document, read_document

BUNDLED = Path(__file__).parent / "layouts"
SOURCE_KEYS = ("delivery", "window_months", "replaces", "month_of", "usable_numbers")


def known_layouts() -> list[str]:
    """Names of the layouts that come with the product."""
    return sorted(folder.name for folder in BUNDLED.iterdir() if (folder / "layout.yaml").is_file())


def load_layout(name_or_path: str | Path) -> Layout:
    """Load and check a layout.

    Args:
        name_or_path: the name of a bundled layout (`jiangsu`), or the path of a folder of one's own.

    Raises:
        LayoutError: unknown, incomplete or wrong; the message names the file and the key.
    """
    folder = _folder(name_or_path)
    files = sorted(path for path in folder.glob("*.yaml") if path.name != "layout.yaml")
    about = read_document(folder / "layout.yaml").values
    if not files:
        raise LayoutError(f"Layout {folder}: no source files. Write one <source>.yaml for each source.")
    sources = {path.stem: _source(path) for path in files}
    digest = hashlib.sha256()
    for path in (folder / "layout.yaml", *files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    description = str(about.get("description", ""))
    return Layout(folder.name, description, folder, sources, digest.hexdigest())


def _folder(name_or_path: str | Path) -> Path:
    bundled = BUNDLED / str(name_or_path)
    if str(name_or_path) in known_layouts():
        return bundled
    folder = Path(name_or_path)
    if folder.is_dir() and (folder / "layout.yaml").is_file():
        return folder
    known = known_layouts()
    if folder.is_dir():
        raise LayoutError(f"{folder} is no layout: it has no layout.yaml. Known layouts: {', '.join(known)}.")
    hint = nearest(str(name_or_path), known)
    raise LayoutError(f"Unknown layout {str(name_or_path)!r}{hint}. Known layouts: {', '.join(known)}.")


def _source(path: Path) -> SourceLayout:
    contract = CONTRACTS.get(path.stem)
    if contract is None:
        raise LayoutError(f"{path}: no such source {path.stem!r}{nearest(path.stem, CONTRACTS)}.")
    document = read_document(path)
    given = document.values
    common = {key: value for key, value in given.items() if key not in (*SOURCE_KEYS, "files")}
    shapes = given.get("files", [{}])
    if not isinstance(shapes, list) or not all(isinstance(shape, dict) for shape in shapes):
        raise LayoutError(f"{document.place('files')}: files: expected a list of file shapes.")
    whole = {key: given[key] for key in SOURCE_KEYS if key in given}
    whole |= {"source": path.stem, "files": [common | shape for shape in shapes]}
    try:
        layout = SourceLayout.model_validate(whole)
    except ValidationError as error:
        raise LayoutError(_told(document, error)) from None
    for at, shape in enumerate(layout.files):
        _check_columns(document, at, contract, shape)
    _check_month_of(document, contract, layout)
    return layout


def _told(document: Document, error: ValidationError) -> str:
    first = error.errors()[0]
    steps = [step for step in first["loc"] if step != "[key]"]
    if "files" not in document.values:
        steps = steps[2:] if steps[:1] == ["files"] else steps
    # A key that all shapes of a file share stands above them.
    place = max((document.place(*steps), document.place(*steps[2:])), key=_line)
    where = ".".join(str(step) for step in steps) or "file"
    if first["type"] == "extra_forbidden":
        known = [*FileLayout.model_fields, *SOURCE_KEYS, "files"]
        return f"{place}: {where}: no such key{nearest(str(first['loc'][-1]), known)}."
    hint = ""
    if first["type"] == "string_type":
        hint = ' YAML read it as a number, a date or yes/no: put it in "quotes".'
    if first["type"] == "too_short":
        hint = " An empty list says nothing: leave the key out, or name one."
    return f"{place}: {where}: {first['msg']}.{hint}"


def _line(place: str) -> int:
    return int(place.rpartition(" ")[2])


def _check_columns(document: Document, at: int, contract: Contract, shape: FileLayout) -> None:
    above: tuple[str | int, ...] = (
        ("files", at) if "columns" in (document.values.get("files") or [{}])[at] else ()
    )
    wanted = [column.to for column in shape.columns if column.to is not None]
    for number, column in enumerate(shape.columns):
        if column.to is None:
            continue
        place = document.place(*above, "columns", number)
        if column.to not in contract.column:
            hint = nearest(column.to, contract.column)
            raise LayoutError(f"{place}: columns: {contract.name} has no column {column.to!r}{hint}.")
        known = contract.column[column.to].codes
        if column.value is not None and known and not column.codes:
            _check_codes(place, known, column.to, {column.value: column.value})
            continue
        _check_codes(place, known, column.to, column.codes)
    place = document.place(*above, "columns")
    twice = next((name for name in wanted if wanted.count(name) > 1), None)
    if twice is not None:
        raise LayoutError(f"{place}: columns: {twice!r} is given twice.")
    # A department without serial numbers has none to deliver; the reader then names rows by file and line.
    missing = [name for name in contract.required if name not in wanted and name != "record_no"]
    if missing:
        raise LayoutError(f"{place}: columns: required column {missing[0]!r} is not mapped.")
    seats = [seat for seat in contract.seats if seat.subject]
    if not any(seat.id_number in wanted or seat.name in wanted for seat in seats):
        raise LayoutError(f"{place}: columns: neither number nor name of the row's person is mapped.")


def _check_codes(place: str, known: tuple[str, ...], to: str, codes: dict[str, str]) -> None:
    if codes and not known:
        raise LayoutError(f"{place}: columns: {to!r} has codes, but it is no column of codes.")
    if known and not codes:
        raise LayoutError(
            f"{place}: columns: {to!r} needs codes (delivered spelling: one of {', '.join(known)})."
        )
    for spelling, word in codes.items():
        if word not in known:
            raise LayoutError(
                f"{place}: columns, {to!r}, codes: {spelling!r} is mapped to {word!r}, which is no code of the "
                f"contract{nearest(word, known)}."
            )


def _check_month_of(document: Document, contract: Contract, layout: SourceLayout) -> None:
    if layout.replaces != "month":
        return
    name = layout.month_of or contract.month_column
    if name is None:
        raise LayoutError(
            f"{document.place('replaces')}: month_of: replaces: month needs the date column that gives a row's month."
        )
    if name not in contract.column or contract.column[name].kind not in ("date", "month"):
        raise LayoutError(
            f"{document.place('month_of')}: month_of: {name!r} is no date or month column of {contract.name}."
        )
