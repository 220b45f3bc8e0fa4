"""`hedui serve`: Dagster's web page, behind a key, and daemon, started and ended together.

`starting` checks, starts and waits; `door` is where the page listens, `address` keeps its key, `page` is its process,
`processes` how everything ends. Nothing is imported here: the page's process needs little of it.
"""
