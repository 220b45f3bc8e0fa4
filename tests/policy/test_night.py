"""The tables of a night: dated figures at their borders, inheritance, fixed shapes."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import SCHEMAS, Profile, catalogue, load_profile, night_tables
from policy.night import ledger_months
from tests.chance import examples

PLACES = ("rugao", "suqian", "suzhou_anhui")
RUGAO = load_profile("rugao")
NIGHT = date(2021, 12, 31)


def scalar(profile: Profile, night: date, column: str) -> Any:
    return night_tables(profile, night)["policy.night"][column].item()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("night", [date(2019, 1, 1), NIGHT, date(2024, 2, 29), date(2026, 11, 22)])
def test_shapes_are_the_same_everywhere(place: str, night: date) -> None:
    tables = night_tables(load_profile(place), night)
    assert {name: dict(frame.schema) for name, frame in tables.items()} == SCHEMAS
    assert tables["policy.night"].height == 1
    assert tables["policy.month"]["month"].to_list() == ledger_months(night)


def test_the_sample_citys_figures() -> None:
    row = night_tables(RUGAO, NIGHT)["policy.night"].row(0, named=True)
    wanted = {
        "dibao_standard_urban": 750, "tekun_standard_urban": 1795, "tekun_standard_rural": 975,
        "orphan_standard_institution": 2760, "orphan_standard_home": 2070, "marginal_multiple": Decimal("1.5"),
        "rigid_expenditure_ratio": Decimal("0.6"), "rigid_expenditure_floor": 10000,
        "mean_disposable_income": 36000, "medical_hardship_self_paid": 30000, "medical_hardship_income": 50000,
        "job_cost_rate": Decimal("0.1"), "basic_pension_disregard_means_test": 150,
        "basic_pension_disregard_tekun": 150, "financial_asset_months": 24, "vehicle_value_limit": 50000,
        "vehicle_value_years": 10, "dwelling_limit": 1, "shareholder_capital_limit": 100000, "taper_months": 6,
        "death_grace_months": 3, "recheck_months": 12, "recheck_months_can_work": 6, "support_line_multiple": 2,
        "support_rate": Decimal("0.2"), "elder_allowance_age": 80,
        "living_alone_age": 80, "supporter_age_limit": 60, "income_tolerance": Decimal("0.1"),
        "amount_tolerance": Decimal("0.2"), "amount_tolerance_yuan": 100,
        "category_supplement_rate": Decimal("0.3"), "ledger_from": date(2020, 12, 1),
        "ledger_to": date(2021, 11, 1), "last3_from": date(2021, 9, 1), "year_ago": date(2020, 12, 31),
    }  # fmt: skip
    assert {column: row[column] for column in wanted} == wanted


@pytest.mark.parametrize(("night", "amount"), [(date(2021, 6, 30), 710), (date(2021, 7, 1), 750)])
def test_a_standard_takes_effect_on_its_day(night: date, amount: int) -> None:
    assert scalar(RUGAO, night, "dibao_standard_rural") == amount


def test_a_figure_not_yet_in_force_is_null_and_has_no_row() -> None:
    tables = night_tables(RUGAO, date(2021, 6, 30))
    assert tables["policy.night"]["tekun_standard_urban"].item() is None
    assert tables["policy.standard"]["program"].unique().to_list() == ["dibao"]


def test_months_use_the_figures_of_their_own_month() -> None:
    months = night_tables(RUGAO, NIGHT)["policy.month"]
    standards = dict(zip(months["month"], months["dibao_standard_urban"], strict=True))
    assert (standards[date(2021, 6, 1)], standards[date(2021, 7, 1)]) == (710, 750)
    assert months["in_last_3"].to_list() == [False] * 9 + [True] * 3
    assert months["position"].to_list() == list(range(1, 13))


@pytest.mark.parametrize(("night", "unconfirmed"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)])
def test_the_disregard_of_the_means_test_is_unconfirmed_after_2025(night: date, *, unconfirmed: bool) -> None:
    figure = night_tables(RUGAO, night)["policy.figure"].filter(pl.col("in_force"))
    marks = dict(zip(figure["name"], figure["unconfirmed"], strict=True))
    assert marks["basic_pension_disregard.means_test"] is unconfirmed
    assert marks["basic_pension_disregard.tekun"] is False
    assert scalar(RUGAO, night, "basic_pension_disregard_means_test") == 150


def test_a_month_before_the_end_stays_confirmed() -> None:
    months = night_tables(RUGAO, date(2026, 2, 1))["policy.month"]
    marks = dict(zip(months["month"], months["pension_disregard_unconfirmed"], strict=True))
    assert (marks[date(2025, 12, 1)], marks[date(2026, 1, 1)]) == (False, True)


def test_a_place_confirms_a_renewal(write: Callable[[str], Path]) -> None:
    folder = write("""
