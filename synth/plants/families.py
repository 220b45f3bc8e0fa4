"""Families and money that several scenario modules build alike.

Here: wages by the month, a worker and his mother, a spouse whose pension lifts both, supporters, one-person
covers, what a case row says of one of its people. Not here: any scenario.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from synth.plants.plot import Person, Plot, Row


def wages(
    p: Plot, who: Person, gross: float, first: int = -1, last: int = 12, *, key: bool = True,
    item: str = "wages", tax_amount: float = 0.0,
) -> None:  # fmt: skip
    """Taxed income of each month from M`first` (M-1 is two months before the window) to M`last`."""
    month: Row = {"gross_amount": gross, "income_item": item, "tax_amount": tax_amount}
    for position in range(first, last + 1):
        p.row("tax_income", who, key=key, period=p.month(position), **month)


def pension(p: Plot, who: Person, amount: float, *, key: bool = True) -> None:
    """A pension as an employee: counted whole, every month."""
    p.row("social_insurance", who, key=key, scheme="employee_pension", monthly_amount=amount)


def worker(p: Plot, age: float = 51) -> tuple[Person, Person]:
    """A man who can work, and his mother, who cannot."""
    return p.person(age), p.person(age + 22, male=False, relation="50")


def beside_pensioner(p: Plot, age: float = 58) -> Person:
    """A man on no household case, whose wife draws a pension that lifts both over every line."""
    wife = p.person(66, male=False, married=True)
    pension(p, wife, 6200.0, key=False)
    return p.person(age, relation="10")


def supporter(p: Plot, case: str, program: str, who: Person, **values: object) -> None:
    """Names somebody as the legal supporter of a case, by default a son or daughter who has signed."""
    mine: Row = {
        "role": "supporter",
        "relation": "20" if who.male else "30",
        "covered": False,
        "monthly_amount": 0.0,
    }
    p.row("assistance_roll", who, key=False, case_no=case, program=program, **{**mine, **values})


def on_case(p: Plot, case: str, who: Person) -> Row:
    """The row of one of a case's people, to be changed."""
    (row,) = (r for r in p.own if r.get("case_no") == case and r["pid"] == who.pid)
    return row


def covered_alone(p: Plot, amount: float = 750.0) -> tuple[Person, Person, str]:
    """A one-person cover: a severely disabled man on dibao, paid the living subsidy; his wife is in the booklet."""
    man, wife = p.couple(57, 64)
    case = p.case("dibao", man, monthly_amount=amount)
    p.row("disability_certificates", man, key=False, disability_level="3", disability_class="6")
    p.case("disability_living", man)
    return man, wife, case
