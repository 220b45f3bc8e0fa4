"""X12 and X17: two payments that exclude each other, and an allowance before its age."""

from __future__ import annotations

from synth.plants.plot import Plot, scenario


@scenario("X12", "hit")
def dibao_beside_tekun(p: Plot) -> None:
    """One man is paid dibao and, since later, tekun."""
    man = p.person(68)
    p.case("dibao", man)
    later = p.case("tekun", man, start_date=p.ago(500), status_since=p.ago(500))
    p.must("X12", "red", man, later)
    p.cares("C01", man)
    p.colourless = True


@scenario("X12", "hit")
def two_dibao_cases(p: Plot) -> None:
    """One woman stands on two dibao cases."""
    woman = p.person(70, male=False)
    p.case("dibao", woman)
    later = p.case("dibao", woman, start_date=p.ago(400), status_since=p.ago(400))
    p.must("X12", "red", woman, later)
    p.colourless = True


@scenario("X12", "hit")
def tekun_and_nursing(p: Plot) -> None:
    """Tekun includes care: no nursing subsidy beside it."""
    man = p.person(66)
    p.case("tekun", man)
    p.row("disability_certificates", man, key=False, disability_level="1")
    later = p.case("disability_nursing", man, start_date=p.ago(300), status_since=p.ago(300))
    p.must("X12", "red", man, later)
    p.cares("C01", man)
    p.cares("C02", man)


@scenario("X12", "hit")
def orphan_and_unsupported(p: Plot) -> None:
    """A child of twelve is paid under two children's programmes."""
    p.person(67, male=False)
    child = p.person(12, male=False, relation="40")
    p.case("orphan", child)
    later = p.case("unsupported_child", child, start_date=p.ago(350), status_since=p.ago(350))
    p.must("X12", "red", child, later)


@scenario("X12", "hit")
def one_is_tapering(p: Plot) -> None:
    """Dibao tapers off while tekun has begun: yellow."""
    man = p.person(68)
    p.case("dibao", man, status="tapering", status_since=p.ago(80))
    later = p.case("tekun", man, start_date=p.ago(250), status_since=p.ago(250))
    p.must("X12", "yellow", man, later)
    p.cares("C01", man)
    p.colourless = True


@scenario("X12", "hit")
def second_case_since_yesterday(p: Plot) -> None:
    """A marginal case was opened this month beside dibao: yellow, and new since yesterday."""
    man, wife = p.couple()
    p.case("dibao", man, wife)
    begun = p.night.replace(day=1)
    later = p.case(
        "marginal", man, key=True, start_date=begun, status_since=begun, authorized_on=begun, earlier=None
    )
    p.must("X12", "yellow", man, later)
    p.tell("new", "data", man, later)
    p.may("O13", "X14")
    p.colourless = True


@scenario("X12", "near")
def dibao_with_allowances(p: Plot) -> None:
    """Dibao, the allowance for the old and a disability's living subsidy go together."""
    man, wife = p.couple(82, 76)
    case = p.case("dibao", man, wife)
    p.row("disability_certificates", man, key=False, disability_level="3")
    p.case("elder_allowance", man, start_date=p.ago(700), status_since=p.ago(700))
    p.case("disability_living", man)
    p.must_not("X12", man)
    p.must_not("X12", wife, case)


@scenario("X12", "near")
def one_after_the_other(p: Plot) -> None:
    """Dibao ended before tekun began."""
    man = p.person(69)
    p.case("dibao", man, status="ended", end_date=p.ago(800), status_since=p.ago(800))
    p.case("tekun", man, start_date=p.ago(790), status_since=p.ago(790))
    p.must_not("X12", man)
    p.cares("C01", man)


@scenario("X12", "near")
def one_is_suspended(p: Plot) -> None:
    """A suspended dibao case pays nothing."""
    man = p.person(69)
    p.case("tekun", man)
    p.case("dibao", man, status="suspended", status_since=p.ago(100))
    p.must_not("X12", man)
    p.cares("C01", man)
    p.colourless = True


@scenario("X12", "near")
def two_reliefs(p: Plot) -> None:
    """Two one-off reliefs, twenty months apart, are no double cover."""
    man, _ = p.couple()
    for days in (640, 60):
        p.case(
            "temporary_relief",
            man,
            start_date=p.ago(days),
            status_since=p.ago(days),
            authorized_on=p.ago(days),
        )
    p.must_not("X12", man)


@scenario("X17", "hit")
def allowance_at_seventy_four(p: Plot) -> None:
    """The allowance for the old is paid to a man of 74."""
    man, _ = p.couple(74, 72)
    case = p.case("elder_allowance", man)
    p.must("X17", "red", man, case, "elder_allowance")


@scenario("X17", "hit")
def number_says_older(p: Plot) -> None:
    """The registry says 74, his number 84: one of them is wrong, so yellow."""
    born = p.ago(int(74 * 365.2425) + 100)
    man = p.person(84, registered_birth=born, married=True)
    p.person(72, male=False, relation="10")
    case = p.case("elder_allowance", man)
    p.must("X17", "yellow", man, case, "elder_allowance")


@scenario("X17", "hit")
def eighty_next_month(p: Plot) -> None:
    """Paid a month too early."""
    day = p.month(14)
    man = p.person(born=day.replace(year=day.year - 80, day=9), married=True)
    p.person(74, male=False, relation="10")
    case = p.case("elder_allowance", man, start_date=p.ago(70), status_since=p.ago(70))
    p.must("X17", "red", man, case, "elder_allowance")


@scenario("X17", "near")
def eighty_last_month(p: Plot) -> None:
    """He turned 80 last month, and is paid."""
    last = p.month(12)
    man = p.person(born=last.replace(year=last.year - 80, day=11), married=True)
    p.person(75, male=False, relation="10")
    case = p.case(
        "elder_allowance", man, start_date=p.ago(20), status_since=p.ago(20), last_reviewed=p.ago(19)
    )
    p.must_not("X17", man, case)


@scenario("X17", "near")
def allowance_ended(p: Plot) -> None:
    """The mistaken allowance of a woman of 75 was ended."""
    man, wife = p.couple(77, 75)
    case = p.case("elder_allowance", wife, status="ended", end_date=p.ago(40), status_since=p.ago(40))
    p.must_not("X17", wife, case)
    p.must_not("X17", man)


@scenario("X17", "near")
def only_applied(p: Plot) -> None:
    """A woman of 79 has applied, and is not paid."""
    _, wife = p.couple(79, 79)
    case = p.case("elder_allowance", wife, status="applying", start_date=p.ago(12), status_since=p.ago(12))
    p.must_not("X17", wife, case)
