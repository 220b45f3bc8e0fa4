"""Two frames alone: people with ids of their own, and rows about them."""

import polars as pl
import pytest

import matching

from .made import neighbours, number


def people() -> pl.DataFrame:
    town = (
        pl.DataFrame(neighbours())
        .with_row_index("person_id")
        .with_columns(pl.col("person_id").cast(pl.String))
    )
    mine = pl.DataFrame(
        {
            "person_id": ["zhang", "zhang", "li"],
            "id_number_raw": [number("32068219780705047"), None, number("32068219910302118")],
            "name": ["张健鹏", "张健鹏", "李思远"],
            "phone": [None, "13900000001", None],
        }
    )
    return pl.concat([town, mine], how="diagonal")


def test_two_frames_are_enough() -> None:
    rows = pl.DataFrame({
        "id_number_raw": [number("32068219780705047"), None, "3206821991****2118", None],
        "name": ["张健鹏", "张健鹏", "李思远", "李思远"],
        "phone": [None, "13900000001", None, None],
    })  # fmt: skip
    found = matching.link_frames(rows, people())
    assert found.links["identity_id"].to_list() == [0, 1, 2, 3]
    assert found.links["decision"].to_list()[:2] == ["linked", "linked"]
    assert found.links["person_id"].to_list()[:2] == ["zhang", "zhang"]
    assert found.links["decision"].to_list()[3] == "unlinked"  # a name alone


def test_the_order_of_people_changes_nothing() -> None:
    rows = pl.DataFrame(
        {"id_number_raw": [None, None], "name": ["张健鹏", "李思远"], "phone": ["13900000001", None]}
    )
    a, b = matching.link_frames(rows, people()), matching.link_frames(rows, people().reverse())
    assert a.links.equals(b.links) and a.evidence.equals(b.evidence)


def test_rows_alike_are_one_identity() -> None:
    row = {"id_number_raw": "3206821991****2118", "name": "李思远", "account": "1"}
    rows = pl.DataFrame([row, row | {"name": "张健鹏"}, row | {"account": "2"}])
    found = matching.link_frames(rows, people())
    assert found.links["identity_id"].to_list() == [0, 1, 0]
    assert found.links.row(0) == found.links.row(2)


@pytest.mark.parametrize("whole", [True, False])
def test_everybody_needs_an_id(*, whole: bool) -> None:
    rows = pl.DataFrame({"id_number_raw": ["3206821991****2118"], "name": ["李思远"]})
    known = pl.when(pl.col("name") != "李思远").then("person_id").alias("person_id")
    given = people().drop("person_id") if whole else people().with_columns(known)
    with pytest.raises(ValueError, match=r"[0-9]+ of [0-9]+ rows have no person_id") as refused:
        matching.link_frames(rows, given)
    assert "李" not in str(refused.value)
    with pytest.raises(ValueError, match="no person_id"):
        matching.index_of(given, matching.shipped())


@pytest.mark.parametrize("absent", ["id_number_raw", "name"])
def test_of_number_and_name_one_may_be_absent(absent: str) -> None:
    row = {"id_number_raw": number("32068219780705047"), "name": "张健鹏", "phone": "13900000001"}
    rows = pl.DataFrame([row]).drop(absent)
    found = matching.link_frames(rows, people())
    assert found.links["person_id"].to_list() == ["zhang"]
    unknown = matching.link_frames(rows.with_columns(pl.lit(None, dtype=pl.String).alias(absent)), people())
    assert found.links.equals(unknown.links) and found.evidence.equals(unknown.evidence)


def test_rows_without_number_and_name_are_refused() -> None:
    with pytest.raises(ValueError, match="neither id_number_raw nor name"):
        matching.link_frames(pl.DataFrame({"phone": ["13900000001"]}), people())
