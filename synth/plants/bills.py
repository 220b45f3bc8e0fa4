"""O04: bills that ruin a family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Person


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


@scenario("O04", "hit")
def bill_of_a_small_pension(p: Plot) -> None:
    """An employee pension of 1,900 is far under the figure."""
    man, wife = p.couple()
    p.row("social_insurance", man, key=False, scheme="employee_pension", monthly_amount=1900.0)
    _ruinous(p, wife)
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
