"""A what-if's figure is checked as if a file held it, and from its day on nothing else holds."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from policy import Assumption, PolicyError, load_profile, night_tables
from policy.profile import FOLDER

NIGHT = date(2021, 12, 31)


def row(*texts: str, since: date = NIGHT, night: date = NIGHT, place: str = "rugao") -> dict[str, object]:
    profile = load_profile(place, FOLDER, [Assumption(text, since) for text in texts])
    return night_tables(profile, night)["policy.night"].row(0, named=True)


def test_a_name_without_part_means_all_parts() -> None:
    both, one = row("dibao_standard=800"), row("dibao_standard.urban=800")
    assert (both["dibao_standard_urban"], both["dibao_standard_rural"]) == (800, 800)
    assert (one["dibao_standard_urban"], one["dibao_standard_rural"]) == (800, 750)


def test_a_name_may_hold_a_point() -> None:
    assert row("basic_pension_disregard.tekun=200.50")["basic_pension_disregard_tekun"] == Decimal("200.50")


def test_it_holds_from_its_day_on_whatever_is_written_later() -> None:
    since = date(2021, 1, 1)
    assert row("dibao_standard=800", since=since)["dibao_standard_urban"] == 800
    assert row("dibao_standard=800", since=since, night=date(2020, 12, 31))["dibao_standard_urban"] == 710


def test_months_before_its_day_keep_their_figures() -> None:
    profile = load_profile("rugao", FOLDER, [Assumption("job_cost_rate=0.25", date(2021, 6, 1))])
    rates = dict(night_tables(profile, NIGHT)["policy.month"].select("month", "job_cost_rate").iter_rows())
    assert (rates[date(2021, 5, 1)], rates[date(2021, 6, 1)]) == (Decimal("0.1"), Decimal("0.25"))


def test_facts_may_be_judged_by_figures_of_a_later_day() -> None:
    profile = load_profile("rugao", FOLDER, [Assumption("job_cost_rate=0.25", date(2022, 1, 1))])
    tables = night_tables(profile, NIGHT, date(2022, 1, 1))
    assert tables["policy.night"]["night"].item() == NIGHT
    assert tables["policy.night"]["job_cost_rate"].item() == Decimal("0.25")
    assert set(tables["policy.month"]["job_cost_rate"]) == {Decimal("0.25")}
    assert tables["policy.month"]["month"].max() == date(2021, 11, 1)


def test_the_end_of_a_law_marks_what_is_assumed_too() -> None:
    profile = load_profile(
        "rugao", FOLDER, [Assumption("basic_pension_disregard.means_test=200", date(2025, 1, 1))]
    )
    held = {
        day: profile.figures["basic_pension_disregard.means_test"].at(day)[""]
        for day in (date(2025, 12, 31), date(2026, 1, 1))
    }
    assert {(value.amount, value.unconfirmed) for value in held.values()} == {
        (Decimal(200), False),
        (Decimal(200), True),
    }


def test_a_list_is_replaced_as_a_whole() -> None:
    profile = load_profile("rugao", FOLDER, [Assumption("vehicle_exempt_classes=motorcycle, truck", NIGHT)])
    classes = night_tables(profile, NIGHT)["policy.vehicle_exempt_class"]["vehicle_class"]
    assert set(classes) == {"motorcycle", "truck"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("dibao_standrad=800", "Did you mean 'dibao_standard'?"),
        ("dibao_standard.urbn=800", "Did you mean 'dibao_standard.urban'?"),
        ("dibao_standard", "the value is missing"),
        ("dibao_standard=", "the value is missing"),
        ("dibao_standard=eight hundred", "no figure"),
        ("dibao_standard=-800", "no figure"),
        ("dibao_standard=1,000", "comma"),
        ("taper_months=6.5", "finer"),
        ("dibao_standard=99999999999999999", "too large"),
        ("recheck_months=2147483648", "too large"),
        ("basic_pension_disregard=0", "basic_pension_disregard.means_test and basic_pension_disregard.tekun"),
        ("income_tolerance=10", "60 % is 0.60"),
        ("vehicle_exempt_classes=motorcycles", "Did you mean 'motorcycle'?"),
    ],
)
def test_what_is_wrong_is_said(text: str, told: str) -> None:
    with pytest.raises(PolicyError, match=r"^'") as caught:
        row(text)
    assert told in str(caught.value)


def test_a_profile_without_assumptions_is_the_same_profile() -> None:
    assert load_profile("rugao", Path(FOLDER), []).digest() == load_profile("rugao").digest()
