"""Where the page may listen and under which names, and its key: what is wrong is told in a sentence before anything starts."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result
from typer.testing import CliRunner

from casework.guard import Guard
from pipelines.commands import app
from pipelines.schedules import cron
from pipelines.serving import starting
from pipelines.serving.address import FILE, keep, kept_key
from pipelines.serving.door import Door
from pipelines.settings import SettingsError

HEDUI = Path(sys.executable).with_name("hedui")


class NothingStarts:
    """Stands for the processes where none may be started."""

    def __init__(self, *_: object) -> None:
        pytest.fail("a process was to be started")


@pytest.fixture
def arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `hedui serve` needs to be told, on a machine where it may not start anything."""
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.setattr(starting, "Together", NothingStarts)
    (tmp_path / "landing").mkdir()
    folders = ["--landing", str(tmp_path / "landing"), "--warehouse", str(tmp_path / "warehouse")]
    return ["serve", *folders, "--place", "rugao", "--layout", "jiangsu"]


def refused(arguments: list[str], *more: str) -> Result:
    ended = CliRunner().invoke(app, [*arguments, *more])
    assert ended.exit_code == 2, ended.output
    assert "the schedule is on" not in ended.output
    return ended


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "hedui.example.gov"])  # noqa: S104 - refused
def test_beyond_this_machine_it_needs_a_proxy(arguments: list[str], host: str) -> None:
    told = refused(arguments, "--host", host).output
    assert host in told and "ssh -L" in told and "--behind-proxy" in told


def test_a_name_needs_its_proxy(arguments: list[str]) -> None:
    told = refused(arguments, "--public-origin", "https://hedui.example.gov").output
    assert "say --behind-proxy too" in told


def test_behind_a_proxy_without_a_name_it_answers_to_names_of_this_machine_alone() -> None:
    guard = Door("0.0.0.0", 3000, behind_proxy=True).checked().guard(3000, "key")  # noqa: S104 - nothing is opened
    assert set(guard.origins) == {"http://127.0.0.1:3000", "http://localhost:3000"}


@pytest.mark.parametrize(
    "origin",
    [
        "http://hedui.example.gov",
        "hedui.example.gov",
        "https://hedui.example.gov/hedui",
        "https://a@b",
        "https://",
        "https://核对.cn",
        "*",
    ],
)
def test_what_is_no_origin_with_tls_is_refused(arguments: list[str], origin: str) -> None:
    told = refused(arguments, "--behind-proxy", "--public-origin", origin).output
    assert origin in told and "must be https://NAME" in told


def test_origins_are_written_as_browsers_do() -> None:
    given = ("https://Hedui.Example.gov/", "https://hedui.example.gov:443", "https://a.example:8443")
    door = Door(behind_proxy=True, public=given).checked()
    assert door.public == ("https://hedui.example.gov", "https://hedui.example.gov", "https://a.example:8443")


def test_an_open_port_and_a_proxy_are_said_loudly(caplog: pytest.LogCaptureFixture) -> None:
    door = Door("0.0.0.0", 3000, behind_proxy=True, public=("https://hedui.example.gov",))  # noqa: S104
    starting._warn(door.checked(), 3000)
    proxy, port = (record.getMessage() for record in caplog.records)
    assert "BEHIND A PROXY" in proxy and "https://hedui.example.gov" in proxy and "log-in" in proxy
    assert "PORT 3000 OF 0.0.0.0 IS OPEN TO OTHER MACHINES" in port and "firewall" in port


def test_a_port_in_use_is_told_before_anything_starts(arguments: list[str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = refused(arguments, "--port", str(port)).output
    assert f"Port {port} of 127.0.0.1 is in use" in told and "--port" in told
    assert not (tmp_path / "warehouse" / "dagster").exists()


def test_an_address_of_another_machine_cannot_be_opened(arguments: list[str]) -> None:
    proxy = ["--behind-proxy", "--public-origin", "https://hedui.example.gov"]
    assert "cannot be opened" in refused(arguments, "--host", "192.0.2.1", *proxy).output


@pytest.mark.parametrize("told", ["nonsense", "61 1 * * *", "30 1 * *", "* * * * * *", "0 0 30 2 *"])
def test_a_schedule_that_never_comes_is_refused(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setenv("HEDUI_SCHEDULE", told)
    sentence = refused(arguments).output
    assert f"HEDUI_SCHEDULE='{told}'" in sentence and "30 1 * * *" in sentence


@pytest.mark.parametrize("command", ["serve", "run"])
def test_a_schedule_is_refused_in_a_sentence_wherever_it_is_read_first(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """In a process of its own, for the schedule is made when its module is imported."""
    monkeypatch.setenv("HEDUI_SCHEDULE", "nonsense")
    night = ["--night", "2021-12-31"] if command == "run" else []
    ended = subprocess.run(
        [HEDUI, command, *night, *arguments[1:]], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2 and ended.stderr.startswith("hedui: HEDUI_SCHEDULE='nonsense'"), ended.stderr


def test_the_schedule_is_half_past_one_where_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for told in (None, "", " "):
        monkeypatch.delenv("HEDUI_SCHEDULE", raising=False)
        if told is not None:
            monkeypatch.setenv("HEDUI_SCHEDULE", told)
        assert cron() == "30 1 * * *"
    monkeypatch.setenv("HEDUI_SCHEDULE", "0 3 * * 1-5")
    assert cron() == "0 3 * * 1-5"


def test_the_key_outlives_a_restart_in_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    guard = Guard("serve", 3000, kept_key(tmp_path), public=("https://hedui.example.gov",))
    before = os.umask(0)
    try:
        file = keep(tmp_path, guard)
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text().splitlines() == [
        f"http://127.0.0.1:3000/enter?key={guard.key}",
        f"https://hedui.example.gov/enter?key={guard.key}",
    ]
    assert kept_key(tmp_path) == guard.key
    assert sorted(tmp_path.iterdir()) == [file]


def test_a_key_that_others_could_read_is_not_used_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    guard = Guard("serve", 3000, kept_key(tmp_path))
    keep(tmp_path, guard).chmod(0o640)
    assert kept_key(tmp_path) != guard.key
    assert "could be read by others" in caplog.text and guard.key not in caplog.text


@pytest.mark.parametrize("held", ["", "http://127.0.0.1:3000/enter?key=short\n", "nothing"])
def test_a_spoilt_file_gives_a_new_key(tmp_path: Path, held: str) -> None:
    (tmp_path / FILE).write_text(held)
    (tmp_path / FILE).chmod(0o600)
    assert len(kept_key(tmp_path)) >= 32


def test_a_file_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SettingsError, match="cannot be read"):
        kept_key(tmp_path)


@pytest.mark.parametrize(
    ("terminal", "shown"),
    [
        (True, "http://127.0.0.1:3000/enter?key=secret"),
        (False, "http://127.0.0.1:3000, entered by the address in /home/hedui-address"),
    ],
)
def test_the_key_is_for_a_terminal_not_for_a_journal(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, shown: str
) -> None:
    monkeypatch.setattr(starting.sys, "stderr", SimpleNamespace(isatty=lambda: terminal))
    assert starting._where(Guard("serve", 3000, "secret"), Path("/home/hedui-address")) == shown
