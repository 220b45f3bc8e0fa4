"""O03: the severely disabled whom nobody took in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Person


def _grave(p: Plot, who: Person, *, key: bool = True, **values: Any) -> None:  # noqa: ANN401
    """Level 2, the nursing subsidy paid."""
    p.row("disability_certificates", who, key=key, **values)
    p.case("disability_nursing", who)
    p.cares("C02", who)


def _contributes(p: Plot, who: Person, base: float, *, key: bool = False) -> None:
    """Work that only contributions show."""
    p.row("social_insurance", who, key=key, scheme="employee_contribution", monthly_amount=base,
          employer_name="鹭港服装厂")  # fmt: skip


@scenario("O03", "hit")
def grave_with_an_old_mother(p: Plot) -> None:
    """Level 2 at 45; the mother's resident pension is all there is."""
    man = p.person(45)
    mother = p.person(69, male=False, relation="50")
    p.row("social_insurance", mother, key=False)
    _grave(p, man)
    p.must("O03", "yellow", man, None, "dibao")


@scenario("O03", "hit")
def mind_of_level_three(p: Plot) -> None:
    """Level 3 of class 6 is severe; the father's pension of 3,300 makes 1,100 a head, just under the line."""
    father, mother = p.couple(66, 64)
    daughter = p.person(31, male=False, relation="30")
    p.row("social_insurance", father, key=False, scheme="employee_pension", monthly_amount=3300.0)
    p.row("disability_certificates", daughter, disability_class="6", disability_level="3")
    p.must("O03", "yellow", daughter, None, "dibao")
    p.must_not("C02", mother)


@scenario("O03", "hit")
def grave_child_and_a_tricycle(p: Plot) -> None:
    """A child of level 1; the grandfather's tricycle and the one house are no means."""
    grandfather, _ = p.couple(68, 66)
    child = p.person(8, relation="40")
    p.row("students", child, key=False)
    p.row("vehicles", grandfather, key=False, vehicle_class="tricycle", purchase_price=7_000.0)
    p.row("real_estate", grandfather, key=False)
    _grave(p, child, disability_class="1", disability_level="1")
    p.must("O03", "yellow", child, None, "dibao")


@scenario("O03", "hit")
def wages_that_only_tax_knows(p: Plot) -> None:
    """Nobody of the family ever signed: what the tax office knows of the husband may not be used."""
    man, wife = p.couple(52, 50)
    for position in range(1, 13):
        p.row("tax_income", man, key=False, period=p.month(position), gross_amount=5200.0)
    _grave(p, wife)
    p.must("O03", "yellow", wife, None, "dibao")


@scenario("O03", "hit")
def certified_since_yesterday(p: Plot) -> None:
    """The certificate came tonight: level 3 of class 5, three weeks old."""
    mother = p.person(58, male=False)
    son = p.person(27, relation="20")
    p.row(
        "disability_certificates",
        son,
        disability_class="5",
        disability_level="3",
        issued_on=p.ago(21),
        earlier=None,
    )
    p.must("O03", "yellow", son, None, "dibao")
    p.must_not("O03", mother)
    p.tell("new", "data", son, None)


@scenario("O03", "near")
def brothers_contributions(p: Plot) -> None:
    """Contributions on 3,500 make 1,167 a head for three: over the line on high, and high keeps silence."""
    man = p.person(46)
    brother = p.person(43, relation="70")
    p.person(70, male=False, relation="50")
    _contributes(p, brother, 3500.0)
    _grave(p, man, key=False)
    p.must_not("O03", man)


@scenario("O03", "near")
def grave_and_a_car(p: Plot) -> None:
    """A car in the family."""
    man, wife = p.couple(57, 55)
    p.row("vehicles", wife, key=False, purchase_price=38_000.0)
    _grave(p, man, key=False)
    p.must_not("O03", man)


@scenario("O03", "near")
def daughter_in_post(p: Plot) -> None:
    """The daughter has a small post at a school: somebody in post is evidence of means."""
    man = p.person(59)
    daughter = p.person(30, male=False, relation="30")
    p.row("public_payroll", daughter, key=False, unit_name="鹭港小学", monthly_salary=700.0)
    _grave(p, man, key=False)
    p.must_not("O03", man)


@scenario("O03", "near")
def grave_and_two_flats(p: Plot) -> None:
    """Two flats."""
    man, wife = p.couple(61, 59)
    p.row("real_estate", man, key=False)
    p.row("real_estate", wife, key=False)
    _grave(p, wife, key=False)
    p.must_not("O03", wife)


@scenario("O03", "near")
def grave_and_a_workshop(p: Plot) -> None:
    """The brother runs a workshop."""
    man = p.person(40)
    brother = p.person(44, relation="70")
    p.row("business_registrations", brother, key=False)
    _grave(p, man, key=False)
    p.must_not("O03", man)


@scenario("O03", "near")
def grave_on_rigid_support(p: Plot) -> None:
    """Already on a household programme."""
    man, wife = p.couple(62, 61)
    p.case("rigid_expenditure", man, wife, status_since=p.ago(150))
    _grave(p, man, key=False)
    p.must_not("O03", man)


@scenario("O03", "near")
def dibao_asked_for(p: Plot) -> None:
    """The application for dibao is open."""
    man, wife = p.couple(54, 52)
    begun = p.ago(18)
    p.case("dibao", man, wife, status="applying", start_date=begun, status_since=begun, authorized_on=begun)
    _grave(p, wife, key=False)
    p.must_not("O03", wife)


@scenario("O03", "near")
def class_four_of_level_three(p: Plot) -> None:
    """Level 3 of the limbs, and no income at all."""
    man, _ = p.couple(63, 62)
    p.row("disability_certificates", man, key=False, disability_level="3")
    p.must_not("O03", man)


@scenario("O03", "near")
def ran_out_last_night(p: Plot) -> None:
    """Level 2 of class 6 until yesterday."""
    man, _ = p.couple(60, 58)
    p.row("disability_certificates", man, key=False, disability_class="6", issued_on=p.ago(3000),
          expires_on=p.night - timedelta(days=1))  # fmt: skip
    p.must_not("O03", man)
    p.must_not("C02", man)
    for rule in ("O01", "O03", "C02"):
        p.tell("cleared", "time", man, None, rule)
