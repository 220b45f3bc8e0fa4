"""How a night becomes the published one, and how a start repairs what a killed run left.

The order (outputs.md): every file is made under a name with the run; published files and manifest are
renamed, the rename of the state commits, then `current` moves. What an earlier run of the same night
published is kept beside as `<name>.before` until then, so that a kill at any point leaves it.
Not here: what is in the files.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Final

from assets.warehouse.paths import WarehousePaths

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
    for target in files:
        if target.exists():
            os.link(target, before(target))
    for target in [*files, paths.state(night)]:  # the state last: its rename is the commit
        staged(target, run).replace(target)
    _forget_before(files)
    point_current(paths)


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


def committed_nights(paths: WarehousePaths) -> list[date]:
    """Return the committed nights, oldest first."""
    return sorted(date.fromisoformat(path.stem) for path in paths.states.glob("????-??-??.duckdb"))


def repair(paths: WarehousePaths, committed_run: dict[date, str]) -> list[str]:
    """Undo what was not committed and finish what was.

    Args:
        paths: the warehouse.
        committed_run: the run that wrote each committed night's state.

    Returns:
        A sentence for each thing mended; empty after an undisturbed night.
    """
    folders = [*(paths.audience(audience) for audience in AUDIENCES), paths.manifests, paths.states]
    leftovers = sorted(path for folder in folders for path in folder.glob(".????-??-??.*"))
    for path in leftovers:
        path.unlink()
    mended = [f"removed {path.name}, left by a run that did not finish" for path in leftovers]
    begun = {date.fromisoformat(path.name[:10]) for folder in folders for path in folder.glob("????-??-??.*")}
    for night in sorted(begun):
        mended += _repair_night(published_files(paths, night), committed_run.get(night))
    point_current(paths)
    return mended


def _repair_night(files: list[Path], committed: str | None) -> list[str]:
    """Remove, restore or keep the files of one night."""
    if committed is None:
        # A manifest alone is of a night that was forgotten (retention.py): it stays. So it must go first here.
        if not any(path.exists() for target in files[:-1] for path in (target, before(target))):
            return []
        orphans = [path for target in reversed(files) for path in (target, before(target)) if path.exists()]
        for path in orphans:
            path.unlink()
        return [f"removed {path.name}, which was never committed" for path in orphans]
    # The earlier manifest still names the committed run: the later run was killed before its commit.
    if not (before(files[-1]).exists() and _run_of(before(files[-1])) == committed):
        _forget_before(files)
        return []
    for target in files:
        if before(target).exists():
            before(target).replace(target)
        else:  # the committed run gave this audience no file
            target.unlink(missing_ok=True)
    _forget_before(files)  # renaming one of two names of one file onto the other removes neither
    return [f"restored {target.name} of the last committed run" for target in files]


def _run_of(manifest: Path) -> str:
    """Return the run that wrote a manifest."""
    run: str = json.loads(manifest.read_text(encoding="utf-8"))["run"]
    return run


def _forget_before(files: list[Path]) -> None:
    """Forget the files of an earlier run of a night that is committed now."""
    for target in files:
        before(target).unlink(missing_ok=True)
