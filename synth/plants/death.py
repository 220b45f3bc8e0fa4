"""X01: paid after death."""

from __future__ import annotations

from synth.plants.plot import Plot, scenario


@scenario("X01", "hit")
def tekun_long_dead(p: Plot) -> None:
    """A man on tekun died four months ago, and only the funeral home says so."""
    man = p.person(71)
    case = p.case("tekun", man)
    p.row("deaths", man, died_on=p.ago(130))
    p.must("X01", "red", man, case, "tekun")
    p.may("C01")


@scenario("X01", "hit")
def dibao_widow_past_grace(p: Plot) -> None:
    """The wife on a dibao case died five months ago: grace is over."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("deaths", wife, died_on=p.ago(160), evidence="medical_certificate")
    p.must("X01", "red", wife, case, "dibao")
    p.may("X20")


@scenario("X01", "hit")
def dibao_widow_in_grace(p: Plot) -> None:
    """The wife on a dibao case died two months ago: yellow while the grace lasts."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("deaths", wife, died_on=p.month(11))
    p.must("X01", "yellow", wife, case, "dibao")
    p.may("X20")


@scenario("X01", "hit")
def allowance_cancelled_in_registry(p: Plot) -> None:
    """An allowance still runs for a woman whom only the registry has cancelled for death."""
    woman = p.person(84, male=False, status="death_cancelled", status_date=p.ago(190), died=p.ago(190))
    case = p.case("elder_allowance", woman)
    p.must("X01", "red", woman, case, "elder_allowance")


@scenario("X01", "hit")
def nursing_of_the_dead(p: Plot) -> None:
    """A nursing subsidy goes on after the death of its one beneficiary."""
    _, dead = (
        p.person(68),
        p.person(66, male=False, relation="10", status="death_cancelled", status_date=p.ago(70)),
    )
    case = p.case("disability_nursing", dead)
    p.row("disability_certificates", dead, key=False)
    p.row("deaths", dead, died_on=p.ago(95))
    p.must("X01", "red", dead, case, "disability_nursing")
    p.may("X19", "C02")


@scenario("X01", "hit")
def marginal_member_dead(p: Plot) -> None:
    """A member of a marginal case is dead: no money flows, so yellow."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("deaths", wife, died_on=p.ago(140))
    p.must("X01", "yellow", wife, case, "marginal")


@scenario("X01", "hit")
def settled_after_death(p: Plot) -> None:
    """A hospital bill two months after the death: perhaps the dead man lives; ask at the door."""
    man = p.person(69)
    case = p.case("tekun", man)
    p.row("deaths", man, died_on=p.ago(170))
    p.row("medical_settlements", man, settled_on=p.ago(110), visit_type="outpatient", total_amount=120.0)
    p.must("X01", "yellow", man, case, "tekun", "verify_at_home")
    p.may("C01")


@scenario("X01", "hit")
def told_tonight(p: Plot) -> None:
    """The death was not in yesterday's list: an alert."""
    man = p.person(73)
    case = p.case("tekun", man)
    p.row("deaths", man, died_on=p.ago(99), earlier=None)
    p.must("X01", "red", man, case, "tekun")
    p.tell("new", "data", man, case)
    p.may("C01")


@scenario("X01", "near")
def died_this_month(p: Plot) -> None:
    """The wife died in the night's own month: nothing is overdue."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("deaths", wife, died_on=max(p.night.replace(day=1), p.ago(9)))
    p.must_not("X01", wife, case)
    p.may("X20")


@scenario("X01", "near")
def case_ended_in_time(p: Plot) -> None:
    """The case ended with the death."""
    man = p.person(72, status="death_cancelled", status_date=p.ago(140))
    case = p.case("tekun", man, status="ended", end_date=p.ago(150), status_since=p.ago(150))
    p.row("deaths", man, died_on=p.ago(160))
    p.must_not("X01", man, case)


@scenario("X01", "near")
def namesake_died(p: Plot) -> None:
    """Somebody of the name died elsewhere, with another number and birth date."""
    man = p.person(70)
    case = p.case("tekun", man)
    p.row("deaths", p.stranger(man), key=False, died_on=p.ago(120))
    p.must_not("X01", man, case)
    p.cares("C01", man)


@scenario("X01", "near")
def namesake_born_that_day_died(p: Plot) -> None:
    """Somebody of the name and birth date died elsewhere; his number says that he was another."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("deaths", p.stranger(man, same_birth=True), key=False, died_on=p.ago(120))
    p.must_not("X01", man, case)


@scenario("X01", "near")
def told_after_the_night(p: Plot) -> None:
    """The death stands only in a list dated after the night."""
    man = p.person(74)
    case = p.case("tekun", man)
    row = p.row("deaths", man, key=False, died_on=p.ago(100))
    p.book.rows["deaths"].remove(row)
    p.book.later.append(("deaths", row))
    p.must_not("X01", man, case)
    p.cares("C01", man)


@scenario("X01", "near")
def relief_before_death(p: Plot) -> None:
    """One-off relief, then death: relief is no continuing payment."""
    man, _ = p.couple()
    case = p.case("temporary_relief", man, start_date=p.ago(200), status_since=p.ago(200))
    p.row("deaths", man, died_on=p.ago(120))
    p.must_not("X01", man, case)
