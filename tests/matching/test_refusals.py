"""What must not link although the figures alone would let it: each was once linked, or ended a night."""

import polars as pl
import pytest

import matching
from linking.clerks import _standing
from matching.clerical import BY_IDENTITY, Decisions, undecided
from matching.minting import heirs

from .made import ask, keyed, no_anchors, number, person_of, registry, roll, spine

OWNER = number("32068219780705047")
HOME = "如皋市沙湖镇朱港村3组7号"
RARE = number("32068219610302118")
KIN = ("张文勇", "张文秀", "张武梓", "李文梓")
CITY = spine(
    registry(
        {"id_number_raw": OWNER, "name": "张文梓", "address": HOME},
        {"id_number_raw": RARE, "name": "逄志军"},
        {"id_number_raw": number("32068219900201101"), "name": "逄志勇"},
        *({"id_number_raw": number(f"3206821990010110{at}"), "name": name} for at, name in enumerate(KIN)),
    ),
    roll({"id_number_raw": OWNER, "name": "张文梓", "phone": "13900000001"}),
)


@pytest.mark.parametrize("name", KIN)
def test_a_number_lent_to_a_brother_or_sister_goes_to_review(name: str) -> None:
    found = ask(CITY, id_number_raw=OWNER, name=name)
    assert found["decision"] == "review" and found["person_id"] is None


@pytest.mark.parametrize(("name", "decision"), [("逄志弹", "linked"), ("逄志勇", "review")])
def test_one_other_character_is_a_slip_where_nobody_bears_the_name(name: str, decision: str) -> None:
    assert ask(CITY, id_number_raw=RARE, name=name)["decision"] == decision


def test_one_other_character_links_where_the_telephone_agrees() -> None:
    assert ask(CITY, id_number_raw=OWNER, name="张文勇", phone="13900000001")["decision"] == "linked"


@pytest.mark.parametrize("name", ["张文子", "张文梓"])
def test_a_name_that_sounds_alike_still_links(name: str) -> None:
    assert ask(CITY, id_number_raw=OWNER, name=name)["decision"] == "linked"


@pytest.mark.parametrize("shown", ["510101", "320583"])
def test_visible_digits_of_another_place_and_year_are_a_clerks(shown: str) -> None:
    found = ask(CITY, id_number_raw=f"{shown}1955********", name="张文梓", address=HOME)
    assert found["decision"] != "linked"


def test_another_whole_number_and_birth_date_is_a_clerks() -> None:
    wrong = "320682195503121111"
    assert wrong != number(wrong[:17])
    assert ask(CITY, id_number_raw=wrong, name="张文梓", address=HOME)["decision"] != "linked"


@pytest.mark.parametrize("length", [300, 250_000])
def test_a_name_of_any_length_ends_no_night(length: int) -> None:
    long = "张" + "文" * length
    for raw in (OWNER, OWNER[:6] + "********" + OWNER[14:], None):
        assert ask(CITY, id_number_raw=raw, name=long, phone="13900000001")["decision"] != "linked"


def test_part_of_a_name_joins_no_two_registry_rows_of_other_birth_and_sex() -> None:
    rows = registry(
        {"id_number_raw": OWNER, "name": "张伟", "sex": "male"},
        {"id_number_raw": OWNER, "name": "张*", "sex": "female"},
        {"id_number_raw": number("32068219910302118"), "name": "李思远", "sex": "male"},
        {"id_number_raw": number("32068219910302118"), "name": "李**", "sex": "male"},
    )
    made = spine(rows)
    assert person_of(made, "HJ000000") != person_of(made, "HJ000001")
    assert person_of(made, "HJ000002") == person_of(made, "HJ000003")


def test_decisions_follow_somebody_without_a_number_into_the_booklet_he_moves_to() -> None:
    twin = {"id_number_raw": "320682********0476", "name": "张文梓", "household_no": "B2", "birth_date": None}
    first = registry({"id_number_raw": OWNER, "name": "张文梓", "household_no": "B1"}, twin)
    before = spine(first)
    gone, stays = person_of(before, "HJ000001"), person_of(before, "HJ000000")
    assert gone != stays
    moved = first.with_columns(
        household_no=pl.when(pl.col("record_no") == "HJ000001").then(pl.lit("B1")).otherwise("household_no"),
        birth_date=pl.when(pl.col("record_no") == "HJ000001")
        .then(first["birth_date"][0])
        .otherwise("birth_date"),
    )
    after = spine(moved, anchors=before.anchors)
    assert person_of(after, "HJ000001") == person_of(after, "HJ000000") == stays
    assert heirs(after.anchors).rows() == [(gone, stays)]
    refuted = pl.DataFrame([("I1", gone, "different")], schema=BY_IDENTITY, orient="row")
    none = undecided()
    clerks = Decisions(refuted, none.by_claim, none.pairs, none.keyed)
    row = pl.DataFrame({"identity_id": ["I1"], "id_number_raw": [OWNER], "name": ["张文梓"]})
    assert matching.link(row, after, matching.shipped(), clerks).links["decision"][0] == "unlinked"


def test_the_newest_word_stands_also_of_people_who_are_merged() -> None:
    said = pl.DataFrame({
        "seq": [1, 2, 3], "identity_id": ["I1", "I1", "I2"], "person_id": ["heir", "gone", "heir"],
        "verdict": ["same", "different", "same"],
    })  # fmt: skip
    standing = _standing(said, BY_IDENTITY)
    none = undecided()
    merged = pl.DataFrame({"person_id": ["gone"], "heir": ["heir"]})
    clerks = Decisions(standing, none.by_claim, none.pairs, none.keyed).of_heirs(merged)
    assert sorted(clerks.by_identity.rows()) == [("I1", "heir", "different"), ("I2", "heir", "same")]


def test_it_is_the_same_spine_without_any_of_it() -> None:
    again = matching.build_spine(registry(), roll(), no_anchors(), keyed, matching.shipped())
    assert again.person.height == 300
