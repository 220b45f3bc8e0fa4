"""The commands `review ...`: options and help. What they do is elsewhere (casework/review)."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.endings import result, say, stop
from pipelines.commands.options import Chosen, Published, day

if TYPE_CHECKING:
    from exports import Wanted

review_app = typer.Typer(
    name="review",
    no_args_is_help=True,
    help="Clerks decide whether two records are one person: by workbook or on a local page.",
)

Limit = Annotated[
    int, typer.Option(min=0, help="At most so many pairs in doubt, the most urgent.", show_default=True)
]
Sample = Annotated[
    int,
    typer.Option(min=0, help="So many pairs by chance, from which errors are estimated.", show_default=True),
]
By = Annotated[str | None, typer.Option(help="Who decides.")]


@review_app.command("export")
def export(
    warehouse: Published,
    night: Chosen = None,
    out: Annotated[
        Path | None,
        typer.Option(help="The workbook to write; in <warehouse>/exports/<night> by default."),
    ] = None,
    limit: Limit = 300,
    sample: Sample = 200,
) -> None:
    """Write a workbook of pairs side by side, blind: no score, no decision, order by chance."""
    from casework.review.drawing import export_review

    workbook, pairs = export_review(warehouse, day(night), out, _wanted(limit, sample))
    result({"status": "exported", "workbook": str(workbook), "pairs": pairs})


@review_app.command("import")
def import_(
    warehouse: Published,
    file: Annotated[Path, typer.Argument(help="A filled workbook of `review export`, or its sheet as CSV.")],
    by: Annotated[str | None, typer.Option(help="Who decided, for rows without 核对人.")] = None,
) -> None:
    """Take the answers of a filled workbook into the ledger: all of them, or none and why."""
    from casework.review.answers import import_answers
    from exports import ReviewFileError

    try:
        done = import_answers(warehouse, file, by)
    except ReviewFileError as error:
        stop(f"什么都没有导入(nothing was recorded)\n{error}")
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.")
    say(f"已记录 {done.recorded} 条判断;{done.known} 条先前已有;{done.unanswered} 对尚未判断。")
    counts = {"recorded": done.recorded, "known": done.known, "unanswered": done.unanswered}
    result({"status": "imported", **counts})


@review_app.command("status")
def status(warehouse: Published) -> None:
    """Say how many pairs are decided and open, and how far two clerks agree."""
    from casework.review.status import review_status

    found = review_status(warehouse)
    for draw in found.draws:
        say(f"{draw.night} {draw.draw_id}  {draw.pairs} 对,已判断 {draw.decided},未判断 {draw.open}")
    for pair in found.agreement:
        kappa = "无法计算" if pair.kappa is None else f"{pair.kappa:.2f}"
        say(f"{' / '.join(pair.clerks)}  共同判断 {pair.pairs} 对,一致 {pair.agreed:.1%},kappa {kappa}")
    result({"status": "counted", **found.as_json()})


@review_app.command("serve")
def serve(
    warehouse: Published,
    night: Chosen = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8787,
    by: By = None,
    limit: Limit = 300,
    sample: Sample = 200,
) -> None:
    """Show the same pairs on a web page of this machine alone; answers go straight to the ledger."""
    from casework.review.drawing import draw_review
    from casework.review.page import serve as start

    review = draw_review(warehouse, day(night), _wanted(limit, sample))
    try:
        start(review, port, by or getpass.getuser(), _where)
    except OSError as error:
        stop(f"Port {port} cannot be used: {error.strerror}. Name another with --port.")


def _where(address: str) -> None:
    """Say where the page is: the address is the key to it."""
    say(f"请在本机浏览器中打开(只给核对人): {address}\nCtrl-C 结束。")


def _wanted(limit: int, sample: int) -> "Wanted":
    from exports import Wanted

    return Wanted(limit, sample)
