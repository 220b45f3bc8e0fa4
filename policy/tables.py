"""How figures look on a terminal: Chinese titles with English names, grouped, marked, with their references.

Here belong words and columns. Not here: which figures hold (policy.listing), options (policy_cli.py).
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from rich.console import Group
from rich.table import Table
from rich.text import Text

from policy import Profile, Value
from policy.listing import GROUPS, Difference, Line

WIDTH: Final = 150
STATES: Final = {"in_force": ("有效", "green"), "past": ("已失效", "dim"), "future": ("未生效", "cyan")}
MARKS: Final = {"illustrative": "示例 illustrative", "unconfirmed": "未确认 unconfirmed"}
WHAT: Final = {"value": "数值 value", "mark": "标记 marks", "reference": "依据 reference"}


def of_place(profile: Profile, day: date, listed: Sequence[Line], lacking: Sequence[str]) -> Group:
    """Return the figures of a place as one table, a section a group."""
    title = f"{profile.title_zh} {profile.title_en} · {day} · {' < '.join(reversed(profile.lineage))}"
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    for name in (
        "参数 Figure",
        "数值 Value",
        "单位 Unit",
        "生效 Since",
        "标记 Marks",
        "依据 Reference",
        "文件 File",
    ):
        wide = 30 if name.startswith("参数") else None
        table.add_column(
            name, overflow="fold", justify="right" if name.startswith("数值") else "left", min_width=wide
        )
    for group, (zh, en) in GROUPS.items():
        of_group = [line for line in listed if line.parameter.group == group]
        if of_group:
            table.add_section()
            table.add_row(Text(f"{zh} {en}", style="bold"))
        for line in of_group:
            table.add_row(*_cells(line), style=STATES[line.state][1] if line.state != "in_force" else "")
    illustrative = sum("illustrative" in line.marks for line in listed)
    unconfirmed = sum("unconfirmed" in line.marks for line in listed)
    notes = [
        Text(
            f"共 {len(listed)} 项数值，示例 {illustrative} 项，未确认 {unconfirmed} 项。"
            f"{len(listed)} values; {illustrative} illustrative (no source of the place gives them), "
            f"{unconfirmed} unconfirmed (findings on them are yellow at most)."
        )
    ]
    if lacking:
        notes.append(
            Text(
                f"缺少，当晚无法运行。A night of this day cannot run without: {', '.join(lacking)}.",
                style="red",
            )
        )
    return Group(table, *notes)


def of_differences(old: str, new: str, found: Sequence[Difference]) -> Group | Text:
    """Return what differs as a table; a sentence where nothing does."""
    if not found:
        return Text(f"{old} 与 {new} 没有差别。Nothing differs.")
    table = Table(title=f"{old}  →  {new}", title_justify="left", show_edge=False, pad_edge=False)
    for name in ("参数 Figure", "差别 What", f"旧 {old}", f"新 {new}"):
        table.add_column(name, overflow="fold")
    for one in found:
        title = Text.assemble((one.parameter.zh, ""), "\n", (one.name, "dim"))
        table.add_row(title, WHAT[one.what], _side(one.old), _side(one.new))
    return Group(table, Text(f"共 {len(found)} 项不同。{len(found)} figures differ."))


def rows_of(found: Sequence[Difference]) -> list[dict[str, str | None]]:
    """Return differences as flat rows of text, for CSV and JSON."""
    return [
        {
            "name": one.parameter.name,
            "key": one.key,
            "title_zh": one.parameter.zh,
            "what": one.what,
            **_fields("old", one.old),
            **_fields("new", one.new),
        }
        for one in found
    ]


def _fields(side: str, value: Value | None) -> dict[str, str | None]:
    return {
        f"{side}_value": value.as_written if value else None,
        f"{side}_unit": value.unit if value else None,
        f"{side}_since": value.since.isoformat() if value else None,
        f"{side}_marks": " ".join(_marks(value)) if value else None,
        f"{side}_reference": value.reference if value else None,
        f"{side}_file": value.file if value else None,
    }


def _cells(line: Line) -> tuple[Text, ...]:
    state, style = STATES[line.state]
    marks = [MARKS[mark] for mark in line.marks]
    if line.state != "in_force":
        marks.insert(0, state)
    since = str(line.value.since) if line.until is None else f"{line.value.since}\n– {line.until}"
    return (
        Text.assemble((line.parameter.zh, ""), "\n", (line.name, "dim")),
        Text(line.said),
        Text(line.value.unit),
        Text(since),
        Text("\n".join(marks), style="yellow" if line.state == "in_force" else style),
        Text(line.value.reference),
        Text(line.value.file),
    )


def _marks(value: Value) -> list[str]:
    held = {"illustrative": value.illustrative, "unconfirmed": value.unconfirmed}
    return [mark for mark, holds in held.items() if holds]


def _side(value: Value | None) -> Text:
    if value is None:
        return Text("无 none", style="red")
    marks = "".join(f" [{MARKS[mark]}]" for mark in _marks(value))
    return Text.assemble(
        f"{value.as_written} {value.unit}, 自 since {value.since}{marks}\n",
        (f"{value.reference} ({value.file})", "dim"),
    )
