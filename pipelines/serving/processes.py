"""Processes that end together, and with them everything that they started.

Here belong starting, waiting and ending. A code server or a running night is a child of a child, and its own parent may
end first: so we adopt orphans and look for all descendants. Not here: which processes these are (`pipelines.serving`).
"""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Final, Self, cast

log = logging.getLogger("hedui")
GRACE: Final = 30.0
"""Seconds that processes have to end by themselves: a night leaves its query and takes its work folder away."""
POLL: Final = 0.2
STOPS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
PR_SET_PDEATHSIG: Final = 1
PR_SET_CHILD_SUBREAPER: Final = 36


class Together:
    """A context in which processes run; when it is left, whatever the reason, nothing that it started lives on.

    On Linux that is everything; elsewhere it is the processes themselves, for nobody adopts orphans.
    """

    def __init__(self, environment: Mapping[str, str], folder: Path, grace: float = GRACE) -> None:
        """Take what the processes share.

        Args:
            environment: theirs.
            folder: where they work.
            grace: seconds between the wish to end and the end.
        """
        self._environment, self._folder, self._grace = environment, folder, grace
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._named: dict[int, str] = {}
        self._told: list[int] = []

    def __enter__(self) -> Self:
        """Take over signals and orphans."""
        _prctl(PR_SET_CHILD_SUBREAPER, 1)
        for number in STOPS:
            if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup and a shell's & wish it
                signal.signal(number, self._stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End everything."""
        if not self._end(signal.SIGTERM):
            log.warning("What did not end within %.0f s is killed.", self._grace)
            self._end(signal.SIGKILL)

    def start(
        self, name: str, command: Sequence[str], told: bytes = b"", *, inherits: tuple[int, ...] = ()
    ) -> None:
        """Start a process.

        Args:
            name: what people call it.
            command: program and arguments.
            told: what it reads on its standard input; short enough for a pipe to hold.
            inherits: open files.
        """
        child = subprocess.Popen(  # noqa: S603 - our own programs
            command,
            env=self._environment,
            cwd=self._folder,
            stdin=subprocess.PIPE,
            pass_fds=inherits,
            process_group=0,  # Ctrl-C reaches us alone, and we end the others once
            preexec_fn=_born,
        )
        self._running[child.pid] = child
        self._named[child.pid] = name
        with suppress(BrokenPipeError), cast("IO[bytes]", child.stdin) as pipe:  # it may have ended already
            pipe.write(told)

    def wait(self) -> str | None:
        """Wait until we are told to stop (None) or a process ends by itself: its name."""
        while not self._told:
            self._reap()
            if ended := [self._named[pid] for pid in self._named if pid not in self._running]:
                return ended[0]
            time.sleep(POLL)
        return None

    def _stop(self, number: int, _: FrameType | None) -> None:
        self._told.append(number)

    def _reap(self) -> bool:
        """Take note of what has ended; return whether anything is left."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if pid == 0:
                return True
            if child := self._running.pop(pid, None):
                child.returncode = os.waitstatus_to_exitcode(status)

    def _end(self, number: signal.Signals) -> bool:
        """Signal each descendant once, those too that appear meanwhile; return whether all ended in time."""
        told: set[int] = set()
        until = time.monotonic() + self._grace
        while self._reap():
            for pid in {*self._running, *descendants(os.getpid())} - told:
                told.add(pid)
                with suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, number)
            if time.monotonic() > until:
                return False
            time.sleep(POLL)
        return True


def descendants(of: int) -> list[int]:
    """Return the processes that a process started, and those that they started, where there is a /proc."""
    started: dict[int, list[int]] = {}
    for pid, parent in _parents():
        started.setdefault(parent, []).append(pid)
    found = list(started.get(of, []))
    for pid in found:  # grows as it is walked
        found += started.get(pid, [])
    return found


def _parents() -> Iterator[tuple[int, int]]:
    """Yield every process with its parent."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended while we looked
            # "pid (name) state parent ...": the name may hold blanks and brackets.
            yield int(file.parent.name), int(file.read_text(errors="replace").rpartition(")")[2].split()[1])


def _born() -> None:
    """Give a child the signals that a shell in the background may have taken away, and an end when we are killed."""
    for number in STOPS:
        # Started with SIGINT ignored, Dagster ignores SIGTERM too.
        signal.signal(number, signal.SIG_DFL)
    _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _prctl(option: int, value: int) -> None:
    """Tell Linux about this process."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
