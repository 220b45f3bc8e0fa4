"""A clerk's word goes before the model's, outlives the row it was given on, and follows people who are merged."""

import polars as pl
import pytest

import matching
from matching.claims import claim_texts
from matching.clerical import Decisions, undecided
from matching.minting import heirs

from .made import ask, keyed, no_anchors, number, person_of, registry, roll, spine

ZHANG, LI = number("32068219780705047"), number("32068219910302118")
PEOPLE = registry(
    {"id_number_raw": ZHANG, "name": "张健鹏", "address": "沙湖镇朱港村3组7号"},
    {"id_number_raw": LI, "name": "李思远", "address": "石塘镇谢岸村1组1号"},
)
CITY = spine(PEOPLE)
P_ZHANG, P_LI = person_of(CITY, "HJ000000"), person_of(CITY, "HJ000001")


def decisions(
    *rows: tuple[str, str, str], claim: tuple[str, str] | None = None, pairs: object = ()
) -> Decisions:
    """Decisions on identity, person, verdict; with ``claim``, on a number and name as well."""
    none = undecided()
    own = pl.DataFrame(list(rows), schema=none.by_identity.schema, orient="row")
    claimed = none.by_claim
    if claim:
        text = claim_texts(pl.Series([claim[0]]), pl.Series([claim[1]]))
        ids = keyed("C", text)
        claimed = pl.DataFrame(
            [(ids[0], person, verdict) for _, person, verdict in rows], schema=claimed.schema, orient="row"
        )
    two = pl.DataFrame(pairs, schema=none.pairs.schema, orient="row") if pairs else none.pairs
    return Decisions(own, claimed, two, lambda texts: keyed("C", texts))


def told(clerks: Decisions, city: matching.Spine = CITY, **identity: object) -> dict[str, object]:
    frame = pl.DataFrame([{"identity_id": "I1", "id_number_raw": None, "name": None} | identity])
    return matching.link(frame, city, matching.shipped(), clerks).links.row(0, named=True)


def test_same_links_what_no_rule_would_bring_together() -> None:
    found = told(decisions(("I1", P_ZHANG, "same")), name="张大鹏")
    assert found["person_id"] == P_ZHANG
    assert (found["decision"], found["method"], found["by_number"]) == ("linked", "clerical", True)


def test_same_goes_before_an_exact_number() -> None:
    found = told(decisions(("I1", P_ZHANG, "same")), id_number_raw=LI, name="李思远")
    assert found["person_id"] == P_ZHANG and found["method"] == "clerical"


def test_different_takes_back_an_exact_link() -> None:
    assert told(undecided(), id_number_raw=ZHANG, name="张健鹏")["person_id"] == P_ZHANG
    found = told(decisions(("I1", P_ZHANG, "different")), id_number_raw=ZHANG, name="张健鹏")
    assert found["person_id"] is None and found["candidate_person_id"] is None


def test_a_refuted_link_does_not_come_back_with_another_telephone_or_source() -> None:
    clerks = decisions(("I1", P_ZHANG, "different"), claim=(ZHANG, "张健鹏"))
    found = told(clerks, identity_id="I2", id_number_raw=f" {ZHANG}", name="张健鹏", phone="13900000009")
    assert found["decision"] == "unlinked"


def test_a_decision_on_the_row_itself_goes_before_one_on_its_claim() -> None:
    clerks = decisions(("I1", P_ZHANG, "different"), claim=(ZHANG, "张健鹏"))
    own = pl.DataFrame([("I2", P_ZHANG, "same")], schema=clerks.by_identity.schema, orient="row")
    clerks = Decisions(own, clerks.by_claim, clerks.pairs, clerks.keyed)
    assert told(clerks, identity_id="I2", id_number_raw=ZHANG, name="张健鹏")["person_id"] == P_ZHANG


def test_a_hidden_number_lends_its_claim_no_yes() -> None:
    hidden = LI[:6] + "********" + LI[14:]
    clerks = decisions(("I1", P_ZHANG, "same"), claim=(hidden, "李思远"))
    assert told(clerks, identity_id="I2", id_number_raw=hidden, name="李思远")["person_id"] == P_LI


