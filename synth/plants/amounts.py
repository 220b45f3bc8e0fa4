"""X20: dibao amounts that the figures do not give.

For two heads 1,500 yuan less likely income are computed; a category may add three tenths. A difference counts if it is
over 100 yuan and over a fifth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.plants.families import covered_alone, on_case, pension, supporter, wages
from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Person


def _paid(p: Plot, total: float, income: float = 0.0, *, key: bool = False) -> tuple[Person, Person, str]:
    """A couple on dibao with a monthly total and an income of the man's that counts whole."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, monthly_amount=total / 2)
    if income:
        pension(p, man, income, key=key)
    return man, wife, case


def _off(p: Plot, total: float, income: float = 0.0) -> None:
    """A couple whose total must be found wrong."""
    _, _, case = _paid(p, total, income, key=True)
    p.must("X20", "yellow", None, case, "dibao", "reassess")


def _right(p: Plot, total: float, income: float = 0.0) -> None:
    """A couple whose total is right enough."""
    _, _, case = _paid(p, total, income)
    p.must_not("X20", None, case)


@scenario("X20", "hit")
def paid_as_if_without_pension(p: Plot) -> None:
    """1,500 are paid; of a pension of 900 nobody knew."""
    _off(p, 1500, 900)


@scenario("X20", "hit")
def paid_far_too_little(p: Plot) -> None:
    """No income, and less than half of what is due."""
    _off(p, 700)


@scenario("X20", "hit")
def just_over_a_fifth_too_little(p: Plot) -> None:
    """310 of 1,500 are missing."""
    _off(p, 1190)


@scenario("X20", "hit")
def just_over_a_hundred_too_little(p: Plot) -> None:
    """110 of 300 are missing."""
    _off(p, 190, 1200)


@scenario("X20", "hit")
def just_over_a_hundred_too_much(p: Plot) -> None:
    """365 where 200, with a supplement 260, are due."""
    _off(p, 365, 1300)


@scenario("X20", "hit")
def paid_at_the_line(p: Plot) -> None:
    """Income exactly at the line: nothing is due, 120 are paid."""
    _off(p, 120, 1500)


@scenario("X20", "hit")
def salary_not_counted(p: Plot) -> None:
    """A public-welfare post with a salary of 1,000: likely income counts here."""
    man, _, case = _paid(p, 1500)
    p.row("public_payroll", man, post_type="public_welfare", monthly_salary=1000.0)
    p.must("X20", "yellow", None, case, "dibao", "reassess")


@scenario("X20", "hit")
def support_not_counted(p: Plot) -> None:
    """A son owes 600 a month by the figures; the amount is the full one."""
    _, _, case = _paid(p, 1500)
    p.booklet()
    son = p.person(45)
    supporter(p, case, "dibao", son)
    wages(p, son, 5000)
    p.must("X20", "yellow", None, case, "dibao", "reassess")


@scenario("X20", "hit")
def paid_for_a_prisoner(p: Plot) -> None:
    """Who is in custody is not counted, and is paid."""
    man, _, case = _paid(p, 1500)
    p.row("inmates", man)
    p.must("X20", "yellow", None, case, "dibao", "reassess")
    p.must("X02", "yellow", man, case, "dibao")


@scenario("X20", "hit")
def cut_since_yesterday(p: Plot) -> None:
    """The amount was right until yesterday."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, monthly_amount=340.0, earlier={"monthly_amount": 750.0})
    p.must("X20", "yellow", None, case, "dibao", "reassess")
    p.tell("new", "data", None, case)


@scenario("X20", "near")
def just_under_a_fifth_too_little(p: Plot) -> None:
    """290 of 1,500 are missing."""
    _right(p, 1210)


@scenario("X20", "near")
def ninety_too_little(p: Plot) -> None:
    """90 of 300 are missing: three tenths, and under 100."""
    _right(p, 210, 1200)


@scenario("X20", "near")
def ninety_too_much(p: Plot) -> None:
    """350 where 200, with a supplement 260, are due."""
    _right(p, 350, 1300)


@scenario("X20", "near")
def supplement_and_a_little(p: Plot) -> None:
    """930 where 600, with a supplement 780, are due: 150 too much, under a fifth."""
    _right(p, 930, 900)


@scenario("X20", "near")
def declared_and_unseen(p: Plot) -> None:
    """500 each are declared and nobody delivered them: declared income makes no computed amount."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, declared_monthly_income=500.0)
    p.must_not("X20", None, case)


@scenario("X20", "near")
def raised_since_yesterday(p: Plot) -> None:
    """The amount was too small until yesterday."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, earlier={"monthly_amount": 340.0})
    p.must_not("X20", None, case)
    p.tell("cleared", "data", None, case)


@scenario("X20", "near")
def wife_never_signed(p: Plot) -> None:
    """Without her authorization income cannot be assessed; that she has not signed is found instead."""
    _, wife, case = _paid(p, 1500, 900)
    on_case(p, case, wife)["authorized_on"] = None
    p.must_not("X20", None, case)
    p.must("P01", "yellow", wife, case)


@scenario("X20", "near")
def wife_not_named(p: Plot) -> None:
    """Somebody joined the family whom the case does not name: first that."""
    man, _ = p.couple()
    case = p.case("dibao", man, monthly_amount=300.0)
    p.must_not("X20", None, case)
    p.must("X14", "yellow", None, case, "dibao")


@scenario("X20", "near")
def income_over_the_line(p: Plot) -> None:
    """Where income is over the line the amount is not the question."""
    _, _, case = _paid(p, 1500, 3600)
    p.must_not("X20", None, case)
    p.must("X03", "red", None, case, "dibao")


@scenario("X20", "near")
def one_person_cover_paid_little(p: Plot) -> None:
    """The amount of a one-person cover follows other figures."""
    _, _, case = covered_alone(p, 260.0)
    p.must_not("X20", None, case)


@scenario("X20", "near")
def wrong_but_suspended(p: Plot) -> None:
    """Nothing is paid to the family now."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, monthly_amount=200.0, status="suspended", status_since=p.ago(90))
    p.must_not("X20", None, case)
