"""The commands `check` and `layout`: options, help, exit codes. What they do is elsewhere.

Exit codes: 0 fine, 1 the night would refuse a delivery or could not run, 2 bad arguments or configuration.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

layout_app = typer.Typer(no_args_is_help=True, help="Layouts: draft one from a delivery, list what there is.")

Night = Annotated[datetime | None, typer.Option(help="The date of the night; that of the newest roll by default.",
                                                formats=["%Y-%m-%d"])]  # fmt: skip
Place = Annotated[str | None, typer.Option(help="The policy profile to check too, e.g. rugao.")]
Only = Annotated[list[str] | None, typer.Option("--source", help="Only this source; may be given again.")]
Advice = Annotated[
    bool | None, typer.Option(help="Hold the layout against the files: by default without --place.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output, for schedulers.")]


def check(
    landing: Annotated[Path, typer.Option(help="The landing area: <source>/<YYYY-MM-DD>/files.")],
    layout: Annotated[str, typer.Option(help="A name in sources/layouts, or a folder.")],
    place: Place = None,
    night: Night = None,
    source: Only = None,
    advice: Advice = None,
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Say what a night would say of the landing area, and help the author of a layout. Writes nothing."""
    from pipelines.check_report import as_json as told
    from pipelines.check_report import show
    from pipelines.checking import check as run
    from pipelines.settings import SettingsError

    quiet = Console(stderr=True)
    wanted = place is None if advice is None else advice
    try:
        with quiet.status("...") as status:
            done = run(
                landing,
                layout,
                place,
                None if night is None else night.date(),
                source or (),
                advice=wanted,
                say=lambda what: status.update(f"checking {what}"),
            )
    except SettingsError as error:
        _stop(str(error), 2)
    if as_json:
        typer.echo(json.dumps(told(done), ensure_ascii=False, default=str))
    else:
        console = Console()
        show(done, Console(width=max(console.width, 160)) if not console.is_terminal else console)
    raise typer.Exit(done.code)


@layout_app.command("draft")
def draft_layout(
    files: Annotated[list[Path], typer.Argument(help="Delivered files of one shape.")],
    source: Annotated[str, typer.Option(help="The source they belong to, e.g. bank_accounts.")],
    out: Annotated[Path | None, typer.Option(help="The file to write; standard output by default.")] = None,
    force: Annotated[bool, typer.Option(help="Overwrite --out.")] = False,  # noqa: FBT002 - an option
) -> None:
    """Draft the layout of a source from what was delivered; what a person must decide goes to standard error."""
    from sources import CONTRACTS, known_layouts, load_layout
    from sources.draft import as_yaml, draft
    from sources.errors import SnapshotRefused, nearest

    if source not in CONTRACTS:
        _stop(f"--source {source}: no such source{nearest(source, CONTRACTS)}.", 2)
    missing = next((path for path in files if not path.is_file()), None)
    if missing is not None:
        _stop(f"{missing} is no file. Give one or more files as a department delivered them.", 2)
    if out is not None and out.exists() and not force:
        _stop(f"{out} exists. Name another file with --out, or overwrite it with --force.", 2)
    try:
        made = draft(files, CONTRACTS[source], [load_layout(name) for name in known_layouts()])
    except SnapshotRefused as refused:
        _stop(f"No layout can be drafted: {refused}.", 1)
    _write(as_yaml(made), out)
    found = sum(column.to is not None for column in made.columns)
    typer.echo(
        f"{source}: {found} of {len(CONTRACTS[source].columns)} columns found, {len(made.to_decide)} to decide.",
        err=True,
    )
    for line in made.to_decide:
        typer.echo(f"  {line}", err=True)


@layout_app.command("list")
def list_layouts() -> None:
    """List the layouts that come with the product, and the sources each knows."""
    from sources import CONTRACTS, known_layouts, load_layout

    for name in known_layouts():
        layout = load_layout(name)
        lacking = [source for source in CONTRACTS if layout[source] is None]
        told = f"all but {', '.join(lacking)}" if lacking else f"all {len(CONTRACTS)} sources"
        typer.echo(f"{name}: {layout.description} ({told})")


def _write(text: str, out: Path | None) -> None:
    """Write a drafted layout; a folder that is none yet gets its layout.yaml."""
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
        about = out.parent / "layout.yaml"
        if not about.exists():
            about.write_text(
                f"description: {out.parent.absolute().name}, drafted from deliveries\n", encoding="utf-8"
            )
    except OSError as error:
        _stop(f"{out} cannot be written: {error.strerror}.", 2)


def _stop(sentence: str, code: int) -> NoReturn:
    typer.echo(f"hedui: {sentence}", err=True)
    raise typer.Exit(code)
