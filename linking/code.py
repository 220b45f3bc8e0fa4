"""Which code made what is kept: another reader may read the same bytes otherwise, another matcher link the same rows otherwise.

A night takes rows and links from an earlier one only where they were made by the same code. So each has the digest of what makes it
and of nothing else: a policy figure, a rule, a help text or a page drops nothing of either. Not here: the digest of the whole
program (warehouse/manifest.py), which `audit.run` names; whatever else a key is made of (arrival.py, kept_spine.py).
"""

import importlib.metadata
import platform
from pathlib import Path
from typing import Final

from warehouse.manifest import CODE_SUFFIXES, HOUSE, digest_of_files, digest_of_text

READS: Final = ("sources", "linking/arrival.py", "linking/rows_file.py", "warehouse/cache.py")
"""What makes rows of what departments deliver."""
READS_NOT: Final = ("sources/layouts", "sources/onboarding")
"""A layout has a digest of its own, which is in every key; the tools for its author make no row of a night."""
LINKS: Final = ("matching", "linking", "sql/connection.py", "sql/frames.py")
"""What makes a spine and links of rows, beside what makes the rows."""
LIBRARIES: Final = (
    "duckdb", "fastexcel", "numpy", "opencc", "pandera", "polars", "pyarrow", "pypinyin", "rapidfuzz",
)  # fmt: skip
"""Another version of these may read the same bytes, or match the same rows, otherwise."""


def digest_of_readers() -> str:
    """Return the digest of what makes rows: its code, Python and the libraries."""
    return _digest(READS)


def digest_of_matchers() -> str:
    """Return the digest of what makes links: that of the readers' code too, for it makes their rows."""
    return _digest((*READS, *LINKS))


def files_of(parts: tuple[str, ...]) -> list[Path]:
    """Return the files of the product that ``parts`` (folders or files of it) name."""
    found = {
        path
        for part in parts
        for path in ([HOUSE / part] if (HOUSE / part).is_file() else (HOUSE / part).rglob("*"))
        if path.suffix in CODE_SUFFIXES
    }
    skipped = [HOUSE / part for part in READS_NOT]
    return sorted(path for path in found if not any(path.is_relative_to(part) for part in skipped))


def _digest(parts: tuple[str, ...]) -> str:
    versions = [f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES]
    code = digest_of_files(files_of(parts), HOUSE)
    return digest_of_text("\n".join([code, platform.python_version(), *versions]))
