"""A night that is ended from outside: hearing the signal, and saying so.

Dagster puts handlers of its own in the place of ours while a job runs, and a library that is interrupted in the midst of
a call raises an error of its own that says nothing of it. So what came is read from the operating system's side (the
wake-up descriptor), whoever handled it. Not here: other reasons of failure (failures.py), what `serve` stops (serving.py).
"""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

ENDING: Final = {signal.SIGTERM: "SIGTERM", signal.SIGINT: "SIGINT, Ctrl-C"}
ENDED: Final = (
    "The night was ended from outside{by}. Nothing was published, the last publication stands, and nothing must be"
    " tidied up: run it again with the same arguments."
)


def ended(by: str | None = None) -> str:
    """Return the sentence for a night that somebody ended; ``by`` names the signal where it is known."""
    return ENDED.format(by=f" ({by})" if by else "")


def stop_as_by_ctrl_c() -> None:
    """Let SIGTERM raise `KeyboardInterrupt`, as Ctrl-C does: the night tidies up, says so and ends."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@contextmanager
def listening() -> Iterator[Callable[[], str | None]]:
    """Yield a function that tells which signal to end has come since, if any.

    Outside the main thread nothing can be heard, and nothing is delivered there either.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(0)
        theirs.settimeout(0)
        before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        try:
            yield lambda: _heard(ours)
        finally:
            signal.set_wakeup_fd(before)


def _heard(ours: socket.socket) -> str | None:
    try:
        came = ours.recv(1024)
    except BlockingIOError:
        return None
    return next((name for number, name in ENDING.items() if number in came), None)
