"""The manifest of a night: digests of every input and output, so that any figure can be rebuilt.

Not here: when it is published (commit.py).
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Final

from warehouse.commit import committed_nights
from warehouse.errors import WarehouseError
from warehouse.paths import WarehousePaths, night_of

CODE: Final = (
    "pipelines",
    "assets",
    "casework",
    "linking",
    "warehouse",
    "judging",
    "findings",
    "sources",
    "matching",
    "policy",
    "sql",
    "exports",
    "ledger",
)
CODE_SUFFIXES: Final = frozenset({".py", ".sql", ".yaml", ".csv", ".tsv", ".txt"})
Manifest = dict[str, object]
HOUSE: Final = Path(__file__).parents[1]


def digest_of_files(files: Iterable[Path], root: Path) -> str:
    """Return SHA-256 over relative names and contents, in order of name."""
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(f"{path.relative_to(root)}\0".encode())
        whole.update(bytes.fromhex(digest_of_file(path)))
    return whole.hexdigest()


def digest_of_file(file: Path) -> str:
    """Return SHA-256 of a file's bytes.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def digest_of_code() -> str:
    """Return the digest of everything in the product that can change a result."""
    files = [path for folder in CODE for path in (HOUSE / folder).rglob("*") if path.suffix in CODE_SUFFIXES]
    return digest_of_files(files, HOUSE)


def read(file: Path) -> Manifest:
    """Return a manifest.

    Raises:
        WarehouseError: it cannot be read, is empty or cut off.
    """
    found = readable(file)
    if found is None:
        raise WarehouseError(
            f"The manifest {file} cannot be read: it is empty, cut off or damaged. It names the key and how far the ledger was"
            " read, so that no night runs with another key or with decisions forgotten. Restore it from its backup. Where an"
            " earlier night has its manifest and there is no backup, it may be moved elsewhere: the earlier one then stands in,"
            " and what was decided between the two is no longer guarded."
        )
    return found


def readable(file: Path) -> Manifest | None:
    """Return a manifest, or None where there is none or it cannot be read."""
    try:
        found = (
            json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
        )  # a pipe would wait for ever
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("run"), str) else None


def newest(paths: WarehousePaths) -> Manifest | None:
    """Return the newest manifest; None for a new warehouse.

    Raises:
        WarehouseError: it cannot be read, or nights are committed and none is there.
    """
    files = _files(paths)
    if not files and (nights := committed_nights(paths)):
        raise WarehouseError(
            f"{paths.manifests} holds no manifest, but {paths.state(nights[-1])} says that a night is published. A manifest names"
            " the key and how far the ledger was read; without any, a night could run with another key and with decisions"
            " forgotten. Restore the folder from its backup; without one, take a new warehouse folder."
        )
    return read(files[-1]) if files else None


def fingerprint_of(paths: WarehousePaths) -> str | None:
    """Return the fingerprint of the key that the warehouse's newest manifest names; None for a new warehouse.

    Raises:
        WarehouseError: the manifest cannot be read.
    """
    found = newest(paths)
    return None if found is None else str(found.get("key_fingerprint"))


def ledger_read(paths: WarehousePaths) -> tuple[int, str | None]:
    """Return how far the published nights have read the ledger, and the digest of what they read, where it is named.

    Raises:
        WarehouseError: the newest manifest cannot be read: nobody can tell.
    """
    newest(paths)
    told = [
        found
        for file in _files(paths)
        if (found := readable(file)) and isinstance(found.get("ledger_seq"), int)
    ]
    furthest = max(told, key=lambda found: int(str(found["ledger_seq"])), default={})
    digest = furthest.get("ledger_digest")
    return int(str(furthest.get("ledger_seq", 0))), digest if isinstance(digest, str) else None


def of_night(paths: WarehousePaths, night: date) -> Manifest:
    """Return what the night's manifest says; nothing where there is none that can be read."""
    return readable(paths.manifest(night)) or {}


def started(paths: WarehousePaths, night: date) -> datetime | None:
    """Return when the run began that published ``night``; None if none is published, or its manifest is damaged."""
    told = of_night(paths, night).get("started")
    return datetime.fromisoformat(told) if isinstance(told, str) else None


def _files(paths: WarehousePaths) -> list[Path]:
    """Return the manifests, oldest night first."""
    return sorted(file for file in paths.manifests.glob("*.json") if night_of(file, ".json"))


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