basic_pension_disregard.means_test:
  unit: yuan per month
  values:
    2020-01-01: 120
    2026-01-01: {value: 130, unconfirmed: false, reference: made-up renewal}
  reference: made up
""")
    table = night_tables(load_profile("county", folder), date(2026, 6, 1))["policy.figure"]
    row = table.filter(pl.col("in_force"), pl.col("name") == "basic_pension_disregard.means_test").row(
        0, named=True
    )
    assert (row["value"], row["unconfirmed"], row["illustrative"]) == ("130", False, False)


def test_what_a_place_writes_stands_before_what_it_inherits(write: Callable[[str], Path]) -> None:
    profile = load_profile(
        "county", write("dwelling_limit: {unit: dwellings per household, value: 2, reference: x}\n")
    )
    assert profile.lineage == ("national", "illustrative", "county")
    assert scalar(profile, NIGHT, "dwelling_limit") == 2
    assert scalar(profile, NIGHT, "vehicle_value_years") == 10
    assert profile.digest() != load_profile("county", write("")).digest()


def test_the_seeds_figures() -> None:
    suqian, suzhou = load_profile("suqian"), load_profile("suzhou_anhui")
    assert scalar(suqian, date(2018, 6, 30), "dibao_standard_rural") == 210
    assert scalar(suqian, date(2018, 7, 1), "dibao_standard_rural") == 520
    assert scalar(suzhou, date(2016, 3, 1), "dibao_standard_urban") == 430
    # 2,200 a year: 183.333... a month, rounded half up to the fen.
    assert scalar(suzhou, date(2016, 3, 1), "dibao_standard_rural") == Decimal("183.33")
    assert scalar(suzhou, date(2020, 1, 1), "dibao_standard_rural") == Decimal("362.50")
    assert scalar(suzhou, date(2020, 1, 1), "dibao_standard_urban") == 430


def test_lists_and_pairs() -> None:
    tables = night_tables(RUGAO, NIGHT)
    pairs = tables["policy.exclusive_pair"]
    assert pairs.height == 8
    assert pairs.filter(pl.col("illustrative")).height == 4
    assert (pairs["program_a"] < pairs["program_b"]).all()
    assert tables["policy.gated_source"]["source"].to_list() == [
        "bank_accounts",
        "financial_products",
        "tax_income",
    ]
    assert tables["policy.vehicle_exempt_class"].height == 4
    assert tables["policy.counter_evidence_source"].height == 4


@pytest.mark.parametrize("place", PLACES)
def test_every_figure_has_a_reference_and_a_title(place: str) -> None:
    figures = night_tables(load_profile(place), NIGHT)["policy.figure"]
    assert figures.filter(
        (pl.col("reference").str.strip_chars() == "") | pl.col("title_zh").is_null()
    ).is_empty()
    assert set(figures["name"]) <= catalogue().keys()


@examples(40)
@given(night=st.dates(min_value=date(2013, 1, 1), max_value=date(2040, 12, 31)))
def test_the_window_is_the_twelve_months_before_the_nights_own(night: date) -> None:
    months = ledger_months(night)
    assert len(set(months)) == 12
    assert months[-1] == (night.replace(day=1) - timedelta(days=1)).replace(day=1)
    assert all((b.year - a.year) * 12 + b.month - a.month == 1 for a, b in pairwise(months))
    assert night_tables(RUGAO, night)["policy.month"]["month"].to_list() == months
