"""O12 and O13: who was left beside the family's case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Person


def odd_jobs(p: Plot, who: Person, gross: float = 350.0) -> None:
    """A little pay every month: who has it needs no help to find work."""
    for position in range(1, 13):
        p.row(
            "tax_income", who, key=False, income_item="labour", period=p.month(position), gross_amount=gross
        )


def _nursed(p: Plot, who: Person, *, key: bool = True, **values: Any) -> None:  # noqa: ANN401
    """Level 2, the nursing subsidy paid."""
    p.row("disability_certificates", who, key=key, **values)
    p.case("disability_nursing", who)
    p.cares("C02", who)


def _pupil(p: Plot, age: float, **more: Any) -> Person:  # noqa: ANN401
    child = p.person(age, relation="20", **more)
    p.row("students", child, key=False)
    return child


@scenario("O12", "hit")
def grave_on_marginal(p: Plot) -> None:
    """Level 2 on the couple's marginal case: dibao for him alone was forgotten."""
    man, wife = p.couple(61, 60)
    p.case("marginal", man, wife)
    _nursed(p, man)
    p.must("O12", "yellow", man, None, "dibao")


@scenario("O12", "hit")
def of_unsound_mind_on_marginal(p: Plot) -> None:
    """A member of class 5, level 3."""
    mother = p.person(64, male=False)
    son = p.person(33, relation="20")
    p.case("marginal", mother, son)
    p.row("disability_certificates", son, disability_class="5", disability_level="3")
    p.must("O12", "yellow", son, None, "dibao")


@scenario("O12", "hit")
def grave_child_on_marginal(p: Plot) -> None:
    """A pupil of level 1 on the parents' case."""
    man, wife = p.couple(39, 37)
    child = _pupil(p, 9)
    p.case("marginal", man, wife, child)
    for who in (man, wife):
        odd_jobs(p, who, 900.0)
    _nursed(p, child, disability_level="1", disability_class="1")
    p.must("O12", "yellow", child, None, "dibao")


@scenario("O12", "hit")
def certificate_thawed(p: Plot) -> None:
    """Frozen until yesterday, valid tonight."""
    man, wife = p.couple(63, 61)
    p.case("marginal", man, wife)
    p.row(
        "disability_certificates",
        wife,
        disability_class="6",
        disability_level="3",
        earlier={"status": "frozen"},
    )
    p.must("O12", "yellow", wife, None, "dibao")
    p.tell("new", "data", wife, None)


@scenario("O12", "near")
def light_on_marginal(p: Plot) -> None:
    """Level 3 of the eyes."""
    man, wife = p.couple(62, 60)
    p.case("marginal", man, wife)
    p.row("disability_certificates", man, key=False, disability_class="1", disability_level="3")
    p.must_not("O12", man)


@scenario("O12", "near")
def son_covered_alone(p: Plot) -> None:
    """The parents are on a marginal case, the grave son on dibao by himself."""
    father, mother = p.couple(66, 64)
    son = p.person(35, relation="20")
    p.case("dibao", son)
    p.case("marginal", father, mother)
    p.case("disability_living", son)
    _nursed(p, son, key=False)
    p.must_not("O12", son)


@scenario("O12", "near")
def grave_and_tapering(p: Plot) -> None:
    """The marginal case tapers off: it is not active."""
    man, wife = p.couple(60, 58)
    p.case("marginal", man, wife, status="tapering", status_since=p.ago(70))
    _nursed(p, wife, key=False)
    p.must_not("O12", wife)


@scenario("O12", "near")
def dibao_asked_for_beside_marginal(p: Plot) -> None:
    """A widower of level 2 on a marginal case has asked for dibao."""
    man = p.person(57)
    p.case("marginal", man)
    begun = p.ago(14)
    p.case("dibao", man, status="applying", start_date=begun, status_since=begun, authorized_on=begun)
    _nursed(p, man, key=False)
    p.colourless = True
    p.must_not("O12", man)


def _uncovered(p: Plot, amount: float, *people: Person) -> str:
    """A dibao case whose last member is not covered; the applicant is paid the amount."""
    case = p.case("dibao", *people)
    first, last = p.own[-len(people)], p.own[-1]
    first["monthly_amount"] = amount
    last |= {"covered": False, "monthly_amount": 0.0}
    return case


