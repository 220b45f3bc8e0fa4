"""What each blocking rule yields: how many pairs, how many that no other rule brings, how many links.

For whoever weighs a rule's worth against its cost. Not here: the rules and their cap (blocking.py, model.yaml).
"""

from collections.abc import Iterable, Iterator

import polars as pl

from matching.blocking import RULES, groups, within
from matching.identities import numbered, ready, with_owner
from matching.index import SpineIndex
from matching.linking import match
from matching.model import Model
from matching.partners import with_partner

COLUMNS = ("rule", "identities", "pairs", "alone", "links", "links_alone", "blocks_over_cap")


def yields(identities: pl.DataFrame, index: SpineIndex, model: Model) -> pl.DataFrame:
    """Return one row a blocking rule, in their order.

    Args:
        identities: as `match` takes them; those that number and name settle exactly meet no blocking rule.
        index: the people.
        model: the pinned model; its cap counts.

    Returns:
        ``rule``; ``identities`` that have its key; ``pairs`` of an identity and a person it brings, and those that it
        ``alone`` brings; ``links`` among its pairs, and among those it alone brings; ``blocks_over_cap``: keys that too
        many share and that brought nobody.
    """
    links = match(identities, index, model).links.with_row_index("row")
    linked = links.filter(pl.col("decision") == "linked").select("row", "person_id")
    rows = numbered(identities)
    rest = rows.filter("valid").join(index.exact, on=["id_number", "name_key"], how="semi").select("row")
    rest = rows.join(rest, on="row", how="anti")
    asking = groups(with_partner(with_owner(ready(rest), index), index), index.blocks["all"]["id_number"])
    found = list(_by_rule(asking, index, model.block_cap))
    pairs = pl.concat([pairs.with_columns(rule=pl.lit(rule)) for rule, _, pairs, _ in found])
    told = pairs.with_columns(alone=pl.len().over("row", "person_id") == 1).join(
        linked.with_columns(link=pl.lit(value=True)), on=["row", "person_id"], how="left"
    )
    link = pl.col("link").fill_null(value=False)
    counts = told.group_by("rule").agg(
        pairs=pl.len(),
        alone=pl.col("alone").sum(),
        links=link.sum(),
        links_alone=(link & pl.col("alone")).sum(),
    )
    facts = pl.DataFrame(
        {
            "rule": [r for r, _, _, _ in found],
            "identities": [n for _, n, _, _ in found],
            "blocks_over_cap": [o for _, _, _, o in found],
        }
    )
    return facts.join(counts, on="rule", how="left", maintain_order="left").fill_null(0).select(COLUMNS)


def _by_rule(
    asking: dict[str, pl.DataFrame], index: SpineIndex, cap: int
) -> Iterator[tuple[str, int, pl.DataFrame, int]]:
    """Rule, identities that ask, pairs of ``row`` and ``person_id``, keys over the cap."""
    person = index.entries.select("entry", "person_id")
    for rule in RULES:
        left, right = [a for a, _ in rule.key], [b for _, b in rule.key]
        who = asking[rule.who].select(*left, "row").drop_nulls()
        block = (
            index.blocks[rule.whom]
            .select(*right, "entry", "person")
            .join(who, left_on=right, right_on=left, how="semi")
        )
        kept = within(block, right, cap)
        met = who.join(kept, left_on=left, right_on=right)
        pairs = met.join(person, on="entry").select("row", "person_id").unique()
        yield rule.name, who["row"].n_unique(), pairs, _keys(block.join(kept, on="entry", how="anti"), right)


def _keys(blocks: pl.DataFrame, key: Iterable[str]) -> int:
    return blocks.select(key).unique().height
