"""A policy file that breaks a rule says so in a sentence a clerk understands: file, figure, what, what to do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from policy import PolicyError, load_profile, night_tables

Write = Callable[[str], Path]
TAPER = "taper_months: {unit: months, value: 6, reference: made up}"

BROKEN = {
    "an unknown figure": (
        "taper_month: {unit: months, value: 6, reference: x}",
        ["county.yaml, line", "'taper_months'"],
    ),
    "a figure without a value": ("taper_months: {unit: months, reference: x}", ["taper_months", "no value"]),
    "an empty value": ("taper_months: {unit: months, value: , reference: x}", ["value is missing"]),
    "a figure without a reference": ("taper_months: {unit: months, value: 6}", ["reference is missing"]),
    "a blank reference": ('taper_months: {unit: months, value: 6, reference: " "}', ["reference is missing"]),
    "a figure without a unit": ("taper_months: {value: 6, reference: x}", ["unit is missing", "months"]),
    "a wrong unit": (
        "taper_months: {unit: month, value: 6, reference: x}",
        ["'month'", "Did you mean 'months'?"],
    ),
    "a date that does not exist": (
        "taper_months: {unit: months, values: {2021-02-30: 6}, reference: x}",
        ["'2021-02-30'", "no date"],
    ),
    "a date written otherwise": (
        "taper_months: {unit: months, values: {2021/7/1: 6}, reference: x}",
        ["no date", "2021-07-01"],
    ),
    "text for a figure": ("taper_months: {unit: months, value: six, reference: x}", ["'six'", "no figure"]),
    "a comma in a figure": (
        'relapse_self_paid: {unit: yuan, value: "10,000", reference: x}',
        ["10,000", "comma"],
    ),
    "a negative figure": ("taper_months: {unit: months, value: -6, reference: x}", ["no figure"]),
    "half a month": ("taper_months: {unit: months, value: 6.5, reference: x}", ["finer"]),
    "per cent for a share": (
        "income_tolerance: {unit: share of the line, value: 10, reference: x}",
        ["0.60"],
    ),
    "a part that does not exist": (
        "tekun_standard: {unit: yuan per person and month, value: {town: 900}, reference: x}",
        ["'town'", "urban"],
    ),
    "one figure where there are parts": (
        "tekun_standard: {unit: yuan per person and month, value: 900, reference: x}",
        ["urban"],
    ),
    "parts where there is one figure": (
        "taper_months: {unit: months, value: {urban: 6}, reference: x}",
        ["no parts"],
    ),
    "an unknown word": (
        "vehicle_exempt_classes: {unit: vehicle classes, value: [motorcycles], reference: x}",
        ["'motorcycles'", "Did you mean 'motorcycle'?"],
    ),
    "a pair of one": (
        "exclusive_programs: {unit: pairs of programs, value: [dibao], reference: x}",
        ["pair"],
    ),
    "a field misspelt": (
        "taper_months: {unit: months, value: 6, referense: x}",
        ["'referense'", "'reference'"],
    ),
    "value and values": (
        "taper_months: {unit: months, value: 6, values: {2021-01-01: 6}, reference: x}",
        ["both"],
    ),
    "a mark that is no truth value": (
        "taper_months: {unit: months, value: 6, reference: x, illustrative: maybe}",
        ["true or false"],
    ),
    "a bare figure": ("taper_months: 6", ["not a bare figure"]),
    "a figure written twice": (f"{TAPER}\n{TAPER}", ["written twice"]),
    "a day written twice": (
        "taper_months:\n  unit: months\n  reference: x\n  values:\n    2021-07-01: 6\n    2021-07-01: 12",
        ["line 14", "first in line 13", "one day"],
    ),
    "a broken line": ("taper_months: {unit: months", ["no YAML", "line"]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_said(name: str, write: Write) -> None:
    text, wanted = BROKEN[name]
    with pytest.raises(PolicyError) as caught:
        load_profile("county", write(text + "\n"))
    message = str(caught.value)
    assert "county.yaml" in message
    for part in wanted:
        assert part in message


NESTED = """
taper_months:
  unit: monthss
  reference: x
  values:
    2021-07-01: 6
    2022-07-01: 6.5
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (NESTED, "county.yaml, line 11, taper_months 渐退期月数: 'monthss'"),
        (
            NESTED.replace("monthss", "months"),
            "county.yaml, line 15, taper_months 渐退期月数, 2022-07-01: 6.5",
        ),
        (
            NESTED.replace("monthss", "months").replace("6.5", "{value: 6, referense: y}"),
            "line 15, taper_months",
        ),
        (NESTED.replace("monthss", "months").replace("2022-07-01", "2022-13-01"), "line 15, taper_months"),
    ],
)
def test_the_line_is_that_of_the_value(text: str, told: str, write: Write) -> None:
    with pytest.raises(PolicyError) as caught:
        load_profile("county", write(text))
    assert told in str(caught.value)


def test_an_unknown_place_names_the_known_and_the_nearest() -> None:
    with pytest.raises(PolicyError, match=r"rugao, suqian, suzhou_anhui.*Did you mean 'rugao'\?"):
        load_profile("rugoa")


@pytest.mark.parametrize("place", ["../rugao", "", "parameters", "rugao.yaml", "/etc/passwd"])
def test_a_place_is_a_name_never_a_path(place: str) -> None:
    with pytest.raises(PolicyError, match="No profile is called"):
        load_profile(place)


def test_an_unknown_parent_is_named(folder: Path) -> None:
    (folder / "town.yaml").write_text(
        "title: {zh: 镇, en: Town}\ninherits: [county, contry]\n", encoding="utf-8"
    )
    with pytest.raises(PolicyError, match=r"'contry'\. town\.yaml inherits it"):
        load_profile("town", folder)


def test_profiles_in_a_circle(folder: Path) -> None:
    for one, other in (("a", "b"), ("b", "a")):
        (folder / f"{one}.yaml").write_text(
            f"title: {{zh: 甲, en: A}}\ninherits: [{other}]\n", encoding="utf-8"
        )
    with pytest.raises(PolicyError, match="circle"):
        load_profile("a", folder)


def test_no_title(folder: Path) -> None:
    (folder / "county.yaml").write_text("inherits: [national]\n", encoding="utf-8")
    with pytest.raises(PolicyError, match="title"):
        load_profile("county", folder)


def test_a_file_that_is_not_utf8(folder: Path) -> None:
    (folder / "county.yaml").write_bytes("title: {zh: 测试, en: x}".encode("gb18030"))
    with pytest.raises(PolicyError, match="UTF-8"):
        load_profile("county", folder)


def test_a_night_before_the_first_standard_does_not_start(folder: Path) -> None:
    with pytest.raises(PolicyError, match=r"dibao_standard \(urban\).*2021-06-30"):
        night_tables(load_profile("county", folder), date(2021, 6, 30))


def test_national_alone_is_no_place() -> None:
    with pytest.raises(PolicyError, match="no value in force"):
        night_tables(load_profile("national"), date(2021, 12, 31))
