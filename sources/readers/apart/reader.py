"""Who asks the child: starts it, hands it files, takes its answers, and says of which file it died or took too long.

Children are kept for the next file, as many as read at once. Not here: what the child does (`worker`).
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl
import pyarrow as pa

from sources.errors import SnapshotRefused
from sources.plain_files import open_plain
from sources.refusal import Refusal

MOST_BYTES: Final = 6 * 1024**3
"""Memory of a child: a sheet of a million rows and twenty columns needs some two GiB."""
MOST_SECONDS: Final = 600
"""Time for one answer; the largest sheet takes some twenty seconds."""
_WORKER: Final = Path(__file__).with_name("worker.py")

Kind = Literal["workbook", "parquet"]


class _Child:
    """One child process."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            # Nothing but these files and our own interpreter: what is started is no input.
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-E", str(_WORKER), str(MOST_BYTES)],
                stdin=theirs.fileno(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        self._asked = ours
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        self._answers = self._process.stdout
        self.is_sound = True
        self._took_too_long = False

    def ask(
        self, wanted: dict[str, Any], descriptor: int | None = None
    ) -> tuple[dict[str, Any], list[pa.Table]]:
        """Ask for something and return what is told and sent.

        Raises:
            _Died: the child ended, or was ended because its time was over.
        """
        timer = threading.Timer(MOST_SECONDS, self._too_long)
        timer.start()
        try:
            socket.send_fds(
                self._asked, [json.dumps(wanted).encode()], [] if descriptor is None else [descriptor]
            )
            told = json.loads(self._answers.readline())
            tables = [pa.ipc.open_stream(self._answers).read_all() for _ in range(told.pop("tables"))]
        except (OSError, ValueError, pa.ArrowException):
            self.is_sound = False
            raise _Died(self._how()) from None
        finally:
            timer.cancel()
        return told, tables

    def _too_long(self) -> None:
        self._took_too_long = True
        self._process.kill()

    def _how(self) -> str:
        self._process.kill()  # half an answer: it is of no use any more
        code = self._process.wait()
        self.close()
        if self._took_too_long:
            return f"over {MOST_SECONDS} seconds"
        return signal.Signals(-code).name if code < 0 else f"exit {code}"

    def close(self) -> None:
        """Let it end."""
        self._asked.close()
        self._answers.close()


class _Died(Exception):  # noqa: N818 - what happened to the child
    """A child ended over a file; the text says how."""


class Apart:
    """One foreign file, opened in a child."""

    def __init__(self, child: _Child, file: str, kind: Kind, told: dict[str, Any]) -> None:
        """Take what the child said of the file."""
        self._child, self._file, self._kind = child, file, kind
        self.names: list[str] = told["names"]
        """Of its sheets, or of its columns."""
        self.rows: int | None = told.get("rows")

    def sheet(self, at: int) -> tuple[dict[str, Any], list[pl.DataFrame]]:
        """Return what is told of a sheet, its cells as text, and, of columns with 18 digits, which cells are numbers.

        Raises:
            SnapshotRefused: the child cannot read it, or died of it.
        """
        return _asked(self._child, self._file, self._kind, {"sheet": at})

    def pieces(self) -> Iterator[pl.DataFrame]:
        """Yield the rows of a Parquet file in batches.

        Raises:
            SnapshotRefused: the child cannot read it, or died of it.
        """
        while True:
            _, pieces = _asked(self._child, self._file, self._kind, {"next": True})
            if not pieces:
                return
            yield pieces[0]


@contextmanager
def opened(path: Path, kind: Kind) -> Iterator[Apart]:
    """Open a foreign file in a child process.

    Raises:
        SnapshotRefused: it is a link or the like, the child cannot read it, or died of it.
        OSError: it is not there or cannot be read.
    """
    child = _take()
    try:
        with open_plain(path) as file:
            told, _ = _asked(child, path.name, kind, {"read": kind}, file.fileno())
        yield Apart(child, path.name, kind, told)
    finally:
        _give(child)


def _asked(
    child: _Child, file: str, kind: Kind, wanted: dict[str, Any], descriptor: int | None = None
) -> tuple[dict[str, Any], list[pl.DataFrame]]:
    try:
        told, tables = child.ask(wanted, descriptor)
    except _Died as died:
        raise SnapshotRefused(Refusal.of("reader_ended", file=file, how=str(died))) from None
    if "failed" in told:
        raise SnapshotRefused(_damaged(file, kind, told["failed"]))
    return told, [pl.DataFrame(table) for table in tables]


def _damaged(file: str, kind: Kind, error: str) -> Refusal:
    if kind == "workbook":
        return Refusal.of("workbook_damaged", file=file)
    return Refusal.of("file_damaged", file=file, error=error)


_idle: list[_Child] = []
_lock = threading.Lock()


def _take() -> _Child:
    with _lock:
        if _idle:
            return _idle.pop()
    return _Child()


def _give(child: _Child) -> None:
    if child.is_sound:
        with _lock:
            _idle.append(child)


def _end() -> None:
    with _lock:
        while _idle:
            _idle.pop().close()


def _forget() -> None:
    """Leave the children to the process that started them."""
    _idle.clear()


atexit.register(_end)
os.register_at_fork(after_in_child=_forget)
