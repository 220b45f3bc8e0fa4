"""The language of plants: days mean what they say on every night, and a word that means nothing is refused."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from synth.plants import scenarios
from synth.plants.days import day
from synth.plants.plot import Book, Plot
from synth.plants.reading import scenario, told_on

NIGHT, LEAP = date(2021, 12, 31), date(2024, 2, 29)


@pytest.mark.parametrize(("words", "night", "meant"), [
    ("tonight", NIGHT, date(2021, 12, 31)),
    ("130 days ago", NIGHT, date(2021, 8, 23)),
    ("in 500 days", NIGHT, date(2023, 5, 15)),
    ("a year ago", LEAP, date(2023, 2, 28)),
    ("the day after a year ago", LEAP, date(2023, 3, 1)),
    ("the 28th of 13 months ago", NIGHT, date(2020, 11, 28)),
    ("the 1st of last month", date(2022, 1, 1), date(2021, 12, 1)),
    ("the last of 7 months ago", LEAP, date(2023, 7, 31)),
    ("the last of last month", date(2024, 3, 1), LEAP),
    ("80 years before tonight", LEAP, date(1944, 2, 29)),
    ("18 years before the earlier of tonight and the 28th of this month", LEAP, date(2006, 2, 28)),
    ("the later of 9 days ago and the 1st of this month", date(2022, 3, 5), date(2022, 3, 1)),
])  # fmt: skip
def test_a_day_is_what_its_words_say(words: str, night: date, meant: date) -> None:
    assert day(words, night) == meant


def planted(said: dict[str, Any]) -> Plot:
    """Return the bench on which an entry has been told."""
    found = scenario("X05", {"cases": "dibao"}, said)
    bench = Plot(Book(NIGHT, 0), *found[:3], damaged=False)
    told_on(bench, found.entry)
    return bench


def test_what_a_plant_leaves_out_is_ordinary() -> None:
    bench = planted({"hit": "car", "vehicles": {"who": ["man", "wife"]}, "expect": "X05 red dibao"})
    assert [person["relation"] for person in bench.book.people] == ["01", "10"]
    assert [row["role"] for row in bench.book.rows["assistance_roll"]] == ["applicant", "member"]
    assert [row["pid"] for row in bench.book.rows["vehicles"]] == [0, 1]
    assert bench.book.findings[0]["case_no"] == bench.book.rows["assistance_roll"][0]["case_no"]


@pytest.mark.parametrize("said", [
    {"vehicle": {}},
    {"vehicles": {"colour": "red"}},
    {"vehicles": {"first_registered_on": "long ago"}},
    {"vehicles": {"who": "uncle"}},
    {"expect": "X05 orange dibao"},
    {"expect": "X05 red tekun2"},
    {"expect": None},
    {"tell": "newer data dibao"},
])  # fmt: skip
def test_a_word_that_means_nothing_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError)):
        planted({"hit": "car", "expect": "X05 red dibao", **said})


def test_every_scenario_has_a_name_of_its_own() -> None:
    names = Counter(each[:3] for each in scenarios())
    assert max(names.values()) == 1
