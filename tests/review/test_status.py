"""How far review has come and how far clerks agree, against figures worked out by hand."""

from pathlib import Path

import polars as pl
import pytest

from casework.review.drawing import Review
from casework.review.page.desk import Desk
from casework.review.status import Drawn, agreement, kappa_of, review_status
from ledger import VERDICTS, Ledger
from tests.review.made import NIGHT


def test_kappa_by_hand() -> None:
    """Cohen 1960's kind of table: 20 same/same, 15 different/different, 5 and 10 apart: 0.70, 0.40."""
    one = pl.Series(["same"] * 20 + ["same"] * 5 + ["different"] * 10 + ["different"] * 15)
    other = pl.Series(["same"] * 20 + ["different"] * 5 + ["same"] * 10 + ["different"] * 15)
    agreed, kappa = kappa_of(one, other)
    assert agreed == pytest.approx(0.7)
    assert kappa == pytest.approx(0.4)


def test_kappa_says_nothing_where_nothing_varied() -> None:
    assert kappa_of(pl.Series(["same"] * 4), pl.Series(["same"] * 4)) == (1.0, None)


def test_clerks_are_held_against_each_other_where_both_decided() -> None:
    rows = [
        ("1", "甲", "same"),
        ("1", "乙", "same"),
        ("2", "甲", "same"),
        ("2", "乙", "different"),
        ("3", "丙", "same"),
    ]
    (found,) = agreement(pl.DataFrame(rows, schema=["key", "decided_by", "verdict"], orient="row"))
    assert (found.clerks, found.pairs, found.agreed) == (("乙", "甲"), 2, 0.5)
    assert found.kappa == pytest.approx(0.0)


def test_decided_and_open_are_counted(warehouse: Path, review: Review) -> None:
    assert review_status(warehouse).draws == []
    with Ledger.open(review.paths.ledger) as book:
        review.record(book)
        first, second = review.pairs["code"][:2]
        Desk(review, book, "王核").decide(first, VERDICTS[0], "")
        Desk(review, book, "王核").decide(first, VERDICTS[1], "再看")
        Desk(review, book, "李对").decide(first, VERDICTS[1], "")
        Desk(review, book, "李对").decide(second, VERDICTS[2], "")
    found = review_status(warehouse)
    assert found.draws == [Drawn(review.draw_id, NIGHT, review.pairs.height, 2)]
    assert found.draws[0].open == review.pairs.height - 2
    assert (found.verdicts, found.clerks) == ({"cannot_tell": 1, "different": 1}, {"李对": 2, "王核": 1})
    assert [pair.agreed for pair in found.agreement] == [1.0]
    assert found.as_json()["draws"]
