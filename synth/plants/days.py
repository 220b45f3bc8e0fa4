"""Days as plants say them: "130 days ago", "the 28th of 13 months ago", "80 years before tonight".

Here: the words for a day and the date they mean on a night. Not here: which column is a date (writing.py).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from synth.frames import months_before, year_before

NEAR = {"tonight": 0, "yesterday": 1, "tomorrow": -1}
MONTHS = {"this month": 0, "last month": 1, "next month": -1}


def ago(night: date, days: int) -> date:
    """The day that many days before the night."""
    return night - timedelta(days=days)


def month(words: str, night: date) -> date:
    """The first day of "this month", "last month", "next month" or "3 months ago": months before the night's own."""
    back = MONTHS[words] if words in MONTHS else int(words.removesuffix(" months ago"))
    return months_before(night, back)


def day(words: str, night: date) -> date:
    """The date that the words mean on a night.

    Raises:
        ValueError: words that are no day.
    """
    if words in NEAR:
        return ago(night, NEAR[words])
    if words == "a year ago":
        return year_before(night)
    if found := re.fullmatch(r"(\d+) days ago|in (\d+) days", words):
        return ago(night, int(found[1] or 0) - int(found[2] or 0))
    if found := re.fullmatch(r"the day after (.+)", words):
        return ago(day(found[1], night), -1)
    if found := re.fullmatch(r"(\d+) years before (.+)", words):
        then = day(found[2], night)
        return then.replace(year=then.year - int(found[1]))
    if found := re.fullmatch(r"the (earlier|later) of (.+) and (.+)", words):
        return {"earlier": min, "later": max}[found[1]](day(found[2], night), day(found[3], night))
    if found := re.fullmatch(r"the (\d+)(?:st|nd|rd|th) of (.+)", words):
        return month(found[2], night).replace(day=int(found[1]))
    if found := re.fullmatch(r"the last of (.+)", words):
        return ago(months_before(month(found[1], night), -1), 1)
    raise ValueError(f"{words!r} is no day")
