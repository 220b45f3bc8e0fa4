"""O07 and O09: children without parents, and the old without their allowance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Person


def _family(p: Plot, child_age: float = 9) -> tuple[Person, Person, Person]:
    """Father (head), mother, child, and a grandmother whose pension keeps the booklet over every line."""
    father = p.person(38, married=True)
    mother = p.person(36, male=False, relation="10")
    child = p.person(child_age, relation="20")
    grandmother = p.person(64, male=False, relation="50")
    p.row("social_insurance", grandmother, key=False, scheme="employee_pension", monthly_amount=9000.0)
    return father, mother, child


@scenario("O07", "hit")
def both_parents_dead(p: Plot) -> None:
    """Father and mother died within a year; nobody listed the child."""
    father, mother, child = _family(p)
    p.row("deaths", father, died_on=p.ago(300))
    p.row("deaths", mother, died_on=p.ago(90))
    p.must("O07", "red", child, None, "orphan")


@scenario("O07", "hit")
def father_dead_mother_in_prison(p: Plot) -> None:
    """One dead, one in prison for three years."""
    father, mother, child = _family(p)
    p.row("deaths", father, died_on=p.ago(300))
    p.row("inmates", mother)
    p.must("O07", "red", child, None, "unsupported_child")


@scenario("O07", "hit")
def both_parents_disabled(p: Plot) -> None:
    """Both parents are severely disabled, and paid for it; the child is not."""
    father, mother, child = _family(p)
    for who in (father, mother):
        p.row("disability_certificates", who, disability_level="2", disability_class="6")
        p.case("disability_nursing", who)
    p.must("O07", "red", child, None, "unsupported_child")
    p.cares("C02", father, mother)


@scenario("O07", "hit")
def listed_and_unpaid(p: Plot) -> None:
    """Civil affairs lists the child itself; payment was forgotten."""
    grandmother = p.person(66, male=False)
    child = p.person(8, male=False, relation="40")
    p.row("children_care", child, kind="unsupported", pid2=grandmother.pid)
    p.must("O07", "red", child, None, "unsupported_child")


@scenario("O07", "hit")
def lone_father_dead(p: Plot) -> None:
    """The only known parent is dead; where the other is nobody knows."""
    father = p.person(41, marital=3)
    child = p.person(10, male=False, relation="30")
    p.person(70, male=False, relation="50")
    p.row("deaths", father, died_on=p.ago(150))
    p.must("O07", "yellow", child)


@scenario("O07", "near")
def orphan_is_paid(p: Plot) -> None:
    """Both parents dead, and the child is paid."""
    father, mother, child = _family(p)
    p.row("deaths", father, key=False, died_on=p.ago(420))
    p.row("deaths", mother, key=False, died_on=p.ago(400))
    p.case("orphan", child, start_date=p.ago(300), status_since=p.ago(300))
    p.must_not("O07", child)


@scenario("O07", "near")
def orphan_applied_for(p: Plot) -> None:
    """Both parents dead; the application is open."""
    father, mother, child = _family(p)
    p.row("deaths", father, key=False, died_on=p.ago(80))
    p.row("deaths", mother, key=False, died_on=p.ago(80))
    p.case("orphan", child, status="applying", start_date=p.ago(15), status_since=p.ago(15))
    p.must_not("O07", child)


@scenario("O07", "near")
def mother_is_there(p: Plot) -> None:
    """The father is dead, the mother well."""
    father, _, child = _family(p)
    p.row("deaths", father, key=False, died_on=p.ago(200))
    p.must_not("O07", child)


@scenario("O07", "near")
def grown_up(p: Plot) -> None:
    """Both parents dead, and the child is 19."""
    father, mother, child = _family(p, 19)
    for who in (father, mother):
        p.row("deaths", who, key=False, died_on=p.ago(100))
    p.must_not("O07", child)


@scenario("O07", "near")
def short_term(p: Plot) -> None:
    """The father is dead, the mother serves four months in all."""
    father, mother, child = _family(p)
    p.row("deaths", father, key=False, died_on=p.ago(250))
    p.row("inmates", mother, key=False, from_date=p.ago(40), to_date=p.ago(-80))
    p.must_not("O07", child)


@scenario("O07", "near")
def light_disabilities(p: Plot) -> None:
    """Both parents are disabled at level 4 of the limbs."""
    father, mother, child = _family(p)
    for who in (father, mother):
        p.row("disability_certificates", who, key=False, disability_level="4")
    p.must_not("O07", child)


@scenario("O09", "hit")
def old_and_unpaid(p: Plot) -> None:
    """83, and no allowance."""
    man, _ = p.couple(83, 77)
    p.must("O09", "yellow", man, None, "elder_allowance")


@scenario("O09", "hit")
def old_on_dibao_unpaid(p: Plot) -> None:
    """On dibao at 81: the allowance comes on top."""
    man, wife = p.couple(81, 76)
    p.case("dibao", man, wife)
    p.must("O09", "yellow", man, None, "elder_allowance")


@scenario("O09", "hit")
def eighty_two_months_ago(p: Plot) -> None:
    """She reached the age in the month before last."""
    day = p.month(11)
    woman = p.person(born=day.replace(year=day.year - 80, day=17), male=False)
    p.person(57, relation="20")
    p.must("O09", "yellow", woman, None, "elder_allowance")


@scenario("O09", "near")
def seventy_nine(p: Plot) -> None:
    """79: not yet."""
    man, _ = p.couple(79, 75)
    p.must_not("O09", man)


@scenario("O09", "near")
def eighty_this_month(p: Plot) -> None:
    """80 on the first of the night's month: nothing is late."""
    man = p.person(born=p.night.replace(year=p.night.year - 80, day=1), married=True)
    p.person(75, male=False, relation="10")
    p.must_not("O09", man)


@scenario("O09", "near")
def allowance_applied_for(p: Plot) -> None:
    """84, and the application is open."""
    man, _ = p.couple(84, 78)
    p.case("elder_allowance", man, status="applying", start_date=p.ago(10), status_since=p.ago(10))
    p.must_not("O09", man)


@scenario("O09", "near")
def old_and_dead(p: Plot) -> None:
    """86, and dead for half a year."""
    man, _ = p.couple(86, 74)
    p.row("deaths", man, key=False, died_on=p.ago(185))
    p.must_not("O09", man)


@scenario("O09", "near")
def old_on_tekun(p: Plot) -> None:
    """88 and on tekun, which includes it."""
    man = p.person(88)
    p.case("tekun", man)
    p.must_not("O09", man)
    p.cares("C01", man)
    p.cares("C04", man)


@scenario("O09", "near")
def old_and_moved(p: Plot) -> None:
    """85, and moved out of the county."""
    man = p.person(85, status="moved_out", status_date=p.ago(700), married=True)
    p.person(70, male=False, relation="10")
    p.must_not("O09", man)
