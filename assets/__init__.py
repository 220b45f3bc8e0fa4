"""What exists: the Dagster assets and checks of a night, thin, and the warehouse they write to.

An asset reads, calls one pure function of a leaf package, writes, and returns counts. Tables that
one SELECT can make are not here: `assets/models.py` makes an asset of every file in `sql/`.
Not here: rules, comparisons, contracts, figures; when and against what a night runs (pipelines).
"""
