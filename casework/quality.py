"""Pages about links, from a published night: its quality as a whole, and why single rows were linked.

Not here: what a page shows (exports), how it is handed out (handing.py).
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from casework.handing import hand_over, handing_out, text
from casework.published import published
from exports.link_page import link_page
from exports.quality_page import quality_page


def export_quality(warehouse: Path, night: date | None, out: Path | None) -> Path:
    """Write the page of a night's links; counts alone, so nothing is recorded.

    Args:
        warehouse: the warehouse folder.
        night: a published night; the current one if None.
        out: the file; ``<warehouse>/exports/<night>/quality.html`` if None.

    Raises:
        CaseworkError: there is no such night, an earlier version published it, or the file cannot be written.
    """
    chosen = published(warehouse, night)
    with chosen.reading():
        try:
            page = quality_page(chosen.database)
        except KeyError as error:  # a level that this version does not know
            raise chosen.earlier() from error
    return hand_over(out or chosen.exports / "quality.html", text(page))


def export_links(warehouse: Path, night: date | None, identities: Sequence[str], out: Path | None) -> Path:
    """Write why identities were linked, and record in the ledger whose page was made.

    Args:
        warehouse: the warehouse folder.
        night: a published night; the current one if None.
        identities: ``identity_id``s of core.person_link.
        out: the file; ``<warehouse>/exports/<night>/link.html`` if None.

    Raises:
        CaseworkError: there is no such night, or the file cannot be written.
        ExportError: the night knows no such identity.
    """
    chosen = published(warehouse, night)
    with chosen.reading():
        page = link_page(chosen.database, identities)
    with handing_out(chosen, "link") as handing:
        return handing.file(
            out or chosen.exports / "link.html", text(page), about=list(dict.fromkeys(identities))
        )
