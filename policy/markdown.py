"""The tables of figures in docs/policy.md, made from the profiles: `python -m policy.markdown docs/policy.md`.

Here belong the tables and the markers between which they stand. Not here: what a night reads.
"""

import re
import sys
from pathlib import Path
from typing import Final

from policy.listing import GROUPS, Line, lines
from policy.profile import FOLDER, Profile, load_profile

SHOWN: Final = ("national", "illustrative", "rugao", "suqian", "suzhou_anhui")
HEAD: Final = "| figure | 名称 | value | unit | since | marks | reference |\n| --- | --- | ---: | --- | --- | --- | --- |"


def with_tables(text: str, folder: Path = FOLDER) -> str:
    """Return ``text`` with the table of each place between its markers made anew.

    Raises:
        ValueError: a place has no markers in the text.
    """
    for place in SHOWN:
        begin, end = f"<!-- figures of {place} -->", f"<!-- end of {place} -->"
        between = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        if not between.search(text):
            raise ValueError(f"The page has no place for the figures of {place}: write {begin} and {end}.")
        table = f"{begin}\n{table_of(load_profile(place, folder))}\n{end}"
        text = between.sub(table.replace("\\", r"\\"), text)
    return text


def table_of(profile: Profile) -> str:
    """Return every value that the place's own file gives, oldest first within a figure."""
    newest = max(value.since for figure in profile.figures.values() for value in figure.values)
    own = [line for line in lines(profile, newest, every=True) if line.value.file == f"{profile.place}.yaml"]
    rows = []
    for group, (zh, en) in GROUPS.items():
        of_group = [line for line in own if line.parameter.group == group]
        rows += [f"| **{zh}** {en} | | | | | | |"] if of_group else []
        rows += _rows(of_group)
    return "\n".join([HEAD, *rows])


def _rows(own: list[Line]) -> list[str]:
    """Return a row a value; a list whose elements agree in all else is one row."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for line in own:
        since = "" if line.value.since.year == 2000 and line.value.since.month == 1 else str(line.value.since)
        key = (
            line.name,
            line.parameter.zh,
            line.value.unit,
            since,
            ", ".join(line.marks),
            line.value.reference,
        )
        rows.setdefault(key, []).append(line.said)
    return [
        f"| `{name}` | {zh} | {', '.join(said)} | {unit} | {since} | {marks} | {reference} |"
        for (name, zh, unit, since, marks, reference), said in rows.items()
    ]


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
