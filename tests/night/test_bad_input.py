"""Bad arguments end with 2 and nothing run, bad deliveries with a sentence; yesterday's publication is never touched."""

import gzip
import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

import judging.step
from pipelines.run import Outcome
from sql.models import SqlModel
from tests.night.conftest import BEFORE, NIGHT, Ended, Eve, night_of, options, run_night, within
from warehouse import lock
from warehouse.paths import WarehousePaths


def copied(landing: Path, to: Path) -> Path:
    """A landing area that a test may spoil; files are shared until they are replaced."""
    shutil.copytree(landing, to, copy_function=os.link)
    return to


def newest(landing: Path, source: str) -> Path:
    """The newest snapshot not after the night."""
    return max(path for path in (landing / source).iterdir() if path.name <= str(NIGHT))


def spoil(path: Path, content: bytes) -> None:
    """Replace a file without writing through its hard link."""
    path.unlink()
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--landing", "nowhere", "no such folder"),
        ("--place", "atlantis", "atlantis"),
        ("--place", "rugoa", "rugao"),
        ("--layout", "jiansu", "jiangsu"),
        ("--layout", "/no/such/folder", "/no/such/folder"),
        ("--warehouse", "no/parent/here", "does not exist"),
        ("--memory-limit", "much", "amount of memory"),
        ("--night", "yesterday", "night"),
        ("--threads", "0", "threads"),
    ],
)
def test_bad_arguments_end_with_two(
    landing: Path, tmp_path: Path, option: str, value: str, told: str
) -> None:
    ended = within("run", *options(landing, tmp_path / "warehouse"), option, value)  # the last one counts
    assert ended.code == 2
    assert told in ended.told
    assert not (tmp_path / "warehouse").exists()


def test_a_warehouse_made_with_another_key_is_refused(landing: Path, eve: Eve, tmp_path: Path) -> None:
    eve.copied(tmp_path / "warehouse")
    (tmp_path / "key").write_text("another installation's key, made up\n")
    ended = run_night(landing, tmp_path / "warehouse", NIGHT, key=tmp_path / "key")
    assert ended.code == 2
    assert "another installation key" in ended.told


def test_without_roll_or_registry_yesterday_stands(landing: Path, eve: Eve, tmp_path: Path) -> None:
    warehouse = eve.copied(tmp_path / "warehouse")
    published = warehouse / "published" / "restricted" / f"{BEFORE}.duckdb"
    before = hashlib.sha256(published.read_bytes()).hexdigest()
    for source in ("assistance_roll", "household_registry"):
        spoiled = copied(landing, tmp_path / source)
        shutil.rmtree(spoiled / source)
        ended = within("run", *options(spoiled, warehouse), "--no-record")
        assert ended.code == 1
        assert source in ended.told and "nothing was published" in ended.told
        assert ended.summary["status"] == "failed"
        assert hashlib.sha256(published.read_bytes()).hexdigest() == before
        assert (warehouse / "published" / "restricted" / "current.duckdb").readlink() == Path(published.name)
        assert [path.name for path in (warehouse / "state").iterdir()] == [f"{BEFORE}.duckdb"]


def test_every_snapshot_of_the_roll_refused(landing: Path, tmp_path: Path) -> None:
    spoiled = copied(landing, tmp_path / "landing")
    for snapshot in (spoiled / "assistance_roll").iterdir():
        for file in snapshot.glob("[!_]*"):
            spoil(file, b"")
    outcome = night_of(spoiled, tmp_path / "warehouse")
    assert not outcome.published
    assert "every snapshot was refused" in outcome.why
    assert not list((tmp_path / "warehouse" / "published").rglob("*.duckdb"))


ABSENT = ("bank_accounts", "vehicles", "marriages")


@dataclass(frozen=True)
class Harmed:
    """A night on deliveries harmed in many ways at once, none of which may stop it."""

    outcome: Outcome
    truncated: str

    def ask(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.outcome.summary["database"]), read_only=True) as connection:
            return connection.execute(query, list(given)).fetchall()


