"""A ledger that is gone, another one, or an older copy is refused: no decision is forgotten without a word."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from ledger import Ledger, LedgerError
from warehouse import manifest
from warehouse.book import check_ledger, open_ledger
from warehouse.paths import WarehousePaths


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WarehousePaths:
    """A warehouse whose newest night read three entries."""
    monkeypatch.delenv("HEDUI_LEDGER", raising=False)
    found = WarehousePaths(tmp_path)
    with Ledger.open(found.ledger) as book:
        for n in range(3):
            book.append("export", {"n": n})
        digest = book.digest(3)
    told = {"run": "r", "ledger_seq": 3, "ledger_digest": digest}
    manifest.write(found.manifest(date(2021, 12, 30)), told)
    return found


def refused(paths: WarehousePaths) -> str:
    for ways in (check_ledger, open_ledger):
        with pytest.raises(LedgerError) as told:
            ways(paths)
    return str(told.value)


def test_as_long_as_it_was_or_longer_it_is_opened(paths: WarehousePaths) -> None:
    with open_ledger(paths) as book:
        assert book.sequence() == 3
        book.append("export", {})
    check_ledger(paths)


def test_gone(paths: WarehousePaths) -> None:
    Path(paths.ledger).unlink()
    assert "has read 3: what was decided and handed out since entry 0" in refused(paths)
    assert not Path(paths.ledger).exists()  # an empty one in its place would hide what is missing


def test_no_longer_named(paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEDUI_LEDGER", f"sqlite:///{tmp_path / 'another.sqlite'}")
    assert "HEDUI_LEDGER" in refused(paths)


def test_an_older_copy(paths: WarehousePaths) -> None:
    Path(paths.ledger).unlink()
    with Ledger.open(paths.ledger) as book:
        book.append("export", {"n": 0})
    assert "ends with entry 1" in refused(paths)


def test_emptied(paths: WarehousePaths) -> None:
    Path(paths.ledger).write_bytes(b"")
    assert "has read 3" in refused(paths)


def test_no_database_at_all(paths: WarehousePaths) -> None:
    Path(paths.ledger).write_bytes(b"no database, but long enough to be taken for one" * 99)
    assert "cannot be opened" in refused(paths)
    shutil.rmtree(Path(paths.ledger).parent)
    Path(paths.ledger).mkdir(parents=True)
    assert "cannot be opened" in refused(paths)


def test_a_warehouse_that_has_read_nothing_gets_its_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HEDUI_LEDGER", raising=False)
    check_ledger(WarehousePaths(tmp_path))
    assert not (tmp_path / "ledger").exists()
    open_ledger(WarehousePaths(tmp_path)).close()
    assert (tmp_path / "ledger" / "ledger.sqlite").exists()


def test_another_one_that_is_long_enough(paths: WarehousePaths) -> None:
    """Begun anew, it would outgrow the number that was read; what it says up to there tells it."""
    Path(paths.ledger).unlink()
    with Ledger.open(paths.ledger) as book:
        for n in range(9):
            book.append("export", {"n": n})
    assert "other entries up to number 3" in refused(paths)


def test_where_the_newest_manifest_is_damaged_nobody_can_tell(paths: WarehousePaths) -> None:
    paths.manifest(date(2021, 12, 30)).write_text("")
    Path(paths.ledger).unlink()
    assert "cannot be read" in refused(paths)
    assert not Path(paths.ledger).exists()
