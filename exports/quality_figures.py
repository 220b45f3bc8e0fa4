"""Charts of figures: precision and recall by group, the model's m and u, drift.

Not here: charts of counts (quality_page.py), how a figure is estimated (sql/audit).
"""

import math
from collections.abc import Mapping
from typing import Any, Final

from exports.charts import SHARES, Axis, Point, Row, Span, drawn
from exports.level_words import FIELDS, GROUPS, KINDS, LEVELS, both
from exports.page import Section, key, table

M, U, NOW = "#2b6cb0", "#dd6b20", "#2f855a"
Rows = list[dict[str, Any]]
_ENDS: Final = ("", "_low", "_high")
_BY: Final = ("expected", M), ("labelled", NOW)
_LEAST: Final = -9


def by_group(rows: Rows, figure: str) -> Section:
    """Return precision or recall by group: the model's estimate, and the clerks' where there are labels.

    Args:
        rows: of audit.link_quality, one a group.
        figure: ``precision`` or ``recall``.
    """
    zh = "准确率" if figure == "precision" else "查全率"
    shown = [row for row in rows if any(row[f"{kind}_{figure}"] is not None for kind, _ in _BY)]
    if figure == "recall":  # what the number shows decides who is found: groups by it are no groups of people
        shown = [row for row in shown if row["subgroup_kind"] != "number"]
    lows = [row[f"{kind}_{figure}_low"] for row in shown for kind, _ in _BY]
    least = min((low for low in lows if low is not None), default=0.9)
    low = max(0.0, 1 - max(1 - least, 1e-4) * 1.1)
    axis = Axis(low, 1, [(at, f"{at:.5g}") for at in (low + (1 - low) * part / 4 for part in range(5))])
    lines = [
        Row(_short(row), _points(row, figure), f"{row['n']:,}", strong=row["subgroup_kind"] == "all")
        for row in shown
    ]
    names = [f"{kind}_{figure}{end}" for kind, _ in _BY for end in _ENDS]
    told = [
        (
            both(KINDS, row["subgroup_kind"]),
            _group(row),
            row["n"],
            row["without_candidate"],
            *(row[name] for name in names),
            row["labels"],
        )
        for row in rows
    ]
    headings = (
        "分组 by", "组 group", "行数 rows", "无候选 nobody near",
        "模型 model", "低 low", "高 high", "标注 clerks", "低 low", "高 high", "标注数 labels",
    )  # fmt: skip
    return Section(
        f"各人群的匹配{zh}",
        f"{figure.capitalize()} by group with 95 % intervals: the model's own estimate, and from clerks' labels",
        [
            key([("模型估计 model", M), ("人工标注 labels", NOW)]),
            drawn(lines, axis, f"{zh} {figure}"),
            table(headings, told, folded="明细 rows"),
        ],
    )


def figures_of(levels: Rows) -> Section:
    """Return m and u of the model on a logarithmic axis (rows of audit.link_drift)."""
    lines = [
        Row(
            _level(row),
            [
                Span(_LEAST, math.log10(row["m"]), M, f"m {row['m']:.4g}"),
                Span(_LEAST, math.log10(row["u"]), U, f"u {row['u']:.4g}"),
            ],
            f"{row['m']:.3g} / {row['u']:.3g}" + (f" × {row['per']}" if row["per"] else ""),
        )
        for row in levels
    ]
    axis = Axis(_LEAST, 0, [(power, f"1e{power}" if power else "1") for power in range(_LEAST, 1)])
    told = [(*_named(row), row["m"], row["u"], row["per"]) for row in levels]
    return Section(
        "模型参数 m 与 u",
        "How often each level is seen when row and person are one (m), and when they are not (u, times a share where named)",
        [
            key([("m 同一人", M), ("u 非同一人", U)]),
            drawn(lines, axis, "m, u", lanes=True),
            table(("字段 field", "程度 level", "m", "u", "乘以 per"), told, folded="明细 rows"),
        ],
    )


def drift_of(levels: Rows) -> Section:
    """Return shares of levels among links, in training and tonight (rows of audit.link_drift)."""
    trained = any(row["expected"] is not None for row in levels)
    compared = [row for row in levels if row["compared"]]
    lines = [
        Row(
            _level(row),
            [Span(0, row[kind] or 0, colour, f"{row[kind] or 0:.6g}") for kind, colour in (("expected", M), ("observed", NOW))],
            "" if row["stability_index"] is None else f"PSI {row['stability_index']:.3f}{' !' if row['drifted'] else ''}",
            strong=row["drifted"],
        )
        for row in compared
    ]  # fmt: skip
    columns = ("expected", "observed", "n", "stability_index", "drifted")
    told = [(*_named(row), *(row[column] for column in columns)) for row in compared]
    headings = (
        "字段 field",
        "程度 level",
        "训练时 training",
        "当晚 tonight",
        "身份数 n",
        "PSI",
        "漂移 drifted",
    )
    return Section(
        "漂移：已匹配身份中各程度的占比",
        "Drift: share of each level among linked identities, in training and tonight"
        if trained
        else "The model was not trained on deliveries, so there is nothing to drift from; tonight's shares alone",
        [
            key([("训练时 training", M), ("当晚 tonight", NOW)]),
            drawn(lines, SHARES, "漂移 drift", lanes=True),
            table(headings, told, folded="明细 rows"),
        ],
    )


def _points(row: Mapping[str, Any], figure: str) -> list[Point]:
    found = []
    for kind, colour in _BY:
        value, low, high = (row[f"{kind}_{figure}{end}"] for end in _ENDS)
        if value is not None:
            found.append(Point(value, low, high, colour, f"{value:.6g} ({low:.6g} – {high:.6g})"))
    return found


def _group(row: Mapping[str, Any]) -> str:
    found: str = row["subgroup"]
    return GROUPS.get(found, found)


def _short(row: Mapping[str, Any]) -> str:
    return f"{KINDS[row['subgroup_kind']][0]}：{_group(row).split(' ')[0]}"


def _level(row: Mapping[str, Any]) -> str:
    return f"{FIELDS[row['field']][0]}：{LEVELS[row['level']][0]}"


def _named(row: Mapping[str, Any]) -> tuple[str, str]:
    return both(FIELDS, row["field"]), both(LEVELS, row["level"])
