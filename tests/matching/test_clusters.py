"""Connected components against a slow obvious reference."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from matching.clusters import connected

edges = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40)


@given(edges)
def test_components_are_those_of_a_slow_search(pairs: list[tuple[int, int]]) -> None:
    named = [(f"n{a:02d}", f"n{b:02d}") for a, b in pairs]
    groups = {n: {n} for pair in named for n in pair}
    for a, b in named:
        joined = groups[a] | groups[b]
        for n in joined:
            groups[n] = joined
    made = connected(
        pl.Series([a for a, _ in named], dtype=pl.String), pl.Series([b for _, b in named], dtype=pl.String)
    )
    assert dict(made.select("node", "component").iter_rows()) == {n: min(g) for n, g in groups.items()}
