"""The manifest of a night: digests of every input and output, so that any figure can be rebuilt.

Not here: when it is published (commit.py).
"""

import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Final

from assets.warehouse.paths import WarehousePaths

CODE: Final = ("pipelines", "assets", "sources", "matching", "policy", "sql", "exports", "ledger")
CODE_SUFFIXES: Final = frozenset({".py", ".sql", ".yaml", ".csv", ".tsv", ".txt"})
LIBRARIES: Final = (
    "duckdb", "fastexcel", "numpy", "opencc", "pandera", "polars", "pyarrow", "pypinyin", "rapidfuzz",
)  # fmt: skip
"""Another version of these may read the same bytes, or match the same rows, otherwise."""
HOUSE: Final = Path(__file__).parents[2]


def digest_of_files(files: Iterable[Path], root: Path) -> str:
    """Return SHA-256 over relative names and contents, in order of name."""
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(f"{path.relative_to(root)}\0".encode())
        with path.open("rb") as handle:
            whole.update(hashlib.file_digest(handle, "sha256").digest())
    return whole.hexdigest()


def digest_of_code() -> str:
    """Return the digest of everything in the product that can change a result."""
    files = [path for folder in CODE for path in (HOUSE / folder).rglob("*") if path.suffix in CODE_SUFFIXES]
    return digest_of_files(files, HOUSE)


def digest_of_program() -> str:
    """Return the digest of the code and of the versions of Python and the libraries it reads and matches with."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES]
    return digest_of_text("\n".join([digest_of_code(), platform.python_version(), *versions]))


def fingerprint_of(paths: WarehousePaths) -> str | None:
    """Return the fingerprint of the key that the warehouse's newest manifest names; None for a new warehouse."""
    manifests = sorted(paths.manifests.glob("????-??-??.json"))
    if not manifests:
        return None
    found: str = json.loads(manifests[-1].read_text(encoding="utf-8"))["key_fingerprint"]
    return found


def started(paths: WarehousePaths, night: date) -> datetime | None:
    """Return when the run began that published ``night``; None if none is published."""
    file = paths.manifest(night)
    if not file.exists():
        return None
    return datetime.fromisoformat(json.loads(file.read_text(encoding="utf-8"))["started"])


def write(target: Path, manifest: dict[str, object]) -> None:
    """Write a manifest as JSON that people can read."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n",
        encoding="utf-8",
    )


def digest_of_text(text: str) -> str:
    """Return SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
