"""X15: legal supporters who could pay. A supporter keeps twice the standard, 1,500 yuan, and owes a fifth of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.plants.families import pension, supporter, wages
from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Person


def _son(p: Plot, age: float = 43, program: str = "tekun", **values: object) -> tuple[str, Person]:
    """A man alone on a case, and a son in a booklet of his own who is named as his supporter."""
    man = p.person(71)
    case = p.case(program, man)
    if program == "tekun":
        p.cares("C01", man)
    p.booklet()
    son = p.person(age)
    supporter(p, case, program, son, **values)
    return case, son


@scenario("X15", "hit")
def son_with_wages(p: Plot) -> None:
    """A son earns 3,400."""
    case, son = _son(p)
    wages(p, son, 3400)
    p.must("X15", "yellow", None, case, "tekun")


@scenario("X15", "hit")
def son_just_over_the_line(p: Plot) -> None:
    """Of 1,690, 1,521 are left after the costs of work: four yuan of support."""
    case, son = _son(p, 39)
    wages(p, son, 1690)
    p.must("X15", "yellow", None, case, "tekun")


@scenario("X15", "hit")
def daughter_in_post(p: Plot) -> None:
    """No tax row, but a post with a salary of 2,700: likely is enough here."""
    man = p.person(72, male=False)
    case = p.case("tekun", man)
    p.cares("C01", man)
    p.booklet()
    daughter = p.person(46, male=False)
    supporter(p, case, "tekun", daughter)
    p.row("public_payroll", daughter, monthly_salary=2700.0)
    p.must("X15", "yellow", None, case, "tekun")


@scenario("X15", "hit")
def two_supporters(p: Plot) -> None:
    """One son earns too little, his brother on a pension of 59 enough."""
    case, son = _son(p)
    wages(p, son, 1200, key=False)
    p.booklet()
    brother = p.person(58)
    supporter(p, case, "tekun", brother, relation="70")
    pension(p, brother, 2300.0)
    p.must("X15", "yellow", None, case, "tekun")


@scenario("X15", "near")
def son_just_under_the_line(p: Plot) -> None:
    """Of 1,660, 1,494 are left: no support."""
    case, son = _son(p)
    wages(p, son, 1660, key=False)
    p.must_not("X15", None, case)


@scenario("X15", "near")
def brother_of_sixty(p: Plot) -> None:
    """Sixty tonight: a supporter no longer, whatever he draws."""
    man = p.person(71)
    case = p.case("tekun", man)
    p.cares("C01", man)
    p.booklet()
    day = min(p.night.day, 28)
    brother = p.person(born=p.night.replace(year=p.night.year - 60, day=day))
    supporter(p, case, "tekun", brother, relation="70")
    pension(p, brother, 4200.0, key=False)
    p.must_not("X15", None, case)
    if day == p.night.day:
        p.tell("cleared", "time", None, case)


@scenario("X15", "near")
def son_on_dibao_himself(p: Plot) -> None:
    """The son's 1,800 feed his own four, who are on dibao."""
    case, son = _son(p)
    mother = p.person(66, male=False, relation="50")
    children = [
        p.person(age, male=male, relation="20" if male else "30") for age, male in ((11, True), (8, False))
    ]
    for child in children:
        p.row("students", child, key=False)
    # 4 x 750 less 1,620 of net wages.
    p.case("dibao", son, mother, *children, monthly_amount=345.0)
    wages(p, son, 1800, key=False)
    p.must_not("X15", None, case)


@scenario("X15", "near")
def son_on_marginal_himself(p: Plot) -> None:
    """The son's pension of 2,000 is shared with his mother on a marginal case."""
    case, son = _son(p, 57)
    mother = p.person(79, male=False, relation="50")
    p.case("marginal", son, mother)
    pension(p, son, 2000.0, key=False)
    p.must_not("X15", None, case)


@scenario("X15", "near")
def son_never_signed(p: Plot) -> None:
    """Without the son's authorization his taxes are nobody's business."""
    case, son = _son(p, authorized_on=None)
    wages(p, son, 6000, key=False)
    p.must_not("X15", None, case)


@scenario("X15", "near")
def son_sold_his_flat(p: Plot) -> None:
    """90,000 once: shown, not counted."""
    case, son = _son(p)
    p.row("tax_income", son, key=False, income_item="transfer", gross_amount=90_000.0, period=p.month(9))
    p.must_not("X15", None, case)


@scenario("X15", "near")
def son_beside_dibao(p: Plot) -> None:
    """A supporter of a dibao case: what he owes is income of the family, counted in its amount."""
    man, wife = p.couple(70, 67)
    # 2 x 750 less a fifth of (3,600 - 1,500).
    case = p.case("dibao", man, wife, monthly_amount=540.0)
    p.booklet()
    son = p.person(44)
    supporter(p, case, "dibao", son)
    wages(p, son, 4000, key=False)
    p.must_not("X15", None, case)


@scenario("X15", "near")
def namesake_of_the_son(p: Plot) -> None:
    """The wages are those of somebody of the son's name and birth date."""
    case, son = _son(p)
    wages(p, p.stranger(son, same_birth=True), 7000, key=False)
    p.must_not("X15", None, case)
