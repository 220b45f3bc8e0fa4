"""X01 at its edges: grace, living members, programmes, and what only the living do."""

from __future__ import annotations

from synth.plants.families import on_case, wages
from synth.plants.plot import Plot, scenario


@scenario("X01", "hit")
def third_month_of_grace(p: Plot) -> None:
    """The wife died in the third month back: the last of the grace. The amount is already that of one head."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, monthly_amount=375.0)
    p.row("deaths", wife, died_on=p.month(10))
    p.must("X01", "yellow", wife, case, "dibao")


@scenario("X01", "hit")
def fourth_month(p: Plot) -> None:
    """The husband died on the last days of the fourth month back: grace is over."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, monthly_amount=375.0)
    p.row("deaths", man, died_on=p.month(9).replace(day=28))
    p.must("X01", "red", man, case, "dibao")
    if p.night.day == 1:
        p.tell("worse", "time", man, case)


@scenario("X01", "hit")
def dibao_for_the_dead_alone(p: Plot) -> None:
    """Nobody who lives is covered: no grace, though the death is two months old."""
    man = p.person(70)
    case = p.case("dibao", man)
    p.row("deaths", man, died_on=p.month(11))
    p.must("X01", "red", man, case, "dibao")


@scenario("X01", "hit")
def the_living_are_not_covered(p: Plot) -> None:
    """The son shares the home and is no beneficiary: grace needs a living covered member."""
    man = p.person(74)
    son = p.person(61, relation="20", marital=2)
    case = p.case("dibao", man, son)
    on_case(p, case, son).update(covered=False, monthly_amount=0.0)
    p.row("deaths", man, died_on=p.month(11))
    p.must("X01", "red", man, case, "dibao")


@scenario("X01", "hit")
def rigid_member_dead(p: Plot) -> None:
    """A member of a family recognised for its costs is dead: no money flows, so yellow."""
    man, wife = p.couple()
    case = p.case("rigid_expenditure", man, wife, start_date=p.ago(300), status_since=p.ago(300))
    p.row("deaths", man, died_on=p.ago(150))
    p.must("X01", "yellow", man, case, "rigid_expenditure")


@scenario("X01", "hit")
def orphan_who_died(p: Plot) -> None:
    """An orphan's allowance goes on after the child's death."""
    p.person(66, male=False)
    child = p.person(9, relation="40")
    case = p.case("orphan", child)
    p.row("deaths", child, died_on=p.ago(100))
    p.must("X01", "red", child, case, "orphan")


@scenario("X01", "hit")
def wages_after_death(p: Plot) -> None:
    """Somebody is paid wages in his name months after the funeral."""
    man = p.person(58)
    case = p.case("tekun", man)
    p.row("deaths", man, died_on=p.ago(190))
    wages(p, man, 2400, first=10)
    p.must("X01", "yellow", man, case, "tekun", "verify_at_home")


@scenario("X01", "hit")
def motorcycle_after_death(p: Plot) -> None:
    """A motorcycle was registered in her name after her death."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, monthly_amount=375.0)
    p.row("deaths", wife, died_on=p.ago(220))
    p.row(
        "vehicles", wife, vehicle_class="motorcycle", purchase_price=4_000.0, first_registered_on=p.ago(100)
    )
    p.must("X01", "yellow", wife, case, "dibao", "verify_at_home")


@scenario("X01", "hit")
def shop_opened_after_death(p: Plot) -> None:
    """An allowance, and a business that the dead woman registered."""
    p.person(70)
    woman = p.person(83, male=False, relation="50")
    case = p.case("elder_allowance", woman, start_date=p.ago(600), status_since=p.ago(600))
    p.row("deaths", woman, died_on=p.ago(240))
    p.row("business_registrations", woman, registered_on=p.ago(60))
    p.must("X01", "yellow", woman, case, "elder_allowance", "verify_at_home")


@scenario("X01", "hit")
def house_registered_after_death(p: Plot) -> None:
    """A dwelling was registered in his name after his death."""
    man = p.person(75)
    case = p.case("tekun", man)
    p.row("deaths", man, died_on=p.ago(200))
    p.row("real_estate", man, registered_on=p.ago(120))
    p.must("X01", "yellow", man, case, "tekun", "verify_at_home")


@scenario("X01", "hit")
def last_bill_came_late(p: Plot) -> None:
    """The hospital settled its last bill three weeks after the death: no sign of life."""
    man = p.person(72)
    case = p.case("tekun", man)
    p.row("deaths", man, died_on=p.ago(150))
    p.row("medical_settlements", man, key=False, settled_on=p.ago(129))
    p.must("X01", "red", man, case, "tekun")


@scenario("X01", "near")
def suspended_at_death(p: Plot) -> None:
    """The office stopped paying when it heard."""
    man = p.person(77)
    case = p.case("tekun", man, status="suspended", status_since=p.ago(90))
    p.row("deaths", man, key=False, died_on=p.ago(110))
    p.must_not("X01", man, case)


@scenario("X01", "near")
def dead_and_not_covered(p: Plot) -> None:
    """The dead husband stands on the case without having been a beneficiary."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    on_case(p, case, man)["covered"] = False
    p.row("deaths", man, key=False, died_on=p.ago(110))
    p.must_not("X01", man, case)


@scenario("X01", "near")
def deaths_list_knows_better(p: Plot) -> None:
    """The registry cancelled him by mistake months ago; the funeral home has the true day, in the night's own month."""
    man = p.person(76, status="death_cancelled", status_date=p.ago(100))
    case = p.case("tekun", man)
    p.row("deaths", man, key=False, died_on=max(p.night.replace(day=1), p.ago(9)))
    p.must_not("X01", man, case)
