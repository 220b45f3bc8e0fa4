"""O06 and O08: watched against poverty and left alone, old and alone without anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Person


def _earns(p: Plot, who: Person, amount: float) -> None:
    """Unemployment benefit: income that every office may see."""
    p.row("social_insurance", who, key=False, scheme="unemployment_benefit", monthly_amount=amount,
          from_month=p.month(-2))  # fmt: skip


@scenario("O06", "hit")
def watched_without_income(p: Plot) -> None:
    """A couple watched for a year, without income."""
    man, _ = p.couple(58, 56)
    p.row("poverty_monitoring", man)
    p.must("O06", "yellow", None, None, "dibao")


@scenario("O06", "hit")
def watched_just_under_the_standard(p: Plot) -> None:
    """740 a head."""
    man, wife = p.couple(49, 47)
    _earns(p, man, 1480.0)
    p.row("poverty_monitoring", wife, kind="unstable")
    p.must("O06", "yellow", None, None, "dibao")


@scenario("O06", "hit")
def whole_family_watched(p: Plot) -> None:
    """Three watched people make one finding; dibao ended three years ago."""
    man, wife = p.couple(44, 43)
    child = p.person(13, relation="20")
    p.row("students", child, key=False, stage="junior")
    p.case(
        "dibao",
        man,
        wife,
        child,
        status="ended",
        end_date=p.ago(1130),
        status_since=p.ago(1130),
        start_date=p.ago(2400),
    )
    for who in (man, wife, child):
        p.row("poverty_monitoring", who, kind="sudden_hardship", identified_on=p.ago(95))
    p.must("O06", "yellow", None, None, "dibao")


@scenario("O06", "near")
def watched_at_the_standard(p: Plot) -> None:
    """750 a head: not under the standard."""
    man, wife = p.couple(50, 48)
    _earns(p, man, 1500.0)
    p.row("poverty_monitoring", wife, key=False)
    p.must_not("O06")


@scenario("O06", "near")
def watching_is_over(p: Plot) -> None:
    """Removed from monitoring three months ago."""
    man, _ = p.couple(57, 55)
    p.row("poverty_monitoring", man, key=False, identified_on=p.ago(900), removed_on=p.ago(92))
    p.must_not("O06")


@scenario("O06", "near")
def watched_and_supported(p: Plot) -> None:
    """On a marginal case."""
    man, wife = p.couple(64, 62)
    p.case("marginal", man, wife)
    p.row("poverty_monitoring", man, key=False)
    p.must_not("O06")


@scenario("O06", "near")
def watched_with_a_truck(p: Plot) -> None:
    """The only truck feeds the family, and is evidence of means."""
    man, wife = p.couple(46, 45)
    p.row("vehicles", man, key=False, vehicle_class="truck", usage="commercial")
    p.row("poverty_monitoring", wife, key=False)
    p.must_not("O06")


@scenario("O06", "near")
def watched_shareholder(p: Plot) -> None:
    """A share of 120,000 in a company."""
    man, wife = p.couple(47, 44)
    p.row(
        "business_registrations",
        man,
        key=False,
        entity_type="company",
        role="shareholder",
        subscribed_capital=120_000.0,
    )
    p.row("poverty_monitoring", wife, key=False)
    p.must_not("O06")


def _alone(p: Plot, age: float = 68, *, male: bool = True, marital: int = 0) -> Person:
    """Somebody who lives alone, by default never married."""
    return p.person(age, male=male, marital=marital)


@scenario("O08", "hit")
def bachelor_with_a_resident_pension(p: Plot) -> None:
    """68, never married, a resident pension of 190."""
    man = _alone(p)
    p.row("social_insurance", man, key=False)
    p.must("O08", "yellow", man, None, "tekun")


@scenario("O08", "hit")
def grave_widow(p: Plot) -> None:
    """A widow of level 1: severely disabled will do; dibao would be owed as well."""
    woman = _alone(p, 71, male=False, marital=2)
    p.row("disability_certificates", woman, disability_level="1", disability_class="2")
    p.case("disability_nursing", woman)
    p.must("O08", "yellow", woman, None, "tekun")
    p.must("O03", "yellow", woman, None, "dibao")
    p.cares("C02", woman)


@scenario("O08", "hit")
def sixty_tonight(p: Plot) -> None:
    """Sixty on the night itself."""
    man = p.person(born=p.night.replace(year=p.night.year - 60), marital=0)
    p.must("O08", "yellow", man, None, "tekun")
    p.tell("new", "time", man, None)


@scenario("O08", "hit")
def divorced_and_of_unsound_mind(p: Plot) -> None:
    """Divorced, level 3 of class 6; the marriage ended in the register too."""
    man = _alone(p, 64, marital=3)
    p.booklet()
    wife = p.person(62, male=False, marital=3)
    p.person(36, relation="20")
    p.row("marriages", man, key=False, pid2=wife.pid)
    p.row("marriages", man, key=False, pid2=wife.pid, event="divorce", event_date=p.ago(4000))
    p.row("disability_certificates", man, disability_level="3", disability_class="6")
    p.must("O08", "yellow", man, None, "tekun")
    p.must("O03", "yellow", man, None, "dibao")


@scenario("O08", "near")
def wife_in_another_booklet(p: Plot) -> None:
    """The registry says single, the register of marriages has a wife."""
    man = _alone(p, 66)
    p.booklet()
    wife = p.person(63, male=False, marital=1)
    p.person(34, relation="20")
    p.row("marriages", man, key=False, pid2=wife.pid, event_date=p.ago(2600))
    p.must_not("O08", man)


@scenario("O08", "near")
def two_brothers(p: Plot) -> None:
    """Two unmarried brothers in one booklet."""
    man = _alone(p, 67)
    brother = p.person(64, relation="70", marital=0)
    p.must_not("O08", man)
    p.must_not("O08", brother)


@scenario("O08", "near")
def bachelor_with_a_small_employee_pension(p: Plot) -> None:
    """An employee pension, small as it is, is no resident pension."""
    man = _alone(p, 69)
    p.row("social_insurance", man, key=False, scheme="employee_pension", monthly_amount=610.0)
    p.must_not("O08", man)


@scenario("O08", "near")
def widower_of_seventy(p: Plot) -> None:
    """Widowed, not single, and not disabled."""
    man = _alone(p, 70, marital=2)
    p.must_not("O08", man)


@scenario("O08", "near")
def bachelor_of_fifty_nine(p: Plot) -> None:
    """Sixty tomorrow."""
    tomorrow = p.ago(-1)
    man = p.person(born=tomorrow.replace(year=tomorrow.year - 60), marital=0)
    p.must_not("O08", man)


@scenario("O08", "near")
def bachelor_on_dibao(p: Plot) -> None:
    """On a household programme already."""
    man = _alone(p, 65)
    p.case("dibao", man)
    p.must_not("O08", man)


@scenario("O08", "near")
def bachelor_who_asked_for_tekun(p: Plot) -> None:
    """The application is open."""
    man = _alone(p, 72)
    begun = p.ago(25)
    p.case("tekun", man, status="applying", start_date=begun, status_since=begun, authorized_on=begun)
    p.must_not("O08", man)


@scenario("O08", "near")
def bachelor_with_a_van(p: Plot) -> None:
    """A van."""
    man = _alone(p, 62)
    p.row("vehicles", man, key=False, purchase_price=42_000.0, first_registered_on=p.ago(2900))
    p.must_not("O08", man)
