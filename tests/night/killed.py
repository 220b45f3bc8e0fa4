"""A night that is killed at a boundary, as a program: ``killed.py BOUNDARY NIGHT LANDING WAREHOUSE``.

A boundary is ``before:STEP`` or ``after:STEP`` of a step of the night, ``commit:N`` (N file operations of the commit are
done) or ``cache:N`` (N files of the cache have their names). Ends with 0 only where the boundary was never reached.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import assets.timing
from assets.night import Night
from assets.timing import Step
from pipelines.loading import uncollected

timed = assets.timing.timed


def kill() -> None:
    """End this process as a power cut does: nothing is tidied."""
    os.kill(os.getpid(), signal.SIGKILL)


def at_step(place: str, name: str) -> None:
    """Be killed before or after a step."""

    @contextmanager
    def until(night: Night, step: str) -> Iterator[Step]:
        if (place, name) == ("before", step):
            kill()
        with timed(night, step) as running:
            yield running
        if (place, name) == ("after", step):
            kill()

    assets.timing.timed = until  # before those who use it are imported


def counted(operation: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    """Return the operation, which kills where it would be one too many."""

    def once_more(*given: Any, **named: Any) -> Any:
        if left[0] == 0:
            kill()
        left[0] -= 1
        return operation(*given, **named)

    return once_more


def at_commit(operations: int) -> None:
    """Be killed among the file operations of the commit."""
    import assets.publication

    commit = assets.publication.commit

    def killed(*given: Any) -> None:
        left = [operations]
        for name in ("replace", "unlink", "symlink_to"):
            setattr(Path, name, counted(getattr(Path, name), left))
        os.link = counted(os.link, left)
        commit(*given)

    assets.publication.commit = killed


def at_cache(renames: int) -> None:
    """Be killed while an entry of the cache is named, whichever thread does it."""
    from warehouse.cache import Cache

    keep, left = Cache.keep, [renames]

    def killed(*given: Any) -> Any:
        replace = Path.replace
        Path.replace = counted(replace, left)  # type: ignore[method-assign]
        try:
            return keep(*given)
        finally:
            Path.replace = replace  # type: ignore[method-assign]

    Cache.keep = killed  # type: ignore[method-assign]


def main(boundary: str, night: str, landing: str, warehouse: str) -> int:
    """Run the night until it is killed; 0 where it never was."""
    place, _, where = boundary.partition(":")
    if place == "commit":
        at_commit(int(where))
    elif place == "cache":
        at_cache(int(where))
    else:
        at_step(place, where)
    with uncollected():
        from pipelines.run import run_night
        from pipelines.settings import Settings

    settings = Settings(date.fromisoformat(night), Path(landing), Path(warehouse), "rugao", "jiangsu")
    return 0 if run_night(settings).published else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
