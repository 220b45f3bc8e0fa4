"""X12 and X17 at their edges: every exclusive pair, the dates of the later case, one-off help, a birthday."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.plants.families import beside_pensioner, on_case
from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from datetime import date

    from synth.plants.plot import Person, Row


def _since(begun: date) -> Row:
    """Start, status and authorization of a case of one day."""
    return {"start_date": begun, "status_since": begun, "authorized_on": begun, "last_reviewed": begun}


def _clash(p: Plot, who: Person, first: str, second: str, severity: str = "red") -> None:
    """A case of each programme, the second begun 14 months ago."""
    p.case(first, who)
    later = p.case(second, who, start_date=p.ago(430), status_since=p.ago(430))
    p.must("X12", severity, who, later)


@scenario("X12", "hit")
def dibao_and_marginal(p: Plot) -> None:
    """A man alone on both, for more than a year."""
    man = p.person(67)
    _clash(p, man, "marginal", "dibao")
    p.colourless = True


@scenario("X12", "hit")
def child_on_tekun_and_orphan(p: Plot) -> None:
    """A child is supported as tekun and paid as an orphan."""
    p.person(69, male=False)
    child = p.person(11, relation="40")
    _clash(p, child, "orphan", "tekun")
    p.cares("C01", child)


@scenario("X12", "hit")
def child_on_tekun_and_unsupported(p: Plot) -> None:
    """Likewise with the allowance of an unsupported child."""
    p.person(68)
    child = p.person(8, male=False, relation="40")
    _clash(p, child, "tekun", "unsupported_child")
    p.cares("C01", child)


@scenario("X12", "hit")
def tekun_and_living_subsidy(p: Plot) -> None:
    """Tekun includes what the living subsidy is for."""
    man = p.person(67)
    p.row("disability_certificates", man, key=False, disability_level="4")
    _clash(p, man, "tekun", "disability_living")
    p.cares("C01", man)


@scenario("X12", "hit")
def orphan_and_living_subsidy(p: Plot) -> None:
    """The orphan's allowance and the living subsidy exclude each other."""
    p.person(66, male=False)
    child = p.person(13, relation="40")
    p.row("disability_certificates", child, key=False, disability_level="3")
    _clash(p, child, "orphan", "disability_living")


@scenario("X12", "hit")
def begun_on_one_day(p: Plot) -> None:
    """Two dibao cases of one day: the finding stands on the greater number."""
    man = p.person(69)
    p.case("dibao", man)
    later = p.case("dibao", man)
    p.must("X12", "red", man, later)
    p.colourless = True


@scenario("X12", "hit")
def begun_last_month(p: Plot) -> None:
    """The later case began on the first day of the month before: the old one may be on its way out."""
    man = p.person(68)
    p.case("dibao", man)
    later = p.case("tekun", man, **_since(p.month(12)))
    p.must("X12", "yellow", man, later)
    p.cares("C01", man)
    p.colourless = True


@scenario("X12", "hit")
def begun_two_months_ago(p: Plot) -> None:
    """The later case began in the month before that."""
    man = p.person(66)
    p.case("dibao", man)
    later = p.case("tekun", man, **_since(p.month(11).replace(day=28)))
    p.must("X12", "red", man, later)
    if p.night.day == 1:
        p.tell("worse", "time", man, later)
    p.cares("C01", man)
    p.colourless = True


@scenario("X12", "near")
def dibao_and_one_off_help(p: Plot) -> None:
    """Relief twice and medical help beside dibao: one-off, and no double cover."""
    man, wife = p.couple()
    p.case("dibao", man, wife)
    for days in (500, 40):
        p.case("temporary_relief", man, **_since(p.ago(days)))
    p.case("medical_assistance", man, **_since(p.ago(90)))
    p.must_not("X12", man)


@scenario("X12", "near")
def covered_on_one_only(p: Plot) -> None:
    """He is a beneficiary of dibao, and stands on his mother's marginal case without being one."""
    mother = p.person(86, male=False)
    man = p.person(62, relation="20", marital=2)
    p.case("elder_allowance", mother, start_date=p.ago(1000), status_since=p.ago(1000))
    p.case("dibao", man)
    case = p.case("marginal", mother, man, start_date=p.ago(500), status_since=p.ago(500))
    on_case(p, case, man)["covered"] = False
    p.must_not("X12", man)
    p.colourless = True


@scenario("X12", "near")
def both_subsidies_of_the_disabled(p: Plot) -> None:
    """Living and nursing subsidies go together."""
    man = beside_pensioner(p)
    p.row("disability_certificates", man, key=False, disability_level="1")
    p.case("disability_living", man)
    p.case("disability_nursing", man, start_date=p.ago(400), status_since=p.ago(400))
    p.must_not("X12", man)
    p.cares("C02", man)


@scenario("X12", "near")
def applied_beside_tekun(p: Plot) -> None:
    """The application for dibao beside tekun is not decided."""
    man = p.person(70)
    p.case("tekun", man)
    p.case("dibao", man, status="applying", **_since(p.ago(12)))
    p.must_not("X12", man)
    p.cares("C01", man)
    p.colourless = True


@scenario("X17", "hit")
def seventy_nine_while_tapering(p: Plot) -> None:
    """An allowance that tapers off is paid still."""
    man, _ = p.couple(79, 77)
    case = p.case("elder_allowance", man, status="tapering", status_since=p.ago(40))
    p.must("X17", "red", man, case, "elder_allowance")


@scenario("X17", "near")
def eighty_tonight(p: Plot) -> None:
    """Her eightieth birthday is the night."""
    day = min(p.night.day, 28)
    woman = p.person(male=False, born=p.night.replace(year=p.night.year - 80, day=day), married=True)
    p.person(74, relation="10")
    case = p.case("elder_allowance", woman, **_since(p.ago(3)))
    p.must_not("X17", woman, case)
    if day == p.night.day:
        p.tell("cleared", "time", woman, case)


@scenario("X17", "near")
def suspended_at_seventy_five(p: Plot) -> None:
    """The mistaken allowance was suspended."""
    man, _ = p.couple(75, 73)
    case = p.case("elder_allowance", man, status="suspended", status_since=p.ago(20))
    p.must_not("X17", man, case)
