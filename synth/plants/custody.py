"""X02: paid while in prison or compulsory rehabilitation."""

from __future__ import annotations

from synth.plants.families import beside_pensioner, on_case, supporter
from synth.plants.plot import Plot, scenario


@scenario("X02", "hit")
def tekun_in_prison(p: Plot) -> None:
    """A man on tekun serves a sentence: support ends with it."""
    man = p.person(63)
    case = p.case("tekun", man)
    p.row("inmates", man)
    p.must("X02", "red", man, case, "tekun")
    p.cares("C01", man)


@scenario("X02", "hit")
def tekun_sentence_begins_tonight(p: Plot) -> None:
    """The first day of the sentence is the night itself: yesterday he was free."""
    man = p.person(64)
    case = p.case("tekun", man)
    p.row("inmates", man, from_date=p.night)
    p.must("X02", "red", man, case, "tekun")
    p.tell("new", "time", man, case)
    p.cares("C01", man)


@scenario("X02", "hit")
def dibao_wife_in_rehabilitation(p: Plot) -> None:
    """Compulsory rehabilitation counts like prison; the family's amount is already that of one head."""
    man, wife = p.couple(66, 61)
    case = p.case("dibao", man, wife, monthly_amount=375.0)
    p.row("inmates", wife, kind="compulsory_rehabilitation")
    p.must("X02", "yellow", wife, case, "dibao")


@scenario("X02", "hit")
def last_day_of_the_sentence(p: Plot) -> None:
    """The sentence ends with the night: he is still inside."""
    man, wife = p.couple(65, 62)
    case = p.case("dibao", man, wife, monthly_amount=375.0)
    p.row("inmates", man, to_date=p.night)
    p.must("X02", "yellow", man, case, "dibao")


@scenario("X02", "hit")
def marginal_sentence_without_end(p: Plot) -> None:
    """Nobody has said when the sentence ends."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("inmates", man, to_date=None)
    p.must("X02", "yellow", man, case, "marginal")


@scenario("X02", "hit")
def rigid_in_prison(p: Plot) -> None:
    """A recognised family with high costs, its head inside."""
    man, wife = p.couple()
    case = p.case("rigid_expenditure", man, wife, start_date=p.ago(250), status_since=p.ago(250))
    p.row("inmates", man, from_date=p.ago(90))
    p.must("X02", "yellow", man, case, "rigid_expenditure")


@scenario("X02", "hit")
def nursing_of_a_prisoner(p: Plot) -> None:
    """A nursing subsidy goes on while the prison nurses."""
    man = beside_pensioner(p)
    p.row("disability_certificates", man, key=False, disability_level="1")
    case = p.case("disability_nursing", man)
    p.row("inmates", man)
    p.must("X02", "yellow", man, case, "disability_nursing")
    p.cares("C02", man)


@scenario("X02", "hit")
def living_subsidy_of_a_prisoner(p: Plot) -> None:
    """The living subsidy likewise."""
    man = beside_pensioner(p)
    p.row("disability_certificates", man, key=False, disability_level="4")
    case = p.case("disability_living", man)
    p.row("inmates", man, kind="compulsory_rehabilitation", from_date=p.ago(120), to_date=p.ago(-300))
    p.must("X02", "yellow", man, case, "disability_living")


@scenario("X02", "near")
def released_yesterday(p: Plot) -> None:
    """Yesterday was the last day: the finding of yesterday is cleared."""
    man = p.person(63)
    case = p.case("tekun", man)
    p.row("inmates", man, key=False, to_date=p.ago(1))
    p.must_not("X02", man, case)
    p.tell("cleared", "time", man, case)
    p.cares("C01", man)


@scenario("X02", "near")
def sentence_long_served(p: Plot) -> None:
    """He was inside years ago."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("inmates", man, key=False, from_date=p.ago(1500), to_date=p.ago(900))
    p.must_not("X02", man, case)


@scenario("X02", "near")
def sentence_not_begun(p: Plot) -> None:
    """The sentence is to begin tomorrow."""
    man = p.person(62)
    case = p.case("tekun", man)
    p.row("inmates", man, key=False, from_date=p.ago(-1))
    p.must_not("X02", man, case)
    p.cares("C01", man)


@scenario("X02", "near")
def allowance_of_a_prisoner(p: Plot) -> None:
    """An allowance that goes by age alone is none of the rule's programmes."""
    man, _ = p.couple(82, 75)
    case = p.case("elder_allowance", man, start_date=p.ago(500), status_since=p.ago(500))
    p.row("inmates", man, key=False)
    p.must_not("X02", man, case)


@scenario("X02", "near")
def supporter_in_prison(p: Plot) -> None:
    """The son inside is named on the case, and is paid nothing."""
    man = p.person(70)
    case = p.case("tekun", man)
    p.booklet()
    son = p.person(41, marital=0)
    supporter(p, case, "tekun", son)
    p.row("inmates", son, key=False)
    p.must_not("X02", son, case)
    p.cares("C01", man)


@scenario("X02", "near")
def member_not_covered(p: Plot) -> None:
    """The wife inside stands on the case without being a beneficiary."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    on_case(p, case, wife)["covered"] = False
    p.row("inmates", wife, key=False)
    p.must_not("X02", wife, case)


@scenario("X02", "near")
def suspended_for_the_sentence(p: Plot) -> None:
    """The office stopped paying when he went in."""
    man = p.person(61)
    case = p.case("tekun", man, status="suspended", status_since=p.ago(480))
    p.row("inmates", man, key=False)
    p.must_not("X02", man, case)


@scenario("X02", "near")
def namesake_in_prison(p: Plot) -> None:
    """Somebody of the name and birth date is inside, with another number."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("inmates", p.stranger(man, same_birth=True), key=False)
    p.must_not("X02", man, case)
