"""P01 and P02: authorization, and relatives of officials."""

from __future__ import annotations

from synth.plants.plot import Plot, scenario


@scenario("P01", "hit")
def never_signed(p: Plot) -> None:
    """The wife on the case never signed."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.own[-1]["authorized_on"] = None
    p.must("P01", "yellow", wife, case)


@scenario("P01", "hit")
def ran_out(p: Plot) -> None:
    """The applicant's authorization ran out two months ago."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.own[0]["authorized_until"] = p.ago(60)
    p.must("P01", "yellow", man, case)


@scenario("P01", "hit")
def ran_out_yesterday(p: Plot) -> None:
    """Yesterday was the last day."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.own[0]["authorized_until"] = p.ago(1)
    p.must("P01", "yellow", man, case)
    p.tell("new", "authorization", man, case)


@scenario("P01", "near")
def signed_on_another_case(p: Plot) -> None:
    """They signed for the marginal case, and not again for the rigid one: one signature is enough."""
    man, wife = p.couple()
    p.case("marginal", man, wife)
    p.case("rigid_expenditure", man, wife, start_date=p.ago(200), status_since=p.ago(200), authorized_on=None)
    p.colourless = True
    p.must_not("P01", man)
    p.must_not("P01", wife)


@scenario("P01", "near")
def last_day_is_tonight(p: Plot) -> None:
    """The authorization ends with the night itself: it is in force."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.own[0]["authorized_until"] = p.night
    p.must_not("P01", man, case)


@scenario("P01", "near")
def child_need_not_sign(p: Plot) -> None:
    """A child on the case has no authorization of its own."""
    grandmother = p.person(66, male=False)
    child = p.person(11, male=False, relation="40")
    case = p.case("dibao", grandmother, child)
    p.row("students", child, key=False)
    p.own[1]["authorized_on"] = None
    p.must_not("P01", child, case)


@scenario("P01", "near")
def allowance_needs_none(p: Plot) -> None:
    """A personal allowance needs no authorization."""
    man, _ = p.couple(84, 76)
    p.case("elder_allowance", man, start_date=p.ago(900), status_since=p.ago(900), authorized_on=None)
    p.must_not("P01", man)


@scenario("P02", "hit")
def niece_of_the_clerk(p: Plot) -> None:
    """A relative of an official on dibao: a visit, and no colour."""
    man, wife = p.couple()
    p.case("dibao", man, wife)
    p.own[1]["relative_of_official"] = True
    p.must("P02", None, wife)


@scenario("P02", "hit")
def relative_on_marginal(p: Plot) -> None:
    """The applicant of a marginal case is a relative."""
    man, wife = p.couple()
    p.case("marginal", man, wife)
    p.own[0]["relative_of_official"] = True
    p.must("P02", None, man)


@scenario("P02", "hit")
def relative_who_asks(p: Plot) -> None:
    """An application is an open case."""
    man, wife = p.couple(58, 57)
    begun = p.ago(22)
    p.case("dibao", man, wife, status="applying", start_date=begun, status_since=begun, authorized_on=begun)
    p.own[0]["relative_of_official"] = True
    p.must("P02", None, man)


@scenario("P02", "near")
def relative_on_an_allowance(p: Plot) -> None:
    """An allowance that everybody of the age has is no favour."""
    man, _ = p.couple(82, 75)
    p.case("elder_allowance", man, start_date=p.ago(600), status_since=p.ago(600), relative_of_official=True)
    p.must_not("P02", man)


@scenario("P02", "near")
def relative_long_off(p: Plot) -> None:
    """The relative's case ended two years ago."""
    man, wife = p.couple()
    p.case(
        "dibao",
        man,
        wife,
        status="ended",
        end_date=p.ago(760),
        status_since=p.ago(760),
        relative_of_official=True,
    )
    p.must_not("P02", man)


@scenario("P02", "near")
def nobodys_relative(p: Plot) -> None:
    """An ordinary case."""
    man, wife = p.couple()
    p.case("dibao", man, wife)
    p.must_not("P02", man)
    p.must_not("P02", wife)
