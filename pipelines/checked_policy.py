"""What `hedui check` says of a place's policy on a night: how many figures are in force, and which nobody stands for.

Not here: the figures (policy), the deliveries (checking.py).
"""

from dataclasses import dataclass
from datetime import date

from policy import load_profile, night_tables


@dataclass(frozen=True)
class PolicyStory:
    """What the policy of a place says on a night: figures in force, and those nobody stands for."""

    place: str
    title_zh: str
    in_force: int
    unconfirmed: list[str]
    illustrative: list[str]
    gated: frozenset[str]


def story_of(place: str, night: date) -> PolicyStory:
    """Return what the policy of a place says.

    Raises:
        PolicyError: there is no such place, or a figure that the night needs is missing.
    """
    profile = load_profile(place)
    tables = night_tables(profile, night)
    held = tables["policy.figure"].filter("in_force")
    marked = {
        mark: sorted(set(held.filter(mark)["name"].to_list())) for mark in ("unconfirmed", "illustrative")
    }
    gated = frozenset(tables["policy.gated_source"]["source"])
    return PolicyStory(
        place, profile.title_zh, held.height, marked["unconfirmed"], marked["illustrative"], gated
    )
