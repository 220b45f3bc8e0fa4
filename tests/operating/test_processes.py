"""Processes that are started together end together, with what they started: adopted, stubborn, in a session of its own."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.operating.marked import living

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt orphans")

PARENT = """
import os, signal, sys, time
from pathlib import Path
from pipelines.serving.processes import Together
folder = Path(sys.argv[1])
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)  # whoever runs the tests in the background has taken some away
with Together(os.environ, folder, grace=float(sys.argv[2])) as processes:
    for name, program in zip(sys.argv[3::2], sys.argv[4::2]):
        processes.start(name, [sys.executable, "-c", program], b"told")
    (folder / "started").touch()
    print(processes.wait(), flush=True)
"""
SLEEP = "import time; time.sleep(600)"  # longer than any test waits
FAMILY = f"""
import subprocess, sys, time
from pathlib import Path
subprocess.Popen([sys.executable, "-c", {SLEEP!r}])
subprocess.Popen([sys.executable, "-c", {SLEEP!r}], start_new_session=True)
orphan = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEP!r}])"
subprocess.run([sys.executable, "-c", orphan])
Path("family").touch()
time.sleep(600)
"""
STUBBORN = """
import signal, time
from pathlib import Path
signal.signal(signal.SIGTERM, signal.SIG_IGN)
Path("stubborn").touch()
time.sleep(600)
"""
WAITING = f"""
import signal, subprocess, sys, time
from pathlib import Path
child = subprocess.Popen([sys.executable, "-c", {SLEEP!r}])
def stop(*_):
    child.wait()
    Path("waited").touch()
    sys.exit()
signal.signal(signal.SIGTERM, stop)
Path("waiting").touch()
time.sleep(600)
"""
TOLD = (
    "import sys, time; from pathlib import Path; Path('told').write_text(sys.stdin.read()); time.sleep(600)"
)
ENDS = "import time; time.sleep(0.5)"

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def mark() -> str:
    return uuid.uuid4().hex


@pytest.fixture
def start(tmp_path: Path, mark: str) -> Iterator[Start]:
    """Start a parent with children of the names and programs given, and wait for files that say that they are there."""
    parents = []

    def started(
        *children: str, grace: float = 20, ready: tuple[str, ...] = ("started",)
    ) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", PARENT, str(tmp_path), str(grace), *children]
        parent = subprocess.Popen(
            command, env=os.environ | {"HEDUI_MARK": mark}, stdout=subprocess.PIPE, text=True
        )
        parents.append(parent)
        patiently(lambda: all((tmp_path / name).exists() for name in ready))
        return parent

    yield started
    for parent in parents:
        parent.kill()
    for pid in living(mark):
        os.kill(pid, signal.SIGKILL)


def patiently(found: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not found():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_children_orphans_and_who_left(start: Start, mark: str, number: signal.Signals) -> None:
    parent = start("family", FAMILY, "other", SLEEP, ready=("started", "family"))
    assert len(living(mark)) == 6
    parent.send_signal(number)
    assert parent.communicate(timeout=60) == ("None\n", None)
    assert (parent.returncode, living(mark)) == (0, [])


def test_the_end_of_one_is_the_end_of_all(start: Start, mark: str) -> None:
    parent = start("family", FAMILY, "short", ENDS)
    assert parent.communicate(timeout=60)[0] == "short\n"
    assert living(mark) == []


def test_who_waits_for_its_child_need_not_be_killed(start: Start, mark: str, tmp_path: Path) -> None:
    """As a code server waits for a night: both are told, not the first alone."""
    parent = start("waiting", WAITING, ready=("started", "waiting"))
    parent.terminate()
    assert parent.wait(timeout=60) == 0
    assert (tmp_path / "waited").exists() and living(mark) == []


def test_who_does_not_end_is_killed(start: Start, mark: str) -> None:
    parent = start("stubborn", STUBBORN, grace=1, ready=("started", "stubborn"))
    parent.terminate()
    assert parent.wait(timeout=60) == 0
    assert living(mark) == []


def test_who_kills_the_parent_ends_the_children(start: Start, mark: str) -> None:
    parent = start("one", SLEEP, "two", SLEEP)
    parent.kill()
    parent.wait()
    patiently(lambda: living(mark) == [])


def test_what_a_child_is_told_it_reads(start: Start, tmp_path: Path) -> None:
    start("told", TOLD, ready=("told",))
    patiently(lambda: (tmp_path / "told").read_text() == "told")
