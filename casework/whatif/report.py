"""A what-if on a terminal: Chinese with English, short; rows of households are in the CSV and JSON.

Here belong words and columns. Not here: what was found (answer.py).
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import polars as pl
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from casework.whatif.answer import FORMULA, Answer
from policy.tables import of_differences

SHOWN: Final = 20
EFFECTS: Final = {
    "comes_in": "会进入（新的漏保疑点） would come in: a new omission finding",
    "under_line": "会落到低保线以下，尚无疑点 would fall under the dibao line, no finding",
    "no_longer_missed": "不再疑似漏保 no longer thought to be missed",
    "leaves": "会退出（新的错保疑点） would leave: a new exclusion finding",
    "paid_otherwise": "金额与标准不符（X20） paid another amount than the figures give",
    "no_longer_doubtful": "不再疑似错保 no longer doubtful",
    "loses": "失去的比得到的多 loses more than it gains",
}
PROGRAMS: Final = {
    "dibao": "低保", "tekun": "特困", "marginal": "低保边缘", "rigid_expenditure": "刚性支出困难", "orphan": "孤儿",
    "unsupported_child": "事实无人抚养儿童", "disability_living": "残疾人生活补贴", "disability_nursing": "重残护理补贴",
    "elder_allowance": "高龄津贴", "temporary_relief": "临时救助", "medical_assistance": "医疗救助", "none": "无",
}  # fmt: skip
COLOURS: Final = {"risk": "风险 risk", "omission": "漏保 omission", "care": "关爱 care"}
LISTS: Final = {
    "should_not_be_covered": "疑似错保清单 should not be covered",
    "missing_from_coverage": "疑似漏保清单 missing from coverage",
}
Cell = Callable[[dict[str, Any]], str]


def report(answer: Answer) -> Group:
    """Return the whole report."""
    parts: list[RenderableType] = [
        *_head(answer),
        _effects(answer.households),
        _findings(answer.sections["rules"]),
        _shape(answer),
        _cost(answer.sections["cost"]),
        Text(f"{FORMULA['zh']}\n{FORMULA['en']}\n", style="dim"),
        _townships(answer.sections["townships"]),
        *_cliff(answer.sections["losses"]),
        Text("含家庭信息，仅限核对中心使用；未发布任何内容。Restricted; nothing was published.", style="dim"),
    ]
    return Group(*parts)


def _head(answer: Answer) -> list[RenderableType]:
    question = answer.question
    held = "figures as in force on that day" if question.figures_of else "the night's own ledger"
    head: list[RenderableType] = [
        Text(
            f"假如 What if · {question.after.title_zh} {question.after.title_en} · 夜 night {question.night}"
            f" · 自 from {question.since} ({held})",
            style="bold",
        ),
        of_differences(
            f"{question.before.place}@{question.night}",
            f"{question.after.place} 假如 as if",
            question.figures(),
        ),
    ]
    again = f"按当晚标准重算，{answer.published} 条疑点"
    if answer.unlike:
        head.append(
            Text(
                f"{again}中有 {answer.unlike} 条与发布结果不同：规则或参数文件在发布后改过。 "
                f"{answer.unlike} findings are not as published: rules or profiles have changed since; run the night again.",
                style="yellow",
            )
        )
    else:
        head.append(
            Text(
                f"{again}与发布结果完全一致。 The night's own figures give its {answer.published} findings again.\n"
            )
        )
    return head


def _effects(households: pl.DataFrame) -> Table:
    table = _table("家庭 Households", ["", "户 households", "月 before", "月 after"])
    for effect, title in EFFECTS.items():
        rows = households.filter(effect=effect)
        table.add_row(
            title,
            f"{rows['household_id'].n_unique():,}",
            *(
                _money(rows[name].sum()) if rows[name].count() else ""
                for name in ("monthly_before", "monthly_after")
            ),
        )
    lost = households.filter(pl.col("category_before") != pl.col("category_after"))
    table.add_row("　其中失去原项目 of them losing their programme", f"{lost.height:,}", "", "")
    table.add_row("　其中悬崖 of them over a cliff", f"{households.filter('cliff').height:,}", "", "")
    return table


def _findings(rules: pl.DataFrame) -> RenderableType:
    moved = rules.filter(pl.sum_horizontal("new", "gone", "worse", "better") > 0)
    if moved.is_empty():
        return Text("没有疑点变化。 No finding comes, goes or changes colour.\n")
    columns = ["规则 Rule", "", "前 before", "后 after", "新 new", "消 gone", "加重 worse", "减轻 better"]
    table = _table("疑点 Findings", columns, left=2)
    for row in moved.iter_rows(named=True):
        counts = (row[name] for name in ("before", "after", "new", "gone", "worse", "better"))
        table.add_row(row["rule_id"], f"{row['title_zh']} {row['title_en']}", *(f"{n:,}" for n in counts))
    return table


def _shape(answer: Answer) -> Table:
    table = _table("标识与清单 Flags and lists", ["", "前 before", "后 after", "差 difference"])
    for row in answer.sections["colours"].filter(pl.col("colour") != "green").iter_rows(named=True):
        table.add_row(f"{COLOURS[row['flag']]} {row['colour']}", *_pair(row["before"], row["after"]))
    for row in answer.sections["lists"].iter_rows(named=True):
        table.add_row(LISTS[row["list"]], *_pair(row["before"], row["after"]))
    return table


def _cost(cost: pl.DataFrame) -> Table:
    columns = [
        "项目 Programme", "件 cases", "台账 on the roll", "现标准 as is", "新标准 as if", "差 difference",
        "新进入 would come in", "估算 their estimate",
    ]  # fmt: skip
    table = _table("月支出（元） Monthly cost (yuan)", columns)
    for row in cost.filter((pl.col("paid") > 0) | (pl.col("would_come_in") > 0)).iter_rows(named=True):
        basis = "" if row["basis"] == "standard" else " *"
        money = (_money(row[name]) for name in ("paid", "due_before", "due_after", "difference"))
        name = f"{PROGRAMS.get(row['program'], '')} {row['program']}{basis}"
        table.add_row(
            name, f"{row['cases']:,}", *money, f"{row['would_come_in']:,}", _money(row["newcomers"])
        )
    sums = {name: cost[name].sum() for name in ("paid", "due_before", "due_after", "difference", "newcomers")}
    figures = [_money(sums[name]) for name in ("paid", "due_before", "due_after", "difference")]
    newcomers = (f"{cost['would_come_in'].sum():,}", _money(sums["newcomers"]))
    table.add_section()
    table.add_row("合计 total", f"{cost['cases'].sum():,}", *figures, *newcomers, style="bold")
    return table


def _townships(townships: pl.DataFrame) -> Table:
    columns = [
        "乡镇 Township", "户 households", "进入 come in", "线下 under line", "退出 leave", "失大于得 lose",
        "错保 risk", "漏保 omission", "低保月支出 dibao a month",
    ]  # fmt: skip
    table = _table("分乡镇 By township", columns)
    for row in townships.iter_rows(named=True):
        counts = (row[name] for name in ("households", "comes_in", "under_line", "leaves", "loses"))
        flags = (f"{row[f'{flag}_before']:,} → {row[f'{flag}_after']:,}" for flag in ("risk", "omission"))
        money = f"{_money(row['dibao_before'])} → {_money(row['dibao_after'])}"
        table.add_row(row["township"], *(f"{n:,}" for n in counts), *flags, money)
    return table


def _cliff(losses: pl.DataFrame) -> list[RenderableType]:
    lost = losses.filter(pl.col("category_before") != pl.col("category_after"))
    if lost.is_empty():
        return []
    columns = [
        "户 Household",
        "项目 programme",
        "收入 income",
        "线 line",
        "帮助 help",
        "净失 net loss",
        "悬崖 cliff",
    ]
    table = _table("悬崖：失去项目的家庭 The cliff: households that lose their programme", columns, left=2)
    for row in lost.head(SHOWN).iter_rows(named=True):
        before, after = (PROGRAMS[row[f"category_{side}"]] for side in ("before", "after"))
        table.add_row(
            row["household_id"],
            f"{before} → {after}",
            f"{_money(row['income_before'])} → {_money(row['income_after'])}",
            f"{_money(row['line_before'])} → {_money(row['line_after'])}",
            f"{_money(row['help_before'])} → {_money(row['help_after'])}",
            _money(row["lost"] - row["gained"]),
            "是 yes" if row["cliff"] else "",
        )
    note = (
        "每户每月，元。悬崖：若收入恰在线上，仍可得的帮助多于超线的收入。"
        "A cliff: with an income at the line it would be better off."
    )
    if lost.height > SHOWN:
        note += (
            f" 另有 {lost.height - SHOWN} 户，见 --format csv|json。 {lost.height - SHOWN} more in the file."
        )
    return [table, Text(f"{note}\n", style="dim")]


def _table(title: str, columns: Sequence[str], left: int = 1) -> Table:
    table = Table(title=f"\n{title}", title_justify="left", show_edge=False, pad_edge=False)
    for place, name in enumerate(columns):
        table.add_column(name, justify="left" if place < left else "right", overflow="fold")
    return table


def _pair(before: int, after: int) -> tuple[str, str, str]:
    return f"{before:,}", f"{after:,}", f"{after - before:+,}" if after != before else ""


def _money(amount: Any) -> str:  # noqa: ANN401 - a Decimal, or the nought of an empty sum
    return f"{amount:,.2f}"
