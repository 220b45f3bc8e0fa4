"""O01 and O02: the subsidies that the disabled are owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Person


def _with_pensioner(p: Plot, age: float = 58) -> Person:
    """A man whose wife draws a pension that lifts both over every line; he is on no case."""
    wife = p.person(66, male=False, married=True)
    p.row("social_insurance", wife, key=False, scheme="employee_pension", monthly_amount=6200.0)
    return p.person(age, relation="10")


@scenario("O01", "hit")
def severe_and_unpaid(p: Plot) -> None:
    """Level 2 for two years, and no nursing subsidy."""
    man = _with_pensioner(p)
    p.row("disability_certificates", man)
    p.must("O01", "yellow", man, None, "disability_nursing")
    p.cares("C02", man)


@scenario("O01", "hit")
def severe_on_dibao_unpaid(p: Plot) -> None:
    """On dibao with the living subsidy; the nursing subsidy was forgotten."""
    man, wife = p.couple()
    p.case("dibao", man, wife)
    p.case("disability_living", man)
    p.row("disability_certificates", man, disability_level="1", disability_class="1")
    p.must("O01", "yellow", man, None, "disability_nursing")
    p.cares("C02", man)


@scenario("O01", "hit")
def certificate_since_yesterday(p: Plot) -> None:
    """Issued two months ago, delivered tonight."""
    man = _with_pensioner(p)
    p.row("disability_certificates", man, issued_on=p.ago(65), earlier=None)
    p.must("O01", "yellow", man, None, "disability_nursing")
    p.cares("C02", man)
    p.tell("new", "data", man, None)


@scenario("O01", "near")
def nursing_paid(p: Plot) -> None:
    """Level 1, and paid."""
    man = _with_pensioner(p)
    p.row("disability_certificates", man, key=False, disability_level="1")
    p.case("disability_nursing", man)
    p.must_not("O01", man)
    p.cares("C02", man)


@scenario("O01", "near")
def nursing_applied_for(p: Plot) -> None:
    """Level 2, and the application is open."""
    man = _with_pensioner(p)
    p.row("disability_certificates", man, key=False)
    p.case("disability_nursing", man, status="applying", start_date=p.ago(9), status_since=p.ago(9))
    p.must_not("O01", man)
    p.cares("C02", man)


@scenario("O01", "near")
def certified_this_month(p: Plot) -> None:
    """Issued in the night's own month: nothing is late yet."""
    man = _with_pensioner(p)
    p.row("disability_certificates", man, key=False, issued_on=p.night.replace(day=1))
    p.must_not("O01", man)
    p.cares("C02", man)


@scenario("O01", "near")
def level_three(p: Plot) -> None:
    """Level 3 of the limbs is not severe."""
    man = _with_pensioner(p)
    p.row("disability_certificates", man, key=False, disability_level="3")
    p.must_not("O01", man)
    p.must_not("C02", man)


@scenario("O01", "near")
def severe_on_tekun(p: Plot) -> None:
    """Tekun includes care."""
    man = p.person(67)
    p.case("tekun", man)
    p.row("disability_certificates", man, key=False)
    p.must_not("O01", man)
    p.cares("C01", man)
    p.cares("C02", man)


@scenario("O01", "near")
def severe_once(p: Plot) -> None:
    """The certificate was cancelled."""
    man = _with_pensioner(p)
    p.row("disability_certificates", man, key=False, status="cancelled")
    p.must_not("O01", man)
    p.must_not("C02", man)


@scenario("O02", "hit")
def disabled_on_dibao_unpaid(p: Plot) -> None:
    """On dibao with level 3, and no living subsidy."""
    man, wife = p.couple()
    p.case("dibao", man, wife)
    p.row("disability_certificates", man, disability_level="3")
    p.must("O02", "yellow", man, None, "disability_living")


@scenario("O02", "hit")
def light_disability_unpaid(p: Plot) -> None:
    """Any level counts: here the lightest, of a wife."""
    man, wife = p.couple()
    p.case("dibao", man, wife)
    p.row("disability_certificates", wife, disability_level="4", disability_class="2")
    p.must("O02", "yellow", wife, None, "disability_living")


@scenario("O02", "hit")
def child_on_dibao_unpaid(p: Plot) -> None:
    """A child of ten on its grandmother's dibao case, level 3."""
    grandmother = p.person(66, male=False)
    child = p.person(10, relation="40")
    p.case("dibao", grandmother, child)
    p.row("students", child, key=False)
    p.row("disability_certificates", child, disability_level="3", disability_class="2")
    p.must("O02", "yellow", child, None, "disability_living")


@scenario("O02", "near")
def living_paid(p: Plot) -> None:
    """On dibao with level 3, and paid."""
    man, wife = p.couple()
    p.case("dibao", man, wife)
    p.row("disability_certificates", man, key=False, disability_level="3")
    p.case("disability_living", man)
    p.must_not("O02", man)


@scenario("O02", "near")
def living_applied_for(p: Plot) -> None:
    """The application is open."""
    man, wife = p.couple()
    p.case("dibao", man, wife)
    p.row("disability_certificates", man, key=False, disability_level="4")
    p.case("disability_living", man, status="applying", start_date=p.ago(6), status_since=p.ago(6))
    p.must_not("O02", man)


@scenario("O02", "near")
def certificate_frozen(p: Plot) -> None:
    """A frozen certificate gives nothing."""
    man, wife = p.couple()
    p.case("dibao", man, wife)
    p.row("disability_certificates", man, key=False, disability_level="3", status="frozen")
    p.must_not("O02", man)


@scenario("O02", "near")
def disabled_on_marginal(p: Plot) -> None:
    """The subsidy is for families on dibao."""
    man, wife = p.couple()
    p.case("marginal", man, wife)
    p.row("disability_certificates", man, key=False, disability_level="4")
    p.must_not("O02", man)
