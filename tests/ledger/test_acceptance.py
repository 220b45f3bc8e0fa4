"""What was accepted stands until somebody takes it back; both say who and why."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from casework.acceptance import accept, withdraw
from casework.errors import CaseworkError
from ledger import Acceptance, Ledger, acceptances, record_acceptances
from warehouse.paths import WarehousePaths

NIGHT = date(2021, 12, 31)
NOON = datetime(2021, 12, 31, 12, tzinfo=UTC)


def entry(item: str, *, withdrawn: bool = False) -> Acceptance:
    return Acceptance("rule", item, NIGHT, "核实过", "王", NOON, withdrawn=withdrawn)


def standing(book: Ledger) -> list[tuple[str, int]]:
    return list(acceptances(book, book.sequence()).select("item", "seq").iter_rows())


def test_a_withdrawal_takes_back_what_was_accepted_before_it_and_nothing_after(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.sqlite") as book:
        record_acceptances(book, [entry("X05"), entry("P01")])
        record_acceptances(book, [entry("X05", withdrawn=True)])
        assert standing(book) == [("P01", 2)]
        assert acceptances(book, 2)["item"].to_list() == [
            "X05",
            "P01",
        ]  # an earlier night's ledger is as it was
        record_acceptances(book, [entry("X05")])
        assert standing(book) == [("P01", 2), ("X05", 4)]


def test_the_command_withdraws_what_stands_and_says_what_does(tmp_path: Path) -> None:
    accept(tmp_path, NIGHT, ("rule", "X05"), "新标准", "王")
    with pytest.raises(CaseworkError, match="Accepted and standing: X05"):
        withdraw(tmp_path, NIGHT, ("rule", "P01"), "看错了", "王")
    with pytest.raises(CaseworkError, match="--reason"):
        withdraw(tmp_path, NIGHT, ("rule", "X05"), " ", "王")
    assert [each.item for each in withdraw(tmp_path, NIGHT, None, "看错了", "李")] == ["X05"]
    with Ledger.open(WarehousePaths(tmp_path.resolve()).ledger) as book:
        assert standing(book) == []


def test_a_mistyped_warehouse_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(CaseworkError, match="no such folder"):
        withdraw(tmp_path / "none", NIGHT, None, "看错了", "李")
    assert not (tmp_path / "none").exists()
