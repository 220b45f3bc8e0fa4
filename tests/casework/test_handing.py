"""What is handed out is whole, its owner's alone and written down, or there is nothing."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from casework.errors import CaseworkError
from casework.handing import hand_over, handing_out, text
from casework.published import Published, key_of, paths_of, published
from ledger import Ledger, LedgerError, exports
from warehouse.paths import WarehousePaths

NIGHT = date(2021, 12, 31)


@pytest.fixture
def night(tmp_path: Path) -> Published:
    paths = WarehousePaths(tmp_path)
    database = paths.published("restricted", NIGHT)
    database.parent.mkdir(parents=True)
    database.touch()
    paths.current("restricted").symlink_to(database.name)
    return published(tmp_path)


def recorded(night: Published) -> list[tuple[str, str, str]]:
    with Ledger.open(night.paths.ledger) as book:
        return list(exports(book, book.sequence()).select("what", "list_id", "file").iter_rows())


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_files_are_recorded_and_their_owners_alone(night: Published) -> None:
    with handing_out(night, "report") as handing:
        file = handing.file(night.exports / "a.html", text("甲"), about="H1", households=1)
        assert not file.exists()  # aside until everything is recorded
        handing.file(night.exports / "b.html", text("乙"), about=["I1", "I2"])
    assert left(night.exports) == ["a.html", "b.html"] and file.read_text("utf-8") == "甲"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert recorded(night) == [
        ("report", "H1", "a.html"),
        ("report", "I1", "b.html"),
        ("report", "I2", "b.html"),
    ]


def test_a_file_that_fails_takes_all_with_it(night: Published) -> None:
    def broken(file: Path) -> None:
        file.write_text("half")
        raise RuntimeError("no more paper")

    def all_of_it() -> None:
        with handing_out(night, "spot_check") as handing:
            handing.file(night.exports / "a.xlsx", text("甲"), about="L1")
            handing.file(night.exports / "b.xlsx", broken, about="L2")

    with pytest.raises(RuntimeError, match="paper"):
        all_of_it()
    assert left(night.exports) == [] and recorded(night) == []


def test_what_cannot_be_recorded_does_not_go_out(night: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise LedgerError("the ledger takes nothing")

    monkeypatch.setattr("casework.handing.record_export", refused)
    with pytest.raises(LedgerError), handing_out(night, "report") as handing:
        handing.file(night.exports / "a.html", text("甲"), about="H1")
    assert left(night.exports) == []


def test_nothing_made_is_nothing_recorded(night: Published) -> None:
    with handing_out(night, "rejects"):
        pass
    assert recorded(night) == []


def test_a_place_that_cannot_be_written_is_named(night: Published, tmp_path: Path) -> None:
    (tmp_path / "in the way").touch()
    for way in (
        lambda file: hand_over(file, text("x")),
        lambda file: _handed(night, file),
    ):
        with pytest.raises(CaseworkError, match=r"in the way.*cannot be written.*--out"):
            way(tmp_path / "in the way" / "page.html")
    assert recorded(night) == []


def _handed(night: Published, file: Path) -> None:
    with handing_out(night, "link") as handing:
        handing.file(file, text("x"), about="I1")


def test_a_file_that_was_there_stays_until_the_new_one_is_whole(night: Published) -> None:
    file = hand_over(night.exports / "quality.html", text("old"))
    with pytest.raises(ZeroDivisionError):
        hand_over(file, lambda part: part.write_text(str(1 // 0)))
    assert file.read_text() == "old" and left(night.exports) == ["quality.html"]


@pytest.mark.parametrize("folder", ["none", "published/analyst", "published/restricted"])
def test_what_is_no_warehouse_is_said(night: Published, folder: str) -> None:
    (night.paths.root / "published" / "analyst").mkdir()
    with pytest.raises(CaseworkError, match=r"no such folder|is no warehouse"):
        paths_of(night.paths.root / folder)


def test_a_night_that_is_not_there_names_those_that_are(night: Published) -> None:
    night.paths.states.mkdir()
    night.paths.state(NIGHT).touch()
    with pytest.raises(
        CaseworkError, match=r"no published night of 2020-01-01\. It holds: 2021-12-31\. Run it first"
    ):
        published(night.paths.root, date(2020, 1, 1))


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_night_that_may_not_be_read_is_said(night: Published) -> None:
    night.database.chmod(0)
    with pytest.raises(CaseworkError, match="cannot be read by this user"):
        published(night.paths.root)


def test_a_database_that_is_none_is_said_without_its_words(night: Published) -> None:
    night.database.write_text("张三 32068219500101")
    with pytest.raises(CaseworkError, match="cannot be read as a finished night") as raised, night.opened():
        pass
    assert "张三" not in str(raised.value)


def test_a_night_of_an_earlier_version_is_said(night: Published) -> None:
    import duckdb

    night.database.unlink()
    duckdb.connect(str(night.database)).close()
    with pytest.raises(CaseworkError, match="earlier version"), night.opened() as connection:
        connection.execute("SELECT explanation FROM out.finding")
    with pytest.raises(CaseworkError, match="earlier version"):
        night.check_version()


def test_no_key_is_made_to_read_a_warehouse(
    night: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEDUI_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(CaseworkError, match="There is no installation key"):
        key_of(night.paths)
    (tmp_path / "key").write_text("made up, and long enough\n")
    assert key_of(night.paths) == b"made up, and long enough"
    with pytest.raises(CaseworkError, match="another installation key"):
        key_of(night.paths, "0" * 16)
