"""What of a warehouse's own files is damaged is refused where the night needs it, and said where it does not."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from ledger import LedgerError
from warehouse import manifest, state
from warehouse.book import open_ledger
from warehouse.errors import WarehouseError
from warehouse.inspection import inspect, oddities
from warehouse.paths import WarehousePaths

OLDER, EARLIER, NIGHT = date(2021, 12, 29), date(2021, 12, 30), date(2021, 12, 31)


def commit_state(paths: WarehousePaths, night: date, run: str, *, named: bool = True) -> None:
    """A night's state with rows enough to have something to damage, and the manifest that names it, or an old one."""
    file = paths.state(night)
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA carry")
        for table, columns in state.TABLES.items():
            connection.execute(f"CREATE TABLE carry.{table} ({columns})")
        connection.execute(
            "INSERT INTO carry.person SELECT 'P' || n::VARCHAR, DATE '2021-01-01' FROM range(50_000) t(n)"
        )
        state.write(connection, file, night, run, "digest")
    told: dict[str, object] = {"run": run, "key_fingerprint": "f", "ledger_seq": 3}
    if named:
        told |= {"state_sha256": manifest.digest_of_file(file), "state_bytes": file.stat().st_size}
    manifest.write(paths.manifest(night), told)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of two nights, to be copied."""
    found = WarehousePaths(tmp_path_factory.mktemp("sound"))
    for night in (OLDER, EARLIER):
        commit_state(found, night, f"run of {night}")
    return found.root


@pytest.fixture
def paths(sound: Path, tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(Path(shutil.copytree(sound, tmp_path, dirs_exist_ok=True)))


def test_a_sound_warehouse_is_inspected_without_a_word(paths: WarehousePaths) -> None:
    inspect(paths, NIGHT)
    assert oddities(paths, NIGHT) == []
    inspect(WarehousePaths(paths.root / "new"), NIGHT)
    assert oddities(WarehousePaths(paths.root / "new"), NIGHT) == []


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-4096])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def replaced(file: Path) -> None:
    file.write_text("no database")


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def a_link(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to("elsewhere")


def another_night(file: Path) -> None:
    file.write_bytes(file.with_name(f"{OLDER}.duckdb").read_bytes())


def a_log_beside(file: Path) -> None:
    file.with_name(f"{file.name}.wal").write_bytes(b"what somebody else wrote")


DAMAGE = [flipped, cut, emptied, replaced, a_folder, a_link, another_night, a_log_beside]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_state_that_the_night_starts_from_refuses_it_by_name(
    paths: WarehousePaths, damage: Callable[[Path], None]
) -> None:
    damage(paths.state(EARLIER))
    with pytest.raises(WarehouseError) as told:
        inspect(paths, NIGHT)
    assert str(paths.state(EARLIER)) in str(told.value)
    assert "Restore" in str(told.value) and f"hedui run --night {EARLIER}" in str(told.value)
    inspect(paths, EARLIER)  # the remedy: that night starts from the state before it


@pytest.mark.parametrize("damage", [flipped, cut, emptied, replaced])
def test_a_state_whose_manifest_does_not_name_it_yet_is_read_through(
    paths: WarehousePaths, damage: Callable[[Path], None]
) -> None:
    commit_state(paths, EARLIER, "of an earlier version", named=False)
    inspect(paths, NIGHT)
    damage(paths.state(EARLIER))
    with pytest.raises(WarehouseError, match="is damaged"):
        inspect(paths, NIGHT)


def test_a_state_between_a_killed_runs_manifest_and_its_own_is_sound(paths: WarehousePaths) -> None:
    """The later run's manifest has its name, the earlier one waits as ``.before``; the start repairs it."""
    file = paths.manifest(EARLIER)
    os.link(file, file.with_name(f"{file.name}.before"))
    staged = file.with_name("staged")
    manifest.write(staged, {"run": "killed", "state_sha256": "0" * 64})
    staged.replace(file)
    inspect(paths, NIGHT)


