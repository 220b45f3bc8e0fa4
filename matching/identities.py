"""Delivered identities made ready: what an exact join needs of all of them, what scoring needs of the rest.

Not here: whom they meet (blocking.py), what the other side looks like (entries.py, index.py).
"""

from typing import Final

import polars as pl

from matching.entries import prepared, read_numbers
from matching.index import SpineIndex
from matching.normalise import name_keys

OPTIONAL: Final[dict[str, pl.DataType]] = {
    "phone": pl.String(), "address": pl.String(), "division_code": pl.String(), "certificate_no": pl.String(),
    "birth_date": pl.Date(), "sex": pl.String(), "partner_id_number_raw": pl.String(), "partner_name": pl.String(),
}  # fmt: skip
"""Columns of an identity that may be absent."""


def numbered(identities: pl.DataFrame) -> pl.DataFrame:
    """Identities with ``row`` and what the exact join needs: the number as read and the name's key.

    Where the delivered number is none, a disability certificate's number stands in its place.
    """
    missing = [pl.lit(None, dtype=t).alias(c) for c, t in OPTIONAL.items() if c not in identities.columns]
    typed = {"id_number_raw": pl.String(), "name": pl.String(), **OPTIONAL}
    frame = identities.with_columns(missing).select(pl.col(c).cast(t) for c, t in typed.items())
    own = read_numbers(frame["id_number_raw"])
    frame = (
        frame.hstack(own)
        .with_columns(
            delivered_number="id_number",
            valid=pl.col("id_class") == "valid",
            name_key=name_keys(frame["name"]),
            from_certificate=pl.lit(value=False),
        )
        .with_row_index("row")
    )
    if frame["certificate_no"].null_count() == len(frame):
        return frame
    shown = frame["certificate_no"].str.normalize("NFKC").str.replace_all(r"[^0-9Xx]", "").str.head(18)
    proven = read_numbers(shown)
    use = ~frame["valid"] & (proven["id_class"] == "valid")
    return frame.with_columns(
        *(pl.when(use).then(proven[column]).otherwise(column).alias(column) for column in proven.columns),
        id_number_raw=pl.when(use).then(proven["id_number"]).otherwise("id_number_raw"),
        valid=pl.col("valid") | use,
        from_certificate=use,
    )


def shown(rows: pl.DataFrame) -> pl.DataFrame:
    """The same with birth date and sex that the number shows, where it is valid or none was delivered."""
    return rows.with_columns(
        pl.when("valid")
        .then(pl.coalesce(f"number_{name}", name))
        .otherwise(pl.coalesce(name, f"number_{name}"))
        .alias(name)
        for name in ("birth_date", "sex")
    )


def ready(rows: pl.DataFrame) -> pl.DataFrame:
    """Everything that scoring compares, for the identities that the exact join left."""
    return shown(prepared(rows.drop("valid", "name_key")))


def with_owner(batch: pl.DataFrame, index: SpineIndex) -> pl.DataFrame:
    """Whether the number is somebody's on the spine, the owner's booklet, and whether anybody bears the name."""
    borne = pl.col("name_key").is_in(index.blocks["all"]["name_key"].drop_nulls().implode())
    return batch.join(index.owners, on="id_number", how="left", maintain_order="left").with_columns(
        owned=pl.col("owned").fill_null(value=False), name_borne=borne.fill_null(value=False)
    )
