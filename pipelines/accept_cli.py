"""The command `accept`: options, help, exit codes. What it does is elsewhere (`accepting`).

Exit codes: 0 accepted or listed, 2 bad arguments or nothing to accept.
"""

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pipelines.accepting import Kind

Warehouse = Annotated[Path, typer.Option(help="A warehouse that holds the night.")]
Night = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The night; the newest published one by default."),
]
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
    warehouse: Warehouse,
    night: Night = None,
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
    from ledger import LedgerError
    from pipelines.accepting import AcceptError, newest_night

    try:
        day = newest_night(warehouse) if night is None else night.date()
        if listed:
            _list(warehouse, day)
            return
        change = _withdraw if withdraw else _accept
        change(warehouse, day, _wanted(rule, source, everything=everything), reason, by)
    except (AcceptError, LedgerError) as error:
        typer.echo(f"hedui: {error}", err=True)
        raise typer.Exit(2) from None


def _wanted(rule: str | None, source: str | None, *, everything: bool) -> "tuple[Kind, str] | None":
    """Return what was asked for; None is everything."""
    from pipelines.accepting import AcceptError

    if (rule is not None) + (source is not None) + everything != 1:
        raise AcceptError(
            "Say what is accepted: one of --rule X05, --source vehicles or --all; --list shows what is held."
        )
    if rule is not None:
        return "rule", rule.upper()
    return None if source is None else ("source", source)


def _accept(warehouse: Path, night: date, wanted: "tuple[Kind, str] | None", reason: str, by: str) -> None:
    """Accept and say what was accepted and what comes next."""
    from pipelines.accepting import accept as write

    written = write(warehouse, night, wanted, reason, by)
    for each in written:
        size = "beforehand, whatever its size" if each.now is None else f"{each.before:,} -> {each.now:,}"
        typer.echo(f"accepted   {each.kind} {each.item}: {size}", err=True)
    typer.echo(
        "           run the night again to list and alert it now, or let the next night do so", err=True
    )
    items = [each.item for each in written]
    typer.echo(
        json.dumps({"status": "accepted", "night": night.isoformat(), "accepted": items}, ensure_ascii=False)
    )


def _withdraw(warehouse: Path, night: date, wanted: "tuple[Kind, str] | None", reason: str, by: str) -> None:
    """Take back and say what was taken back and what comes next."""
    from pipelines.accepting import withdraw as write

    items = [each.item for each in write(warehouse, night, wanted, reason, by)]
    typer.echo(f"withdrawn  {', '.join(items)}: the next run holds it again, if it is still a jump", err=True)
    typer.echo(
        json.dumps(
            {"status": "withdrawn", "night": night.isoformat(), "withdrawn": items}, ensure_ascii=False
        )
    )


def _list(warehouse: Path, night: date) -> None:
    """Show what jumped on a night."""
    from pipelines.accepting import AcceptError, accepted_since, held_on

    held = held_on(warehouse, night)
    if held is None:
        raise AcceptError(f"The night {night} is not published in {warehouse}. Name another --night.")
    since = accepted_since(warehouse, night) if held.height else set()
    rows = held.to_dicts()
    for row in rows:
        waits = row["accepted_seq"] is None
        state = "held" if waits else f"accepted by {row['accepted_by']}: {row['accepted_reason']}"
        if waits and (row["kind"], row["item"]) in since:
            state = "held; accepted since, the next run lets it go"
        typer.echo(f"{row['kind']} {row['item']}: {_size(row)}; {state}", err=True)
    if not rows:
        typer.echo(f"Nothing jumped on the night {night}; nothing is held.", err=True)
    typer.echo(json.dumps({"night": night.isoformat(), "held": rows}, ensure_ascii=False, default=str))


def _size(row: dict[str, Any]) -> str:
    """Return how far a figure jumped, in words."""
    return (
        f"{row['measure']} {row['before']:,} on {row['counted_on']} -> {row['now']:,}"
        f" (band {row['band']:.0%}), {row['findings_held']:,} finding(s) held"
    )
