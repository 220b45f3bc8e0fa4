"""The one engine: from what was delivered and linked to what it means.

Given `core.<source>`, `link.person`, `core.person_same_as`, `core.division`, `raw.source_state`, `policy.*` and `state.*`
on a connection, it makes the tables that are asked for, up to `out`, and all that they rest on. The night (one asset a
step), a what-if, the tests of rules and whoever else judges call it; nobody keeps a build order of his own. Here belong
the steps and their order. Not here: what a model says (sql), when a night runs one (assets), where rows come from.
"""

from judging.engine import BrokenGrainError, judge, steps
from judging.step import Made, Step, of_model

__all__ = ["BrokenGrainError", "Made", "Step", "judge", "of_model", "steps"]