@pytest.fixture(scope="module")
def harmed(landing: Path, tmp_path_factory: pytest.TempPathFactory) -> Harmed:
    place = tmp_path_factory.mktemp("harmed")
    spoiled = copied(landing, place / "landing")
    for source in ABSENT:
        shutil.rmtree(spoiled / source)
    snapshot = newest(spoiled, "medical_settlements")
    (file,) = snapshot.glob("*.gz")
    whole = file.read_bytes()
    assert gzip.decompress(whole)
    spoil(file, whole[: len(whole) // 2])
    (snapshot / "_manifest.json").unlink(missing_ok=True)
    later = spoiled / "real_estate" / "2022-01-15"
    later.mkdir()
    (later / "bdc_20220115.csv").write_bytes(b"not even a header")
    spoil(spoiled / "_reference" / "divisions.csv", b"\xff\xfe\x00 not a table")
    outcome = night_of(spoiled, place / "a warehouse's folder")  # an apostrophe in a path is no reason either
    assert outcome.published, outcome.why
    return Harmed(outcome, file.name)


def test_sources_without_a_delivery_that_can_be_used_are_empty_and_said_to_be_absent(harmed: Harmed) -> None:
    states = harmed.ask("SELECT source, snapshot_date FROM audit.source WHERE state = 'absent'")
    assert sorted(states) == sorted((source, None) for source in (*ABSENT, "medical_settlements"))
    for source in ABSENT:
        assert harmed.ask(f"SELECT count(*) FROM core.{source}") == [(0,)]


@pytest.mark.soak
def test_any_other_source_may_be_absent(landing: Path, tmp_path: Path) -> None:
    spoiled = copied(landing, tmp_path / "landing")
    for folder in spoiled.iterdir():
        if folder.name not in ("assistance_roll", "household_registry", "_reference"):
            shutil.rmtree(folder)
    outcome = night_of(spoiled, tmp_path / "warehouse")
    assert outcome.published, outcome.why


def test_a_truncated_gzip_is_refused_and_named(harmed: Harmed) -> None:
    query = "SELECT refused_why, rows_accepted FROM audit.source_snapshot WHERE file = ?"
    ((why, accepted),) = harmed.ask(query, harmed.truncated)
    assert why and accepted is None


def test_a_snapshot_of_the_future_is_not_read(harmed: Harmed) -> None:
    newest_read = "SELECT max(snapshot_date) <= DATE '2021-12-31' FROM audit.source_snapshot"
    assert harmed.ask(newest_read) == [(True,)]


def test_a_divisions_file_that_cannot_be_read_stops_no_night(harmed: Harmed) -> None:
    assert harmed.outcome.summary["division_names"] is False


def test_a_second_night_at_once_is_refused(landing: Path, tmp_path: Path) -> None:
    held = lock.take(WarehousePaths(tmp_path / "warehouse").lock)
    ended = run_night(landing, tmp_path / "warehouse")
    assert ended.code == 1
    assert "Another night" in ended.told and "Traceback" not in ended.told
    held.close()
    lock.take(WarehousePaths(tmp_path / "warehouse").lock).close()  # nobody holds it now: the next night runs


def test_what_a_night_writes_is_its_owners_but_for_the_analyst_file(published: Ended) -> None:
    warehouse = Path(published.summary["database"]).parents[2]
    files = [path for path in warehouse.rglob("*") if path.is_file() and path.stat().st_mode & 0o077]
    readable = {path.relative_to(warehouse).parts[0] for path in files}
    assert readable == {"published"}
    open_files = [path for path in (warehouse / "published").rglob("*.duckdb") if path.stat().st_mode & 0o044]
    assert {path.parent.name for path in open_files} == {"analyst"}


def test_a_failure_while_publishing_leaves_nothing_staged(
    landing: Path, eve: Eve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("assets.publication.manifest.write", full)
    outcome = night_of(landing, eve.cache_in(tmp_path / "warehouse"))
    assert not outcome.published
    assert "the disk is full" in outcome.why
    left = [path for path in (tmp_path / "warehouse").rglob("*") if path.is_file()]
    assert sorted(path.name for path in left if "cache" not in path.parts) == ["ledger.sqlite", "lock"]


def test_a_broken_grain_is_told_in_words(
    landing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = judging.step.build

    def doubled(connection: duckdb.DuckDBPyConnection, model: SqlModel) -> tuple[int, int]:
        rows, keys = build(connection, model)
        return (rows + 1, keys) if model.name == "core.case_member" else (rows, keys)

    monkeypatch.setattr("judging.step.build", doubled)
    outcome = night_of(landing, tmp_path / "warehouse")
    assert not outcome.published
    assert "core.case_member" in outcome.why and "different keys" in outcome.why
    assert "nothing was published" in outcome.why
