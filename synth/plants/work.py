"""X11: contributions of an employer and no income declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.plants.families import on_case, worker
from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Person


def _insured(
    p: Plot, who: Person, first: int, last: int | None = None, *, key: bool = True, **values: object
) -> None:
    """Contributions of an employee from M`first` to M`last`, or until now."""
    work = {"scheme": "employee_contribution", "monthly_amount": 3300.0, "employer_name": "澄泾机械厂"}
    until = None if last is None else p.month(last)
    p.row("social_insurance", who, key=key, **{**work, **values}, from_month=p.month(first), to_month=until)


@scenario("X11", "hit")
def works_and_says_nothing(p: Plot) -> None:
    """Insured by a factory all year; the form's income is empty."""
    man, mother = worker(p)
    case = p.case("dibao", man, mother, declared_monthly_income=None)
    _insured(p, man, -9)
    p.must("X11", "yellow", man, case, "dibao")


@scenario("X11", "hit")
def three_months_of_work(p: Plot) -> None:
    """Insured for exactly three months, income declared as 0."""
    man, mother = worker(p, 44)
    case = p.case("marginal", man, mother)
    _insured(p, man, 10)
    p.must("X11", "yellow", man, case, "marginal")
    if p.night.day == 1:
        p.tell("new", "time", man, case)


@scenario("X11", "hit")
def two_employers(p: Plot) -> None:
    """Two months here and one month there make three."""
    man, mother = worker(p, 48)
    case = p.case("dibao", man, mother)
    _insured(p, man, 2, 3)
    _insured(p, man, 7, 7, employer_name="枫浜食品有限公司")
    p.must("X11", "yellow", man, case, "dibao")


@scenario("X11", "hit")
def began_before_the_window(p: Plot) -> None:
    """A spell of years that reached three months into the window."""
    man, mother = worker(p, 53)
    case = p.case("dibao", man, mother)
    _insured(p, man, -20, 3)
    p.must("X11", "yellow", man, case, "dibao")


@scenario("X11", "hit")
def son_who_is_not_covered(p: Plot) -> None:
    """The son shares the home and the case, is insured, and is no beneficiary."""
    man, wife = p.couple(66, 64)
    son = p.person(36, relation="20")
    case = p.case("dibao", man, wife, son, monthly_amount=1125.0)
    on_case(p, case, son).update(covered=False, monthly_amount=0.0, declared_monthly_income=None)
    _insured(p, son, 1)
    p.must("X11", "yellow", son, case, "dibao")


@scenario("X11", "near")
def two_months_of_work(p: Plot) -> None:
    """Two months are too few."""
    man, mother = worker(p, 45)
    case = p.case("dibao", man, mother)
    _insured(p, man, 11, key=False)
    p.must_not("X11", man, case)


@scenario("X11", "near")
def work_declared(p: Plot) -> None:
    """Insured all year, and 600 declared."""
    man, mother = worker(p, 49)
    case = p.case("marginal", man, mother)
    on_case(p, case, man)["declared_monthly_income"] = 600.0
    _insured(p, man, 0, key=False)
    p.must_not("X11", man, case)


@scenario("X11", "near")
def insures_himself(p: Plot) -> None:
    """No employer: he pays the contributions of an employee himself."""
    man, mother = worker(p, 46)
    case = p.case("dibao", man, mother)
    _insured(p, man, 0, key=False, employer_name=None)
    p.must_not("X11", man, case)


@scenario("X11", "near")
def welfare_post_insured(p: Plot) -> None:
    """The employer is the county, the post a public-welfare one."""
    man, mother = worker(p, 52)
    case = p.case("dibao", man, mother)
    _insured(p, man, 0, key=False, employer_name="水利站")
    p.row("public_payroll", man, key=False, post_type="public_welfare", monthly_salary=None)
    p.must_not("X11", man, case)


@scenario("X11", "near")
def worked_before_the_window(p: Plot) -> None:
    """The spell ended the month before the window; he is past work now."""
    man, wife = p.couple(62, 61)
    case = p.case("dibao", man, wife)
    _insured(p, man, -30, 0, key=False)
    p.must_not("X11", man, case)


@scenario("X11", "near")
def insured_as_a_resident(p: Plot) -> None:
    """A resident's contribution says nothing of work."""
    man, wife = p.couple(61, 60.5)
    case = p.case("dibao", man, wife)
    _insured(p, man, 0, key=False, scheme="resident_contribution", monthly_amount=40.0, employer_name=None)
    p.must_not("X11", man, case)


@scenario("X11", "near")
def insured_on_tekun(p: Plot) -> None:
    """The rule speaks of dibao and marginal alone."""
    man = p.person(63)
    case = p.case("tekun", man)
    _insured(p, man, 0, key=False)
    p.must_not("X11", man, case)
    p.cares("C01", man)
