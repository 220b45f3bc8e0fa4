"""O10 and O11: helped again and again, and fallen back after dibao."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from synth.frames import year_before
from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from datetime import date

    from synth.plants.plot import Person


def _relieved(p: Plot, begun: date, *who: Person, **values: Any) -> None:  # noqa: ANN401
    """One temporary relief, begun and paid on a day."""
    p.case(
        "temporary_relief",
        *who,
        start_date=begun,
        status_since=begun,
        authorized_on=begun,
        last_reviewed=None,
        **values,
    )


def _left_dibao(p: Plot, days: int, *who: Person, **values: Any) -> None:  # noqa: ANN401
    """A dibao case that ended so many days ago."""
    over = p.ago(days)
    p.case(
        "dibao",
        *who,
        **{"status": "ended", "end_date": over, "status_since": over, "authorized_until": over, **values},
    )


@scenario("O10", "hit")
def twice_in_a_year(p: Plot) -> None:
    """The same man in spring and in autumn."""
    man, _ = p.couple(59, 57)
    for days in (250, 45):
        _relieved(p, p.ago(days), man)
    p.must("O10", "yellow", None, None, "dibao")


@scenario("O10", "hit")
def husband_and_wife_in_turn(p: Plot) -> None:
    """Once he and once she; both cases are over."""
    man, wife = p.couple(55, 53)
    for who, days in ((man, 180), (wife, 100)):
        _relieved(p, p.ago(days), who, status="ended", end_date=p.ago(days - 30))
    p.must("O10", "yellow", None, None, "dibao")


@scenario("O10", "hit")
def first_day_of_the_year(p: Plot) -> None:
    """The first of the two began a day after this day a year ago: just within."""
    man, _ = p.couple(61, 60)
    _relieved(p, p.ago((p.night - year_before(p.night)).days - 1), man)
    _relieved(p, p.ago(12), man)
    p.must("O10", "yellow", None, None, "dibao")


@scenario("O10", "near")
def one_of_them_a_year_ago(p: Plot) -> None:
    """One began on this day a year ago, one lately: only one lies after that day."""
    man, _ = p.couple(58, 58)
    _relieved(p, year_before(p.night), man)
    _relieved(p, p.ago(31), man)
    p.must_not("O10")
    p.tell_if_yesterday_was_within("O10", None)


@scenario("O10", "near")
def two_on_one_relief(p: Plot) -> None:
    """Husband and wife on one case: helped once."""
    man, wife = p.couple(56, 55)
    _relieved(p, p.ago(77), man, wife)
    p.must_not("O10")


@scenario("O10", "near")
def relieved_beside_marginal(p: Plot) -> None:
    """Twice, but the family is on a marginal case: no registry household."""
    man, wife = p.couple(65, 64)
    p.case("marginal", man, wife)
    for days in (200, 30):
        _relieved(p, p.ago(days), man)
    p.must_not("O10")


@scenario("O10", "near")
def neighbours_relieved(p: Plot) -> None:
    """One relief each in two households of one family name."""
    man, _ = p.couple(54, 52)
    _relieved(p, p.ago(90), man)
    p.booklet()
    brother = p.person(50)
    _relieved(p, p.ago(60), brother)
    p.must_not("O10")


@scenario("O11", "hit")
def husband_died_since(p: Plot) -> None:
    """They left dibao; three months later he died, and she is there."""
    wife = p.person(66, male=False, married=True)
    man = p.person(68, relation="10")
    _left_dibao(p, 240, man, wife)
    p.row("deaths", man, died_on=p.ago(150))
    p.must("O11", "yellow", None, None, "dibao")


@scenario("O11", "hit")
def ten_thousand_since(p: Plot) -> None:
    """Two bills of 10,000 in all; a pension of 1,500 keeps the ratio of O05 away. Nobody wrote an end date."""
    man, wife = p.couple(64, 62)
    _left_dibao(p, 300, man, wife, end_date=None)
    p.row("social_insurance", man, key=False, scheme="employee_pension", monthly_amount=1500.0)
    for who, amount, days in ((man, 6_400.0, 210), (wife, 3_600.0, 25)):
        p.row("medical_settlements", who, settled_on=p.ago(days), total_amount=11_000.0, fund_paid=4_000.0,
              self_paid_in_scope=amount)  # fmt: skip
    p.must("O11", "yellow", None, None, "dibao")
    p.must_not("O05")


@scenario("O11", "hit")
def son_of_the_booklet_died(p: Plot) -> None:
    """The son who fed them died last night; he was never on the case."""
    man, wife = p.couple(63, 62)
    son = p.person(37, relation="20")
    _left_dibao(p, 130, man, wife)
    p.row("deaths", son, died_on=p.ago(2), earlier=None)
    p.must("O11", "yellow", None, None, "dibao")
    p.tell("new", "data", None, None)


@scenario("O11", "hit")
def left_a_year_ago_less_a_day(p: Plot) -> None:
    """The case ended a day after this day a year ago."""
    woman = p.person(67, male=False)
    mother = p.person(78.6, male=False, relation="50")
    _left_dibao(p, (p.night - year_before(p.night)).days - 1, woman, mother)
    p.row("deaths", mother, died_on=p.ago(75))
    p.must("O11", "yellow", None, None, "dibao")


@scenario("O11", "near")
def bill_before_they_left(p: Plot) -> None:
    """The large bill came a month before the case ended."""
    man, wife = p.couple(64, 63)
    _left_dibao(p, 200, man, wife)
    p.row("social_insurance", man, key=False, scheme="employee_pension", monthly_amount=2400.0)
    p.row(
        "medical_settlements",
        wife,
        key=False,
        settled_on=p.ago(230),
        total_amount=20_000.0,
        self_paid_in_scope=13_000.0,
    )
    p.must_not("O11")
    p.must_not("O05")


@scenario("O11", "near")
def a_yuan_short(p: Plot) -> None:
    """9,999 since."""
    man, wife = p.couple(66, 64)
    _left_dibao(p, 220, man, wife)
    p.row(
        "medical_settlements",
        man,
        key=False,
        settled_on=p.ago(110),
        total_amount=15_000.0,
        self_paid_in_scope=9_999.0,
    )
    p.must_not("O11")


@scenario("O11", "near")
def left_a_year_ago(p: Plot) -> None:
    """The case ended on this day a year ago; the death came since."""
    woman = p.person(66, male=False)
    sister = p.person(69, male=False, relation="70")
    _left_dibao(p, (p.night - year_before(p.night)).days, woman, sister)
    p.row("deaths", sister, key=False, died_on=p.ago(40))
    p.must_not("O11")
    p.tell_if_yesterday_was_within("O11", None)


@scenario("O11", "near")
def taken_in_again(p: Plot) -> None:
    """The wife has been on a marginal case since the death of the mother."""
    man, wife = p.couple(60, 58)
    mother = p.person(79, male=False, relation="50")
    _left_dibao(p, 280, man, wife, mother)
    p.row("deaths", mother, key=False, died_on=p.ago(160))
    begun = p.ago(120)
    p.case("marginal", man, wife, start_date=begun, status_since=begun, authorized_on=begun)
    p.must_not("O11")


@scenario("O11", "near")
def died_before_they_left(p: Plot) -> None:
    """The death is why the case ended."""
    woman = p.person(65, male=False)
    brother = p.person(70, relation="70", status="death_cancelled", status_date=p.ago(260), died=p.ago(280))
    _left_dibao(p, 250, woman, brother)
    p.row("deaths", brother, key=False, died_on=p.ago(280))
    p.must_not("O11")


@scenario("O11", "near")
def nobody_is_left(p: Plot) -> None:
    """He lived alone, and died."""
    man = p.person(72)
    _left_dibao(p, 210, man)
    p.row("deaths", man, key=False, died_on=p.ago(100))
    p.colourless = True
    p.must_not("O11")
