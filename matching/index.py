"""The spine made ready for matching: entries with keys and shares, look-ups, blocks.

Built once for a night and used for every source; depends on the spine and the model alone.
"""

from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from matching.blocking import sides
from matching.clusters import connected
from matching.entries import ATTRIBUTES, with_shares
from matching.frequencies import Frequencies, counted
from matching.model import Model

MOST_HOLDERS: Final = 3
"""Of a number that the police gave out twice two people have it; one that more than three have was typed to fill a form."""
_COMPARED: Final = (
    *ATTRIBUTES, "id_number", "masked_number", "paper", "valid", "birth_date", "sex", "phone", "division_code", "address", "town",
    "village", "group_key", "door_key", "household_no", "former", "share_name", "share_sound", "share_first6",
    "share_first4", "share_serial", "share_surname", "share_phone", "share_door",
)  # fmt: skip


@dataclass(frozen=True)
class SpineIndex:
    """What :func:`matching.linking.match` needs of the spine.

    Attributes:
        entries: ``entry``, ``person_id``, ``cluster``, ``rank`` and the compared columns with ``p_``.
        exact: ``id_number``, ``name_key`` -> ``person_id``, ``former``, ``share_name``, ``household_no``;
            only where exactly one person answers to both.
        owners: ``id_number`` -> ``owner_household``, ``owned``.
        booklets: ``household_no``, ``name_key`` -> ``mate_number``, ``mate_share``.
        blocks: key columns of the entries, by what blocking rules ask for.
        common: how common names and parts of numbers are.
        people: number of people the frequencies were counted over; the prior is spread over them.
    """

    entries: pl.DataFrame
    exact: pl.DataFrame
    owners: pl.DataFrame
    booklets: pl.DataFrame
    blocks: dict[str, pl.DataFrame]
    common: Frequencies
    people: int


def build_index(
    entries: pl.DataFrame, same_as: pl.DataFrame, model: Model, pinned: Frequencies | None = None
) -> SpineIndex:
    """Makes the index.

    Args:
        entries: columns of ``entries.prepared`` and ``person_id``, ``household_no``, ``former``, ``rank`` (order
            among twins, smallest first), in an order that does not depend on delivery.
        same_as: pairs of people whose margin is waived.
        model: the pinned model.
        pinned: frequencies to go on with; counted over the entries where there are none.
    """
    entries = _without_fillers(entries).with_row_index("entry")
    common = pinned or frequencies(entries, model)
    entries = with_shares(entries, common, model.name_floor)
    compared = entries.select("entry", "person_id", "rank", *(pl.col(c).alias(f"p_{c}") for c in _COMPARED))
    cluster = _clusters(same_as)
    compared = compared.join(cluster, on="person_id", how="left", maintain_order="left").with_columns(
        cluster=pl.coalesce("cluster", "person_id")
    )
    return SpineIndex(
        entries=compared,
        exact=_exact(entries),
        owners=_owners(entries),
        booklets=_booklets(entries),
        blocks=sides(entries),
        common=common,
        people=common.people,
    )


def _without_fillers(entries: pl.DataFrame) -> pl.DataFrame:
    """A number that more than a few people have is nobody's: nobody is found, or accused, by it."""
    held = entries.select("id_number", "person_id").drop_nulls().unique().group_by("id_number").len()
    fillers = held.filter(pl.col("len") > MOST_HOLDERS)["id_number"]
    if not len(fillers):
        return entries
    filler = pl.col("id_number").is_in(fillers.implode()).fill_null(value=False)
    return entries.with_columns(id_number=pl.when(~filler).then("id_number"), valid=pl.col("valid") & ~filler)


def frequencies(entries: pl.DataFrame, model: Model) -> Frequencies:
    """Frequencies counted over the entries, the names' those of the model file where it has any."""
    common = replace(counted(entries), model=model.digest())
    return common if model.names is None else common.with_names(model.names, model.unseen_name)


def _exact(entries: pl.DataFrame) -> pl.DataFrame:
    keyed = entries.filter("valid").filter(pl.col("name_key").is_not_null() & ~pl.col("unknown"))
    keyed = keyed.select("id_number", "name_key", "person_id", "former", "share_name", "household_no")
    alone, several = _apart(keyed, ["id_number", "name_key"])
    several = several.unique(["id_number", "name_key", "person_id"], keep="first", maintain_order=True)
    return pl.concat([alone, several.unique(["id_number", "name_key"], keep="none", maintain_order=True)])


def _apart(frame: pl.DataFrame, key: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows that have their key to themselves, and the few that share one (which alone need an order)."""
    shared = frame.select(key).is_duplicated()
    return frame.filter(~shared), frame.filter(shared)


def _owners(entries: pl.DataFrame) -> pl.DataFrame:
    numbered = entries.filter(pl.col("id_number").is_not_null())
    numbered = numbered.select("id_number", owner_household="household_no", owned=pl.lit(value=True))
    alone, several = _apart(numbered, ["id_number"])
    several = several.sort("id_number", "owner_household", nulls_last=True)
    return pl.concat([alone, several.unique("id_number", keep="first", maintain_order=True)])


def _booklets(entries: pl.DataFrame) -> pl.DataFrame:
    return (
        entries.filter(pl.col("household_no").is_not_null() & pl.col("name_key").is_not_null())
        .select(
            "household_no",
            "name_key",
            mate_number=pl.when("valid").then("id_number"),
            mate_share="share_name",
        )
        .unique(["household_no", "name_key"], keep="first", maintain_order=True)
    )


def _clusters(same_as: pl.DataFrame) -> pl.DataFrame:
    return connected(same_as["person_id"], same_as["other_person_id"]).rename(
        {"node": "person_id", "component": "cluster"}
    )
