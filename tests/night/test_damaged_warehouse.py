"""A night on a warehouse whose own files are damaged, forgotten or ended: a sentence, and yesterday stands."""

import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.commands import app
from tests.night.conftest import BEFORE, HEDUI, NIGHT, Ended, Eve, night_of, options, within
from warehouse.paths import WarehousePaths


@pytest.fixture
def paths(eve: Eve, tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(eve.copied(tmp_path / "warehouse"))


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)


def state_damaged(paths: WarehousePaths) -> None:
    flip(paths.state(BEFORE))


def manifest_cut(paths: WarehousePaths) -> None:
    file = paths.manifest(BEFORE)
    file.write_bytes(file.read_bytes()[:100])


def current_a_folder(paths: WarehousePaths) -> None:
    paths.current("restricted").unlink()
    paths.current("restricted").mkdir()


def ledger_gone(paths: WarehousePaths) -> None:
    shutil.rmtree(Path(paths.ledger).parent)


REFUSED: list[tuple[Callable[[WarehousePaths], None], str]] = [
    (state_damaged, f"{BEFORE}.duckdb"),
    (manifest_cut, f"{BEFORE}.json"),
    (current_a_folder, "current.duckdb is a folder"),
    (ledger_gone, "would be forgotten"),
]


@pytest.mark.parametrize(("damage", "told"), REFUSED, ids=lambda given: getattr(given, "__name__", ""))
def test_what_the_night_needs_refuses_it_with_two_and_a_sentence(
    landing: Path, paths: WarehousePaths, damage: Callable[[WarehousePaths], None], told: str
) -> None:
    damage(paths)
    left = set(paths.root.rglob("*"))
    ended = within("run", *options(landing, paths.root))
    assert ended.code == 2, ended.told
    assert told in ended.told and "Traceback" not in ended.told
    assert set(paths.root.rglob("*")) == left
    assert not paths.published("restricted", NIGHT).exists()


def test_a_damaged_state_is_made_anew_by_its_own_night_and_the_next_goes_on_among_strays_that_it_names(
    landing: Path, paths: WarehousePaths, caplog: pytest.LogCaptureFixture
) -> None:
    flip(paths.state(BEFORE))
    assert night_of(landing, paths.root, BEFORE).published
    strays = {
        paths.states / "2020-05-05.duckdb": b"no database",
        paths.states / "notes.txt": b"x",
        paths.manifests / "2020-05-05.json": b"",
    }
    for file, content in strays.items():
        file.write_bytes(content)
    caplog.clear()
    assert night_of(landing, paths.root, NIGHT).published
    for file, content in strays.items():
        assert file.name in caplog.text and file.read_bytes() == content


@pytest.mark.parametrize("command", ["export spot-check", "accept --list", "review status"])
def test_no_other_command_begins_a_new_ledger_in_the_place_of_one_that_is_gone(
    paths: WarehousePaths, command: str
) -> None:
    ledger_gone(paths)
    ended = CliRunner().invoke(app, [*command.split(), "--warehouse", str(paths.root)])
    assert not Path(paths.ledger).exists()
    if command != "accept --list":  # reads the night alone where nothing is held
        assert ended.exit_code in (1, 2) and "would be forgotten" in ended.stderr, ended.output
    assert not list(paths.root.glob("exports/*/*.xlsx"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_night_that_is_ended_says_so_and_leaves_nothing(
    landing: Path, paths: WarehousePaths, number: signal.Signals
) -> None:
    given = map(str, options(landing, paths.root))
    running = subprocess.Popen(
        [str(HEDUI), "run", *given, "--no-cache"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stderr is not None
    for line in running.stderr:  # the night is under way
        if "core.assistance_roll" in line:
            break
    time.sleep(0.2)
    running.send_signal(number)
    out, told = running.communicate(timeout=120)
    ended = Ended(running.returncode, out, told)
    assert ended.code == 1 and ended.summary["status"] == "failed"
    assert f"ended from outside ({number.name}" in ended.told and "Dagster" not in ended.told
    assert list(paths.root.glob("work/*")) == [paths.lock]
    assert paths.current("restricted").readlink() == Path(f"{BEFORE}.duckdb")


def test_a_night_that_is_ended_after_its_commit_is_published_and_says_so(
    landing: Path, paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("warehouse.commit._forget_before", late)
    outcome = night_of(landing, paths.root)
    assert outcome.published and outcome.summary["is_current"]
