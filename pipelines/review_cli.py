"""The commands `review ...`: options, help, exit codes. What they do is elsewhere (`reviewing`, `review_answering`).

Exit codes: 0 done, 1 the ledger took nothing, 2 bad arguments or configuration, or a file that is refused.
"""

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from exports import Wanted

review_app = typer.Typer(
    no_args_is_help=True,
    help="Clerks decide whether two records are one person: by workbook or on a local page.",
)

Warehouse = Annotated[Path, typer.Option(help="A warehouse that holds a published night.")]
Night = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="A published night; the current one by default."),
]
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
    warehouse: Warehouse,
    night: Night = None,
    out: Annotated[
        Path | None,
        typer.Option(help="The workbook to write; in <warehouse>/exports/<night> by default."),
    ] = None,
    limit: Limit = 300,
    sample: Sample = 200,
) -> None:
    """Write a workbook of pairs side by side, blind: no score, no decision, order by chance."""
    from pipelines.reviewing import export_review

    with _told():
        path, pairs = export_review(warehouse, _day(night), out, _wanted(limit, sample))
    typer.echo(json.dumps({"status": "exported", "workbook": str(path), "pairs": pairs}, ensure_ascii=False))


@review_app.command("import")
def import_(
    warehouse: Warehouse,
    file: Annotated[Path, typer.Argument(help="A filled workbook of `review export`, or its sheet as CSV.")],
    by: Annotated[str | None, typer.Option(help="Who decided, for rows without 核对人.")] = None,
) -> None:
    """Take the answers of a filled workbook into the ledger: all of them, or none and why."""
    from pipelines.review_answering import import_answers

    with _told():
        done = import_answers(warehouse, file, by)
    typer.echo(
        f"已记录 {done.recorded} 条判断;{done.known} 条先前已有;{done.unanswered} 对尚未判断。", err=True
    )
    counts = {"recorded": done.recorded, "known": done.known, "unanswered": done.unanswered}
    typer.echo(json.dumps({"status": "imported", **counts}, ensure_ascii=False))


@review_app.command("status")
def status(warehouse: Warehouse) -> None:
    """Say how many pairs are decided and open, and how far two clerks agree."""
    from pipelines.review_status import review_status

    with _told():
        found = review_status(warehouse)
    for draw in found.draws:
        typer.echo(
            f"{draw.night} {draw.draw_id}  {draw.pairs} 对,已判断 {draw.decided},未判断 {draw.open}", err=True
        )
    for pair in found.agreement:
        kappa = "无法计算" if pair.kappa is None else f"{pair.kappa:.2f}"
        typer.echo(
            f"{' / '.join(pair.clerks)}  共同判断 {pair.pairs} 对,一致 {pair.agreed:.1%},kappa {kappa}",
            err=True,
        )
    typer.echo(json.dumps({"status": "counted", **found.as_json()}, ensure_ascii=False))


@review_app.command("serve")
def serve(
    warehouse: Warehouse,
    night: Night = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8787,
    by: By = None,
    limit: Limit = 300,
    sample: Sample = 200,
) -> None:
    """Show the same pairs on a web page of this machine alone; answers go straight to the ledger."""
    from pipelines.review_page import serve as start
    from pipelines.reviewing import draw_review

    with _told():
        review = draw_review(warehouse, _day(night), _wanted(limit, sample))
        start(review, port, by or getpass.getuser(), _where)


def _where(address: str) -> None:
    """Say where the page is: the address is the key to it."""
    typer.echo(f"请在本机浏览器中打开(只给核对人): {address}\nCtrl-C 结束。", err=True)


def _wanted(limit: int, sample: int) -> "Wanted":
    from exports import Wanted

    return Wanted(limit, sample)


def _day(night: datetime | None) -> date | None:
    return None if night is None else night.date()


@contextmanager
def _told() -> Iterator[None]:
    """End with a sentence where the night, the file or the ledger cannot be used."""
    from exports import ExportError, ReviewFileError
    from ledger import LedgerError

    try:
        yield
    except ReviewFileError as error:
        _stop(f"什么都没有导入(nothing was recorded)\n{error}", 2)
    except ExportError as error:
        _stop(str(error), 2)
    except LedgerError as error:
        _stop(str(error), 1)
    except OSError as error:
        _stop(f"{error.filename or 'the port'}: {error.strerror}.", 2)


def _stop(sentence: str, code: int) -> NoReturn:
    typer.echo(f"hedui: {sentence}", err=True)
    raise typer.Exit(code)
