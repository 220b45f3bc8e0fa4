"""X03 at its edges: each kind of income, each programme's line, tolerance, taper, one-person cover."""

from __future__ import annotations

from synth.plants.families import covered_alone, on_case, pension, supporter, wages, worker
from synth.plants.plot import Plot, scenario


@scenario("X03", "hit")
def within_the_tolerance(p: Plot) -> None:
    """780 a head: over the line of 750, and not over 825."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    pension(p, man, 1560.0)
    p.must("X03", "yellow", None, case, "dibao")


@scenario("X03", "hit")
def paid_by_the_job(p: Plot) -> None:
    """Labour and royalties are wages by another name."""
    man, mother = worker(p, 47)
    case = p.case("dibao", man, mother)
    wages(p, man, 2100, item="labour")
    wages(p, man, 1500, item="royalties")
    p.must("X03", "red", None, case, "dibao")


@scenario("X03", "hit")
def rents_and_trade(p: Plot) -> None:
    """Rent of a field and business income, each alone under the line; no costs of work are taken off."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    wages(p, man, 900, item="lease")
    wages(p, wife, 900, item="business")
    p.must("X03", "red", None, case, "dibao")


@scenario("X03", "hit")
def benefit_of_the_jobless(p: Plot) -> None:
    """An unemployment benefit of 1,800 all year."""
    man, mother = worker(p)
    case = p.case("dibao", man, mother)
    p.row("social_insurance", man, scheme="unemployment_benefit", monthly_amount=1800.0)
    p.must("X03", "red", None, case, "dibao")
    p.cares("C06", man)


@scenario("X03", "hit")
def better_paid_lately(p: Plot) -> None:
    """Years of small wages, tripled three months ago: over the quarter's line, under the year's."""
    man, mother = worker(p, 50)
    case = p.case("dibao", man, mother)
    wages(p, man, 900, last=9)
    wages(p, man, 2400, first=10)
    p.must("X03", "yellow", None, case, "dibao")


@scenario("X03", "hit")
def six_months_at_work(p: Plot) -> None:
    """The first wages came six months ago: the last month of the taper."""
    man, mother = worker(p, 43)
    case = p.case("dibao", man, mother)
    wages(p, man, 5000, first=7)
    p.must("X03", "yellow", None, case, "dibao", "taper")


@scenario("X03", "hit")
def seven_months_at_work(p: Plot) -> None:
    """The first wages came seven months ago: the taper is over."""
    man, mother = worker(p, 42)
    case = p.case("dibao", man, mother)
    wages(p, man, 4400, first=6)
    p.must("X03", "red", None, case, "dibao")
    if p.night.day == 1:
        p.tell("worse", "time", None, case)


@scenario("X03", "hit")
def rigid_over_the_mean(p: Plot) -> None:
    """3,500 a head where the mean disposable income makes 3,000."""
    man, wife = p.couple()
    case = p.case("rigid_expenditure", man, wife, start_date=p.ago(240), status_since=p.ago(240))
    pension(p, man, 7000.0)
    p.must("X03", "red", None, case, "rigid_expenditure")


@scenario("X03", "hit")
def family_of_the_covered_earns(p: Plot) -> None:
    """A one-person cover is measured by the whole booklet: the wife's 2,800 make 1,400 a head, the line is 1,125."""
    _, wife, case = covered_alone(p)
    pension(p, wife, 2800.0)
    p.must("X03", "red", None, case, "dibao")


@scenario("X03", "near")
def family_of_the_covered_earns_less(p: Plot) -> None:
    """1,000 a head: over the standard, under the line of a one-person cover."""
    _, wife, case = covered_alone(p)
    pension(p, wife, 2000.0, key=False)
    p.must_not("X03", None, case)


@scenario("X03", "near")
def costs_of_work(p: Plot) -> None:
    """1,650 gross for two are 742.50 a head when the costs of work are off."""
    man, mother = worker(p, 46)
    case = p.case("dibao", man, mother, monthly_amount=7.5)
    wages(p, man, 1650, key=False)
    p.must_not("X03", None, case)


