"""Strangers who show themselves: of one name and one birth date with somebody on a list, but with a number of their own.

Among rows about a whole place, a list of its poor has namesakes born on the same day who are not on the list. Where one of them
brings his number in any row, his other rows, without it, are not taken for the listed person's. Here belongs how such
strangers are found and how they stand beside the people. Not here: a night, whose spine is everybody.
"""

from typing import Final

import polars as pl

from matching.linking import Links

_MARK: Final = "\0"
"""Begins the ids of strangers; nobody's own id does."""
_BORN: Final = ["name_key", "birth_date"]


def strangers(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Return the strangers whom somebody on the list could be taken for.

    Args:
        rows: as `identities.numbered` gives them.
        people: ``id_number``, ``valid``, ``name_key``, ``birth_date`` of the list. Whose own number is not valid there may be
            the one who brings a valid one.

    Returns:
        ``person_id``, ``id_number_raw``, ``name``: one row a number.
    """
    own = rows.filter("valid").select("id_number", "name_key", birth_date="number_birth_date")
    own = own.join(people.filter("valid").select(_BORN).drop_nulls().unique(), on=_BORN, how="semi")
    own = own.join(people.filter(~pl.col("valid")).select(_BORN).drop_nulls().unique(), on=_BORN, how="anti")
    own = own.join(people.select("id_number").drop_nulls(), on="id_number", how="anti")
    one = own.group_by("id_number").agg(pl.col("name_key").min()).sort("id_number")
    return one.select(
        person_id=pl.lit(_MARK) + pl.col("id_number"), id_number_raw="id_number", name="name_key"
    )


def without_strangers(found: Links) -> Links:
    """Links to people of the list alone: who is a stranger is nobody there; who may be one may be the next best."""
    of_them = [
        pl.col(c).str.starts_with(_MARK).fill_null(value=False) for c in ("person_id", "candidate_person_id")
    ]
    links, evidence = found.links, found.evidence
    second = evidence.filter((pl.col("rank") == 2) & ~of_them[0]).select(
        "identity_id", _second="person_id"
    ).unique("identity_id")  # fmt: skip
    links = links.join(second, on="identity_id", how="left", maintain_order="left")
    ours = pl.when(of_them[1]).then("_second").otherwise("candidate_person_id")
    nobody = of_them[0] | (of_them[1] & pl.col("_second").is_null())
    told = {
        "method": pl.lit("none"),
        "decision": pl.lit("unlinked"),
        "by_number": pl.lit(value=False),
        "tentative": pl.lit(value=False),
    }
    links = links.with_columns(
        *(pl.when(nobody).then(value).otherwise(name).alias(name) for name, value in told.items()),
        *(pl.when(nobody).then(None).otherwise(name).alias(name) for name in ("probability", "runner_up_probability")),
        person_id=pl.when(~of_them[0]).then("person_id"),
        candidate_person_id=ours,
    ).drop("_second")  # fmt: skip
    return Links(links, evidence.filter(~of_them[0]))
