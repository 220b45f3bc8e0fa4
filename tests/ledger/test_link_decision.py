"""What clerks decided: all of it stays, the newest holds, and a claim outlives the row it came with."""

import dataclasses
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import polars as pl
import pytest

from ledger import (
    DrawnPair,
    Ledger,
    LedgerError,
    LinkDecision,
    ReviewDraw,
    link_decisions,
    record_link_decisions,
    record_review_draw,
    review_draws,
)

NIGHT = date(2021, 12, 31)
SAID = LinkDecision(
    "identity", "P1", "different", "王核", datetime(2022, 1, 4, 9, 30, tzinfo=UTC), NIGHT,
    identity_id="I1", claim_id="C1", source="vehicles", reason="年龄不符", stratum="queue",
    inclusion_probability=1.0, draw_id="ab",
)  # fmt: skip
PAIR = LinkDecision("pair", "P1", "same", "李对", SAID.decided_at, NIGHT, other_person_id="P2")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.sqlite") as book:
        yield book


def held(ledger: Ledger) -> pl.DataFrame:
    return link_decisions(ledger, ledger.sequence())


def test_every_decision_stays_and_the_newest_holds(ledger: Ledger) -> None:
    later = dataclasses.replace(SAID, verdict="same", decided_by="李对")
    assert record_link_decisions(ledger, [SAID, PAIR]) == [1, 2]
    assert record_link_decisions(ledger, [later]) == [3]
    assert held(ledger).select("seq", "verdict", "in_force").rows() == [
        (1, "different", False),
        (2, "same", True),
        (3, "same", True),
    ]
    assert link_decisions(ledger, 2)["in_force"].to_list() == [True, True]


def test_a_pair_is_one_pair_in_either_order(ledger: Ledger) -> None:
    turned = dataclasses.replace(PAIR, person_id="P2", other_person_id="P1", verdict="different")
    record_link_decisions(ledger, [PAIR, turned])
    assert held(ledger)["in_force"].to_list() == [False, True]


def test_a_claim_is_followed_over_identities(ledger: Ledger) -> None:
    moved = dataclasses.replace(SAID, identity_id="I2", verdict="cannot_tell")
    bare = dataclasses.replace(SAID, identity_id="I3", claim_id=None)
    other = dataclasses.replace(SAID, person_id="P9")  # what is said of one person is not said of another
    record_link_decisions(ledger, [SAID, moved, bare, bare, other])
    found = held(ledger)
    assert found["in_force"].to_list() == [True, True, False, True, True]
    assert found["claim_in_force"].to_list() == [False, True, False, False, True]


def test_an_empty_ledger_has_the_same_columns(ledger: Ledger) -> None:
    empty = held(ledger)
    record_link_decisions(ledger, [SAID])
    assert empty.schema == held(ledger).schema
    assert held(ledger).row(0, named=True) == {
        **dataclasses.asdict(SAID),
        "seq": 1,
        "recorded_at": held(ledger)["recorded_at"][0],
        "decided_at": datetime(2022, 1, 4, 9, 30),  # noqa: DTZ001 - UTC by the table's own rule
        "in_force": True,
        "claim_in_force": True,
    }


def test_the_time_is_kept_in_utc(ledger: Ledger) -> None:
    shanghai = datetime(2022, 1, 4, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    record_link_decisions(ledger, [dataclasses.replace(SAID, decided_at=shanghai)])
    assert held(ledger)["decided_at"][0].hour == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"identity_id": None},
        {"person_id": ""},
        {"verdict": "maybe"},
        {"decided_by": "  "},
        {"decided_at": datetime(2022, 1, 4)},  # noqa: DTZ001 - what is refused
    ],
)
def test_a_decision_that_nobody_could_apply_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        dataclasses.replace(SAID, **wrong)


def test_a_person_is_no_pair_with_himself() -> None:
    with pytest.raises(ValueError, match="two different"):
        dataclasses.replace(PAIR, other_person_id="P1")


def test_several_are_written_all_or_none(ledger: Ledger, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "ledger.sqlite") as beside:
        beside.execute(
            "CREATE TRIGGER third BEFORE INSERT ON entry WHEN NEW.seq = 3 BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    with pytest.raises(LedgerError, match="link_decision"):
        record_link_decisions(ledger, [SAID, PAIR, SAID])
    assert ledger.sequence() == 0


def test_a_draw_is_read_back_pair_by_pair(ledger: Ledger) -> None:
    pairs = (
        DrawnPair("ab-1", "identity", "I1", "C1", "P1", None, "vehicles", "queue", 1.0, "0f"),
        DrawnPair("ab-2", "pair", None, None, "P1", "P2", None, "queue", 1.0, "1e"),
    )
    draw = ReviewDraw("ab", NIGHT, "clerk", pairs, "核对.xlsx", "aa")
    empty = review_draws(ledger, 0)
    record_review_draw(ledger, draw)
    record_review_draw(
        ledger, dataclasses.replace(draw, file=None, sha256=None)
    )  # the same draw, shown again
    found = review_draws(ledger, ledger.sequence())
    assert found.schema == empty.schema
    assert found.select("draw_id", "night", "code", "person_id", "inclusion_probability").rows() == [
        ("ab", NIGHT, "ab-1", "P1", 1.0),
        ("ab", NIGHT, "ab-2", "P1", 1.0),
    ]
