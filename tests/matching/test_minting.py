"""Ids of people from night to night."""

import polars as pl

import matching

from .made import number, person_of, registry, roll, spine

LI = number("32068219820627076")
LI_NEW = number("32068219820627955")
WANG = number("32068219550907012")


def night(before: matching.Spine | None, *people: dict[str, object], **more: object) -> matching.Spine:
    anchors = None if before is None else before.anchors
    return spine(registry(*people, **more), anchors=anchors)  # type: ignore[arg-type]


def li(**more: object) -> dict[str, object]:
    return {"id_number_raw": LI, "name": "李晓红", "household_no": "B1"} | more


def happened(made: matching.Spine) -> set[str]:
    return set(made.events["event"])


def test_the_same_delivery_keeps_every_id_and_logs_nothing() -> None:
    first = night(None, li())
    again = night(first, li())
    assert again.person.sort("person_id").equals(first.person.sort("person_id"))
    assert not len(again.events)
    assert again.anchors.equals(first.anchors)


def test_the_first_night_mints_everybody() -> None:
    first = night(None, li())
    assert first.events["event"].to_list() == ["minted"] * len(first.person)


def test_ids_do_not_depend_on_record_numbers_or_order() -> None:
    first = night(None, li(), {"id_number_raw": WANG, "name": "王福生"})
    shuffled = registry(li(), {"id_number_raw": WANG, "name": "王福生"}).sample(
        fraction=1, shuffle=True, seed=3
    )
    renumbered = shuffled.with_columns(record_no=pl.lit("X") + pl.int_range(pl.len()).cast(pl.String))
    assert set(spine(renumbered).person["person_id"]) == set(first.person["person_id"])


def test_a_changed_number_keeps_the_person() -> None:
    first = night(None, li())
    second = night(first, li(id_number_raw=LI_NEW))
    assert person_of(second, "HJ000000") == person_of(first, "HJ000000")
    third = night(second, li(id_number_raw=LI_NEW, household_no="B7"))
    assert person_of(third, "HJ000000") == person_of(first, "HJ000000")


def test_a_changed_name_keeps_the_person() -> None:
    first = night(None, li())
    assert person_of(night(first, li(name="李翠")), "HJ000000") == person_of(first, "HJ000000")


def test_a_renumbered_record_gives_nobody_anothers_id() -> None:
    unnumbered = {"name": "王福生", "id_number_raw": None}
    first = night(None, unnumbered)
    second = night(first, {"name": "曹明艳", "id_number_raw": None})
    assert person_of(second, "HJ000000") != person_of(first, "HJ000000")
    assert person_of(night(first, unnumbered), "HJ000000") == person_of(first, "HJ000000")


def test_two_people_of_one_number_keep_their_ids() -> None:
    pair = (li(), {"id_number_raw": LI, "name": "曹明艳", "household_no": "B2"})
    first = night(None, *pair)
    second = spine(registry(*reversed(pair)), anchors=first.anchors)
    assert person_of(second, "HJ000001") == person_of(first, "HJ000000")
    assert person_of(second, "HJ000000") == person_of(first, "HJ000001")


def test_a_merge_is_logged_once() -> None:
    apart = night(None, li(), li(id_number_raw=LI_NEW, household_no="B2"))
    merged = night(apart, li(), li(id_number_raw=LI_NEW, household_no="B1"))
    event = merged.events.filter(event="merged").row(0, named=True)
    assert {event["person_id"], event["other_person_id"]} == {person_of(apart, f"HJ00000{i}") for i in (0, 1)}
    assert not len(night(merged, li(), li(id_number_raw=LI_NEW, household_no="B1")).events)


def test_who_leaves_is_retired_once_and_comes_back_as_himself() -> None:
    first = night(None, li())
    gone = spine(registry(), anchors=first.anchors)
    assert gone.events.select("person_id", "event").rows() == [(person_of(first, "HJ000000"), "retired")]
    still = spine(registry(), anchors=gone.anchors)
    assert not len(still.events)
    assert person_of(night(still, li()), "HJ000000") == person_of(first, "HJ000000")


def test_whom_the_roll_founded_keeps_his_id_when_registered() -> None:
    listed = roll({"id_number_raw": WANG, "name": "王福生"})
    first = spine(registry(), listed)
    second = spine(registry({"id_number_raw": WANG, "name": "王福生"}), listed, first.anchors)
    assert person_of(second, "HJ000000") == person_of(first, "JZ000000")
