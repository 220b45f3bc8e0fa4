"""P03 and P04: cases that nobody looked at for too long."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from synth.plants.left_out import odd_jobs
from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from datetime import date


def _months_ago(p: Plot, months: int, day: int = 11) -> date:
    """A day of the month so many months before the night's own."""
    return p.month(13 - months) + timedelta(days=day - 1)


@scenario("P03", "hit")
def thirteen_months(p: Plot) -> None:
    """An old couple on dibao, seen last in the thirteenth month before."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, last_reviewed=_months_ago(p, 13, 28))
    p.must("P03", "yellow", None, case)


@scenario("P03", "hit")
def seven_months_and_able(p: Plot) -> None:
    """A member who can work: seven months are too many."""
    mother = p.person(70, male=False)
    son = p.person(46, relation="20")
    case = p.case("dibao", mother, son, last_reviewed=_months_ago(p, 7, 28), monthly_amount=592.5)
    odd_jobs(p, son)
    p.must("P03", "yellow", None, case)


@scenario("P03", "hit")
def tekun_never_seen(p: Plot) -> None:
    """Tekun begun sixteen months ago, and never a visit."""
    man = p.person(71, marital=0)
    begun = _months_ago(p, 16)
    case = p.case("tekun", man, last_reviewed=None, start_date=begun, status_since=begun, authorized_on=begun)
    p.must("P03", "yellow", None, case)
    p.cares("C01", man)


@scenario("P03", "hit")
def suspended_and_forgotten(p: Plot) -> None:
    """A suspended marginal case is open: seen fifteen months ago."""
    man, wife = p.couple(69, 68)
    case = p.case(
        "marginal", man, wife, status="suspended", status_since=p.ago(300), last_reviewed=_months_ago(p, 15)
    )
    p.must("P03", "yellow", None, case)


@scenario("P03", "hit")
def lightly_disabled_can_work(p: Plot) -> None:
    """Level 4 is not severe: eight months are too many on a marginal case."""
    man = p.person(51)
    mother = p.person(75, male=False, relation="50")
    case = p.case("marginal", man, mother, last_reviewed=_months_ago(p, 8))
    p.row("disability_certificates", man, key=False, disability_level="4")
    p.must("P03", "yellow", None, case)


@scenario("P03", "near")
def seen_this_week(p: Plot) -> None:
    """Yesterday the review was fourteen months old; the visit was entered today."""
    man, wife = p.couple(72, 70)
    case = p.case("dibao", man, wife, last_reviewed=p.ago(1))
    for row in p.own[-2:]:
        row["earlier"] = {"last_reviewed": _months_ago(p, 15)}
    p.must_not("P03", None, case)
    p.tell("cleared", "data", None, case)


@scenario("P03", "near")
def twelve_months(p: Plot) -> None:
    """Seen in the twelfth month before, on its first day."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, last_reviewed=_months_ago(p, 12, 1))
    p.must_not("P03", None, case)


@scenario("P03", "near")
def six_months_and_able(p: Plot) -> None:
    """A member who can work, seen in the sixth month before."""
    man, wife = p.couple(47, 45)
    case = p.case("marginal", man, wife, last_reviewed=_months_ago(p, 6, 1))
    p.must_not("P03", None, case)


@scenario("P03", "near")
def nine_months_and_grave(p: Plot) -> None:
    """The only member of working age is of level 2: twelve months hold."""
    mother = p.person(69, male=False)
    son = p.person(41, relation="20")
    case = p.case("dibao", mother, son, last_reviewed=_months_ago(p, 9))
    p.row("disability_certificates", son, key=False)
    p.case("disability_living", son)
    p.case("disability_nursing", son)
    p.cares("C02", son)
    p.must_not("P03", None, case)


@scenario("P03", "near")
def ten_months_and_at_school(p: Plot) -> None:
    """The only member of working age is at school."""
    grandmother = p.person(68, male=False)
    girl = p.person(17, male=False, relation="40")
    case = p.case("dibao", grandmother, girl, last_reviewed=_months_ago(p, 10))
    p.row("students", girl, key=False, stage="senior", school_name="鹭港高级中学")
    p.must_not("P03", None, case)


@scenario("P03", "near")
def eight_months_and_uncovered(p: Plot) -> None:
    """Who could work is on the case without cover."""
    mother = p.person(67, male=False)
    son = p.person(44, relation="20")
    case = p.case("dibao", mother, son, last_reviewed=_months_ago(p, 8))
    p.own[0]["monthly_amount"] = 1500.0
    p.own[-1] |= {"covered": False, "monthly_amount": 0.0}
    p.must_not("P03", None, case)


@scenario("P03", "near")
def rigid_has_its_own_clock(p: Plot) -> None:
    """Rigid spending, seen fourteen months ago and recognised anew in the fifth month before."""
    man, wife = p.couple(58, 56)
    case = p.case(
        "rigid_expenditure", man, wife, last_reviewed=_months_ago(p, 14), status_since=_months_ago(p, 5)
    )
    p.must_not("P03", None, case)
    p.must_not("P04", None, case)


@scenario("P04", "hit")
def rigid_for_thirteen_months(p: Plot) -> None:
    """Recognised in the thirteenth month before."""
    man, wife = p.couple(62, 60)
    case = p.case("rigid_expenditure", man, wife, status_since=_months_ago(p, 13, 28))
    p.must("P04", "yellow", None, case)


@scenario("P04", "hit")
def rigid_for_years(p: Plot) -> None:
    """Three years ago, and visited last month: a visit is no new recognition."""
    man = p.person(57)
    case = p.case("rigid_expenditure", man, last_reviewed=p.ago(33))
    p.must("P04", "yellow", None, case)


@scenario("P04", "hit")
def rigid_family_of_four(p: Plot) -> None:
    """A family, recognised twenty months ago."""
    man, wife = p.couple(43, 41)
    children = [p.person(age, relation="20") for age in (15, 10)]
    for child in children:
        p.row("students", child, key=False)
    begun = _months_ago(p, 20)
    case = p.case(
        "rigid_expenditure", man, wife, *children, start_date=begun, status_since=begun, authorized_on=begun
    )
    p.must("P04", "yellow", None, case)


@scenario("P04", "near")
def rigid_for_twelve_months(p: Plot) -> None:
    """Recognised on the first day of the twelfth month before."""
    man, wife = p.couple(63, 61)
    case = p.case("rigid_expenditure", man, wife, status_since=_months_ago(p, 12, 1))
    p.must_not("P04", None, case)


@scenario("P04", "near")
def rigid_suspended(p: Plot) -> None:
    """Suspended for fourteen months: not active."""
    man, wife = p.couple(60, 59)
    case = p.case("rigid_expenditure", man, wife, status="suspended", status_since=_months_ago(p, 14))
    p.must_not("P04", None, case)


@scenario("P04", "near")
def rigid_ended(p: Plot) -> None:
    """Over for fourteen months."""
    man, wife = p.couple(61, 59)
    over = _months_ago(p, 14)
    case = p.case(
        "rigid_expenditure",
        man,
        wife,
        status="ended",
        end_date=over,
        status_since=over,
        authorized_until=over,
    )
    p.must_not("P04", None, case)


@scenario("P04", "near")
def marginal_for_years(p: Plot) -> None:
    """Marginal for three years: P04 is of rigid spending alone."""
    man, wife = p.couple(65, 63)
    case = p.case("marginal", man, wife)
    p.must_not("P04", None, case)