@scenario("X03", "near")
def exactly_at_the_line(p: Plot) -> None:
    """750 a head, and nothing is paid."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, monthly_amount=0.0)
    pension(p, man, 1500.0, key=False)
    p.must_not("X03", None, case)


@scenario("X03", "near")
def marginal_between_the_lines(p: Plot) -> None:
    """1,000 a head: over the standard, under one and a half of it."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    pension(p, man, 2000.0, key=False)
    p.must_not("X03", None, case)


@scenario("X03", "near")
def rigid_under_the_mean(p: Plot) -> None:
    """2,400 a head on a family recognised for its costs."""
    man, wife = p.couple()
    case = p.case("rigid_expenditure", man, wife, start_date=p.ago(240), status_since=p.ago(240))
    pension(p, wife, 4800.0, key=False)
    p.must_not("X03", None, case)


@scenario("X03", "near")
def tekun_with_a_resident_pension(p: Plot) -> None:
    """880 as a resident, 730 when the disregard is off."""
    man = p.person(71)
    case = p.case("tekun", man)
    p.row("social_insurance", man, key=False, monthly_amount=880.0)
    p.must_not("X03", None, case)
    p.cares("C01", man)


@scenario("X03", "near")
def prize_won_once(p: Plot) -> None:
    """A prize of 50,000: incidental, shown, not counted."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("tax_income", wife, key=False, income_item="incidental", gross_amount=50_000.0, period=p.month(11))
    p.must_not("X03", None, case)


@scenario("X03", "near")
def wages_while_suspended(p: Plot) -> None:
    """The office stopped paying when the wages came."""
    man, mother = worker(p, 48)
    case = p.case("dibao", man, mother, status="suspended", status_since=p.ago(80))
    wages(p, man, 5200, key=False)
    p.must_not("X03", None, case)


@scenario("X03", "hit")
def rich_supporter(p: Plot) -> None:
    """A son's 12,000 make 1,860 of support by the figures: likely over the line, so yellow."""
    man = p.person(72)
    case = p.case("tekun", man)
    p.booklet()
    son = p.person(47)
    supporter(p, case, "tekun", son)
    wages(p, son, 12_000)
    p.must("X03", "yellow", None, case, "tekun")
    p.must("X15", "yellow", None, case, "tekun")
    p.cares("C01", man)


@scenario("X03", "near")
def tax_and_costs(p: Plot) -> None:
    """1,700 gross, 60 of tax: 738 a head when tax and the costs of work are off."""
    man, mother = worker(p, 45)
    case = p.case("dibao", man, mother, monthly_amount=12.0)
    wages(p, man, 1700, key=False, tax_amount=60.0)
    p.must_not("X03", None, case)


@scenario("X03", "near")
def salary_that_tax_has_too(p: Plot) -> None:
    """The salary of the post is the wages that the tax office has: counted once, 900 a head on marginal."""
    man, mother = worker(p, 49)
    case = p.case("marginal", man, mother)
    wages(p, man, 2000, key=False)
    p.row("public_payroll", man, key=False, monthly_salary=2000.0)
    p.must_not("X03", None, case)


@scenario("X03", "near")
def declares_much(p: Plot) -> None:
    """2,400 are declared and nobody delivered them: high alone accuses nobody."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    on_case(p, case, man)["declared_monthly_income"] = 2400.0
    p.must_not("X03", None, case)


@scenario("X03", "near")
def pension_of_a_prisoner(p: Plot) -> None:
    """Who is in custody is not counted, nor is what he draws."""
    man, wife = p.couple(66, 64)
    case = p.case("dibao", man, wife, monthly_amount=375.0)
    pension(p, man, 3000.0, key=False)
    p.row("inmates", man, key=False)
    p.must_not("X03", None, case)
    p.must("X02", "yellow", man, case, "dibao")