def test_cannot_tell_is_never_linked() -> None:
    found = told(decisions(("I1", P_ZHANG, "cannot_tell")), id_number_raw=ZHANG, name="张健鹏")
    assert found["decision"] == "review" and found["candidate_person_id"] == P_ZHANG


def test_others_are_left_as_they_were() -> None:
    clerks = decisions(("I1", P_ZHANG, "different"), claim=(ZHANG, "张健鹏"))
    assert told(clerks, identity_id="I9", id_number_raw=LI, name="李思远") == ask(
        CITY, identity_id="I9", id_number_raw=LI, name="李思远"
    )


TWICE = registry(
    {"id_number_raw": ZHANG, "name": "张健鹏", "birth_date": None, "household_no": "B1"},
    {
        "id_number_raw": number("32068219780705063"),
        "name": "张健鹏",
        "birth_date": None,
        "household_no": "B2",
    },
)


@pytest.mark.parametrize("turned", [False, True])
def test_two_people_called_one_stay_one_and_their_links_follow(turned: bool) -> None:
    first = spine(TWICE)
    a, b = person_of(first, "HJ000000"), person_of(first, "HJ000001")
    assert a != b
    clerks = decisions(("I1", b, "different"), pairs=[(b, a, "same") if turned else (a, b, "same")])
    anchors, ids = first.anchors, []
    for _ in range(3):
        night = matching.build_spine(TWICE, roll(), anchors, keyed, matching.shipped(), clerks=clerks)
        ids.append({person_of(night, "HJ000000"), person_of(night, "HJ000001")})
        anchors = night.anchors
    assert ids[0] == ids[1] == ids[2] and len(ids[0]) == 1 and ids[0] <= {a, b}
    gone = ({a, b} - ids[0]).pop()
    assert heirs(anchors).filter(pl.col("person_id") == gone)["heir"].to_list() == list(ids[0])
    # What was refuted of b is refuted of whom b became.
    assert (
        told(clerks, night, id_number_raw=TWICE["id_number_raw"][1], name="张健鹏")["decision"] == "unlinked"
    )


def test_two_people_called_different_are_not_suspected_any_more() -> None:
    twins = registry(
        {"id_number_raw": ZHANG, "name": "张健鹏"},
        {"id_number_raw": number("32068219780705063"), "name": "张健鹏"},
    )
    first = spine(twins)
    assert len(first.same_as) == 1
    pair = first.same_as.select("other_person_id", "person_id").row(0)
    clerks = decisions(pairs=[(*pair, "different")])
    night = matching.build_spine(twins, roll(), first.anchors, keyed, matching.shipped(), clerks=clerks)
    assert not len(night.same_as)


def test_a_row_of_the_roll_obeys_too() -> None:
    on_roll = roll({"id_number_raw": ZHANG, "name": "张健鹏", "phone": "13900000001"})
    first = spine(PEOPLE, on_roll)
    person = person_of(first, "HJ000000")
    assert person_of(first, "JZ000000") == person
    clerks = decisions((on_roll["identity_id"][0], person, "different"))
    night = matching.build_spine(PEOPLE, on_roll, first.anchors, keyed, matching.shipped(), clerks=clerks)
    assert person_of(night, "JZ000000") != person
    assert person_of(night, "HJ000000") == person
    later = matching.build_spine(PEOPLE, on_roll, night.anchors, keyed, matching.shipped(), clerks=clerks)
    assert person_of(later, "JZ000000") == person_of(night, "JZ000000")


def test_nothing_decided_changes_nothing() -> None:
    plain = matching.build_spine(PEOPLE, roll(), no_anchors(), keyed, matching.shipped())
    empty = matching.build_spine(PEOPLE, roll(), no_anchors(), keyed, matching.shipped(), clerks=undecided())
    assert plain.person.equals(empty.person) and plain.links.equals(empty.links)
