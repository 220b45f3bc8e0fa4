"""Of whom a row speaks: what arrived meets the spine.

Here belongs what a night and one household at once both need between a delivery and `core.<source>`. Not here: how two records
are found to be one person (matching), what makes a row acceptable (sources), Dagster (assets).
"""