@scenario("O13", "hit")
def wife_named_and_uncovered(p: Plot) -> None:
    """The wife stands on the case and is not covered."""
    man, wife = p.couple()
    case = _uncovered(p, 1500.0, man, wife)
    p.must("O13", "yellow", wife, case, "dibao")


@scenario("O13", "hit")
def younger_child_forgotten(p: Plot) -> None:
    """Parents and the elder child are covered; the younger is in the booklet and on no case."""
    man, wife = p.couple(41, 39)
    elder, younger = _pupil(p, 14), _pupil(p, 7)
    case = p.case("dibao", man, wife, elder, monthly_amount=540.0)
    for who in (man, wife):
        odd_jobs(p, who)
    p.must("O13", "yellow", younger, case, "dibao")
    p.must_not("O13", elder)


@scenario("O13", "hit")
def child_named_and_uncovered(p: Plot) -> None:
    """A mother's child stands on her case without cover."""
    mother = p.person(43, male=False)
    child = _pupil(p, 11)
    case = _uncovered(p, 1140.0, mother, child)
    odd_jobs(p, mother, 400.0)
    p.must("O13", "yellow", child, case, "dibao")


@scenario("O13", "hit")
def child_of_the_prisoner(p: Plot) -> None:
    """The head is in prison, his wife on dibao; their child is on no case."""
    father, mother = p.couple(40, 38)
    child = _pupil(p, 12)
    p.row("inmates", father, key=False)
    case = p.case("dibao", mother, monthly_amount=435.0)
    odd_jobs(p, mother)
    p.must("O13", "yellow", child, case, "dibao")


@scenario("O13", "near")
def covered_alone_with_a_daughter(p: Plot) -> None:
    """One-person cover of a grave father leaves the daughter out rightly."""
    man, wife = p.couple(44, 43)
    daughter = _pupil(p, 12, male=False)
    case = p.case("dibao", man)
    p.case("disability_living", man)
    _nursed(p, man, key=False)
    p.must_not("O13", daughter, case)
    p.must_not("O13", wife, case)


@scenario("O13", "near")
def son_of_eighteen(p: Plot) -> None:
    """The son turned 18 this month."""
    man, wife = p.couple(48, 46)
    day = p.night.replace(year=p.night.year - 18, day=min(p.night.day, 28))
    son = p.person(born=day, relation="20", marital=0)
    p.row("students", son, key=False, stage="senior")
    case = p.case("dibao", man, wife, monthly_amount=435.0)
    for who in (man, wife):
        odd_jobs(p, who)
    p.must_not("O13", son, case)


@scenario("O13", "near")
def wife_in_prison_named(p: Plot) -> None:
    """The wife on the case is in prison: she is not counted."""
    man, wife = p.couple(62, 57)
    case = _uncovered(p, 750.0, man, wife)
    p.row("inmates", wife, key=False)
    p.must_not("O13", wife, case)


@scenario("O13", "near")
def child_beside_a_tapering_case(p: Plot) -> None:
    """The case tapers off: nobody is taken onto it."""
    man, wife = p.couple(45, 44)
    child = _pupil(p, 10)
    case = p.case("dibao", man, wife, status="tapering", status_since=p.ago(100), monthly_amount=435.0)
    for who in (man, wife):
        odd_jobs(p, who)
    p.must_not("O13", child, case)


@scenario("O13", "near")
def child_moved_away(p: Plot) -> None:
    """The child's registration moved to the boarding town."""
    man, wife = p.couple(46, 44)
    child = p.person(13, relation="20", status="moved_out", status_date=p.ago(800))
    case = p.case("dibao", man, wife, monthly_amount=435.0)
    for who in (man, wife):
        odd_jobs(p, who)
    p.must_not("O13", child, case)


@scenario("O13", "near")
def family_asks_without_the_child(p: Plot) -> None:
    """Only an application: no active case yet."""
    man, wife = p.couple(42, 40)
    child = _pupil(p, 6)
    begun = p.ago(16)
    case = p.case(
        "dibao", man, wife, status="applying", start_date=begun, status_since=begun, authorized_on=begun
    )
    p.must_not("O13", child, case)
