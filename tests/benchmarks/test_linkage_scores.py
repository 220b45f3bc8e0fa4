"""The arithmetic of the linkage benchmark on a table small enough to count by hand."""

import math

import polars as pl
import pytest

from benchmarks.linkage.scores import at, best_threshold, counted, interval, judged, rated, verdict


def truth() -> pl.DataFrame:
    """Six rows: three true links (rows 0, 1, 2; row 2 delivered twice), one resident who is no recipient, two outsiders."""
    return pl.DataFrame({
        "row": [0, 1, 2, 2, 3, 4, 5],
        "person_id": ["a", "b", "c", "c", None, None, None],
        "outsider": [False, False, False, False, False, True, True],
        "source": ["bank", "bank", "tax", "tax", "bank", "tax", "tax"],
        "intact": [True, True, False, False, None, None, None],
        "reachable": [True, True, True, True, None, None, None],
    }, schema_overrides={"row": pl.UInt32})  # fmt: skip


def outcome() -> pl.DataFrame:
    """Row 0 right, row 1 on the wrong person, row 2 right but not sure enough, row 4 (an outsider) linked."""
    return pl.DataFrame({
        "row": [0, 1, 2, 4],
        "person_id": ["a", "x", "c", "a"],
        "probability": [0.99, 0.97, 0.90, 0.96],
        "linked": [True, True, False, True],
    }, schema_overrides={"row": pl.UInt32})  # fmt: skip


def test_every_delivered_row_counts() -> None:
    found = rated(counted(judged(truth(), outcome()))).row(0, named=True)
    assert (found["rows"], found["true"], found["made"], found["right"]) == (7, 4, 3, 1)
    assert (found["outsiders"], found["outsiders_linked"], found["intact"], found["reachable"]) == (
        2,
        1,
        2,
        4,
    )
    assert found["precision"] == pytest.approx(1 / 3)
    assert found["recall"] == pytest.approx(1 / 4)
    assert found["f1"] == pytest.approx(2 / 7)
    assert found["outsiders_per_10000"] == pytest.approx(10_000 / 7)
    assert found["ceiling"] == 1.0


def test_by_source() -> None:
    bank, tax = rated(counted(judged(truth(), outcome()), "source")).iter_rows(named=True)
    assert (bank["key"], bank["made"], bank["right"], bank["true"]) == ("bank", 2, 1, 2)
    assert (tax["key"], tax["made"], tax["right"], tax["true"], tax["recall"]) == ("tax", 1, 0, 2, 0.0)


def test_without_links_precision_is_one_and_without_true_links_there_is_no_recall() -> None:
    rows = judged(truth().filter(pl.col("person_id").is_null()), outcome().clear())
    found = rated(counted(rows)).row(0, named=True)
    assert found["precision"] == 1.0 and found["recall"] is None and found["f1"] is None


def test_the_best_threshold_takes_what_the_shipped_one_left() -> None:
    rows = judged(truth(), outcome())
    assert best_threshold(rows) == 0.90  # F1 6/9; at .99: 2/5
    chosen = counted(at(rows, 0.90)).row(0, named=True)
    assert (chosen["made"], chosen["right"]) == (5, 3)


def test_the_best_threshold_of_equals_is_the_highest() -> None:
    rows = judged(truth().head(1), outcome().head(1))
    assert best_threshold(rows) == 0.99
    assert best_threshold(judged(truth(), outcome().clear())) == 1.0


def test_interval_is_students() -> None:
    mean, width = interval([1.0, 2.0, 3.0, 4.0, 5.0])
    assert mean == 3.0
    assert width == pytest.approx(2.776 * math.sqrt(2.5) / math.sqrt(5))
    assert math.isnan(interval([1.0])[1])


def test_verdict_is_about_pairs() -> None:
    assert (
        verdict([0.99, 0.95, 0.91], [0.98, 0.94, 0.90]) == "better"
    )  # seeds differ, the difference does not
    assert verdict([0.90, 0.95], [0.91, 0.96]) == "worse"
    assert verdict([0.90, 0.96], [0.91, 0.95]) == "equal"
    assert verdict([0.5], [0.5]) == "equal" and verdict([0.6], [0.5]) == "better"
