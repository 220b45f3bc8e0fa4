"""What runs, when, against what: the Dagster code location, its resource and schedule, and the `hedui` command.

Not here: what exists (assets), rules, comparisons, contracts, figures.
"""
