"""Remarks on a file's form: format, encoding, delimiter, lines above the header, totals and footers.

Here belongs comparing keys of the layout with a look at the file. Not here: columns and values.
"""

from collections.abc import Iterator
from typing import Any

from sources.layout import FileLayout
from sources.onboarding.advice.remark import Kind, Remark, Weight
from sources.onboarding.look import Look

_TEXT = ("csv", "tsv", "text", "fixed")


def on_form(source: str, shape: FileLayout, seen: Look) -> Iterator[Remark]:
    """Compare what the layout says of the file as a whole with what it seems to be."""
    file, keys = seen.path.name, seen.keys

    def remark(kind: Kind, weight: Weight, found: str, advice: str) -> Remark:
        return Remark(source, file, kind, weight, found, advice=advice)

    said = "text of lines" if shape.format in _TEXT else shape.format
    is_ = "text of lines" if keys["format"] in _TEXT else keys["format"]
    if said != is_:
        yield remark(
            "form", "refuse", f"the layout says {said}, the file is {is_}", f"format: {keys['format']}"
        )
        return
    if "encoding" in keys and _codec(keys["encoding"]) != _codec(shape.encoding):
        found = f"the layout says {shape.encoding}, the file seems to be {keys['encoding']}"
        yield remark("encoding", "lose", found, f"encoding: {keys['encoding']}")
    if shape.format in _TEXT and shape.format != "fixed":
        delimiter = keys.get("delimiter") or {"csv": ",", "tsv": "\t", "text": "|"}[keys["format"]]
        if delimiter != shape.separator:
            found = f"the layout says {shape.separator!r} stands between fields, the file seems to have {delimiter!r}"
            yield remark("delimiter", "refuse", found, f"delimiter: {delimiter!r}")
    header = keys.get("header", True)
    if header != shape.header:
        found = f"the layout says header: {_yaml(shape.header)}, the file seems to have {'one' if header else 'none'}"
        yield remark("titles", "refuse", found, f"header: {_yaml(header)}")
    if keys.get("title_rows", 0) != shape.title_rows:
        titles = keys.get("title_rows", 0)
        found = f"the layout says {shape.title_rows} title line(s) above the header, the file seems to have {titles}"
        yield remark("titles", "refuse", found, f"title_rows: {titles}")
    if keys.get("trailer") and shape.trailer is None:
        found = "the last line seems to be a trailer that holds the row count; the layout has none"
        yield remark("totals", "lose", found, f"trailer: '{keys['trailer']}'")
    if keys.get("totals") and not shape.totals:
        found = (
            "there seem to be lines of totals or notes at the end; the layout has none, so they count as rows"
        )
        yield remark("totals", "lose", found, f"totals: {keys['totals']}")


def _codec(name: str) -> str:
    return {
        "utf-8-sig": "utf-8",
        "utf_8_sig": "utf-8",
        "ascii": "utf-8",
        "utf-16-le": "utf-16",
        "utf-16-be": "utf-16",
    }.get(name, name)


def _yaml(value: Any) -> str:  # noqa: ANN401 - true or false
    return str(value).lower()
