"""What exists: the Dagster assets and checks of a night, thin.

An asset reads, calls one function of a package below, writes, and returns counts. Tables that one SELECT can make are not here:
`assets/models.py` makes an asset of every step of judging. Not here: rules, comparisons, contracts, figures; files of the warehouse
(warehouse); rows and links from the cache (linking); when and against what a night runs (pipelines).
"""
