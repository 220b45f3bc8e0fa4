"""Of whom a row speaks: what arrived meets the spine.

Here belongs what a night and one household at once both need between a delivery and `core.<source>`: rows and links from the cache
or made anew, the spine, gated sources that are matched and filtered in one step, clerks' decisions in force. Values in, values out.
Not here: how two records are found to be one person (matching), what makes a row acceptable (sources), Dagster (assets).
"""
