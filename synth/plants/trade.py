"""X09: roles in businesses. The capital limit is 100,000 yuan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.plants.families import supporter
from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Row

COMPANY: Row = {"entity_type": "company", "entity_name": "如皋市鹭港建材有限公司"}


@scenario("X09", "hit")
def shopkeeper_on_dibao(p: Plot) -> None:
    """A sole trader who runs his shop."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("business_registrations", man)
    p.must("X09", "yellow", None, case, "dibao")


@scenario("X09", "hit")
def represents_a_company(p: Plot) -> None:
    """Legal representative of a company, without capital of her own."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("business_registrations", wife, **COMPANY, role="legal_representative", subscribed_capital=None)
    p.must("X09", "yellow", None, case, "marginal")


@scenario("X09", "hit")
def shareholder_at_the_limit(p: Plot) -> None:
    """A man on tekun has subscribed exactly the limit."""
    man = p.person(66)
    case = p.case("tekun", man)
    p.row("business_registrations", man, **COMPANY, role="shareholder", subscribed_capital=100_000.0)
    p.must("X09", "yellow", None, case, "tekun")
    p.cares("C01", man)


@scenario("X09", "hit")
def one_open_one_closed(p: Plot) -> None:
    """One shop closed years ago, the next is open."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("business_registrations", man, key=False, status="deregistered", deregistered_on=p.ago(2600))
    p.row("business_registrations", man)
    p.must("X09", "yellow", None, case, "dibao")


@scenario("X09", "near")
def shareholder_under_the_limit(p: Plot) -> None:
    """99,999 yuan."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row(
        "business_registrations", man, key=False, **COMPANY, role="shareholder", subscribed_capital=99_999.0
    )
    p.must_not("X09", None, case)


@scenario("X09", "near")
def runs_a_cooperative(p: Plot) -> None:
    """Legal representative of a village's cooperative, with capital: exempt."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("business_registrations", man, key=False, entity_type="cooperative", role="legal_representative",
          subscribed_capital=400_000.0)  # fmt: skip
    p.must_not("X09", None, case)


@scenario("X09", "near")
def shop_closed(p: Plot) -> None:
    """The shop was deregistered."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("business_registrations", man, key=False, status="deregistered", deregistered_on=p.ago(400))
    p.must_not("X09", None, case)


@scenario("X09", "near")
def licence_revoked(p: Plot) -> None:
    """The company's licence was revoked."""
    man = p.person(68)
    case = p.case("tekun", man)
    p.row("business_registrations", man, key=False, **COMPANY, role="legal_representative", status="revoked")
    p.must_not("X09", None, case)
    p.cares("C01", man)


@scenario("X09", "near")
def shopkeeper_on_rigid(p: Plot) -> None:
    """A family recognised for its costs may run a shop."""
    man, wife = p.couple()
    case = p.case("rigid_expenditure", man, wife, start_date=p.ago(220), status_since=p.ago(220))
    p.row("business_registrations", man, key=False)
    p.must_not("X09", None, case)


@scenario("X09", "near")
def shop_of_a_supporter(p: Plot) -> None:
    """The son's shop is his."""
    man = p.person(71)
    case = p.case("tekun", man)
    p.booklet()
    son = p.person(45)
    supporter(p, case, "tekun", son)
    p.row("business_registrations", son, key=False)
    p.must_not("X09", None, case)
    p.cares("C01", man)


@scenario("X09", "near")
def shop_of_a_namesake(p: Plot) -> None:
    """A shop of somebody of the name and birth date, with another number."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("business_registrations", p.stranger(man, same_birth=True), key=False)
    p.must_not("X09", None, case)
