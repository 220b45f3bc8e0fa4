"""X10: covered people in posts that the treasury pays."""

from __future__ import annotations

from synth.plants.families import on_case, supporter
from synth.plants.plot import Plot, scenario


@scenario("X10", "hit")
def contract_on_dibao(p: Plot) -> None:
    """A gatekeeper under contract for 600 a month; the amount already counts it."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, monthly_amount=450.0)
    p.row("public_payroll", man, post_type="contract", monthly_salary=600.0)
    p.must("X10", "yellow", man, case, "dibao")


@scenario("X10", "hit")
def clerk_without_salary(p: Plot) -> None:
    """A post of the county's administration, its salary not stated."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("public_payroll", wife, post_type="civil_servant", monthly_salary=None)
    p.must("X10", "yellow", wife, case, "dibao")


@scenario("X10", "hit")
def post_on_tekun(p: Plot) -> None:
    """A man on tekun stands on the list of an institution."""
    man = p.person(65)
    case = p.case("tekun", man)
    p.row("public_payroll", man, monthly_salary=None, from_date=p.ago(80))
    p.must("X10", "yellow", man, case, "tekun")
    p.cares("C01", man)


@scenario("X10", "hit")
def post_of_unknown_kind(p: Plot) -> None:
    """In post, and nobody says of which kind: not one of the two that are exempt."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("public_payroll", man, post_type=None, monthly_salary=None)
    p.must("X10", "yellow", man, case, "dibao")


@scenario("X10", "near")
def left_the_post(p: Plot) -> None:
    """He has left."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("public_payroll", man, key=False, status="left")
    p.must_not("X10", man, case)


@scenario("X10", "near")
def public_welfare_post(p: Plot) -> None:
    """A public-welfare post is help in itself; its 600 are counted."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, monthly_amount=450.0)
    p.row("public_payroll", man, key=False, post_type="public_welfare", monthly_salary=600.0)
    p.must_not("X10", man, case)


@scenario("X10", "near")
def retired_from_a_post(p: Plot) -> None:
    """A retired porter whose pension of 500 comes from the treasury."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, monthly_amount=500.0)
    p.row("public_payroll", man, key=False, post_type="retired", monthly_salary=500.0)
    p.must_not("X10", man, case)


@scenario("X10", "near")
def brother_not_covered(p: Plot) -> None:
    """The brother in post shares the home, and is no beneficiary; his 600 are counted."""
    man = p.person(68)
    brother = p.person(63, relation="70")
    case = p.case("dibao", man, brother, monthly_amount=900.0)
    on_case(p, case, brother).update(covered=False, monthly_amount=0.0)
    p.row("public_payroll", brother, key=False, post_type="contract", monthly_salary=600.0)
    p.must_not("X10", brother, case)


@scenario("X10", "near")
def post_on_marginal(p: Plot) -> None:
    """The rule speaks of dibao and tekun alone."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("public_payroll", man, key=False, monthly_salary=1500.0)
    p.must_not("X10", man, case)


@scenario("X10", "near")
def supporter_in_post(p: Plot) -> None:
    """The daughter teaches for 1,400: under what a supporter may keep."""
    man = p.person(73)
    case = p.case("tekun", man)
    p.booklet()
    daughter = p.person(42, male=False)
    supporter(p, case, "tekun", daughter)
    p.row("public_payroll", daughter, key=False, monthly_salary=1400.0)
    p.must_not("X10", daughter, case)
    p.cares("C01", man)


@scenario("X10", "near")
def post_while_suspended(p: Plot) -> None:
    """The office stopped paying when he took the post."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, status="suspended", status_since=p.ago(70))
    p.row("public_payroll", man, key=False, from_date=p.ago(75), monthly_salary=900.0)
    p.must_not("X10", man, case)
