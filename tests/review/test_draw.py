"""Which pairs are drawn: what is urgent first, the rest by chance with the chance that is written down."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.review.drawing import Review, draw_review
from exports import DECIDED, Wanted, draw_pairs, printed_columns
from exports.review_draw import LEAST, allocated
from sql.connection import prepare
from tests.review.made import KEY, LINKED, NAMES, NIGHT, REVIEWED, UNLINKED, database, identity, person

NOBODY = pl.DataFrame(schema=DECIDED)
PAIRS = 2
FOUNDED = 1
OTHER_SEATS = 4
"""Linked identities beside the vehicles': a roll row, two of a marriage, a guardian."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return database(tmp_path_factory.mktemp("published") / f"{NIGHT}.duckdb")


@pytest.fixture
def connection(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(published), read_only=True) as connection:
        prepare(connection, KEY)
        yield connection


def drawn(
    connection: duckdb.DuckDBPyConnection,
    night: str = "2021-12-31",
    limit: int | None = None,
    sample: int = 20,
) -> pl.DataFrame:
    return draw_pairs(connection, night, Wanted(limit, sample), NOBODY)


def test_everything_in_doubt_is_drawn_for_certain(connection: duckdb.DuckDBPyConnection) -> None:
    queue = drawn(connection).filter(pl.col("stratum") == "queue")
    assert queue.height == REVIEWED + FOUNDED + PAIRS
    assert queue["inclusion_probability"].unique().to_list() == [1.0]
    founded = queue.filter(pl.col("identity_id") == identity(201))
    assert founded["person_id"].to_list() == [person(7)]  # not the person that the row itself made
    assert queue.filter(pl.col("subject") == "pair")["other_person_id"].sort().to_list() == [
        person(2),
        person(4),
    ]


def test_what_findings_rest_on_comes_first(connection: duckdb.DuckDBPyConnection) -> None:
    first = drawn(connection, limit=1, sample=0)
    assert first["identity_id"].to_list() == [identity(61)]  # the row of a finding on the list's first line
    second = drawn(connection, limit=2, sample=0).filter(pl.col("subject") == "pair")
    assert second["person_id"].to_list() == [person(3)]  # a finding speaks of one of the two


def test_what_the_limit_leaves_may_come_by_chance(connection: duckdb.DuckDBPyConnection) -> None:
    some = drawn(connection, limit=3, sample=40)
    assert some.filter(pl.col("stratum") == "queue").height == 3
    assert some["stratum"].str.starts_with("review ").any()
    assert some["place"].is_unique().all()


@pytest.mark.parametrize(("limit", "sample"), [(None, 20), (2, 31), (0, 9)])
def test_chances_stand_for_everybody(
    connection: duckdb.DuckDBPyConnection, limit: int | None, sample: int
) -> None:
    weights = drawn(connection, limit=limit, sample=sample).with_columns(
        weight=1 / pl.col("inclusion_probability")
    )
    people = weights.filter(pl.col("subject") == "identity")["weight"].sum()
    assert people == pytest.approx(LINKED + REVIEWED + UNLINKED + FOUNDED + OTHER_SEATS)


def test_every_pair_is_drawn_as_often_as_its_chance_says(connection: duckdb.DuckDBPyConnection) -> None:
    nights = 120
    all_nights = pl.concat([drawn(connection, f"night {n}", limit=0) for n in range(nights)])
    often = all_nights.group_by("identity_id").agg(
        share=pl.len() / nights, chance=pl.col("inclusion_probability").first()
    )
    assert often.height == LINKED + REVIEWED + UNLINKED + FOUNDED + OTHER_SEATS
    error = (often["chance"] * (1 - often["chance"]) / nights).sqrt()
    assert ((often["share"] - often["chance"]).abs() <= 4.5 * error).all()


def test_one_night_is_one_draw_and_another_night_another(connection: duckdb.DuckDBPyConnection) -> None:
    assert drawn(connection).equals(drawn(connection))
    connection.execute("SET threads = 1")
    assert drawn(connection).equals(drawn(connection))
    assert not drawn(connection).equals(drawn(connection, "2022-01-01"))


