"""X04, X05 and X06 at their limits: savings, prices and years of vehicles, shares of dwellings."""

from __future__ import annotations

from synth.plants.families import covered_alone, on_case
from synth.plants.plot import Plot, scenario


@scenario("X04", "hit")
def savings_add_up(p: Plot) -> None:
    """Two accounts and an insurance, each under the 36,000 of two heads."""
    man, wife = p.couple()
    case = p.case("rigid_expenditure", man, wife, start_date=p.ago(260), status_since=p.ago(260))
    p.row("bank_accounts", man, balance=15_000.0, average_balance_12m=14_800.0)
    p.row("bank_accounts", wife, balance=14_000.0, average_balance_12m=14_000.0, account_type="term")
    p.row("financial_products", wife, kind="commercial_insurance", market_value=13_000.0)
    p.must("X04", "red", None, case, "rigid_expenditure")


@scenario("X04", "hit")
def spent_lately(p: Plot) -> None:
    """1,000 left, 52,000 on average: over only one way."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("bank_accounts", man, balance=1_000.0, average_balance_12m=52_000.0)
    p.must("X04", "yellow", None, case, "dibao")


@scenario("X04", "hit")
def dollars_are_needed(p: Plot) -> None:
    """30,000 yuan are under the limit of 36,000; with 9,000 dollars, at whatever rate, they are not."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("bank_accounts", man, balance=30_000.0, average_balance_12m=30_000.0)
    p.row("bank_accounts", man, currency="USD", balance=9_000.0, average_balance_12m=9_000.0)
    p.must("X04", "yellow", None, case, "dibao")


@scenario("X04", "hit")
def one_yuan_over(p: Plot) -> None:
    """18,001 yuan of a man on tekun."""
    man = p.person(69)
    case = p.case("tekun", man)
    p.row("bank_accounts", man, balance=18_001.0, average_balance_12m=None, account_type="term")
    p.must("X04", "red", None, case, "tekun")
    p.cares("C01", man)


@scenario("X04", "near")
def exactly_the_limit(p: Plot) -> None:
    """36,000 yuan of two heads."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("bank_accounts", wife, key=False, balance=36_000.0, average_balance_12m=36_000.0)
    p.must_not("X04", None, case)


@scenario("X04", "near")
def limit_of_three(p: Plot) -> None:
    """50,000 with a grandchild in the family: three heads may have 54,000."""
    man, wife = p.couple()
    child = p.person(9, relation="40")
    case = p.case("dibao", man, wife, child)
    p.row("students", child, key=False)
    p.row("bank_accounts", man, key=False, balance=50_000.0, average_balance_12m=49_000.0)
    p.must_not("X04", None, case)


@scenario("X04", "near")
def few_dollars(p: Plot) -> None:
    """200 dollars and 5,000 yuan."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("bank_accounts", man, key=False, balance=5_000.0, average_balance_12m=5_000.0)
    p.row("bank_accounts", man, key=False, currency="USD", balance=200.0, average_balance_12m=200.0)
    p.must_not("X04", None, case)


@scenario("X04", "near")
def savings_nobody_may_see(p: Plot) -> None:
    """The wife has 90,000 and never signed: her bank's rows are not used."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    on_case(p, case, wife)["authorized_on"] = None
    p.row("bank_accounts", wife, key=False, balance=90_000.0, average_balance_12m=90_000.0)
    p.must_not("X04", None, case)
    p.must("P01", "yellow", wife, case)


@scenario("X04", "near")
def savings_while_suspended(p: Plot) -> None:
    """Nothing is paid to the family now."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, status="suspended", status_since=p.ago(50))
    p.row("bank_accounts", man, key=False, balance=80_000.0, average_balance_12m=78_000.0)
    p.must_not("X04", None, case)


