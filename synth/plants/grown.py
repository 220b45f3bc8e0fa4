"""X18: children's programmes paid past the age of 18."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from datetime import date

    from synth.plants.plot import Person


def _ward(p: Plot, age: float = 19, *, born: date | None = None, male: bool = True) -> Person:
    """A young man or woman in a grandmother's booklet."""
    p.person(70, male=False)
    return p.person(age, born=born, male=male, relation="40")


def _eighteen(p: Plot, position: int, day: int) -> date:
    """The birth date of somebody who turned 18 on a day of M`position` (13: the night's own month)."""
    month = p.month(position)
    return month.replace(year=month.year - 18, day=day)


@scenario("X18", "hit")
def orphan_of_nineteen(p: Plot) -> None:
    """Nineteen, at no school, and paid as an orphan."""
    ward = _ward(p)
    case = p.case("orphan", ward)
    p.must("X18", "yellow", ward, case, "orphan")


@scenario("X18", "hit")
def eighteen_last_month(p: Plot) -> None:
    """Turned 18 in the month before the night's: over since the first night of this month."""
    ward = _ward(p, born=_eighteen(p, 12, 27), male=False)
    case = p.case("unsupported_child", ward)
    p.must("X18", "yellow", ward, case, "unsupported_child")
    if p.night.day == 1:
        p.tell("new", "time", ward, case)


@scenario("X18", "hit")
def school_left(p: Plot) -> None:
    """The school says that she has left."""
    ward = _ward(p, 20, male=False)
    case = p.case("orphan", ward)
    p.row("students", ward, key=False, stage="vocational", school_name="鹭港职业学校", status="left")
    p.must("X18", "yellow", ward, case, "orphan")


@scenario("X18", "hit")
def namesake_at_school(p: Plot) -> None:
    """Somebody of his name and birth date is enrolled elsewhere, with another number."""
    ward = _ward(p, 21)
    case = p.case("unsupported_child", ward)
    p.row("students", p.stranger(ward, same_birth=True), key=False, stage="college", school_name="枫浜学院")
    p.must("X18", "yellow", ward, case, "unsupported_child")


@scenario("X18", "hit")
def paid_as_a_child_since_yesterday(p: Plot) -> None:
    """Suspended at 18, and paid again since tonight."""
    ward = _ward(p, 18.6)
    case = p.case("orphan", ward, earlier={"status": "suspended"})
    p.must("X18", "yellow", ward, case, "orphan")
    p.tell("new", "data", ward, case)


@scenario("X18", "near")
def orphan_at_college(p: Plot) -> None:
    """Nineteen, and enrolled."""
    ward = _ward(p)
    case = p.case("orphan", ward)
    p.row("students", ward, key=False, stage="vocational", school_name="鹭港职业学校")
    p.must_not("X18", ward, case)


@scenario("X18", "near")
def orphan_of_seventeen(p: Plot) -> None:
    """Seventeen, at no school."""
    ward = _ward(p, 17)
    case = p.case("orphan", ward)
    p.must_not("X18", ward, case)


@scenario("X18", "near")
def eighteen_this_month(p: Plot) -> None:
    """Turned 18 on the first day of the night's own month."""
    ward = _ward(p, born=_eighteen(p, 13, 1))
    case = p.case("unsupported_child", ward)
    p.must_not("X18", ward, case)


@scenario("X18", "near")
def ended_at_eighteen(p: Plot) -> None:
    """The payments ended in time."""
    ward = _ward(p)
    case = p.case("orphan", ward, status="ended", end_date=p.ago(370), status_since=p.ago(370))
    p.must_not("X18", ward, case)


@scenario("X18", "near")
def suspended_at_eighteen(p: Plot) -> None:
    """Suspended until the school answers."""
    ward = _ward(p, 18.5)
    case = p.case("unsupported_child", ward, status="suspended", status_since=p.ago(60))
    p.must_not("X18", ward, case)


@scenario("X18", "near")
def disabled_at_nineteen(p: Plot) -> None:
    """A subsidy for the disabled has no upper age."""
    ward = _ward(p)
    p.row("disability_certificates", ward, key=False, disability_level="3")
    case = p.case("disability_living", ward)
    p.must_not("X18", ward, case)
