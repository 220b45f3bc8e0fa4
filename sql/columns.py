"""What a column means, once for every table that has it.

Here belongs the reading of `sql/columns.yaml` (meanings by column name) and its use as comments.
A model's own header wins over the common meaning. Not here: meanings of a department's columns,
which stand in its contract; what is left of a masked value (sql/masks.py).
"""

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml

PATH: Final = Path(__file__).with_name("columns.yaml")
# The seats of a row that names several people: (of one, in the comment; as it is written in the column's name).
SEATS: Final = {
    "监护人": re.compile(r"^guardian_"),
    "甲方": re.compile(r"_a(?=$|_raw$)"),
    "乙方": re.compile(r"_b(?=$|_raw$)"),
}


@functools.cache
def meanings() -> dict[str, dict[str, str]]:
    """Return ``{column: {"zh": Chinese name, "en": meaning with unit, "mask": what an analyst may see}}``."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return loaded


@functools.cache
def meaning(column: str) -> Mapping[str, str]:
    """Return the common meaning of ``column``, which may be that of one seat of several; empty if it has none."""
    if column in meanings():
        return meanings()[column]
    for seat, marked in SEATS.items():
        common = meanings().get(marked.sub("", column))
        if common is not None:
            return {**common, "zh": f"{seat}{common['zh']}"}
    return {}


def comment(column: str, own: Mapping[str, str]) -> str | None:
    """Return the comment of ``column``: Chinese name first, then the table's own or the common meaning."""
    common = meaning(column)
    text = own.get(column) or common.get("en")
    if text is None:
        return None
    return f"{common['zh']}: {text}" if "zh" in common else text