def test_the_order_tells_nothing_of_the_stratum(connection: duckdb.DuckDBPyConnection) -> None:
    places = [
        drawn(connection, f"night {n}").with_row_index("at").filter(pl.col("stratum") == "queue")["at"].mean()
        for n in range(60)
    ]
    middle = (drawn(connection).height - 1) / 2
    assert abs(pl.Series(places).mean() - middle) < 1.5  # type: ignore[operator] - the mean of numbers


def test_what_was_decided_is_not_asked_again(connection: duckdb.DuckDBPyConnection) -> None:
    decided = pl.DataFrame(
        [("identity", identity(61), person(61), None), ("pair", None, person(2), person(1))],
        DECIDED,
        orient="row",
    )
    left = draw_pairs(connection, "2021-12-31", Wanted(sample=0), decided)
    assert left.height == REVIEWED + FOUNDED + PAIRS - 2
    # Of another person nothing was decided.
    other = decided.with_columns(person_id=pl.lit(person(5)))
    assert draw_pairs(connection, "2021-12-31", Wanted(sample=0), other).height == REVIEWED + FOUNDED + PAIRS


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 400), max_size=8), st.integers(0, 500))
def test_a_sample_is_shared_among_strata(pairs: dict[str, int], sample: int) -> None:
    shares = allocated(pairs, sample)
    assert all(0 <= shares[name] <= size for name, size in pairs.items())
    least = sum(min(size, LEAST) for size in pairs.values()) if sample else 0
    assert sum(shares.values()) == max(least, min(sample, sum(pairs.values())))


def test_both_sides_stand_beside_each_other(review: Review) -> None:
    rows = {row["identity_id"] or row["person_id"]: row for row in review.pairs.iter_rows(named=True)}
    reviewed = rows[identity(62)]
    assert (reviewed["left_name"], reviewed["right_name"]) == ("另一人", rows[identity(62)]["right_name"])
    assert reviewed["title"] == "公安车管 机动车登记"
    assert reviewed["right_company"] is not None  # the other name of the booklet
    founded = rows[identity(201)]
    assert founded["left_company"].count("、") == 1  # the two others on the case
    assert founded["left_phone"] == "13900000001"
    assert rows[person(1)]["title"] == "人员底册" and rows[person(1)]["left_number"] is not None


def test_partner_and_guardian_are_shown(warehouse: Path) -> None:
    everything = draw_review(warehouse, None, Wanted(sample=1_000)).pairs
    rows = {row["identity_id"]: row for row in everything.iter_rows(named=True)}
    assert (
        rows[identity(210)]["left_company"]
        == f"{rows[identity(211)]['left_name']} {rows[identity(211)]['left_number']}"
    )
    assert rows[identity(220)]["title"] == "民政 儿童台账(监护人)"
    # The roll's own telephone is not held against itself; another row's may be.
    assert (rows[identity(200)]["left_phone"], rows[identity(200)]["right_phone"]) == ("13900000000", None)
    assert rows[identity(0)]["right_phone"] == "13900000000"


def test_nothing_of_what_the_machine_thinks_is_shown(review: Review) -> None:
    assert not set(printed_columns()) & {
        "stratum",
        "decision",
        "probability",
        "priority",
        "method",
        "why",
        "place",
    }
    assert not {"decision", "probability", "priority", "why"} & set(review.pairs.columns)


def test_a_claim_is_kept_where_a_digit_is_known(review: Review) -> None:
    claimed = review.pairs.filter(pl.col("claim_id").is_not_null())
    assert claimed["claim_id"].str.contains("^C[0-9a-f]{20}$").all()
    assert claimed["subject"].unique().to_list() == ["identity"]


def test_whose_the_delivered_number_is_stands_there(review: Review) -> None:
    rows = {row["identity_id"]: row for row in review.pairs.iter_rows(named=True)}
    assert rows[identity(63)]["right_owner"] == f"{NAMES[62]}(同户)"  # delivered with the number of 62
    assert rows[identity(64)]["right_owner"] is None
