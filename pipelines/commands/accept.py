"""The command `accept`: what jumped, let go or held again, or only listed. What an acceptance is: casework/acceptance.py."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from casework.acceptance import Kind

from assets.measures import change_of
from pipelines.commands.endings import result, say, stop
from pipelines.commands.options import Chosen, Published

Rule = Annotated[str | None, typer.Option(help="Let this rule's findings go, e.g. X05.")]
Source = Annotated[str | None, typer.Option(help="Let what rests on this source go, e.g. vehicles.")]
Everything = Annotated[bool, typer.Option("--all", help="Let everything go that the night holds.")]
Reason = Annotated[
    str, typer.Option(help="Why the figures are right. It is kept for ever: nothing of a person.")
]
By = Annotated[str, typer.Option(help="Who accepts.")]
Withdraw = Annotated[bool, typer.Option("--withdraw", help="Take back what was accepted before.")]
Listed = Annotated[bool, typer.Option("--list", help="Only show what jumped, what is held, who accepted.")]


def accept(
    warehouse: Published,
    night: Chosen = None,
    rule: Rule = None,
    source: Source = None,
    reason: Reason = "",
    by: By = "",
    *,
    everything: Everything = False,
    withdraw: Withdraw = False,
    listed: Listed = False,
) -> None:
    """Let go what a jump holds: the next run of the night, or the next night, lists and alerts it."""
    from casework.published import published

    chosen = published(warehouse).night if night is None else night.date()
    if listed:
        _list(warehouse, chosen)
        return
    change = _withdraw if withdraw else _accept
    change(warehouse, chosen, _wanted(rule, source, everything=everything), reason, by)


def _wanted(rule: str | None, source: str | None, *, everything: bool) -> "tuple[Kind, str] | None":
    """Return what was asked for; None is everything."""
    if (rule is not None) + (source is not None) + everything != 1:
        stop(
            "Say what is accepted: one of --rule X05, --source vehicles or --all; --list shows what is held."
        )
    if rule is not None:
        return "rule", rule.upper()
    return None if source is None else ("source", source)


def _accept(warehouse: Path, night: date, wanted: "tuple[Kind, str] | None", reason: str, by: str) -> None:
    """Accept and say what was accepted and what comes next."""
    from casework.acceptance import accept as write

    written = write(warehouse, night, wanted, reason, by)
    for each in written:
        size = "beforehand, whatever its size" if each.now is None else f"{each.before:,} -> {each.now:,}"
        say(f"accepted   {each.kind} {each.item}: {size}")
    say("           run the night again to list and alert it now, or let the next night do so")
    items = [each.item for each in written]
    result({"status": "accepted", "night": night.isoformat(), "accepted": items})


def _withdraw(warehouse: Path, night: date, wanted: "tuple[Kind, str] | None", reason: str, by: str) -> None:
    """Take back and say what was taken back and what comes next."""
    from casework.acceptance import withdraw as write

    items = [each.item for each in write(warehouse, night, wanted, reason, by)]
    say(f"withdrawn  {', '.join(items)}: the next run holds it again, if it is still a jump")
    result({"status": "withdrawn", "night": night.isoformat(), "withdrawn": items})


def _list(warehouse: Path, night: date) -> None:
    """Show what jumped on a night."""
    from casework.acceptance import accepted_since, held_on

    held = held_on(warehouse, night)
    if held is None:
        stop(f"The night {night} is not published in {warehouse}. Name another --night.")
    since = accepted_since(warehouse, night) if held.height else set()
    rows = held.to_dicts()
    for row in rows:
        waits = row["accepted_seq"] is None
        state = "held" if waits else f"accepted by {row['accepted_by']}: {row['accepted_reason']}"
        if waits and (row["kind"], row["item"]) in since:
            state = "held; accepted since, the next run lets it go"
        say(f"{row['kind']} {row['item']}: {_size(row)}; {state}")
    if not rows:
        say(f"Nothing jumped on the night {night}; nothing is held.")
    result({"night": night.isoformat(), "held": rows})


def _size(row: dict[str, Any]) -> str:
    """Return how far a figure jumped, in words."""
    band = f" (band {row['band']:.0%})" if row["band"] else ""
    return f"{change_of(row)}, before on {row['counted_on']}{band}, {row['findings_held']:,} finding(s) held"
