"""C05: the seriously ill."""

from __future__ import annotations

from typing import Any

from synth.frames import year_before
from synth.plants.plot import Plot, scenario

SMALL: dict[str, Any] = {"self_paid_in_scope": 900.0, "self_paid_out_of_scope": 100.0}
"""What the family pays of any bill here: far from hardship."""


@scenario("C05", "hit")
def stays_add_up(p: Plot) -> None:
    """28,000 and 22,000 in hospital: 50,000 to the fen."""
    man, _ = p.couple()
    for total, days in ((28_000.0, 280), (22_000.0, 35)):
        p.row("medical_settlements", man, settled_on=p.ago(days), total_amount=total, **SMALL)
    p.cares("C05", man)


@scenario("C05", "hit")
def tumour_seen_as_outpatient(p: Plot) -> None:
    """One visit with the last code of the tumours."""
    _, wife = p.couple()
    p.row(
        "medical_settlements",
        wife,
        visit_type="outpatient",
        diagnosis_code="C97.x00",
        total_amount=420.0,
        **SMALL,
    )
    p.cares("C05", wife)


@scenario("C05", "hit")
def dialysis(p: Plot) -> None:
    """Chronic kidney disease on a dibao case, by the chronic list."""
    man, wife = p.couple()
    p.case("dibao", man, wife)
    p.row(
        "medical_settlements",
        man,
        visit_type="chronic",
        diagnosis_code="N18.001",
        total_amount=1_900.0,
        **SMALL,
    )
    p.cares("C05", man)


@scenario("C05", "hit")
def haemorrhage_in_hospital(p: Plot) -> None:
    """The first code of the strokes, in hospital."""
    man, _ = p.couple()
    p.row("medical_settlements", man, diagnosis_code="I60.900", total_amount=21_000.0, **SMALL)
    p.cares("C05", man)


@scenario("C05", "near")
def haemorrhage_followed_up(p: Plot) -> None:
    """A stroke seen as an outpatient does not count."""
    man, _ = p.couple()
    p.row("medical_settlements", man, key=False, visit_type="outpatient", diagnosis_code="I61.900", total_amount=600.0,
          **SMALL)  # fmt: skip
    p.must_not("C05", man)


@scenario("C05", "near")
def a_yuan_under_and_much_outside(p: Plot) -> None:
    """49,999 in hospital; 30,000 outside hospital are not added."""
    man, _ = p.couple()
    p.row("medical_settlements", man, key=False, total_amount=49_999.0, **SMALL)
    p.row("medical_settlements", man, key=False, visit_type="outpatient", total_amount=30_000.0, **SMALL)
    p.must_not("C05", man)


@scenario("C05", "near")
def stays_of_two(p: Plot) -> None:
    """30,000 each of husband and wife: totals are a person's."""
    man, wife = p.couple()
    for who in (man, wife):
        p.row("medical_settlements", who, key=False, total_amount=30_000.0, **SMALL)
        p.must_not("C05", who)


@scenario("C05", "near")
def benign_growth(p: Plot) -> None:
    """In situ is not C00 to C97."""
    _, wife = p.couple()
    p.row("medical_settlements", wife, key=False, diagnosis_code="D05.100", total_amount=16_000.0, **SMALL)
    p.must_not("C05", wife)


@scenario("C05", "near")
def narrowed_artery(p: Plot) -> None:
    """I65 in hospital is no stroke."""
    man, _ = p.couple()
    p.row("medical_settlements", man, key=False, diagnosis_code="I65.200", total_amount=18_000.0, **SMALL)
    p.must_not("C05", man)


@scenario("C05", "near")
def tumour_a_year_ago(p: Plot) -> None:
    """Settled on this day a year ago."""
    man, _ = p.couple()
    p.row("medical_settlements", man, key=False, settled_on=year_before(p.night), diagnosis_code="C16.900",
          total_amount=26_000.0, **SMALL)  # fmt: skip
    p.must_not("C05", man)
    p.tell_if_yesterday_was_within("C05", man)


@scenario("C05", "near")
def died_of_it(p: Plot) -> None:
    """He died of it in spring: nobody visits him."""
    wife = p.person(65, male=False, married=True)
    man = p.person(67, relation="10")
    p.row(
        "medical_settlements",
        man,
        key=False,
        settled_on=p.ago(230),
        diagnosis_code="C22.900",
        total_amount=40_000.0,
        **SMALL,
    )
    p.row("deaths", man, key=False, died_on=p.ago(190))
    p.must_not("C05", man)
    p.must_not("C05", wife)
