"""The short summary of a published night: what was read, refused, linked, flagged, listed, and where it lies.

Counts only. Not here: the tables themselves.
"""

from datetime import date
from typing import Final

import duckdb

from assets.measures import change_of
from pipelines.settings import Settings
from warehouse.paths import WarehousePaths

COUNTS: Final = {
    "rows_delivered": "SELECT coalesce(sum(rows_delivered), 0)::BIGINT FROM audit.source_snapshot WHERE refused_why IS NULL",
    "rows_accepted": "SELECT coalesce(sum(rows_accepted), 0)::BIGINT FROM audit.source_snapshot WHERE refused_why IS NULL",
    "rows_quarantined": "SELECT count(*) FROM audit.quarantine",
    "rows_dropped_unauthorized": "SELECT coalesce(sum(rows_dropped_unauthorized), 0)::BIGINT FROM audit.source_snapshot",
    "snapshots_refused": "SELECT count(*) FROM (FROM audit.source_snapshot SELECT source WHERE snapshot_date IS NOT NULL"
    " GROUP BY source, snapshot_date"
    " HAVING bool_and(refused_why IS NOT NULL))",
    "people": "SELECT count(*) FROM core.person",
    "households": "SELECT count(*) FROM core.household",
    "should_not_be_covered": "SELECT count(*) FROM out.should_not_be_covered WHERE status <> 'cleared'",
    "missing_from_coverage": "SELECT count(*) FROM out.missing_from_coverage WHERE status <> 'cleared'",
    "visits_drawn": "SELECT count(*) FROM out.spot_check",
    "alerts": "SELECT count(*) FROM out.alert",
}
GROUPS: Final = {
    "links": "SELECT decision, count(*) FROM core.person_link GROUP BY ALL ORDER BY ALL",
    "sources": "SELECT state, count(*) FROM audit.source GROUP BY ALL ORDER BY ALL",
    "findings": "SELECT rule_id, count(*) FROM out.finding WHERE status <> 'cleared' GROUP BY ALL ORDER BY ALL",
    "risk_flags": "SELECT risk_flag, count(*) FROM out.household_flag GROUP BY ALL ORDER BY ALL",
    "omission_flags": "SELECT omission_flag, count(*) FROM out.household_flag GROUP BY ALL ORDER BY ALL",
    "alerts_by_cause": "SELECT coalesce(cause, 'unknown'), sum(n)::BIGINT FROM audit.change_total GROUP BY ALL ORDER BY ALL",
    "care_flags": "SELECT care_flag, count(*) FROM out.household_flag GROUP BY ALL ORDER BY ALL",
}


LATE: Final = "SELECT state, list_sort(list(source)) FROM audit.source WHERE state <> 'fresh' GROUP BY state"

PASSED_OVER: Final = (
    "SELECT concat_ws('/', source, snapshot_date, file) || ': ' || refused_why FROM audit.source_snapshot"
    " WHERE json_extract_string(refusal, '$.code') IN ('no_day', 'shape_without_file') ORDER BY ALL"
)
MANY_CELLS: Final = """
    SELECT cell.source || '.' || cell.column_name || ': ' || round(100 * cell.n / rows.n) || ' % of the rows could not be read ('
        || cell.reason || ')'
    FROM audit.cell_refused AS cell
    INNER JOIN (
        SELECT source, sum(rows_accepted + rows_dropped_unauthorized) AS n FROM audit.source_snapshot
        WHERE refused_why IS NULL GROUP BY source
    ) AS rows ON cell.source = rows.source
    WHERE cell.n > 0.05 * rows.n
    ORDER BY ALL
"""
HELD: Final = (
    "SELECT struct_pack(kind, item, measure, before, now, findings_held) AS row FROM audit.held"
    " WHERE accepted_seq IS NULL ORDER BY kind, item"
)
FOUNDATION: Final = ("assistance_roll", "household_registry")


def of_night(settings: Settings) -> dict[str, object]:
    """Return the summary of the published night that ``settings`` name."""
    return of_published(WarehousePaths(settings.warehouse.resolve()), settings.night, settings.place)


