"""Where the ledger lives: a file of the warehouse, or what the environment names."""

from pathlib import Path

import pytest

from ledger import Ledger, LedgerError
from warehouse.paths import WarehousePaths


def test_it_is_a_file_of_the_warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEDUI_LEDGER", raising=False)
    assert WarehousePaths(tmp_path).ledger == tmp_path / "ledger" / "ledger.sqlite"


def test_the_environment_may_name_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEDUI_LEDGER", f"sqlite:///{tmp_path / 'book.sqlite'}")
    book = Ledger.open(WarehousePaths(tmp_path / "warehouse").ledger)
    book.append("trial", {})
    assert book.sequence() == 1 and (tmp_path / "book.sqlite").exists()


def test_a_missing_driver_is_named_and_no_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    monkeypatch.setenv("HEDUI_LEDGER", "postgresql+psycopg://clerk:secret@localhost/ledger")
    with pytest.raises(LedgerError, match="pip install") as caught:
        Ledger.open(WarehousePaths(tmp_path).ledger)
    assert "secret" not in str(caught.value)
