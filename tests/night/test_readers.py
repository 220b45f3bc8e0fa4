"""Readers of `current.duckdb` while nights are published: no error, and every result is of one whole night."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import duckdb
import pytest

from tests.night.conftest import BEFORE, NIGHT, night_of
from warehouse import commit
from warehouse.paths import WarehousePaths

AFTER = NIGHT + timedelta(days=1)
WHOLE = (
    "SELECT CAST(run.night AS VARCHAR), run.digest, finding.n, finding.ids, person.n, person.ids FROM audit.run AS run,"
    " (SELECT count(*) AS n, CAST(bit_xor(hash(finding_id)) AS VARCHAR) AS ids FROM out.finding) AS finding,"
    " (SELECT count(*) AS n, CAST(bit_xor(hash(person_id)) AS VARCHAR) AS ids FROM core.person) AS person"
)
READER = """
import duckdb, json, sys, time
from pathlib import Path
current, stop, told = map(Path, sys.argv[1:4])
query, pause = sys.argv[4], float(sys.argv[5])
with told.open("w") as out:
    last = False
    while not last:
        last = stop.exists()
        with duckdb.connect(str(current), read_only=True, config={"threads": 1}) as file:
            first = file.execute(query).fetchall()
            again = file.execute("SELECT CAST(night AS VARCHAR) FROM audit.run").fetchall()
        assert again[0][0] == first[0][0], "the night changed under an open file"
        print(json.dumps(first), file=out, flush=True)
        time.sleep(pause)
"""


@contextmanager
def reading(current: Path, folder: Path, readers: int, pause: float) -> Iterator[list[list[object]]]:
    """Let ``readers`` processes read ``current`` until the block ends; then the list holds what each was told.

    They rest ``pause`` seconds between two results: without, they leave a small machine nothing to publish with.
    """
    stop, told = folder / "stop", [folder / f"told-{number}" for number in range(readers)]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(current), str(stop), str(file), WHOLE, str(pause)],
            stderr=subprocess.PIPE,
        )
        for file in told
    ]
    results: list[list[object]] = []
    try:
        wait(lambda: all(file.exists() and file.stat().st_size for file in told))
        yield results
    finally:
        stop.touch()
        ended = [(process.communicate(timeout=120)[1].decode(), process.returncode) for process in processes]
    assert {code for _, code in ended} == {0}, [why for why, code in ended if code]
    results += [[json.loads(line)[0] for line in file.read_text().splitlines()] for file in told]


def wait(true: Callable[[], bool]) -> None:
    """Wait for something the readers do."""
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until, "the readers did not read"
        time.sleep(0.05)


def told_of(folder: Path, night: date) -> bool:
    """Whether a reader has been told of a night."""
    return any(f'"{night}"' in file.read_text() for file in folder.glob("told-*"))


def whole(paths: WarehousePaths, nights: tuple[date, ...]) -> list[list[object]]:
    """What a reader must be told of each night, in their order."""
    files = [str(paths.published("analyst", night)) for night in nights]
    return [list(duckdb.connect(file, read_only=True).execute(WHOLE).fetchall()[0]) for file in files]


def all_whole(told: list[list[object]], nights: list[list[object]]) -> None:
    """Every result is one night's, each reader goes forward in time, and every night was seen."""
    for results in told:
        seen = [nights.index(result) for result in results]  # type: ignore[arg-type]  # fails on a mixture of nights
        assert seen == sorted(seen)
        assert seen[-1] == len(nights) - 1
    assert {nights.index(result) for results in told for result in results} == set(range(len(nights)))  # type: ignore[arg-type]


def publish_made(paths: WarehousePaths, night: date) -> None:
    """Publish a made night of two tables by the warehouse's own commit."""
    files = commit.published_files(paths, night)
    for target in [*files, paths.state(night)]:
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = commit.staged(target, "run")
        if target in files[:-1]:
            with duckdb.connect(str(staged)) as file:
                file.execute(
                    "CREATE SCHEMA audit; CREATE SCHEMA out; CREATE SCHEMA core;"
                    f"CREATE TABLE audit.run AS SELECT DATE '{night}' AS night, '{night}' AS digest;"
                    f"CREATE TABLE out.finding AS SELECT 'f{night}-' || range AS finding_id FROM range({night.day} * 500);"
                    f"CREATE TABLE core.person AS SELECT 'p{night}-' || range AS person_id FROM range({night.day} * 900)"
                )
        else:
            staged.write_text(json.dumps({"run": "run"}))
    commit.commit(paths, night, "run")


def test_four_readers_through_two_cheap_publications(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    publish_made(paths, BEFORE)
    with reading(paths.current("analyst"), tmp_path, 4, 0) as told:
        for night in (NIGHT, AFTER):
            publish_made(paths, night)
            wait(lambda night=night: told_of(tmp_path, night))  # a busy machine reads seldom
    all_whole(told, whole(paths, (BEFORE, NIGHT, AFTER)))


@pytest.mark.soak
def test_twenty_readers_through_two_nights(
    landing: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    arrived = tmp_path / "landing"
    copytree(landing, arrived)
    paths = WarehousePaths(tmp_path / "warehouse")
    assert night_of(arrived, paths.root, BEFORE).published
    begun = time.monotonic()
    with reading(paths.current("analyst"), tmp_path, 20, 0.5) as told:
        for night in (NIGHT, AFTER):
            outcome = night_of(arrived, paths.root, night)
            assert outcome.published, outcome.why
            time.sleep(2)
    all_whole(told, whole(paths, (BEFORE, NIGHT, AFTER)))
    record_property("results", sum(map(len, told)))
    print(f"20 readers, {sum(map(len, told))} results in {time.monotonic() - begun:.0f} s, no error")  # noqa: T201
