"""X14: spouses whom the case does not name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.plants.families import covered_alone, on_case
from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Person


def _apart(p: Plot, age: float = 67, spouse: float = 63) -> tuple[Person, Person]:
    """A man and a woman in booklets of their own."""
    man = p.person(age, married=True)
    p.booklet()
    return man, p.person(spouse, male=False, married=True)


def _registered(p: Plot, one: Person, other: Person, event: str, days: int, *, key: bool = True) -> None:
    """A marriage or divorce in the register."""
    p.row("marriages", one, key=key, pid2=other.pid, event=event, event_date=p.ago(days))


@scenario("X14", "hit")
def wife_in_another_booklet(p: Plot) -> None:
    """The register has the wedding; the wife lives elsewhere and is not named."""
    man, wife = _apart(p)
    case = p.case("dibao", man)
    _registered(p, man, wife, "marriage", 3000)
    p.must("X14", "yellow", None, case, "dibao")


@scenario("X14", "hit")
def wife_of_the_booklet(p: Plot) -> None:
    """Head and wife of one booklet; no wedding was ever registered."""
    man, _ = p.couple()
    case = p.case("marginal", man)
    p.must("X14", "yellow", None, case, "marginal")


@scenario("X14", "hit")
def husband_of_a_member(p: Plot) -> None:
    """Not the applicant's spouse, but that of a covered daughter."""
    mother = p.person(70, male=False)
    daughter = p.person(61, male=False, relation="30", marital=1)
    p.booklet()
    husband = p.person(64, married=True)
    case = p.case("dibao", mother, daughter)
    _registered(p, husband, daughter, "marriage", 9000)
    p.must("X14", "yellow", None, case, "dibao")


@scenario("X14", "hit")
def married_again(p: Plot) -> None:
    """Married, divorced, and married to each other again."""
    man, wife = _apart(p)
    case = p.case("dibao", man)
    for event, days in (("marriage", 9000), ("divorce", 2500), ("marriage", 800)):
        _registered(p, man, wife, event, days)
    p.must("X14", "yellow", None, case, "dibao")


@scenario("X14", "near")
def wife_in_custody(p: Plot) -> None:
    """The wife who is not named is in prison."""
    man, wife = _apart(p, spouse=55)
    case = p.case("dibao", man)
    _registered(p, man, wife, "marriage", 7000, key=False)
    p.row("inmates", wife, key=False)
    p.must_not("X14", None, case)


@scenario("X14", "near")
def divorced_since(p: Plot) -> None:
    """The newest event is the divorce; the booklets have not caught up."""
    man, wife = _apart(p)
    case = p.case("dibao", man)
    _registered(p, man, wife, "marriage", 8000, key=False)
    _registered(p, man, wife, "divorce", 600, key=False)
    p.must_not("X14", None, case)


@scenario("X14", "near")
def she_married_another(p: Plot) -> None:
    """His newest event is the wedding with her, hers a later wedding with another."""
    man, wife = _apart(p)
    p.booklet()
    other = p.person(65, married=True)
    case = p.case("dibao", man)
    _registered(p, man, wife, "marriage", 8000, key=False)
    _registered(p, other, wife, "marriage", 900, key=False)
    p.must_not("X14", None, case)


@scenario("X14", "near")
def divorced_in_one_booklet(p: Plot) -> None:
    """Head and wife by the booklet's relations, but the registry calls both divorced."""
    man = p.person(67, marital=3)
    p.person(65, male=False, relation="10", marital=3)
    case = p.case("dibao", man)
    p.must_not("X14", None, case)


@scenario("X14", "near")
def divorce_of_the_booklets_couple(p: Plot) -> None:
    """Head and wife by the booklet; the register has their divorce, and no wedding."""
    man, wife = p.couple()
    case = p.case("marginal", man)
    _registered(p, wife, man, "divorce", 1400, key=False)
    p.must_not("X14", None, case)


@scenario("X14", "near")
def wife_who_died(p: Plot) -> None:
    """The wife of the register is dead."""
    man, wife = _apart(p)
    case = p.case("dibao", man)
    _registered(p, man, wife, "marriage", 12000, key=False)
    p.row("deaths", wife, key=False, died_on=p.ago(260))
    p.must_not("X14", None, case)


@scenario("X14", "near")
def wife_named_from_elsewhere(p: Plot) -> None:
    """The wife lives in another booklet, and stands on the case."""
    man, wife = _apart(p)
    case = p.case("dibao", man, wife)
    _registered(p, man, wife, "marriage", 6000, key=False)
    p.must_not("X14", None, case)


@scenario("X14", "near")
def covered_for_himself_alone(p: Plot) -> None:
    """A one-person cover names nobody else, and need not."""
    _, _, case = covered_alone(p)
    p.must_not("X14", None, case)


@scenario("X14", "near")
def wife_beside_tekun(p: Plot) -> None:
    """The rule speaks of dibao and marginal alone."""
    man, _ = p.couple()
    case = p.case("tekun", man)
    p.must_not("X14", None, case)
    p.cares("C01", man)


@scenario("X14", "near")
def wife_while_suspended(p: Plot) -> None:
    """Nothing is paid to the family now."""
    man, _ = p.couple()
    case = p.case("dibao", man, status="suspended", status_since=p.ago(120))
    p.must_not("X14", None, case)


@scenario("X14", "near")
def wife_of_one_not_covered(p: Plot) -> None:
    """The brother shares the home and is no beneficiary: his wife elsewhere does not join the family."""
    man = p.person(68)
    brother = p.person(63, relation="70", marital=1)
    p.booklet()
    wife = p.person(61, male=False, married=True)
    case = p.case("dibao", man, brother, monthly_amount=1500.0)
    on_case(p, case, brother).update(covered=False, monthly_amount=0.0)
    _registered(p, brother, wife, "marriage", 9000, key=False)
    p.must_not("X14", None, case)
