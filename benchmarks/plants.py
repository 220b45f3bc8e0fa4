"""Makes cities in which every rule is planted, runs both nights of each, and writes how many plants were found.

    python -m benchmarks.plants [--shared ../shared] [--folder build/plants] [--seeds 1 2 3 4 5] [--residents 3000]
                                [--damage base] [--night 2021-12-31] [--dry]

The scorer lies beside the checkout. What is planted: docs/synth.md.
"""

import argparse
import json
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.scored import HOUSE, demand_scorer, run, score, write_section
from synth import make_city

NIGHT = date(2021, 12, 31)
COUNTS = ("p_must", "p_hit", "forbid", "violated", "sev_n", "sev_ok", "base_false", "unexplained")
"""What the scorer counts a rule, summed over cities."""
FLAGS = ("risk", "omission", "care")

Verdict = dict[str, Any]


def judged(shared: Path, folder: Path, residents: int, seed: int, damage: str, night: date) -> Verdict:
    """Make a city, run the night before and the night, and return the scorer's verdict on the second."""
    city = folder / f"city-{seed}"
    shutil.rmtree(city, ignore_errors=True)
    make_city(city, residents, seed, night, damage)  # type: ignore[arg-type]
    nights = [run(city, city / "warehouse", str(day)) for day in (night - timedelta(days=1), night)]
    scored = score(shared, city, str(nights[-1]["database"]), "--json")
    verdict: Verdict = json.loads(scored[: scored.rindex("\n}") + 2])
    (city / "score.json").write_text(json.dumps(verdict, ensure_ascii=False, indent=1), encoding="utf-8")
    return verdict


def by_rule(verdicts: Sequence[Verdict]) -> dict[str, dict[str, int]]:
    """Sum the scorer's counts by rule over cities."""
    rules = sorted({rule for verdict in verdicts for rule in verdict["rules"]})
    return {
        rule: {what: sum(v["rules"].get(rule, {}).get(what, 0) for v in verdicts) for what in COUNTS}
        for rule in rules
    }


def recall(verdict: Verdict) -> float:
    """Share of a city's planted findings that were found."""
    must = sum(r["p_must"] for r in verdict["rules"].values())
    return sum(r["p_hit"] for r in verdict["rules"].values()) / must if must else 1.0


def badness(verdict: Verdict) -> tuple[float, int, int, float]:
    """Sorts the worst city first: what was missed, hit wrongly, found on the clean base; then the colours."""
    wrong, clean = verdict["findings"]["violated"], verdict["findings"]["base_false"]
    return recall(verdict), -wrong, -clean, min(verdict["flags"][f] for f in FLAGS)


def rule_lines(totals: dict[str, dict[str, int]]) -> list[str]:
    """The table of rules."""
    lines = [
        "| rule | planted | found | near misses | hit | severity right | false on the clean base | unexplained |"
    ]
    lines += ["| --- |" + " ---: |" * 7]
    for rule, n in totals.items():
        severity = f"{n['sev_ok']} of {n['sev_n']}"
        cells = (
            n["p_must"],
            n["p_hit"],
            n["forbid"],
            n["violated"],
            severity,
            n["base_false"],
            n["unexplained"],
        )
        lines.append(f"| {rule} | " + " | ".join(map(str, cells)) + " |")
    return lines


def city_lines(verdicts: dict[int, Verdict]) -> list[str]:
    """The table of cities, the worst first."""
    lines = [
        "| seed | recall | worst rule | near misses hit | severity | clean base | risk, omission, care | alerts, cause right |"
    ]
    lines += ["| ---: | ---: | --- | ---: | ---: | ---: | --- | --- |"]
    for seed, v in sorted(verdicts.items(), key=lambda item: badness(item[1])):
        found, (rule, share) = v["findings"], v["worst_rule"]
        flags = ", ".join(f"{v['flags'][f]:.4f}" for f in FLAGS)
        told = v["alerts"]
        alerts = f"{told['hit']} of {told['expected']}, {told['cause_right']}" if told else "-"
        lines.append(
            f"| {seed} | {recall(v):.4f} | {rule} {share:.4f} | {found['violated']} of {found['forbidden']} |"
            f" {found['severity']:.4f} | {found['base_false']} | {flags} | {alerts} |"
        )
    return lines


def section(verdicts: dict[int, Verdict], residents: int, damage: str) -> str:
    """The section of docs/quality.md."""
    totals = by_rule(list(verdicts.values()))
    seeds = ", ".join(map(str, verdicts))
    lines = [
        "## Every rule planted, on made cities",
        "",
        f"Measured {datetime.now(UTC):%Y-%m-%d} by `make sample`: cities of {residents:,} residents with damage"
        f" `{damage}`, seeds {seeds}, both nights each ([synth.md](synth.md) says what is planted). Sums over the"
        " cities; care rules are planted and on the base, P07 is in `audit` alone.",
        "",
        *rule_lines(totals),
        "",
        "City by city, the worst first:",
        "",
        *city_lines(verdicts),
        "",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make, run, score and write the section."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=HOUSE.parent / "shared")
    parser.add_argument("--folder", type=Path, default=HOUSE / "build" / "plants")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--residents", type=int, default=3000)
    parser.add_argument("--damage", choices=("none", "base", "hard"), default="base")
    parser.add_argument("--night", type=date.fromisoformat, default=NIGHT)
    parser.add_argument("--dry", action="store_true", help="print the section, leave docs/quality.md alone")
    given = parser.parse_args(arguments)
    demand_scorer(given.shared)
    given.folder.mkdir(parents=True, exist_ok=True)
    verdicts = {
        seed: judged(given.shared, given.folder, given.residents, seed, given.damage, given.night)
        for seed in given.seeds
    }
    text = section(verdicts, given.residents, given.damage)
    if not given.dry:
        write_section("plants", text)
    print(text)
    for seed, verdict in verdicts.items():
        print(f"seed {seed}", *verdict["details"], sep="\n")


if __name__ == "__main__":
    main()