@pytest.mark.parametrize("damage", [cut, emptied, replaced, a_folder, a_link, a_log_beside])
def test_a_damaged_state_that_the_night_does_without_is_said(
    paths: WarehousePaths, damage: Callable[[Path], None]
) -> None:
    damage(paths.state(OLDER))
    inspect(paths, NIGHT)
    told = oddities(paths, NIGHT)
    assert told and all(f"{OLDER}.duckdb" in sentence or "elsewhere" in sentence for sentence in told)


@pytest.mark.parametrize(
    "name", ["2021-02-30.duckdb", "notes.txt", "2021-12-28.duckdb (copy)", "Kopie", "20211228.duckdb"]
)
def test_a_stray_file_among_the_states_is_said_and_is_no_night(paths: WarehousePaths, name: str) -> None:
    (paths.states / name).write_text("x")
    (paths.manifests / "2021-02-30.json").write_text("{}")
    inspect(paths, NIGHT)
    told = oddities(paths, NIGHT)
    assert len(told) == 2 and any(name in sentence for sentence in told)
    assert state.newest_before(paths, NIGHT) == paths.state(EARLIER)


@pytest.mark.parametrize("content", [b"", b'{"run": "r', b"null", b"[]", b"\xff\xfe", b"{}"])
def test_an_empty_or_cut_manifest_is_a_sentence(paths: WarehousePaths, content: bytes) -> None:
    whole = paths.manifest(EARLIER).read_bytes()
    paths.manifest(EARLIER).write_bytes(content)
    with pytest.raises(WarehouseError, match=f"manifest .*{EARLIER}.json cannot be read"):
        inspect(paths, NIGHT)
    paths.manifest(EARLIER).write_bytes(whole)
    paths.manifest(OLDER).write_bytes(content)
    inspect(paths, NIGHT)
    assert [sentence for sentence in oddities(paths, NIGHT) if f"{OLDER}.json" in sentence]
    assert manifest.started(paths, OLDER) is None


@pytest.mark.parametrize("audience", ["analyst", "restricted"])
def test_a_folder_in_the_place_of_current_is_a_sentence(paths: WarehousePaths, audience: str) -> None:
    paths.current(audience).mkdir(parents=True)
    with pytest.raises(WarehouseError, match="is a folder"):
        inspect(paths, NIGHT)


@pytest.mark.parametrize(
    "place", ["published", "published/analyst", "published/manifest", "state", "cache", "work"]
)
def test_a_file_in_the_place_of_a_folder_is_a_sentence(tmp_path: Path, place: str) -> None:
    file = tmp_path / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("x")
    with pytest.raises(WarehouseError, match=f"{file} is no folder"):
        inspect(WarehousePaths(tmp_path), NIGHT)


def test_the_ledger_is_known_by_the_furthest_that_any_night_read(paths: WarehousePaths) -> None:
    """A night run again for an older day reads further than the newest night did."""
    told = json.loads(paths.manifest(OLDER).read_text())
    manifest.write(paths.manifest(OLDER), told | {"ledger_seq": 69, "ledger_digest": "d"})
    assert manifest.ledger_read(paths) == (69, "d")
    assert manifest.ledger_read(WarehousePaths(paths.root / "new")) == (0, None)
    paths.manifest(EARLIER).write_text("")
    with pytest.raises(WarehouseError):  # the newest might have read further still
        manifest.ledger_read(paths)


def test_states_without_any_manifest_are_no_new_warehouse(paths: WarehousePaths) -> None:
    """Else another key and an empty ledger would be taken without a word."""
    for night in (OLDER, EARLIER):
        paths.manifest(night).unlink()
    with pytest.raises(WarehouseError, match="holds no manifest"):
        inspect(paths, NIGHT)
    with pytest.raises(LedgerError, match="holds no manifest"):
        open_ledger(paths)


def test_a_pipe_in_the_place_of_a_manifest_is_a_sentence_at_once(paths: WarehousePaths) -> None:
    paths.manifest(EARLIER).unlink()
    os.mkfifo(paths.manifest(EARLIER))
    with pytest.raises(WarehouseError, match="cannot be read"):
        inspect(paths, NIGHT)
