"""How a night becomes the published one, and how a start repairs what a killed run left.

The order (outputs.md): every file is made under a name with the run; published files and manifest are
renamed, the rename of the state commits, then `current` moves. What an earlier run of the same night
published is kept beside as `<name>.before` until then, so that a kill at any point leaves it.
Not here: what is in the files.
"""

import json
import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from warehouse.paths import WarehousePaths, night_of

AUDIENCES: Final = ("analyst", "restricted")


def staged(target: Path, run: str) -> Path:
    """Return the name under which ``target`` is made: hidden, beside it, carrying the run."""
    return target.with_name(f".{target.name}.{run}")


def before(target: Path) -> Path:
    """Return where an earlier run's ``target`` waits until the night is committed."""
    return target.with_name(f"{target.name}.before")


def published_files(paths: WarehousePaths, night: date) -> list[Path]:
    """Return the files of a night in the order of their renaming; the manifest is the last."""
    return [*(paths.published(audience, night) for audience in AUDIENCES), paths.manifest(night)]


def commit(paths: WarehousePaths, night: date, run: str) -> None:
    """Rename what ``run`` staged into place; the night is published when this returns."""
    files = published_files(paths, night)
    for target in [*files, paths.state(night)]:
        _to_disk(staged(target, run))  # a name must never outlive a power cut that its content did not
    for target in files:
        if target.exists():
            os.link(target, before(target))
    for target in files:
        staged(target, run).replace(target)
        _to_disk(target.parent)
    staged(paths.state(night), run).replace(paths.state(night))  # the state last: its rename is the commit
    _to_disk(paths.states)
    _forget_before(files)
    point_current(paths)


def _to_disk(path: Path) -> None:
    """Return when a file's content, or a folder's names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_to_analysts(paths: WarehousePaths, file: Path) -> None:
    """Let everybody read one file and walk to it; all else of a warehouse is its owner's alone."""
    file.chmod(0o644)
    for folder, mode in ((file.parent, 0o755), (file.parent.parent, 0o711), (paths.root, 0o711)):
        folder.chmod(folder.stat().st_mode | mode)


def discard(paths: WarehousePaths, run: str) -> None:
    """Remove what ``run`` staged and did not commit: after a failure it would only fill the disk."""
    for folder in [*(paths.audience(audience) for audience in AUDIENCES), paths.manifests, paths.states]:
        for path in folder.glob(f".*.{run}*"):
            path.unlink(missing_ok=True)


def point_current(paths: WarehousePaths) -> None:
    """Make `current` name the newest committed night."""
    nights = committed_nights(paths)
    for audience in AUDIENCES if nights else ():
        link, newest = paths.current(audience), Path(paths.published(audience, nights[-1]).name)
        if not paths.published(audience, nights[-1]).exists():
            continue  # a night committed before this audience had a file
        if not link.is_symlink() or link.readlink() != newest:
            fresh = link.with_name(".current.fresh")
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(newest)
            fresh.replace(link)
            _to_disk(link.parent)


def committed_nights(paths: WarehousePaths) -> list[date]:
    """Return the committed nights, oldest first: those whose state lies there, sound or not."""
    named = (night_of(path, ".duckdb") for path in paths.states.glob("*.duckdb"))
    return sorted(night for night in named if night)


def repair(paths: WarehousePaths, run_of: Callable[[date], str | None]) -> list[str]:
    """Undo what was not committed and finish what was.

    Args:
        paths: the warehouse.
        run_of: tells which run wrote a committed night's state, None where it cannot be read; asked only where a
            killed run left something.

    Returns:
        A sentence for each thing mended; empty after an undisturbed night.
    """
    folders = [*(paths.audience(audience) for audience in AUDIENCES), paths.manifests, paths.states]
    leftovers = sorted(path for folder in folders for path in folder.glob(".????-??-??.*"))
    for path in leftovers:
        path.unlink()
    mended = [f"removed {path.name}, left by a run that did not finish" for path in leftovers]
    committed = set(committed_nights(paths))
    for night in sorted(_begun(folders)):
        files = published_files(paths, night)
        mended += _repair_committed(files, night, run_of) if night in committed else _repair_begun(files)
    point_current(paths)
    return mended


def _begun(folders: Sequence[Path]) -> set[date]:
    """Return the nights that a file is named after."""
    paths = [path for folder in folders for path in folder.glob("????-??-??.*")]
    nights = (night_of(path.with_name(path.name[:10] + ".duckdb"), ".duckdb") for path in paths)
    return {night for night in nights if night}


def _repair_begun(files: list[Path]) -> list[str]:
    """Remove the files of a night that was never committed."""
    # A manifest alone is of a night that was forgotten (retention.py): it stays. So it must go first here.
    if not any(path.exists() for target in files[:-1] for path in (target, before(target))):
        return []
    orphans = [path for target in reversed(files) for path in (target, before(target)) if path.exists()]
    for path in orphans:
        path.unlink()
    return [f"removed {path.name}, which was never committed" for path in orphans]


def _repair_committed(files: list[Path], night: date, run_of: Callable[[date], str | None]) -> list[str]:
    """Keep the files of a committed night, or restore those of the run that committed it."""
    if not any(before(target).exists() for target in files):
        return []
    committed = run_of(night)
    if committed is None:
        _forget_before(files)
        return [
            f"nobody can tell which run committed {night}: its state cannot be read; run that night again"
        ]
    if not _was_killed(files[-1], committed):
        _forget_before(files)
        return []
    for target in files:
        if before(target).exists():
            before(target).replace(target)
        else:  # the committed run gave this audience no file
            target.unlink(missing_ok=True)
    _forget_before(files)  # renaming one of two names of one file onto the other removes neither
    return [f"restored {target.name} of the last committed run" for target in files]


def _was_killed(manifest: Path, committed: str) -> bool:
    """Tell whether a later run was killed before its commit: the earlier manifest then names the committed run."""
    earlier = before(manifest)
    if not earlier.exists():
        return False
    if (named := _run_of(earlier)) is None:  # damaged: then the later manifest must tell
        return _run_of(manifest) != committed
    return named == committed


def _run_of(manifest: Path) -> str | None:
    """Return the run that wrote a manifest; None where it cannot be read."""
    try:
        return str(json.loads(manifest.read_text(encoding="utf-8"))["run"]) if manifest.is_file() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _forget_before(files: list[Path]) -> None:
    """Forget the files of an earlier run of a night that is committed now."""
    for target in files:
        before(target).unlink(missing_ok=True)
