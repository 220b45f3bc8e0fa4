"""Splink 5 on DuckDB: trained on the two frames, one recipient a row. What it compares stands in `splink_levels`."""

import logging
from typing import TYPE_CHECKING, Final

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker, block_on

from benchmarks.linkage.exact_joins import OUTCOME
from benchmarks.linkage.keys import normalised
from benchmarks.linkage.splink_levels import settings

if TYPE_CHECKING:
    from splink.internals.blocking_rule_creator import BlockingRuleCreator

ACCEPT: Final = 0.95
"""The threshold that it was known by."""
KEPT_FROM: Final = 0.01
PAIRS_FOR_U: Final = 1e6
SEED: Final = 1
TRAINING: Final = (("number",), ("name_key", "last4"))
"""What EM is blocked on, one session after another; the second shows birth dates and numbers that differ."""
TRAINING_AS_KNOWN: Final = (("number",), ("name_key", "birth"))


def _keyed(frame: pl.DataFrame, unique_id: pl.Series) -> object:
    """The keys of a frame as Arrow, under the given ids."""
    keys = normalised(frame).drop("person_id", "row", strict=False)
    first14 = pl.col("number").str.head(14).alias("first14")
    return keys.with_columns(first14, unique_id.cast(pl.String).alias("unique_id")).to_arrow()


def _trained(frames: list[object], api: DuckDBAPI, *, as_known: bool) -> Linker:
    registered = [
        api.register(frame, dataset_display_name=name)
        for frame, name in zip(frames, ("a_people", "b_rows"), strict=True)
    ]
    linker = Linker(registered, settings(as_known=as_known), log_level=logging.ERROR)
    sure: list[str | BlockingRuleCreator] = [block_on("number"), block_on("name_key", "birth")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.95)
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS_FOR_U, seed=SEED)
    for rule in TRAINING_AS_KNOWN if as_known else TRAINING:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    return linker


def link(rows: pl.DataFrame, people: pl.DataFrame, threads: int, *, as_known: bool = False) -> pl.DataFrame:
    """Train on the two frames, predict, and keep the best recipient of each row.

    Args:
        rows: `delivered.IDENTITY` and ``row``.
        people: recipients.
        threads: of DuckDB.
        as_known: the settings of measurements before ours in place of the best.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect(config={"threads": threads})
    entries = people.select("person_id").with_row_index("entry")
    frames = [_keyed(people, entries["entry"]), _keyed(rows, rows["row"])]
    linker = _trained(frames, DuckDBAPI(connection), as_known=as_known)
    pairs = linker.inference.predict(threshold_match_probability=KEPT_FROM)
    best: pl.DataFrame = connection.sql(
        f"""SELECT CAST(unique_id_r AS UINTEGER) AS row, CAST(unique_id_l AS UINTEGER) AS entry,
                match_probability AS probability
            FROM {pairs.physical_name}
            QUALIFY row_number() OVER (PARTITION BY unique_id_r ORDER BY match_weight DESC, entry) = 1"""
    ).pl()
    best = best.join(entries, on="entry").with_columns(linked=pl.col("probability") >= ACCEPT)
    return best.select(pl.col(name).cast(kind) for name, kind in OUTCOME.items())
