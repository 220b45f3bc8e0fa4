"""The commands `layout ...`: draft a layout from a delivery, list those there are."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.endings import say, stop

layout_app = typer.Typer(
    name="layout", no_args_is_help=True, help="Layouts: draft one from a delivery, list what there is."
)


@layout_app.command("draft")
def draft_layout(
    files: Annotated[list[Path], typer.Argument(help="Delivered files of one shape.")],
    source: Annotated[str, typer.Option(help="The source they belong to, e.g. bank_accounts.")],
    out: Annotated[Path | None, typer.Option(help="The file to write; standard output by default.")] = None,
    force: Annotated[bool, typer.Option(help="Overwrite --out.")] = False,
) -> None:
    """Draft the layout of a source from what was delivered; what a person must decide goes to standard error."""
    from sources import CONTRACTS, known_layouts, load_layout
    from sources.errors import SnapshotRefused, nearest
    from sources.onboarding.draft import as_yaml, draft

    if source not in CONTRACTS:
        stop(f"--source {source}: no such source{nearest(source, CONTRACTS)}.")
    missing = next((path for path in files if not path.is_file()), None)
    if missing is not None:
        stop(f"{missing} is no file. Give one or more files as a department delivered them.")
    if out is not None and out.exists() and not force:
        stop(f"{out} exists. Name another file with --out, or overwrite it with --force.")
    try:
        made = draft(files, CONTRACTS[source], [load_layout(name) for name in known_layouts()])
    except SnapshotRefused as refused:
        stop(f"No layout can be drafted: {refused}.", 1)
    _write(as_yaml(made), out)
    found = sum(column.to is not None for column in made.columns)
    say(
        f"{source}: {found} of {len(CONTRACTS[source].columns)} columns found, {len(made.to_decide)} to decide."
    )
    for line in made.to_decide:
        say(f"  {line}")


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
        stop(f"{out} cannot be written: {error.strerror}.")
