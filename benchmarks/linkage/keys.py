"""Both frames normalised by the product's own functions: what the exact joins, Splink and the ceiling compare.

Splink gets every key that this matcher works with, so that the difference between them is not normalisation.
"""

import polars as pl

from matching import normalise

_UNKNOWN = "□"


def normalised(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with keys beside its own columns; each null where nothing usable is said.

    ``number`` (18 characters; of a disability certificate where the number itself is not valid), ``valid``,
    ``visible`` (a masked number as a LIKE pattern), ``birth``, ``gender``, ``first6``, ``last4``, ``name_key``
    (null where characters are unknown), ``name_pattern`` (LIKE pattern of such a name), ``surname``, ``pinyin``,
    ``former_key``, ``door``, ``place_group``, ``village``, ``telephone``.
    """
    numbers = _numbers(frame)
    names = normalise.names(frame["name"])
    places = normalise.addresses(frame["address"])
    former = normalise.name_keys(_text(frame, "former_name"))
    shown = pl.coalesce(numbers["id_number"], numbers["masked_number"])
    whole = ~names["unknown"].fill_null(value=True)
    given = [_text(frame, "birth_date"), _text(frame, "sex")]
    return frame.select(pl.col("person_id") if "person_id" in frame.columns else pl.col("row")).with_columns(
        number=numbers["id_number"],
        valid=numbers["id_class"] == "valid",
        visible=numbers["masked_number"].str.replace_all("*", "_", literal=True),
        birth=pl.coalesce(given[0].cast(pl.String), numbers["birth_date"].cast(pl.String)),
        gender=pl.coalesce(given[1], numbers["sex"]),
        first6=pl.lit(numbers["division6"]),
        last4=pl.when(pl.select(shown).to_series().str.contains("[0-9]{3}[0-9X]$")).then(
            pl.lit(pl.select(shown).to_series().str.tail(4))
        ),
        name_key=pl.when(pl.lit(whole)).then(pl.lit(names["name_key"])),
        name_pattern=pl.when(pl.lit(~whole)).then(
            pl.lit(names["name_key"].str.replace_all(_UNKNOWN, "_", literal=True))
        ),
        surname=pl.when(pl.lit(whole)).then(pl.lit(names["surname"])),
        pinyin=pl.when(pl.lit(whole)).then(pl.lit(names["pinyin"])),
        former_key=former,
        door=places["door_key"],
        place_group=places["group_key"],
        village=places["village_key"],
        telephone=normalise.telephones(frame["phone"]),
    )


def _text(frame: pl.DataFrame, column: str) -> pl.Series:
    if column in frame.columns:
        return frame[column].cast(pl.String)
    return pl.Series([None], dtype=pl.String).new_from_index(0, len(frame))


def _numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """The delivered number, or the one that a disability certificate's number begins with."""
    own = normalise.identity_numbers(frame["id_number_raw"])
    shown = _text(frame, "certificate_no").str.normalize("NFKC").str.replace_all("[^0-9Xx]", "").str.head(18)
    proven = normalise.identity_numbers(shown)
    use = (own["id_class"] != "valid") & (proven["id_class"] == "valid")
    return pl.DataFrame([proven[name].zip_with(use, own[name]) for name in own.columns])
