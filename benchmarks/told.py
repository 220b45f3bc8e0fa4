"""Whether what a night tells of its own recall is so: `audit.link_quality` of made cities beside their truth.

    python -m benchmarks.told [--seeds 21 ... 30] [--residents 20000] [--folder build/told] [--dry]

Of each city (base and hard damage in turn) a night is run, and every delivered row is linked once more, those too that the night
drops for want of authorization, so that the truth can say how many rows of people of the spine were found. Writes the section
`told` of docs/quality.md. Not here: what the estimate rests on (sql/link/recall.sql).
"""

import argparse
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from benchmarks.linkage.delivered import IDENTITY, accepted, named
from benchmarks.scored import HOUSE, run, write_section
from linking.seats import SPINE_READS
from matching import build_spine, link, shipped
from matching.minting import ANCHORS
from sources import CONTRACTS
from synth import make_city

NIGHT: Final = date(2021, 12, 31)
SEEDS: Final = tuple(range(21, 31))
DAMAGE: Final = ("base", "hard")
LARGE: Final = 2_000
"""True rows from which an interval is to be narrow."""
WIDTHS: Final = {True: 0.02, False: 0.10}
TOLD: Final = """
SELECT source, expected_recall, expected_recall_low, expected_recall_high FROM audit.link_quality
WHERE subgroup_kind = 'all' AND method = 'all' AND source NOT IN ('all', 'household_registry')
"""


def truth_of(city: Path) -> pl.DataFrame:
    """Return of each source the delivered rows of people of the spine, and how many of them the matcher finds."""
    landing, links = city / "landing", pl.read_parquet(city / "truth" / "links.parquet")
    read = {
        source: accepted(landing, source, NIGHT, list(columns)) for source, columns in SPINE_READS.items()
    }
    read = {source: rows.with_columns(identity_id=pl.col("record_no")) for source, rows in read.items()}
    spine = build_spine(
        read["household_registry"],
        read["assistance_roll"],
        pl.DataFrame(schema=ANCHORS),
        lambda _, texts: texts,
        shipped(),
    )
    pids = links.select("source", "record_no", "seat", "pid")
    whose = spine.links.join(pids, on=["source", "record_no"]).select("person_id", "pid").unique()
    mine = whose.select("pid").unique()
    found = [_roll(spine.links, pids)]
    for source in CONTRACTS:
        if source not in SPINE_READS:
            rows = named(landing, source, NIGHT).with_row_index("identity_id")
            rows = rows.join(pids.join(mine, on="pid"), on=["source", "record_no", "seat"], nulls_equal=True)
            typed = rows.select("identity_id", *(c for c in IDENTITY if c not in ("birth_date", "sex")))
            linked = link(typed, spine, shipped()).links
            right = rows.select("pid", person_id=linked["person_id"]).join(
                whose, on=["pid", "person_id"], how="semi"
            )
            found.append({"source": source, "true": rows.height, "right": right.height})
    return pl.DataFrame(found)


def _roll(links: pl.DataFrame, pids: pl.DataFrame) -> dict[str, object]:
    """Of the roll: a row is right where its person is the registry's of the same human being, or nobody is."""
    rows = links.filter(pl.col("source") == "assistance_roll").join(pids, on=["source", "record_no"])
    registered = links.filter(pl.col("source") == "household_registry").join(pids, on=["source", "record_no"])
    known = pl.col("pid").is_in(registered["pid"].implode())
    theirs = registered.select("pid", "person_id").unique()
    right = (
        rows.filter(known).join(theirs, on=["pid", "person_id"], how="semi").height
        + rows.filter(~known).height
    )
    return {"source": "assistance_roll", "true": rows.height, "right": right}


def measured(folder: Path, seed: int, residents: int) -> pl.DataFrame:
    """Make a city, run its night, and return what it tells beside what is true."""
    city, damage = folder / f"city-{seed}", DAMAGE[seed % 2]
    shutil.rmtree(city, ignore_errors=True)
    make_city(city, residents, seed, NIGHT, damage, previous_night=False)  # type: ignore[arg-type]
    database = str(run(city, city / "warehouse", str(NIGHT))["database"])
    with duckdb.connect(database, read_only=True) as connection:
        told = connection.sql(TOLD).pl()
    both = told.join(truth_of(city), on="source", how="full", coalesce=True).with_columns(
        seed=pl.lit(seed), damage=pl.lit(damage)
    )
    shutil.rmtree(city)
    whole: pl.DataFrame = both.with_columns(recall=pl.col("right") / pl.col("true"))
    return whole


def holds() -> pl.Expr:
    """Whether the interval holds the truth; what is told is rounded to six digits."""
    return pl.col("recall").is_between(
        pl.col("expected_recall_low") - 1e-6, pl.col("expected_recall_high") + 1e-6
    )


def text(rows: pl.DataFrame, command: str) -> str:
    """Return the section of the report."""
    rows = rows.with_columns(
        width=pl.col("expected_recall_high") - pl.col("expected_recall_low"), large=pl.col("true") >= LARGE
    )
    share = rows.select(holds().fill_null(value=False).mean()).item()
    lines = [
        "## Whether a night knows what it missed",
        "",
        f"Measured {datetime.now(tz=UTC).date()} by `{command}`: {rows['seed'].n_unique()} made cities of unseen seeds, 17 sources"
        f" each. The 95 % interval of `expected_recall` holds the true recall over all delivered rows of people of the spine in"
        f" **{share:.1%}** of {rows.height} (goal 90 %).",
        "",
        "| true rows of a source | intervals | hold the truth | mean width | goal |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for large, name in ((True, f"{LARGE:,} or more"), (False, "fewer")):
        part = rows.filter(pl.col("large") == large)
        held, width = part.select(holds().mean(), pl.col("width").mean()).row(0)
        lines.append(f"| {name} | {part.height} | {held:.1%} | {width:.4f} | {WIDTHS[large]:.2f} |")
    lines += [
        "",
        "| source | true recall, mean | told, mean | interval holds | mean width |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for (source,), part in rows.sort("source").group_by("source", maintain_order=True):
        kept = f"{part.select(holds().sum()).item()} of {part.height}"
        figures = part.select(
            pl.col("recall").mean(), pl.col("expected_recall").mean(), pl.col("width").mean()
        ).row(0)
        lines.append(f"| {source} | {figures[0]:.4f} | {figures[1]:.4f} | {kept} | {figures[2]:.4f} |")
    return "\n".join(lines) + "\n\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--residents", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, default=HOUSE / "build" / "told")
    parser.add_argument("--dry", action="store_true", help="print, write nothing")
    given = parser.parse_args(arguments)
    rows = pl.concat(measured(given.folder, seed, given.residents) for seed in given.seeds)
    told = text(
        rows,
        f"python -m benchmarks.told --seeds {' '.join(map(str, given.seeds))} --residents {given.residents}",
    )
    print(told)
    given.folder.mkdir(parents=True, exist_ok=True)
    rows.write_parquet(given.folder / "told.parquet")
    if not given.dry:
        write_section("told", told)


if __name__ == "__main__":
    main()
