"""The profile of a place: its own figures and those it inherits.

Here belong finding a place's file and inheritance. Not here: a night (`night.py`), how a figure is
written (`entry.py`).
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from policy.assumption import Assumption, assumed
from policy.document import read_document
from policy.entry import Entry, read_entry
from policy.errors import PolicyError, Where, nearest
from policy.figure import Figure, with_expiry
from policy.parameters import catalogue

FOLDER: Final = Path(__file__).parent
NOT_A_PROFILE: Final = {"parameters"}
RESERVED: Final = {"title", "inherits"}


class Profile(BaseModel):
    """Every figure of one place, its own over those it inherits.

    ``lineage`` names the files read, the most general first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: str
    title_zh: str
    title_en: str
    lineage: tuple[str, ...]
    figures: dict[str, Figure]

    def digest(self) -> str:
        """Return the SHA-256 of place and figures: another figure, reference or mark is another digest."""
        parts = [self.place, *(self.figures[name].model_dump_json() for name in sorted(self.figures))]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def places(folder: Path = FOLDER) -> list[str]:
    """Return the names of the profiles in ``folder``, sorted."""
    return sorted(path.stem for path in folder.glob("*.yaml") if path.stem not in NOT_A_PROFILE)


def load_profile(place: str, folder: Path = FOLDER, assume: Iterable[Assumption] = ()) -> Profile:
    """Read the profile of ``place`` with all it inherits.

    Args:
        place: name of a file ``<place>.yaml`` in ``folder``.
        folder: a folder of one's own profiles; what they inherit is sought there, then among the product's.
        assume: what is taken to be written last in the place's file: a what-if.

    Raises:
        PolicyError: unknown place, or a file that breaks a rule; it says file, line, figure, remedy.
    """
    entries: dict[str, Entry] = {}
    lineage: list[str] = []
    title = _inherit(place, folder, entries, lineage, ())
    for assumption in assume:
        parameter, entry = assumption.entry()
        entries[parameter.name] = assumed(entries.get(parameter.name), entry, parameter)
    figures = {
        name: Figure(parameter=catalogue()[name], values=with_expiry(entry.values, entry.unconfirmed_from))
        for name, entry in sorted(entries.items())
        if entry.values
    }
    return Profile(
        place=place, title_zh=title["zh"], title_en=title["en"], lineage=tuple(lineage), figures=figures
    )


def _inherit(
    place: str, folder: Path, entries: dict[str, Entry], lineage: list[str], below: tuple[str, ...]
) -> dict[str, str]:
    """Read ``place`` over what it inherits, into ``entries``; return its title."""
    if place in below:
        raise PolicyError(
            f"{place}.yaml: profiles inherit each other in a circle ({' -> '.join((*below, place))})."
        )
    path = _find(place, folder, below)
    document, lines = read_document(path)
    for parent in _parents(document, path):
        if parent not in lineage:
            _inherit(parent, folder, entries, lineage, (*below, place))
    lineage.append(place)
    for name, written in document.items():
        if name in RESERVED:
            continue
        where = Where(path.name, lines, (name,), (name,))
        if name not in catalogue():
            raise PolicyError(
                f"{where}: no such figure exists.{nearest(name, catalogue())} "
                "All names stand in policy/parameters.yaml."
            )
        where = Where(path.name, lines, (name,), (f"{name} {catalogue()[name].zh}",))
        entries[name] = _over(entries.get(name), read_entry(catalogue()[name], written, where))
    return _title(document, path)


def _over(inherited: Entry | None, own: Entry) -> Entry:
    """Values replace values with their references and marks; the end of a law stays unless told otherwise."""
    if inherited is None:
        return own
    limit = own.unconfirmed_from or inherited.unconfirmed_from
    return Entry(own.where, own.values or inherited.values, limit)


def _find(place: str, folder: Path, below: tuple[str, ...]) -> Path:
    for candidate in (folder, FOLDER):
        if place in places(candidate):
            return candidate / f"{place}.yaml"
    known = sorted({*places(folder), *places(FOLDER)})
    told = f"{below[-1]}.yaml inherits it. " if below else ""
    raise PolicyError(
        f"No profile is called {place!r}. {told}Known are {', '.join(known)}.{nearest(place, known)}"
    )


def _parents(document: dict[str, Any], path: Path) -> list[str]:
    parents = document.get("inherits", [])
    if not isinstance(parents, list) or not all(isinstance(parent, str) for parent in parents):
        raise PolicyError(f"{path.name}: write `inherits` as a list of profiles, as [illustrative].")
    return parents


def _title(document: dict[str, Any], path: Path) -> dict[str, str]:
    title = document.get("title")
    if not isinstance(title, dict) or {"zh", "en"} != title.keys():
        raise PolicyError(f"{path.name}: the title is missing. Write `title: {{zh: 如皋市, en: Rugao}}`.")
    return title
