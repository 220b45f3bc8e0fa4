"""C06: who on dibao may want help to find work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from synth.plants.left_out import odd_jobs
from synth.plants.plot import Plot, scenario

if TYPE_CHECKING:
    from synth.plants.plot import Person


def _pair(p: Plot, age: float = 41, **more: Any) -> tuple[Person, Person, str]:  # noqa: ANN401
    """Somebody of working age and a mother past it, both on dibao."""
    who = p.person(age, **more)
    mother = p.person(max(61.0, age + 21), male=False, relation="50")
    return who, mother, p.case("dibao", who, mother)


@scenario("C06", "hit")
def no_trace_of_work(p: Plot) -> None:
    """41, and nobody knows of any work."""
    man, mother, _ = _pair(p)
    p.cares("C06", man)
    p.must_not("C06", mother)


@scenario("C06", "hit")
def work_before_the_window(p: Plot) -> None:
    """The last wage came in the month before M1; since then he pays a resident's contribution."""
    man, _, _ = _pair(p, 37)
    p.row("tax_income", man, key=False, period=p.month(0), gross_amount=2600.0)
    p.row(
        "social_insurance",
        man,
        key=False,
        scheme="resident_contribution",
        monthly_amount=30.0,
        employer_name=None,
    )
    p.cares("C06", man)


@scenario("C06", "hit")
def father_of_a_child_of_three(p: Plot) -> None:
    """The child turned three this month: no infant any more."""
    man = p.person(34)
    day = p.night.replace(year=p.night.year - 3, day=min(p.night.day, 28))
    child = p.person(born=day, relation="20")
    p.case("dibao", man, child)
    p.cares("C06", man)


@scenario("C06", "hit")
def certificate_is_frozen(p: Plot) -> None:
    """A frozen certificate, and a little interest: neither is work or a disability."""
    man, _, _ = _pair(p, 55)
    p.row("disability_certificates", man, key=False, disability_level="4", status="frozen")
    p.row("tax_income", man, key=False, income_item="interest", period=p.month(7), gross_amount=12.0)
    p.cares("C06", man)


@scenario("C06", "hit")
def sixteen_and_out_of_school(p: Plot) -> None:
    """Sixteen this month; the school says that she left."""
    grandmother = p.person(67, male=False)
    day = p.night.replace(year=p.night.year - 16, day=min(p.night.day, 28))
    girl = p.person(born=day, male=False, relation="40")
    p.case("dibao", grandmother, girl)
    p.row("students", girl, key=False, stage="junior", status="left")
    p.cares("C06", girl)


@scenario("C06", "near")
def sixty_this_month(p: Plot) -> None:
    """He turned 60 this month."""
    day = p.night.replace(year=p.night.year - 60, day=min(p.night.day, 28))
    man = p.person(born=day)
    p.case("dibao", man)
    p.must_not("C06", man)


@scenario("C06", "near")
def lightly_disabled(p: Plot) -> None:
    """Any valid certificate is enough; the living subsidy is paid."""
    man, _, _ = _pair(p, 47)
    p.row("disability_certificates", man, key=False, disability_level="4")
    p.case("disability_living", man)
    p.must_not("C06", man)


@scenario("C06", "near")
def learns_a_trade(p: Plot) -> None:
    """Nineteen, at a vocational school."""
    mother = p.person(62, male=False)
    son = p.person(19, relation="20")
    p.case("dibao", mother, son)
    p.row("students", son, key=False, stage="vocational", school_name="鹭港职业学校")
    p.must_not("C06", son)


@scenario("C06", "near")
def too_ill_to_work(p: Plot) -> None:
    """Leukaemia."""
    man, _, _ = _pair(p, 38)
    p.row("medical_settlements", man, diagnosis_code="C91.000", total_amount=31_000.0)
    p.cares("C05", man)
    p.must_not("C06", man)


@scenario("C06", "near")
def one_odd_job(p: Plot) -> None:
    """One job of a day in the first month of the window."""
    man, _, _ = _pair(p, 52)
    p.row("tax_income", man, key=False, income_item="labour", period=p.month(1), gross_amount=180.0)
    p.must_not("C06", man)


@scenario("C06", "near")
def sells_at_the_market(p: Plot) -> None:
    """A business row of the tax office."""
    woman, _, _ = _pair(p, 44, male=False)
    for position in (3, 4):
        p.row(
            "tax_income",
            woman,
            key=False,
            income_item="business",
            period=p.month(position),
            gross_amount=260.0,
        )
    p.must_not("C06", woman)


@scenario("C06", "near")
def insured_for_two_months(p: Plot) -> None:
    """An employer paid contributions in two months of the window."""
    man, _, case = _pair(p, 49)
    p.row("social_insurance", man, key=False, scheme="employee_contribution", monthly_amount=3100.0,
          employer_name="鹭港服装厂", from_month=p.month(4), to_month=p.month(5))  # fmt: skip
    p.must_not("C06", man)
    p.must_not("X11", man, case)


@scenario("C06", "near")
def mother_of_a_child_of_two(p: Plot) -> None:
    """The child is two."""
    woman = p.person(29, male=False)
    child = p.person(2, relation="20")
    p.case("dibao", woman, child)
    p.must_not("C06", woman)


@scenario("C06", "near")
def nurses_his_wife(p: Plot) -> None:
    """The wife is of level 1, both subsidies paid."""
    man, wife = p.couple(53, 52)
    p.case("dibao", man, wife)
    p.row("disability_certificates", wife, key=False, disability_level="1")
    p.case("disability_living", wife)
    p.case("disability_nursing", wife)
    p.cares("C02", wife)
    p.must_not("C06", man)


@scenario("C06", "near")
def on_the_case_without_cover(p: Plot) -> None:
    """The grown son is named on his mother's case and not covered; he works elsewhere, and nobody knows."""
    mother = p.person(66, male=False)
    son = p.person(39, relation="20")
    p.case("dibao", mother, son)
    p.own[0]["monthly_amount"] = 1500.0
    p.own[-1] |= {"covered": False, "monthly_amount": 0.0}
    p.must_not("C06", son)


@scenario("C06", "near")
def idle_on_marginal(p: Plot) -> None:
    """A marginal case, not dibao; the wife on it has odd jobs."""
    man, wife = p.couple(50, 48)
    p.case("marginal", man, wife)
    odd_jobs(p, wife)
    p.must_not("C06", man)
