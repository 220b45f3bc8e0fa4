"""O01, O02, O04: subsidies that the disabled are owed, and bills that ruin a family."""

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


def _ruinous(p: Plot, who: Person, *, key: bool = True, days: int = 120) -> None:
    """A bill of 45,000 of which 38,000 are paid by the family; not serious illness by its code or size."""
    p.row("medical_settlements", who, key=key, settled_on=p.ago(days), total_amount=45_000.0, fund_paid=5_000.0,
          self_paid_in_scope=38_000.0, self_paid_out_of_scope=2_000.0)  # fmt: skip


@scenario("O04", "hit")
def ruinous_bill(p: Plot) -> None:
    """38,000 paid by a couple without income."""
    man, _ = p.couple()
    _ruinous(p, man)
    p.must("O04", "red", None, None, "medical_assistance")


@scenario("O04", "hit")
def bills_add_up(p: Plot) -> None:
    """Two bills of husband and wife make more than 30,000 together."""
    man, wife = p.couple()
    for who in (man, wife):
        p.row("medical_settlements", who, total_amount=21_000.0, fund_paid=2_000.0, self_paid_in_scope=17_000.0,
              self_paid_out_of_scope=2_000.0)  # fmt: skip
    p.row("social_insurance", man, key=False, monthly_amount=200.0)
    p.must("O04", "red", None, None, "medical_assistance")


@scenario("O04", "near")
def bill_on_a_medical_case(p: Plot) -> None:
    """Medical assistance is already paid."""
    man, _ = p.couple()
    _ruinous(p, man, key=False)
    p.case("medical_assistance", man)
    p.must_not("O04")
    p.must_not("O05")


@scenario("O04", "near")
def medical_applied_for(p: Plot) -> None:
    """The application is open."""
    man, _ = p.couple()
    _ruinous(p, man, key=False)
    p.case("medical_assistance", man, status="applying", start_date=p.ago(8), status_since=p.ago(8))
    p.must_not("O04")
    p.must_not("O05")


@scenario("O04", "near")
def bill_long_ago(p: Plot) -> None:
    """The bill is fourteen months old."""
    man, _ = p.couple()
    _ruinous(p, man, key=False, days=430)
    p.must_not("O04")
    p.must_not("O05")


@scenario("O04", "near")
def bill_of_the_well_off(p: Plot) -> None:
    """A pension of 8,500 a month carries the bill."""
    man, wife = p.couple()
    _ruinous(p, wife, key=False)
    p.row("social_insurance", man, key=False, scheme="employee_pension", monthly_amount=8500.0)
    p.must_not("O04")
    p.must_not("O05")


@scenario("O04", "near")
def bill_and_a_car(p: Plot) -> None:
    """A new car is evidence of means, and silences."""
    man, wife = p.couple()
    _ruinous(p, man, key=False)
    p.row("vehicles", wife, key=False)
    p.must_not("O04")
    p.must_not("O05")