@scenario("X05", "hit")
def price_at_the_limit(p: Plot) -> None:
    """Exactly 50,000, nine years ago."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("vehicles", man, purchase_price=50_000.0, first_registered_on=p.ago(3300))
    p.must("X05", "red", None, case, "marginal")


@scenario("X05", "hit")
def first_day_unknown(p: Plot) -> None:
    """88,000, and nobody knows since when."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("vehicles", wife, purchase_price=88_000.0, first_registered_on=None)
    p.must("X05", "yellow", None, case, "dibao")


@scenario("X05", "near")
def car_for_the_disabled(p: Plot) -> None:
    """A vehicle built for the disabled is exempt, as is a tricycle."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("vehicles", man, key=False, vehicle_class="disability", purchase_price=62_000.0)
    p.row("vehicles", wife, key=False, vehicle_class="tricycle", purchase_price=8_000.0)
    p.must_not("X05", None, case)


@scenario("X05", "near")
def car_on_rigid(p: Plot) -> None:
    """The rule does not speak of families recognised for their costs."""
    man, wife = p.couple()
    case = p.case("rigid_expenditure", man, wife, start_date=p.ago(180), status_since=p.ago(180))
    p.row("vehicles", man, key=False)
    p.must_not("X05", None, case)


@scenario("X05", "near")
def car_while_suspended(p: Plot) -> None:
    """Nothing is paid to the family now."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, status="suspended", status_since=p.ago(75))
    p.row("vehicles", man, key=False)
    p.must_not("X05", None, case)


@scenario("X06", "hit")
def share_not_said(p: Plot) -> None:
    """A flat, and another whose share the certificate does not state."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("real_estate", man)
    p.row("real_estate", wife, share_percent=None)
    p.must("X06", "yellow", None, case, "dibao")


@scenario("X06", "hit")
def third_share_not_said(p: Plot) -> None:
    """Two flats for sure, and perhaps a third: what is not stated never makes red."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("real_estate", man)
    p.row("real_estate", wife)
    p.row("real_estate", wife, share_percent=None)
    p.must("X06", "yellow", None, case, "marginal")


@scenario("X06", "near")
def flats_on_rigid(p: Plot) -> None:
    """The rule does not speak of families recognised for their costs."""
    man, wife = p.couple()
    case = p.case("rigid_expenditure", man, wife, start_date=p.ago(180), status_since=p.ago(180))
    for who in (man, wife):
        p.row("real_estate", who, key=False)
    p.must_not("X06", None, case)


@scenario("X06", "near")
def flat_and_shop(p: Plot) -> None:
    """A shop is no dwelling; the marginal family may have one."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("real_estate", man, key=False)
    p.row("real_estate", man, key=False, usage="commercial")
    p.must_not("X06", None, case)


@scenario("X04", "near")
def savings_of_a_prisoner(p: Plot) -> None:
    """Who is in custody is not counted, nor are his savings."""
    man, wife = p.couple(66, 64)
    case = p.case("dibao", man, wife, monthly_amount=375.0)
    p.row("bank_accounts", man, key=False, balance=70_000.0, average_balance_12m=70_000.0)
    p.row("inmates", man, key=False)
    p.must_not("X04", None, case)
    p.must("X02", "yellow", man, case, "dibao")


@scenario("X04", "near")
def savings_of_one_covered_alone(p: Plot) -> None:
    """30,000 of a one-person cover: the whole booklet is counted, so two heads may have 36,000."""
    man, _, case = covered_alone(p)
    p.row("bank_accounts", man, key=False, balance=30_000.0, average_balance_12m=30_000.0)
    p.must_not("X04", None, case)


@scenario("X05", "hit")
def car_of_the_unnamed_wife(p: Plot) -> None:
    """A wife whom the case does not name is of the family, and so is her car."""
    man, wife = p.couple()
    case = p.case("dibao", man)
    p.row("vehicles", wife)
    p.must("X05", "red", None, case, "dibao")
    p.must("X14", "yellow", None, case, "dibao")
