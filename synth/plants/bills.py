"""O04 and O05: bills that ruin a family, and bills that leave it too little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from synth.frames import year_before
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


def _pension(p: Plot, who: Person, amount: float) -> None:
    p.row("social_insurance", who, key=False, scheme="employee_pension", monthly_amount=amount)


def _paid(p: Plot, who: Person, self_paid: float, *, key: bool = True, **values: Any) -> None:  # noqa: ANN401
    """A bill of which the family pays so much; its total is not a serious illness's."""
    p.row("medical_settlements", who, key=key, total_amount=self_paid + 9_000.0, fund_paid=8_000.0,
          self_paid_in_scope=self_paid, self_paid_out_of_scope=1_000.0, **values)  # fmt: skip


@scenario("O05", "hit")
def at_the_floor(p: Plot) -> None:
    """10,000 to the fen, and no income: the ratio is of one yuan at least."""
    man, _ = p.couple()
    _paid(p, man, 10_000.0)
    p.must("O05", "yellow", None, None, "rigid_expenditure")


@scenario("O05", "hit")
def at_the_ratio(p: Plot) -> None:
    """Three bills of 25,200 in all, six tenths of a pension of 3,500 a month."""
    man, wife = p.couple()
    _pension(p, wife, 3500.0)
    for who, amount, days in ((man, 9_700.0, 300), (man, 8_500.0, 140), (wife, 7_000.0, 20)):
        _paid(p, who, amount, settled_on=p.ago(days), visit_type="outpatient", diagnosis_code="M51.200")
    p.must("O05", "yellow", None, None, "rigid_expenditure")


@scenario("O05", "hit")
def too_well_off_for_hardship(p: Plot) -> None:
    """35,000 is a hardship, but 54,000 a year are over that figure: rigid spending it is, at 27,000 a head."""
    man, wife = p.couple()
    _pension(p, man, 4500.0)
    _paid(p, wife, 35_000.0)
    p.must("O05", "yellow", None, None, "rigid_expenditure")
    p.must_not("O04")


@scenario("O05", "near")
def a_yuan_under_the_floor(p: Plot) -> None:
    """9,999, and no income."""
    _, wife = p.couple()
    _paid(p, wife, 9_999.0, key=False)
    p.must_not("O05")


@scenario("O05", "near")
def a_yuan_under_the_ratio(p: Plot) -> None:
    """12,959 of 21,600 a year; six tenths are 12,960."""
    man, wife = p.couple()
    _pension(p, man, 1800.0)
    _paid(p, wife, 12_959.0, key=False)
    p.must_not("O05")


@scenario("O05", "near")
def mean_income(p: Plot) -> None:
    """22,000 of 36,000 for one: his income is the mean, not under it."""
    man = p.person(69)
    _pension(p, man, 3000.0)
    _paid(p, man, 22_000.0, key=False)
    p.must_not("O05")


@scenario("O05", "near")
def hardship_speaks_already(p: Plot) -> None:
    """32,000 without income: O04 speaks, and once is enough."""
    man, _ = p.couple()
    _paid(p, man, 32_000.0)
    p.must("O04", "red", None, None, "medical_assistance")
    p.must_not("O05")


@scenario("O05", "near")
def assisted_already(p: Plot) -> None:
    """The wife is on medical assistance."""
    man, wife = p.couple()
    _paid(p, man, 16_000.0, key=False)
    p.case("medical_assistance", wife)
    p.must_not("O05")


@scenario("O05", "near")
def bill_and_a_shop(p: Plot) -> None:
    """The wife keeps a shop."""
    man, wife = p.couple(56, 54)
    p.row("business_registrations", wife, key=False, role="legal_representative", entity_type="company")
    _paid(p, man, 19_000.0, key=False)
    p.must_not("O05")


@scenario("O05", "near")
def bill_of_a_year_ago(p: Plot) -> None:
    """Settled on this day a year ago: the twelve months begin the day after."""
    man, _ = p.couple()
    _paid(p, man, 18_000.0, key=False, settled_on=year_before(p.night))
    p.must_not("O05")
    p.tell_if_yesterday_was_within("O05", None)


@scenario("O05", "near")
def rigid_spending_recognised(p: Plot) -> None:
    """Recognised half a year ago, the bills go on."""
    man, wife = p.couple()
    p.case(
        "rigid_expenditure",
        man,
        wife,
        start_date=p.ago(190),
        status_since=p.ago(190),
        authorized_on=p.ago(190),
    )
    _paid(p, wife, 21_000.0, key=False)
    p.must_not("O05")
