"""How `hedui check` tells its story: a table for people, one JSON object for schedulers.

Here belong words. Nothing here is of a row: counts, file names, reasons, codes. Not here: what is found (checking.py).
"""

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipelines.checking import Check, SourceStory
from sources.onboarding.advice import Remark

STATE_ZH = {"fresh": "新鲜", "stale": "过期", "absent": "缺失"}
COLOURS = {"fresh": "green", "stale": "yellow", "absent": "red"}
WEIGHT_ZH = {"refuse": "拒收", "lose": "丢失", "look": "请看"}


def as_json(check: Check) -> dict[str, object]:
    """Return the story for a scheduler."""
    return {
        "night": check.night.isoformat(),
        "status": "blocked" if check.blocked else "refusals" if check.code else "fine",
        "landing": str(check.landing),
        "layout": check.layout.name,
        "policy": None
        if check.policy is None
        else {
            "place": check.policy.place,
            "figures_in_force": check.policy.in_force,
            "unconfirmed": check.policy.unconfirmed,
            "illustrative": check.policy.illustrative,
        },
        "divisions": check.divisions,
        "divisions_missing": check.divisions_missing or None,
        "no_source": check.strays,
        "why": check.blocked,
        "sources": [_source(story) for story in check.stories],
        "advice": [remark.as_dict() for remark in check.advice],
    }


def _source(story: SourceStory) -> dict[str, object]:
    return {
        "source": story.contract.name,
        "title_zh": story.contract.title_zh,
        "state": story.state,
        "snapshot_date": None
        if story.intake.snapshot_date is None
        else story.intake.snapshot_date.isoformat(),
        "age_days": story.age_days,
        "gated": story.gated,
        "blocking": story.blocking,
        "in_layout": story.delivers,
        "later_snapshots": story.later,
        **story.counts,
        "files": [
            row | {"snapshot_date": row["snapshot_date"] and row["snapshot_date"].isoformat()}
            for row in story.intake.files.drop("refusal").to_dicts()
        ],
        "quarantine": [{"reason": r, "column_name": c, "n": n} for r, c, n in story.quarantined],
        "cells_refused": story.intake.cells_refused.drop("source").to_dicts(),
        "many_cells_refused": [
            {"column_name": c, "reason": r, "share": round(s, 4)} for c, r, s in story.many
        ],
        "usable_numbers": story.intake.usable_numbers,
        "with_candidate": story.found,
        "unmapped_codes": [remark.as_dict() for remark in story.unmapped],
        "cannot_be_listed": story.intake.unlisted,
    }


def show(check: Check, console: Console) -> None:
    """Print the story for people."""
    console.print(Group(*_policy(check), _sources(check), *_notes(check)))
    if check.advice:
        console.print(_advice(check.advice))


def _policy(check: Check) -> list[RenderableType]:
    head = f"[bold]Night {check.night}[/bold]  layout {check.layout.name}  landing {check.landing}"
    lines: list[RenderableType] = [Text.from_markup(head)]
    policy = check.policy
    if policy is not None:
        told = f"Policy {policy.place} ({policy.title_zh}): {policy.in_force} figures in force"
        told += f"; unconfirmed, so findings on them are yellow at most: {', '.join(policy.unconfirmed) or 'none'}"
        told += f"; illustrative: {len(policy.illustrative)}"
        lines.append(Text(told))
    named = f"{check.divisions} names" if check.divisions is not None else check.divisions_missing
    lines.append(Text(f"Divisions: {named}"))
    return lines


def _sources(check: Check) -> Table:
    table = Table(show_lines=False)
    for name in ("source 数据来源", "state 状态", "of 日期"):
        table.add_column(name, no_wrap=True)
    for name in ("rows 行", "accepted 接收", "quarantined 隔离"):
        table.add_column(name, justify="right")
    table.add_column("what the night will say 说明", overflow="fold")
    for story in check.stories:
        counted = story.counts
        state = Text(f"{story.state} {STATE_ZH[story.state]}", style=COLOURS[story.state])
        day = str(story.intake.snapshot_date or "")
        numbers = [f"{counted[name]:,}" for name in ("rows_delivered", "rows_accepted", "rows_quarantined")]
        name = f"{story.contract.name} {story.contract.title_zh}"
        table.add_row(name, state, day, *numbers, Text("\n".join(remarks_of(story))))
    return table


def remarks_of(story: SourceStory) -> list[str]:
    """Return what the night will say of a source, a line each."""
    lines = [] if story.delivers else ["the layout does not know this source"]
    lines += [
        f"REFUSED 拒收 {one['snapshot_date']}/{one['file']}: {one['refused_why']}"
        if one["snapshot_date"]
        else f"NOT READ 未读 {one['refused_why']}"
        for one in story.refused
    ]
    lines += [f"cannot be listed: {story.intake.unlisted}"] if story.intake.unlisted else []
    reasons = [
        f"{n:,} {reason}{f' in {column}' if column else ''}" for reason, column, n in story.quarantined
    ]
    lines += [f"quarantined 隔离: {', '.join(reasons)}"] if reasons else []
    cells = story.intake.cells_refused.select("n", "column_name", "reason").iter_rows()
    emptied = [f"{n:,} {column} ({reason})" for n, column, reason in cells]
    lines += [f"cells not read 未识别: {', '.join(emptied)}"] if emptied else []
    lines += [
        f"MANY 过多: {share:.0%} of {column} could not be read ({reason})"
        for column, reason, share in story.many
    ]
    codes = [f"{one.found} in {one.column} ({one.rows:,} rows)" for one in story.unmapped if one.advice]
    lines += [f"unmapped codes 未映射代码: {', '.join(codes)}"] if codes else []
    usable, found = story.intake.usable_numbers, story.found
    lines += [f"usable numbers 可用号码: {usable:.1%}"] if usable is not None else []
    lines += (
        [f"found in registry or roll by number 号码在户籍或台账中: {found:.1%}"] if found is not None else []
    )
    lines += [f"{story.later} later snapshot(s) not opened"] if story.later else []
    lines += ["gated 授权: rows of people without authorization will be dropped"] if story.gated else []
    return lines


def _notes(check: Check) -> list[RenderableType]:
    lines: list[RenderableType] = [
        Text(f"Folder that is no source: {name}", style="yellow") for name in check.strays
    ]
    lines += [Text(f"The night cannot run: {sentence}", style="bold red") for sentence in check.blocked]
    if check.known is None:
        lines.append(
            Text(
                "Registry or roll has no usable delivery here, so it cannot be told how many rows find their person.",
                style="yellow",
            )
        )
    refused = sum(len(story.refused) for story in check.stories)
    if refused and not check.blocked:
        lines.append(
            Text(f"{refused} file(s) would be refused; what is older and usable stands in.", style="yellow")
        )
    if not check.code:
        lines.append(Text("Nothing would be refused.", style="green"))
    return lines


def _advice(remarks: list[Remark]) -> Table:
    table = Table(title="Advice for the layout 布局建议", show_lines=False)
    for name in ("file", "", "column 列", "what was found 发现", "rows", "write in the layout 建议"):
        table.add_column(name, overflow="fold", justify="right" if name == "rows" else "left")
    for one in remarks:
        weight = Text(f"{one.weight} {WEIGHT_ZH[one.weight]}", style="red" if one.weight == "refuse" else "")
        rows = "" if one.rows is None else f"{one.rows:,}"
        cells = (one.column or "", one.found)
        table.add_row(
            Text(f"{one.source}/{one.file}"), weight, *map(Text, cells), rows, Text(one.advice or "")
        )
    return table
