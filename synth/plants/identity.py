"""P06: identities that a clerk has to settle before anything is held against anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Person

LENT = "stranger_with_resident_number"
"""The mark of a row that shows somebody else's valid number (damage.py)."""


def _registered_elsewhere(p: Plot, like: Person) -> Person:
    """Somebody of the same generation in a booklet of his own, on no case."""
    p.booklet()
    born = like.birth.replace(day=like.birth.day % 27 + 1)
    other = p.person(born=born, male=like.male != p.variety.turned)
    p.person(45, relation="20")
    return other


def _from_elsewhere(p: Plot, age: float) -> Person:
    """Somebody of another county with a name of his own, on no spine."""
    return p.person(
        age, place=320623, outsider=True, in_registry=False, household_no=None, hh=None, relation="90"
    )


@scenario("P06", "hit")
def applicant_under_anothers_number(p: Plot) -> None:
    """The roll writes the number of a man of another name beside the applicant's."""
    man = p.person(69)
    other = _registered_elsewhere(p, man)
    case = p.case("dibao", man, number_of=other.pid, hurt=LENT)
    p.must("P06", "yellow", None, case)


@scenario("P06", "hit")
def member_under_anothers_number(p: Plot) -> None:
    """Of two sisters on a marginal case the younger stands under a neighbour's number."""
    elder = p.person(70, male=False)
    younger = p.person(67, male=False, relation="70")
    other = _registered_elsewhere(p, younger)
    case = p.case("marginal", elder, younger)
    p.own[-1] |= {"number_of": other.pid, "hurt": LENT}
    p.must("P06", "yellow", None, case)


@scenario("P06", "hit")
def pension_that_may_be_his(p: Plot) -> None:
    """A pension of 2,400 under his number and another name: it would be over the line, so somebody has to ask."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("social_insurance", _from_elsewhere(p, 61), scheme="employee_pension", monthly_amount=2400.0,
          number_of=man.pid, hurt=LENT)  # fmt: skip
    p.must("P06", "yellow", man, case)
    p.must_not("X03", None, case)


@scenario("P06", "hit")
def savings_that_may_be_hers(p: Plot) -> None:
    """50,000 under her number and another name; 36,000 are allowed."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("bank_accounts", _from_elsewhere(p, 62), balance=50_000.0, average_balance_12m=49_000.0,
          number_of=wife.pid, hurt=LENT)  # fmt: skip
    p.must("P06", "yellow", wife, case)
    p.must_not("X04", None, case)


@scenario("P06", "near")
def a_sound_for_another(p: Plot) -> None:
    """The roll writes his name with a character that sounds the same: it is he."""
    man, wife = p.couple(64, 63)
    case = p.case("dibao", man, wife, hurt="nm_homophone")
    p.must_not("P06", man, case)


@scenario("P06", "near")
def a_digit_for_another(p: Plot) -> None:
    """The roll has one digit wrong: the number is nobody's."""
    man, wife = p.couple(66, 65)
    case = p.case("marginal", man, wife)
    p.own[0]["hurt"] = "id_digit"
    p.must_not("P06", man, case)


@scenario("P06", "near")
def fifteen_digits(p: Plot) -> None:
    """Numbers of the old length."""
    man, wife = p.couple(75, 74)
    case = p.case("dibao", man, wife, hurt="id_15")
    p.must_not("P06", None, case)


@scenario("P06", "near")
def pension_of_a_namesake(p: Plot) -> None:
    """A pension of somebody of his name, with a number of his own."""
    man, wife = p.couple(68, 66)
    case = p.case("dibao", man, wife)
    p.row("social_insurance", p.stranger(man), key=False, scheme="employee_pension", monthly_amount=3900.0)
    p.must_not("P06", man, case)
    p.must_not("X03", None, case)
