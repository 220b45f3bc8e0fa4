"""X03 and X04: income and financial assets over the line.

The dibao line is 750 yuan a head and month with a tolerance of a tenth; assets may be 24 times that a head.
"""

from __future__ import annotations

from synth.plants.families import wages, worker
from synth.plants.plot import Plot, scenario


@scenario("X03", "hit")
def wages_twice_the_line(p: Plot) -> None:
    """Steady wages, twice the line a head."""
    man, mother = worker(p)
    case = p.case("dibao", man, mother)
    wages(p, man, 3600)
    p.must("X03", "red", None, case, "dibao")


@scenario("X03", "hit")
def tekun_with_employee_pension(p: Plot) -> None:
    """A man on tekun draws an employee pension of 2,600."""
    man = p.person(70)
    case = p.case("tekun", man)
    p.row("social_insurance", man, scheme="employee_pension", monthly_amount=2600.0)
    p.must("X03", "red", None, case, "tekun")
    p.cares("C01", man)


@scenario("X03", "hit")
def marginal_over_its_line(p: Plot) -> None:
    """A marginal family earns 2,250 a head; its line is 1,125."""
    man, mother = worker(p)
    case = p.case("marginal", man, mother)
    wages(p, man, 5000)
    p.must("X03", "red", None, case, "marginal")


@scenario("X03", "hit")
def salary_of_a_post(p: Plot) -> None:
    """No tax row, but a post with a salary: likely over the line, so yellow."""
    man, mother = worker(p)
    case = p.case("dibao", man, mother)
    p.row("public_payroll", man, monthly_salary=3200.0)
    p.must("X03", "yellow", None, case, "dibao")
    p.may("X10", "C06", "X20")


@scenario("X03", "hit")
def work_found_lately(p: Plot) -> None:
    """The first wages came four months ago: taper, do not accuse."""
    man, mother = worker(p)
    case = p.case("dibao", man, mother, start_date=p.ago(1300))
    wages(p, man, 5800, first=9)
    p.must("X03", "yellow", None, case, "dibao", "taper")


@scenario("X03", "hit")
def work_lost_lately(p: Plot) -> None:
    """High wages until four months ago: over the year's line, under the quarter's."""
    man, mother = worker(p)
    case = p.case("dibao", man, mother)
    wages(p, man, 4200, last=8)
    p.must("X03", "yellow", None, case, "dibao")


@scenario("X03", "near")
def just_under_the_line(p: Plot) -> None:
    """700 a head: under the line, and the amount fits."""
    man, mother = worker(p)
    case = p.case("dibao", man, mother, monthly_amount=52.5, declared_monthly_income=0.0)
    wages(p, man, 1550, key=False)
    p.must_not("X03", None, case)


@scenario("X03", "near")
def contribution_base_alone(p: Plot) -> None:
    """Contributions on a base of 3,500 and no wage: high alone accuses nobody."""
    man, mother = worker(p)
    case = p.case("dibao", man, mother, declared_monthly_income=50.0)
    p.row("social_insurance", man, key=False, scheme="employee_contribution", monthly_amount=3500.0,
          employer_name="鹭港服装厂", from_month=p.month(-6))  # fmt: skip
    p.must_not("X03", None, case)
    p.may("X11")


@scenario("X03", "near")
def sold_once(p: Plot) -> None:
    """One transfer of 80,000: shown, not counted."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("tax_income", man, key=False, income_item="transfer", gross_amount=80_000.0, period=p.month(10))
    p.must_not("X03", None, case)


@scenario("X03", "near")
def wages_of_a_namesake(p: Plot) -> None:
    """Wages of somebody of the name, with another number."""
    man, wife = p.couple(66)
    case = p.case("dibao", man, wife)
    wages(p, p.stranger(man), 7000, key=False)
    p.must_not("X03", None, case)


@scenario("X03", "near")
def resident_pension(p: Plot) -> None:
    """A resident pension of 290: most of it is disregarded."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, monthly_amount=680.0)
    for who in (man, wife):
        p.row("social_insurance", who, key=False, monthly_amount=290.0)
    p.must_not("X03", None, case)


@scenario("X04", "hit")
def large_balance(p: Plot) -> None:
    """60,000 in the bank for two people, all year."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("bank_accounts", man, balance=60_000.0, average_balance_12m=58_000.0)
    p.must("X04", "red", None, case, "dibao")


@scenario("X04", "hit")
def large_fund(p: Plot) -> None:
    """A fund of 80,000."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("financial_products", wife, market_value=80_000.0)
    p.must("X04", "red", None, case, "dibao")


@scenario("X04", "hit")
def tekun_savings(p: Plot) -> None:
    """A man on tekun with 40,000; one head may have 18,000."""
    man = p.person(68)
    case = p.case("tekun", man)
    p.row("bank_accounts", man, balance=40_000.0, average_balance_12m=39_000.0, account_type="term")
    p.must("X04", "red", None, case, "tekun")
    p.cares("C01", man)


@scenario("X04", "hit")
def only_a_flag(p: Plot) -> None:
    """The second bank says only that a limit is passed."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("bank_accounts", man, bank_code="BANK-B", balance=None, average_balance_12m=None, inflow_12m=None,
          over_limit=True)  # fmt: skip
    p.must("X04", "yellow", None, case, "dibao")


@scenario("X04", "hit")
def money_just_come(p: Plot) -> None:
    """70,000 now, 4,000 on average: perhaps a compensation on its way."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("bank_accounts", man, balance=70_000.0, average_balance_12m=4_000.0)
    p.must("X04", "yellow", None, case, "marginal")


@scenario("X04", "near")
def two_thirds_of_the_limit(p: Plot) -> None:
    """24,000 for two; 36,000 are allowed."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("bank_accounts", man, key=False, balance=24_000.0, average_balance_12m=23_500.0)
    p.must_not("X04", None, case)


@scenario("X04", "near")
def flag_says_no(p: Plot) -> None:
    """The second bank says that no limit is passed."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("bank_accounts", man, key=False, bank_code="BANK-B", balance=None, average_balance_12m=None,
          inflow_12m=None, over_limit=False)  # fmt: skip
    p.must_not("X04", None, case)


@scenario("X04", "near")
def savings_of_the_supporter(p: Plot) -> None:
    """The supporter's savings are his own."""
    man = p.person(71)
    case = p.case("tekun", man)
    p.booklet()
    brother = p.person(66)
    p.row("assistance_roll", brother, key=False, case_no=case, program="tekun", role="supporter", relation="70",
          covered=False, monthly_amount=0.0)  # fmt: skip
    p.row("bank_accounts", brother, key=False, balance=180_000.0, average_balance_12m=170_000.0)
    p.must_not("X04", None, case)
    p.cares("C01", man)


@scenario("X04", "near")
def balance_of_a_namesake(p: Plot) -> None:
    """Savings of somebody of the name and birth date, with another number."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row(
        "bank_accounts",
        p.stranger(man, same_birth=True),
        key=False,
        balance=90_000.0,
        average_balance_12m=88_000.0,
    )
    p.must_not("X04", None, case)
