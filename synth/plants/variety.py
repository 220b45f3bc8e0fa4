"""How planted households differ in what no rule reads: sex of the head, town or country, ethnicity.

Here: one function from a plant's number. Not here: anything that a rule rests on. Shares are near those of the
residents (population.py), so that a report by groups tells the rules and not the plants.
"""

from __future__ import annotations

from typing import NamedTuple

from synth import name_lists


class Variety(NamedTuple):
    """What a plant's household is besides its scenario.

    Attributes:
        turned: men and women change places, and sons and daughters.
        urban: hukou in town.
        ethnicity: of the whole household.
    """

    turned: bool
    urban: bool
    ethnicity: str


def variety(plant: int) -> Variety:
    """Gives the plant of a number its variety.

    None of the periods shares a factor with 2, so that damaged copies, which have even numbers where copies are
    two, vary like the others.
    """
    names = [name for name, _ in name_lists.ETHNICITIES]
    of_minority = plant % 31 == 5
    ethnicity = names[1 + plant // 31 % (len(names) - 1)] if of_minority else names[0]
    return Variety(plant % 3 == 0, plant * 5 % 13 < 6, ethnicity)
