"""The command `train`: a matching model learned from a published night, and what moved. How: casework/training.py."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from casework.training import Learned

from pipelines.commands.endings import check_folder, result, say
from pipelines.commands.options import Chosen, Published, day

Out = Annotated[Path, typer.Option(help="The model file to write; `hedui run --model` takes it.")]
Start = Annotated[
    Path | None,
    typer.Option("--model", help="The model to begin from; the shipped one by default."),
]


def train(warehouse: Published, out: Out, night: Chosen = None, start: Start = None) -> None:
    """Learn the matcher's figures from a published night and write them to a file; nothing else changes."""
    from casework.training import train_night

    check_folder(out)
    learned = train_night(warehouse, day(night), out, start, lambda what: say(f"train: {what} ..."))
    show(learned, Console(file=sys.stderr, width=None if sys.stderr.isatty() else 120))
    result(_summary(learned))


def show(learned: "Learned", console: Console) -> None:
    """Print what moved, how well it fits, what it would change."""
    table = Table("field", "level", "m", "u", "weight, bits", "true pairs seen", box=None)
    for row in learned.moved:
        table.add_row(
            row.field,
            row.level,
            f"{row.old_m:.3g} → {row.new_m:.3g}",
            f"{row.old_u:.3g} → {row.new_u:.3g}",
            f"{row.bits:+.2f}",
            f"{row.seen:,.0f}",
        )
    console.print(table)
    console.print(_rules(learned))
    for history in learned.trained.histories:
        console.print(
            f"log-likelihood {history[0]:,.1f} → {history[-1]:,.1f} in {len(history) - 1} rounds",
            highlight=False,
        )
    console.print(f"{learned.labels:,} decisions of clerks settled pairs", highlight=False)
    total = int(learned.changed["n"].sum())
    console.print(
        f"{total:,} of {learned.identities:,} identities would be decided otherwise", highlight=False
    )
    for before, after, n in learned.changed.iter_rows():
        console.print(f"  {before} → {after}: {n:,}", highlight=False)


def _rules(learned: "Learned") -> Table:
    """Return what each blocking rule brings: a rule that brings nothing alone costs without gain."""
    numbers = ("identities", "pairs", "alone", "links", "links_alone", "blocks_over_cap")
    table = Table(
        "blocking rule", "identities", "pairs", "it alone", "links", "it alone", "blocks over cap", box=None
    )
    for row in learned.rules.iter_rows(named=True):
        table.add_row(row["rule"], *(f"{row[name]:,}" for name in numbers))
    return table


def _summary(learned: "Learned") -> dict[str, object]:
    return {
        "status": "trained",
        "night": learned.night.isoformat(),
        "file": str(learned.file),
        "version": learned.model.version,
        "digest": learned.model.digest(),
        "identities": learned.trained.identities,
        "people": learned.trained.people,
        "log_likelihood": [[history[0], history[-1]] for history in learned.trained.histories],
        "labels": learned.labels,
        "changed": int(learned.changed["n"].sum()),
    }
