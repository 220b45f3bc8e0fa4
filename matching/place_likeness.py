"""How alike two names of places are, from 0 to 1: pairs of neighbouring characters in common, and the best fitting part.

Here belongs the measure alone. Not here: what is compared by it and from which likeness on two places are one (places).
"""

import numpy as np
import polars as pl
from rapidfuzz.fuzz import partial_ratio
from rapidfuzz.process import cpdist


def likeness(left: pl.Series, right: pl.Series) -> pl.Series:
    """Mean of overlap and Dice coefficient of the characters' pairs and of the best fitting part; 0 where one is empty.

    The same for (a, b) and (b, a).
    """
    frame = pl.DataFrame({"a": left.fill_null(""), "b": right.fill_null("")})
    turned = pl.col("a") > pl.col("b")
    frame = frame.select(
        a=pl.when(turned).then("b").otherwise("a"), b=pl.when(turned).then("a").otherwise("b")
    )
    part = cpdist(frame["a"].to_list(), frame["b"].to_list(), scorer=partial_ratio, dtype=np.float32) / 100
    frame = frame.with_columns(_bigrams("a"), _bigrams("b"), part=pl.Series(part, dtype=pl.Float64))
    common = pl.col("a_pairs").list.set_intersection("b_pairs").list.len()
    a, b = pl.col("a_pairs").list.len(), pl.col("b_pairs").list.len()
    fewest = pl.min_horizontal(a, b)
    found = (common / fewest + 2 * common / (a + b) + pl.col("part")) / 3
    return frame.select(pl.when(fewest > 0).then(found).otherwise(0.0).alias("likeness")).to_series()


def _bigrams(column: str) -> pl.Expr:
    """Distinct pairs of neighbouring characters; a single character is a pair with nothing."""
    text = pl.col(column)
    framed = pl.when(text.str.len_chars() == 1).then(text + "_").otherwise(text)
    character = pl.element()
    pairs = framed.str.split("").list.eval((character + character.shift(-1)).drop_nulls().unique())
    return pairs.alias(f"{column}_pairs")