def of_published(paths: WarehousePaths, night: date, place: str) -> dict[str, object]:
    """Return the summary of a published night."""
    database = paths.published("restricted", night)
    with duckdb.connect(str(database), read_only=True) as connection:
        ((digest,),) = connection.execute("SELECT digest FROM audit.run").fetchall()
        counts = {name: connection.execute(query).fetchall()[0][0] for name, query in COUNTS.items()}
        groups = {name: dict(connection.execute(query).fetchall()) for name, query in GROUPS.items()}
        ((divisions,),) = connection.execute("SELECT count(*) FROM core.division").fetchall()
        late = dict(connection.execute(LATE).fetchall())
        passed_over = [name for (name,) in connection.execute(PASSED_OVER).fetchall()]
        many_cells = [told for (told,) in connection.execute(MANY_CELLS).fetchall()]
        held = [row for (row,) in connection.execute(HELD).fetchall()]
    current = paths.current("restricted")
    return {
        "night": night.isoformat(),
        "status": "published",
        "place": place,
        "database": str(database),
        "current": str(current),
        "is_current": current.resolve() == database.resolve(),
        "digest": digest,
        **counts,
        **groups,
        "division_names": bool(divisions),
        "analyst_database": str(paths.published("analyst", night)),
        "absent_sources": late.get("absent", []),
        "stale_sources": late.get("stale", []),
        "passed_over": passed_over,
        "many_cells_refused": many_cells,
        "held": held,
        "accept": _command(paths, night) if held else None,
    }


def _command(paths: WarehousePaths, night: date) -> str:
    """Return the command that lets go what is held, but for its reason."""
    return f"hedui accept --warehouse {paths.root} --night {night} --all --reason ... --by ..."


def doubtful(summary: dict[str, object]) -> str:
    """Return why a published night must not pass unseen: roll or registry jumped, and all rests on them; else empty."""
    held = summary["held"]
    assert isinstance(held, list)  # noqa: S101 - made above
    jumped = [f"{row['item']} {change_of(row)}" for row in held if row["item"] in FOUNDATION]
    if not jumped:
        return ""
    return (
        f"The night is published, but {', '.join(jumped)}: everybody is verified against them, so what rests on them is "
        "held, neither listed nor alerted. Ask the department whether the delivery is whole; let it deliver again and run "
        f"the night again, or accept the figures: {summary['accept']}"
    )


def in_words(summary: dict[str, object]) -> list[str]:
    """Return the summary as the lines an operator reads."""
    findings = summary["findings"]
    assert isinstance(findings, dict)  # noqa: S101 - made above
    lines = [
        f"Night {summary['night']} published in {summary['seconds']} s, peak memory {summary['peak_memory_mb']:,} MB.",
        f"  read       {summary['rows_delivered']:,} rows; quarantined {summary['rows_quarantined']:,}, dropped for want of"
        f" authorization {summary['rows_dropped_unauthorized']:,}, snapshots refused {summary['snapshots_refused']}",
        f"  sources    {_listed(summary['sources'])}",
        f"  linked     {_listed(summary['links'])}; {summary['people']:,} people in {summary['households']:,} households",
        f"  findings   {_listed(findings)}",
        f"  flags      risk {_listed(summary['risk_flags'])} · omission {_listed(summary['omission_flags'])}"
        f" · care {_listed(summary['care_flags'])}",
        f"  lists      should not be covered {summary['should_not_be_covered']:,} · missing from coverage"
        f" {summary['missing_from_coverage']:,} · visits drawn {summary['visits_drawn']:,}",
        f"  alerts     {_listed(summary['alerts_by_cause'])}",
        f"  database   {summary['database']}",
        f"  analysts   {summary['analyst_database']}",
    ]
    lines += [
        f"  note       {state}: {', '.join(names)}; audit.source says which findings rest on a source"
        for state in ("absent", "stale")
        if isinstance(names := summary[f"{state}_sources"], list) and names
    ]
    passed_over = summary["passed_over"]
    assert isinstance(passed_over, list)  # noqa: S101 - made above
    lines += [f"  not read   {each}" for each in passed_over]
    many_cells = summary["many_cells_refused"]
    assert isinstance(many_cells, list)  # noqa: S101 - made above
    lines += [f"  unreadable {each}" for each in many_cells]
    held = summary["held"]
    assert isinstance(held, list)  # noqa: S101 - made above
    for row in held:
        lines.append(
            f"  held       {row['item']}: {change_of(row)}; {row['findings_held']:,} finding(s)"
            " neither listed nor alerted"
        )
    if held:
        lines.append(f"  accept     {summary['accept']}")
    if not summary["is_current"]:
        lines.append("  note       a later night is published; current.duckdb still names that one")
    if not summary["division_names"]:
        lines.append(
            "  note       _reference/divisions.csv is absent or cannot be read: division codes stand for names"
        )
    return lines


def _listed(counts: object) -> str:
    """Return counts as ``name n, name n``."""
    assert isinstance(counts, dict)  # noqa: S101 - made above
    return ", ".join(f"{name} {count:,}" for name, count in counts.items()) or "none"
