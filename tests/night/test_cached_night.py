"""A night that takes from earlier ones comes to what a night without them comes to, and keeps nobody's rows too long."""

import logging
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

import judging.step
import linking.arrival
from sql.models import SqlModel
from tests.night.conftest import Ended, night_of
from warehouse.cache import Entry

GATED = ("bank_accounts", "financial_products", "tax_income")


@pytest.fixture
def warehouse(published: Ended, tmp_path: Path) -> Path:
    """A new warehouse that has what the published night kept, and nothing else of it."""
    shutil.copytree(
        Path(published.summary["database"]).parents[2] / "cache", tmp_path / "warehouse" / "cache"
    )
    return tmp_path / "warehouse"


@contextmanager
def until_all_are_linked(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let nights end when the last source is linked: what follows knows nothing of caches."""

    def enough(_: object) -> None:
        raise dg.Failure(description="everybody is linked")

    with patch.context() as inner:
        inner.setattr("linking.kept_spine.KeptSpine.forget", enough)
        yield


def entries(warehouse: Path, name: str) -> list[Entry]:
    """What is kept under a name."""
    folder = warehouse / "cache" / name
    return [Entry(folder, path.stem) for path in sorted(folder.glob("*.parquet")) if "." not in path.stem]


def people(entry: Entry) -> set[str]:
    """Whom the rows of an entry of a gated source speak of."""
    links = entry.read("links")
    assert set(entry.read()["identity_id"]) == set(links["identity_id"])
    assert set(entry.read("evidence")["identity_id"]) <= set(links["identity_id"])
    return set(links.select(pl.coalesce("person_id", "candidate_person_id")).to_series())


def flip_one_bit(path: Path, at: float) -> None:
    """Turn the bit that lies at a share of the file."""
    content = bytearray(path.read_bytes())
    place = int(at * 8 * len(content))
    content[place // 8] ^= 1 << place % 8
    path.write_bytes(content)


def test_forty_single_bits_turned_in_caches_are_all_found_and_the_digest_is_the_same(
    landing: Path, published: Ended, warehouse: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(40)  # noqa: S311 - which bits, not secrets
    turned = chance.sample(sorted((warehouse / "cache").glob("*/*")), 40)
    for path in turned:
        flip_one_bit(path, chance.random())
    caplog.set_level(logging.WARNING, "hedui")
    outcome = night_of(landing, warehouse)
    assert outcome.summary["digest"] == published.summary["digest"]
    said = [record.getMessage() for record in caplog.records if "as it was written" in record.getMessage()]
    spoilt = {f"cache/{path.parent.name}/{path.name[:16]}" for path in turned}
    # Behind a spoilt mark of a refused snapshot, what came of the older one is written over without a look.
    assert {sentence.partition(" is not")[0] for sentence in said} <= spoilt
    assert len(said) == len(set(said)) > 20
    sealed = list((warehouse / "cache").glob("*/*.sha256"))
    assert len(sealed) > 30 and all(Entry(path.parent, path.stem).is_sound() for path in sealed)


def test_from_a_cache_with_spoilt_files_comes_the_same_digest(
    landing: Path, published: Ended, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = sorted((warehouse / "cache").glob("*/*"))
    spine = [path for path in files if path.parent.name == "spine"]
    for place, path in enumerate([*files[::29], spine[len(spine) // 2]]):
        path.write_bytes(b"PAR1 what a bad disk gives back" if place % 2 else path.read_bytes()[:-99])
    read = list[str]()
    original = linking.arrival.take_in

    def reading(*given: object, **named: object) -> object:
        read.append(given[1].name)  # type: ignore[attr-defined]
        return original(*given, **named)  # type: ignore[arg-type]

    for module in ("arrival", "gated"):
        monkeypatch.setattr(f"linking.{module}.take_in", reading)
    outcome = night_of(landing, warehouse)
    assert outcome.summary["digest"] == published.summary["digest"]
    assert 0 < len(read) < 16
    again = sorted((warehouse / "cache").glob("*/*"))
    assert again == files
    assert all(pq.read_metadata(path).num_rows >= 0 for path in again if path.suffix == ".parquet")


def test_gated_entries_are_of_authorized_people_alone(database: Path, warehouse: Path) -> None:
    query = "SELECT DISTINCT person_id FROM core.case_member WHERE authorized"
    with duckdb.connect(str(database), read_only=True) as connection:
        authorized = {person for (person,) in connection.execute(query).fetchall()}
        for source in GATED:
            (entry,) = entries(warehouse, source)
            kept = connection.execute(f"SELECT record_no FROM core.{source}").fetchall()
            assert sorted(entry.read()["record_no"]) == sorted(number for (number,) in kept)
            assert people(entry) <= authorized and people(entry)
            assert entry.read("quarantine").select("raw", "record_no").null_count().row(0) == (
                entry.read("quarantine").height,
            ) * 2  # fmt: skip


def test_when_an_authorization_ends_no_entry_has_the_person_after_the_next_night(
    landing: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {source: entries(warehouse, source) for source in GATED}
    ((bank,), _, _) = before.values()
    gone = min(people(bank))
    numbers = bank.read().join(
        bank.read("links").filter(pl.coalesce("person_id", "candidate_person_id") == gone),
        on="identity_id",
        how="semi",
    )["record_no"]
    assert len(numbers)
    build = judging.step.build

    def ended(connection: duckdb.DuckDBPyConnection, model: SqlModel) -> tuple[int, int]:
        built = build(connection, model)
        if model.name == "link.authorized":
            connection.execute("DELETE FROM link.authorized WHERE person_id = ?", [gone])
        return built

    monkeypatch.setattr("judging.step.build", ended)
    with until_all_are_linked(monkeypatch):
        assert "everybody is linked" in night_of(landing, warehouse).why
    for source, (earlier,) in before.items():
        (entry,) = entries(warehouse, source)
        assert entry.stem != earlier.stem and not earlier.files()
        assert gone not in people(entry)
    (bank,) = entries(warehouse, "bank_accounts")
    assert people(bank) and not set(numbers) & set(bank.read()["record_no"])
