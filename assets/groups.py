"""The groups of Dagster's lineage page: seven, in the order in which a night tells its story.

The page read from left to right is the sentence of docs/architecture.md. Here belongs which table stands in which group; a table
that is named nowhere stands where its schema does. Not here: what a table is (its asset), what rests on what (the
queries say it).
"""

from collections.abc import Iterable, Sequence
from typing import Final

DELIVERIES: Final = "deliveries"
PEOPLE: Final = "people"
MEANS: Final = "households_and_means"
RULES: Final = "rules"
RESULTS: Final = "results"
PUBLICATION: Final = "publication"
BETWEEN_NIGHTS: Final = "night_to_night"
ORDER: Final = (DELIVERIES, PEOPLE, MEANS, RULES, RESULTS, BETWEEN_NIGHTS, PUBLICATION)

OF_SCHEMA: Final = {
    "policy": DELIVERIES,
    "state": DELIVERIES,
    "ledger": DELIVERIES,
    "raw": DELIVERIES,
    "link": PEOPLE,
    "core": PEOPLE,
    "means": MEANS,
    "fact": MEANS,
    "rule": RULES,
    "held": RULES,
    "change": BETWEEN_NIGHTS,
    "draw": RESULTS,
    "lists": RESULTS,
    "out": RESULTS,
    "carry": BETWEEN_NIGHTS,
    "audit": PUBLICATION,
    "analyst": PUBLICATION,
    "fairness": PUBLICATION,
    "published": PUBLICATION,
}
OF_TABLE: Final = {
    "raw.delivery_file": PEOPLE,  # what all deliveries amount to, which is known when every row was linked
    "raw.quarantined_row": PEOPLE,
    "raw.refused_cell": PEOPLE,
    "raw.source_state": PEOPLE,
    "core.division": DELIVERIES,
    "core.household": MEANS,
    "core.household_member": MEANS,
    "core.income_month": MEANS,
    "core.person": MEANS,  # with the household and the death of each
    "fact.missing_source": RULES,  # which rules rest on a source is the catalogue's to say
    "fact.unasked_source": RULES,
    "fact.review_means": RULES,
    "out.rule": RULES,
    "out.alert": BETWEEN_NIGHTS,
    "out.finding": RULES,
}


def group_of(table: Sequence[str] | str) -> str:
    """Return the group of a table, given as ``schema.table`` or as the parts of an asset's key."""
    name = table if isinstance(table, str) else ".".join(table)
    return OF_TABLE.get(name) or OF_SCHEMA[name.partition(".")[0]]


def backward(edges: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the edges (table, table that rests on it) that run against the order of the groups."""
    place = {group: position for position, group in enumerate(ORDER)}
    return [(one, other) for one, other in edges if place[group_of(one)] > place[group_of(other)]]
