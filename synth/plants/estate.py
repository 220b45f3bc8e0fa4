"""X07 and X08: shops, and dwellings bought beside the aid."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from synth.plants.families import supporter
from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Row

SHOP: Row = {"usage": "commercial", "area_m2": 34.0, "transaction_amount": 260_000.0}


@scenario("X07", "hit")
def shop_of_the_family(p: Plot) -> None:
    """A shop of its own."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("real_estate", man, **SHOP)
    p.must("X07", "yellow", None, case, "dibao")


@scenario("X07", "hit")
def stall_on_tekun(p: Plot) -> None:
    """A man on tekun owns a stall beside his house."""
    man = p.person(69)
    case = p.case("tekun", man)
    p.row("real_estate", man, key=False)
    p.row("real_estate", man, **SHOP)
    p.must("X07", "yellow", None, case, "tekun")
    p.cares("C01", man)


@scenario("X07", "hit")
def half_a_shop(p: Plot) -> None:
    """Exactly half of a shop."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("real_estate", wife, **SHOP, share_percent=50.0)
    p.must("X07", "yellow", None, case, "dibao")


@scenario("X07", "hit")
def quarters_of_a_shop_add_up(p: Plot) -> None:
    """Husband and wife hold 30 and 25 percent of one shop."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    first = p.row("real_estate", man, **SHOP, share_percent=30.0)
    same: Row = {"certificate_no": first["certificate_no"], "address": first["address"]}
    p.row("real_estate", wife, **SHOP, share_percent=25.0, **same)
    p.must("X07", "yellow", None, case, "dibao")


@scenario("X07", "near")
def third_of_a_shop(p: Plot) -> None:
    """A third, beside two cousins."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("real_estate", man, key=False, **SHOP, share_percent=33.3)
    p.must_not("X07", None, case)


@scenario("X07", "near")
def shop_given_up(p: Plot) -> None:
    """The shop was sold two years ago."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("real_estate", man, key=False, **SHOP, cancelled_on=p.ago(720))
    p.must_not("X07", None, case)


@scenario("X07", "near")
def garage_and_cellar(p: Plot) -> None:
    """A garage and a cellar earn nothing."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("real_estate", man, key=False, usage="garage", area_m2=21.0)
    p.row("real_estate", wife, key=False, usage="other", area_m2=8.0)
    p.must_not("X07", None, case)


@scenario("X07", "near")
def shop_on_marginal(p: Plot) -> None:
    """The rule speaks of dibao and tekun alone."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("real_estate", man, key=False, **SHOP)
    p.must_not("X07", None, case)


@scenario("X07", "near")
def shop_of_the_supporter(p: Plot) -> None:
    """The daughter's shop is hers."""
    man = p.person(72)
    case = p.case("tekun", man)
    p.booklet()
    daughter = p.person(44, male=False)
    supporter(p, case, "tekun", daughter)
    p.row("real_estate", daughter, key=False, **SHOP)
    p.must_not("X07", None, case)
    p.cares("C01", man)


@scenario("X07", "near")
def shop_while_suspended(p: Plot) -> None:
    """Nothing is paid to the family now."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, status="suspended", status_since=p.ago(100))
    p.row("real_estate", man, key=False, **SHOP)
    p.must_not("X07", None, case)


@scenario("X08", "hit")
def flat_bought_on_dibao(p: Plot) -> None:
    """A flat for 310,000, two years after the case began."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("real_estate", man, registered_on=p.ago(370), transaction_amount=310_000.0)
    p.must("X08", "yellow", None, case, "dibao")


@scenario("X08", "hit")
def house_bought_on_tekun(p: Plot) -> None:
    """A small house on village ground, bought while on tekun."""
    man = p.person(67)
    case = p.case("tekun", man)
    p.row("real_estate", man, usage="homestead", registered_on=p.ago(90), transaction_amount=42_000.0)
    p.must("X08", "yellow", None, case, "tekun")
    p.cares("C01", man)


@scenario("X08", "hit")
def bought_then_applied(p: Plot) -> None:
    """Bought a little less than a year before the case began."""
    man, wife = p.couple()
    start = p.ago(1100)
    case = p.case("dibao", man, wife, start_date=start, status_since=start)
    p.row("real_estate", wife, registered_on=start - timedelta(days=362), transaction_amount=250_000.0)
    p.must("X08", "yellow", None, case, "dibao")


@scenario("X08", "hit")
def bought_together(p: Plot) -> None:
    """Each bought 35 percent of the flat."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    bought: Row = {"registered_on": p.ago(600), "share_percent": 35.0, "transaction_amount": 140_000.0}
    first = p.row("real_estate", man, **bought)
    same: Row = {"certificate_no": first["certificate_no"], "address": first["address"]}
    p.row("real_estate", wife, **bought, **same)
    p.must("X08", "yellow", None, case, "dibao")


@scenario("X08", "near")
def bought_over_a_year_before(p: Plot) -> None:
    """Bought a little more than a year before the case began."""
    man, wife = p.couple()
    start = p.ago(1100)
    case = p.case("dibao", man, wife, start_date=start, status_since=start)
    p.row(
        "real_estate", man, key=False, registered_on=start - timedelta(days=369), transaction_amount=250_000.0
    )
    p.must_not("X08", None, case)


@scenario("X08", "near")
def inherited_on_dibao(p: Plot) -> None:
    """Registered two years into the case, and nothing was paid for it: an inheritance."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("real_estate", man, key=False, registered_on=p.ago(380))
    p.must_not("X08", None, case)


@scenario("X08", "near")
def garage_bought_on_dibao(p: Plot) -> None:
    """A garage is no dwelling."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    bought: Row = {"registered_on": p.ago(380), "transaction_amount": 45_000.0}
    p.row("real_estate", man, key=False, usage="garage", **bought)
    p.must_not("X08", None, case)


@scenario("X08", "near")
def bought_and_gone(p: Plot) -> None:
    """Bought on the case, and given up again."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    bought: Row = {"registered_on": p.ago(700), "transaction_amount": 190_000.0}
    p.row("real_estate", man, key=False, cancelled_on=p.ago(200), **bought)
    p.must_not("X08", None, case)


@scenario("X08", "near")
def fifth_of_the_sons_flat(p: Plot) -> None:
    """A fifth of a flat that the son bought."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    bought: Row = {"registered_on": p.ago(380), "transaction_amount": 80_000.0}
    p.row("real_estate", man, key=False, share_percent=20.0, **bought)
    p.must_not("X08", None, case)


@scenario("X08", "near")
def bought_on_marginal(p: Plot) -> None:
    """The rule speaks of dibao and tekun alone."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("real_estate", man, key=False, registered_on=p.ago(380), transaction_amount=310_000.0)
    p.must_not("X08", None, case)
