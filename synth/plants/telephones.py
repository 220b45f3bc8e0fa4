"""P05: one telephone behind the cases of many households."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Person


def _number(p: Plot) -> str:
    """A telephone number that nobody else of the city has: of a head that phones (places.py) does not give."""
    return f"199{p.number:08d}"


def _widow(p: Plot, at: int) -> Person:
    """Somebody alone in a booklet of her own."""
    if at:
        p.booklet()
    return p.person(66 + at, male=False)


def _on_one_phone(p: Plot, *programs: str, **values: object) -> list[str]:
    """A household each for the programmes, all reached by one telephone; returns their cases."""
    shared = _number(p)
    cases = []
    for at, program in enumerate(programs):
        cases.append(p.case(program, _widow(p, at)))
        p.own[-1] |= {"phone": shared, **values}
    return cases


@scenario("P05", "hit")
def five_on_dibao(p: Plot) -> None:
    """Five dibao households, one telephone."""
    for case in _on_one_phone(p, *["dibao"] * 5):
        p.must("P05", "yellow", None, case)


@scenario("P05", "hit")
def five_of_three_programmes(p: Plot) -> None:
    """Dibao, marginal and rigid spending, five households in all."""
    programs = ("dibao", "marginal", "marginal", "rigid_expenditure", "dibao")
    for case in _on_one_phone(p, *programs, status_since=p.ago(100)):
        p.must("P05", "yellow", None, case)


@scenario("P05", "hit")
def six_of_them_one_asking(p: Plot) -> None:
    """Six marginal households; one of them is suspended, one only asks: both are open."""
    cases = _on_one_phone(p, *["marginal"] * 6)
    p.own[-1] |= {"status": "suspended", "status_since": p.ago(40)}
    begun = p.ago(20)
    p.own[0] |= {"status": "applying", "start_date": begun, "status_since": begun, "authorized_on": begun}
    for case in cases:
        p.must("P05", "yellow", None, case)


@scenario("P05", "near")
def four_on_dibao(p: Plot) -> None:
    """Four households."""
    for case in _on_one_phone(p, *["dibao"] * 4):
        p.must_not("P05", None, case)


@scenario("P05", "near")
def four_and_one_that_ended(p: Plot) -> None:
    """The fifth case is over."""
    cases = _on_one_phone(p, *["dibao"] * 5)
    p.own[-1] |= {"status": "ended", "end_date": p.ago(700), "status_since": p.ago(700)}
    for case in cases:
        p.must_not("P05", None, case)


@scenario("P05", "near")
def four_and_an_allowance(p: Plot) -> None:
    """The fifth is an old man's allowance: no household programme."""
    cases = _on_one_phone(p, *["dibao"] * 4)
    p.booklet()
    old = p.person(82)
    p.person(70, male=False, relation="70")
    p.case("elder_allowance", old, start_date=p.ago(500), status_since=p.ago(500))
    p.own[-1]["phone"] = _number(p)
    for case in cases:
        p.must_not("P05", None, case)


@scenario("P05", "near")
def five_people_of_four_households(p: Plot) -> None:
    """Five people, two of them husband and wife on one case."""
    cases = _on_one_phone(p, *["dibao"] * 3)
    p.booklet()
    man, wife = p.couple(70, 69)
    cases.append(p.case("dibao", man, wife))
    for row in p.own[-2:]:
        row["phone"] = _number(p)
    for case in cases:
        p.must_not("P05", None, case)
