"""What is held on a published night, and the acceptance of it by somebody who gives a reason.

Here belongs the way from the night's `audit.held` to entries of the ledger. Not here: options and help
(pipelines/commands/accept.py), what an acceptance does (sql/held).
"""

import re
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl

from casework.errors import CaseworkError
from casework.published import paths_of, published
from findings.catalogue import rules
from ledger import Acceptance, acceptances, record_acceptances
from sources import CONTRACTS
from sql.frames import frame
from warehouse.book import open_ledger

Kind = Literal["rule", "source"]
NUMBER: Final = re.compile(r"[0-9]{11}")
HELD: Final = "SELECT * FROM audit.held ORDER BY kind, item"


def held_on(warehouse: Path, night: date) -> pl.DataFrame | None:
    """Return the night's `audit.held`: every jump, accepted or not; None where the night is not published.

    Raises:
        CaseworkError: there is no such warehouse, or a version of hedui published the night that held nothing back.
    """
    if not paths_of(warehouse).published("restricted", night).exists():
        return None
    with published(warehouse, night).opened() as connection:
        return frame(connection, HELD)


def accepted_since(warehouse: Path, night: date) -> set[tuple[str, str]]:
    """Return kind and item of every acceptance that the ledger holds for ``night``, read by a night already or not."""
    with open_ledger(paths_of(warehouse)) as book:
        found = acceptances(book, book.sequence()).filter(pl.col("night") == night)
    return set(found.select("kind", "item").iter_rows())


def accept(
    warehouse: Path, night: date, wanted: tuple[Kind, str] | None, reason: str, by: str
) -> list[Acceptance]:
    """Write an acceptance of one held rule or source, or of all, into the ledger and return what was written.

    Args:
        warehouse: the warehouse.
        night: the night that held them, or one not run yet whose jump is foreseen.
        wanted: kind and name; None accepts everything that the night holds.
        reason: why the figures are right.
        by: who says so.

    Raises:
        CaseworkError: reason or name is missing, or there is nothing of that name to accept.
        LedgerError: the ledger took no entry.
    """
    _require(reason, by)
    held = held_on(warehouse, night)
    signed: dict[str, Any] = {
        "night": night, "reason": reason.strip(), "accepted_by": by.strip(), "accepted_at": datetime.now(UTC),
    }  # fmt: skip
    if held is None:
        chosen = [Acceptance(*_foreseen(night, wanted), **signed)]
    else:
        rows = _chosen(held, night, wanted, accepted_since(warehouse, night))
        seen = ("kind", "item", "measure", "before", "now", "counted_on")
        chosen = [Acceptance(**{name: row[name] for name in seen}, **signed) for row in rows]
    with open_ledger(paths_of(warehouse)) as book:
        record_acceptances(book, chosen)
    return chosen


def withdraw(
    warehouse: Path, night: date, wanted: tuple[Kind, str] | None, reason: str, by: str
) -> list[Acceptance]:
    """Take back what was accepted of a rule or source, or of all, for every night run from now on; return the entries.

    What was published stands until its night is run again. Arguments as of :func:`accept`; `night` is that on which the
    acceptance is taken back.

    Raises:
        CaseworkError: reason or name is missing, or nothing of that name was accepted.
        LedgerError: the ledger took no entry.
    """
    _require(reason, by)
    with open_ledger(paths_of(warehouse)) as book:
        standing = set(acceptances(book, book.sequence()).select("kind", "item").iter_rows())
        chosen = sorted(standing if wanted is None else standing & {wanted})
        if not chosen:
            names = ", ".join(sorted(item for _, item in standing)) or "nothing"
            what = "Nothing" if wanted is None else f"{wanted[1]} was not accepted: nothing"
            raise CaseworkError(f"{what} was withdrawn. Accepted and standing: {names}.")
        signed: dict[str, Any] = {
            "night": night, "reason": reason.strip(), "accepted_by": by.strip(), "accepted_at": datetime.now(UTC),
        }  # fmt: skip
        entries = [Acceptance(kind, item, **signed, withdrawn=True) for kind, item in chosen]
        record_acceptances(book, entries)
    return entries


def _require(reason: str, by: str) -> None:
    """Refuse what nobody could be asked about later, and what the ledger must never hold."""
    if not reason.strip():
        raise CaseworkError(
            "Give the reason with --reason: it stands in audit.held for as long as the night does."
        )
    if not by.strip():
        raise CaseworkError("Say who accepts with --by: a name or an account.")
    if NUMBER.search(reason) or NUMBER.search(by):
        raise CaseworkError(
            "The reason holds a number as long as a telephone's or an identity card's. The ledger keeps it for ever and "
            "must name nobody who is verified: say it without."
        )


def _foreseen(night: date, wanted: tuple[Kind, str] | None) -> tuple[Kind, str]:
    """Return what is accepted before the night has run: its name must be one that the night will know."""
    if wanted is None:
        raise CaseworkError(
            f"The night {night} is not published, so nothing is held yet. Run it first, or accept beforehand by name: "
            "--rule X05 or --source vehicles."
        )
    kind, item = wanted
    known = list(rules()) if kind == "rule" else list(CONTRACTS)
    if item not in known:
        near = get_close_matches(item, known, n=1, cutoff=0.4)
        hint = f" Did you mean {near[0]}?" if near else f" Known: {', '.join(sorted(known))}."
        raise CaseworkError(f"There is no {kind} {item}.{hint}")
    return kind, item


def _chosen(
    held: pl.DataFrame, night: date, wanted: tuple[Kind, str] | None, already: set[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Return the rows of `audit.held` that are to be accepted, or say what is held in their place."""
    waiting = held.filter(pl.col("accepted_seq").is_null()).to_dicts()
    names = ", ".join(row["item"] for row in waiting) or "nothing"
    chosen = [row for row in waiting if wanted is None or (row["kind"], row["item"]) == wanted]
    if not chosen:
        what = "Nothing" if wanted is None else f"{wanted[1]} is not held: nothing"
        raise CaseworkError(f"{what} was accepted. Held on the night {night}: {names}.")
    fresh = [row for row in chosen if (row["kind"], row["item"]) not in already]
    if not fresh:
        raise CaseworkError(
            "That was accepted already, and the next run will let it go: run the night again, or wait for the next one."
        )
    return fresh
