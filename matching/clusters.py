"""Connected components of a small graph given as pairs. Which pairs are joined is decided elsewhere."""

import polars as pl


def connected(left: pl.Series, right: pl.Series) -> pl.DataFrame:
    """Components of an undirected graph: one row a node that occurs, with ``component``, its smallest node.

    Labels are passed along edges, and pointers halved, until nothing changes: a handful of rounds.
    """
    edges = pl.DataFrame({"a": left, "b": right}).drop_nulls()
    edges = pl.concat([edges, edges.select(a="b", b="a")]).unique()
    nodes = edges.select(node="a").unique().sort("node").with_columns(component="node")
    while True:
        label = edges.join(nodes, left_on="b", right_on="node").group_by("a").agg(pl.col("component").min())
        new = nodes.join(label, left_on="node", right_on="a", how="left", suffix="_near").select(
            "node", component=pl.min_horizontal("component", "component_near")
        )
        new = (
            new.join(nodes.rename({"node": "component", "component": "root"}), on="component", how="left")
            .select("node", component=pl.min_horizontal("component", "root"))
            .sort("node")
        )
        if new.equals(nodes):
            return nodes
        nodes = new
