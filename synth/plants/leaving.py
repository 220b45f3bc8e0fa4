"""X13 and X16: people the registry has let go, and cases that taper off for too long."""

from __future__ import annotations

from datetime import timedelta

from synth.plants.families import on_case
from synth.plants.plot import Plot, scenario


@scenario("X13", "hit")
def wife_moved_away(p: Plot) -> None:
    """The wife has moved out, and both are paid."""
    man = p.person(67, married=True)
    wife = p.person(65, male=False, relation="10", status="moved_out", status_date=p.ago(210))
    case = p.case("dibao", man, wife)
    p.must("X13", "yellow", wife, case, "dibao")


@scenario("X13", "hit")
def cancelled_on_tekun(p: Plot) -> None:
    """Cancelled for another reason than death."""
    man = p.person(70, status="other_cancelled", status_date=p.ago(150))
    case = p.case("tekun", man)
    p.must("X13", "yellow", man, case, "tekun")
    p.cares("C01", man)


@scenario("X13", "hit")
def allowance_goes_on_after_the_move(p: Plot) -> None:
    """An allowance follows a woman of 84 who has moved to her daughter's province."""
    p.person(76, married=True)
    woman = p.person(84, male=False, relation="10", status="moved_out", status_date=p.ago(300))
    case = p.case("elder_allowance", woman, start_date=p.ago(700), status_since=p.ago(700))
    p.must("X13", "yellow", woman, case, "elder_allowance")


@scenario("X13", "hit")
def moved_while_tapering(p: Plot) -> None:
    """A case that tapers off is paid still."""
    man = p.person(66, status="moved_out", status_date=p.ago(40))
    case = p.case("dibao", man, status="tapering", status_since=p.ago(60))
    p.must("X13", "yellow", man, case, "dibao")


@scenario("X13", "hit")
def paid_again_since_yesterday(p: Plot) -> None:
    """Suspended when she moved, and paid again since tonight."""
    man = p.person(69, married=True)
    wife = p.person(66, male=False, relation="10", status="moved_out", status_date=p.ago(120))
    case = p.case("marginal", man, wife, earlier={"status": "suspended"})
    p.must("X13", "yellow", wife, case, "marginal")
    p.tell("new", "data", wife, case)


@scenario("X13", "near")
def ended_when_he_moved(p: Plot) -> None:
    """His case ended with the move."""
    man = p.person(68, status="moved_out", status_date=p.ago(90))
    case = p.case("dibao", man, status="ended", end_date=p.ago(85), status_since=p.ago(85))
    p.must_not("X13", man, case)


@scenario("X13", "near")
def allowance_ended_since_yesterday(p: Plot) -> None:
    """The allowance of a woman who moved was paid until yesterday."""
    p.person(77, married=True)
    woman = p.person(85, male=False, relation="10", status="moved_out", status_date=p.ago(130))
    case = p.case("elder_allowance", woman, status="ended", end_date=p.night, status_since=p.night,
                  earlier={"status": "active", "end_date": None, "status_since": p.ago(1100)})  # fmt: skip
    p.must_not("X13", woman, case)
    p.tell("cleared", "data", woman, case)


@scenario("X13", "near")
def never_in_the_registry(p: Plot) -> None:
    """Somebody whom the registry does not know has not been let go by it."""
    man = p.person(69, in_registry=False, household_no=None)
    case = p.case("tekun", man)
    p.must_not("X13", man, case)
    p.cares("C01", man)


@scenario("X13", "near")
def one_help_before_the_move(p: Plot) -> None:
    """One-off relief and medical help are no continuing programmes."""
    man = p.person(64, status="moved_out", status_date=p.ago(30))
    p.case("temporary_relief", man, start_date=p.ago(70), status_since=p.ago(70))
    p.case("medical_assistance", man, start_date=p.ago(70), status_since=p.ago(70))
    p.must_not("X13", man)


@scenario("X13", "near")
def moved_member_not_covered(p: Plot) -> None:
    """The wife who moved stands on the case without being a beneficiary."""
    man = p.person(67, married=True)
    wife = p.person(65, male=False, relation="10", status="moved_out", status_date=p.ago(210))
    case = p.case("marginal", man, wife)
    on_case(p, case, wife)["covered"] = False
    p.must_not("X13", wife, case)


@scenario("X13", "near")
def cancelled_for_death(p: Plot) -> None:
    """A cancellation for death is X01's, not this rule's."""
    man = p.person(73, status="death_cancelled", status_date=p.ago(160), died=p.ago(160))
    case = p.case("tekun", man)
    p.must_not("X13", man, case)
    p.must("X01", "red", man, case, "tekun")


@scenario("X16", "hit")
def tapers_for_ten_months(p: Plot) -> None:
    """Six months are allowed."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, status="tapering", status_since=p.ago(310))
    p.must("X16", "yellow", None, case, "dibao")


@scenario("X16", "hit")
def tapers_for_seven_months(p: Plot) -> None:
    """Since the last day of the seventh month back: over from the first night of the night's month."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, status="tapering", status_since=p.month(7) - timedelta(days=1))
    p.must("X16", "yellow", None, case, "dibao")
    if p.night.day == 1:
        p.tell("new", "time", None, case)


@scenario("X16", "hit")
def one_of_two_tapers(p: Plot) -> None:
    """The status is the row's own: the wife has tapered for a year, the man is active."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    on_case(p, case, wife).update(status="tapering", status_since=p.ago(370))
    p.must("X16", "yellow", None, case, "dibao")


@scenario("X16", "hit")
def told_since_yesterday(p: Plot) -> None:
    """Until yesterday the roll called the case active."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, status="tapering", status_since=p.ago(260),
                  earlier={"status": "active", "status_since": p.ago(1100)})  # fmt: skip
    p.must("X16", "yellow", None, case, "dibao")
    p.tell("new", "data", None, case)


@scenario("X16", "near")
def tapers_for_six_months(p: Plot) -> None:
    """Since the first day of the sixth month back: the last month that is allowed."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, status="tapering", status_since=p.month(7))
    p.must_not("X16", None, case)


@scenario("X16", "near")
def tapers_on_marginal(p: Plot) -> None:
    """The rule speaks of dibao alone."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife, status="tapering", status_since=p.ago(400))
    p.must_not("X16", None, case)


@scenario("X16", "near")
def active_for_years(p: Plot) -> None:
    """Active, not tapering, for three years."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.must_not("X16", None, case)


@scenario("X16", "near")
def suspended_after_tapering(p: Plot) -> None:
    """Suspended for eight months: nothing is paid."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife, status="suspended", status_since=p.ago(250))
    p.must_not("X16", None, case)


@scenario("X16", "near")
def ended_after_tapering(p: Plot) -> None:
    """Tapered, and ended in time."""
    man, wife = p.couple()
    over = p.ago(30)
    case = p.case("dibao", man, wife, status="ended", end_date=over, status_since=over)
    p.must_not("X16", None, case)
