"""What is asked: which published night, which figures, from which day; checked before anything is built.

Here belong the sentences for what cannot be asked. Not here: options (whatif_cli.py), building (worlds.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from casework.errors import CaseworkError
from casework.published import Published, key_of, published
from policy import Assumption, Profile, load_profile, night_tables
from policy.listing import Difference, differences
from policy.night import ledger_months
from policy.profile import FOLDER

FIXED: Final = {
    "sources_needing_authorization": "a published night holds the rows of these sources of authorized people alone",
    "prohibited_features": "no rule may read them, whatever is asked",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A published night and the figures to judge it by.

    ``since`` None: as if the figures had held through the whole ledger. ``figures_of`` is set where ``since`` lies after
    the night: then its facts, and every month of its ledger, are judged by the figures in force on that day.
    """

    of: Published
    since: date
    figures_of: date | None
    before: Profile
    after: Profile
    key: bytes

    @property
    def night(self) -> date:
        """The night's date."""
        return self.of.night

    def figures(self) -> list[Difference]:
        """Return the figures that differ: what is set, and what else holds on another day or in another place."""
        return differences(self.before, self.night, self.after, self.figures_of or self.night)


def ask(
    warehouse: Path, night: date | None, place: str | None, texts: Sequence[str], since: date | None
) -> Question:
    """Return the checked question.

    Args:
        warehouse: the warehouse folder; its restricted database is read and nothing is written.
        night: a published night; the current one if None.
        place: whose figures to judge by; the night's own place if None.
        texts: ``name=value`` each.
        since: the day from which they hold; the first month of the ledger if None.

    Raises:
        CaseworkError: no such night, another key, or a figure that no what-if can change.
        PolicyError: no such place, figure or value.
    """
    chosen = published(warehouse, night)
    chosen.check_version()
    own_place, fingerprint = _run(chosen)
    key = key_of(chosen.paths, fingerprint)
    day = since or ledger_months(chosen.night)[0]
    assumptions = [Assumption(text, day) for text in texts]
    for assumption in assumptions:
        parameter, _ = assumption.entry()
        if parameter.name in FIXED:
            raise CaseworkError(f"{parameter.name} cannot be set: {FIXED[parameter.name]}.")
    named = [text.partition("=")[0].strip() for text in texts]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise CaseworkError(f"{twice[0]} is set twice. Say one value.")
    before, after = load_profile(own_place), load_profile(place or own_place, FOLDER, assumptions)
    later = day if day > chosen.night else None
    night_tables(after, chosen.night, later)  # a figure that is missing is said now, not after minutes
    return Question(chosen, day, later, before, after, key)


def _run(chosen: Published) -> tuple[str, str]:
    """Return the place and the key's fingerprint of a published night."""
    with chosen.opened() as connection:
        ((place, fingerprint),) = connection.execute(
            "SELECT place, key_fingerprint FROM audit.run"
        ).fetchall()
    return str(place), str(fingerprint)
