"""Linkage measured: this matcher, exact joins and Splink on the same rows, with the truth of made cities.

`cities` reads what departments delivered and makes two frames of it; `methods` says how each method is run, in a
process of its own (`run`); `scores` counts against the truth; `report` and `plot` write docs/linkage.md.
The product is used by its public surface alone.
"""
