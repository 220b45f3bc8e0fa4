"""The command `synth`: a city of invented people with its truth."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipelines.commands.endings import say, stop
from pipelines.commands.options import DAY

Damage = Literal["none", "base", "hard"]


def synth(
    out: Annotated[Path, typer.Option(help="The city's folder: landing/ and truth/.")],
    residents: Annotated[int, typer.Option(min=200, help="How many people live there.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same city.")] = 1,
    night: Annotated[
        datetime, typer.Option(formats=DAY, help="The date the night is for.", show_default="2021-12-31")
    ] = datetime(2021, 12, 31, tzinfo=UTC),
    damage: Annotated[Damage, typer.Option(help="How badly identities are delivered.")] = "base",
    layout: Annotated[str, typer.Option(help="How its departments deliver: jiangsu or anhui.")] = "jiangsu",
) -> None:
    """Make a city of invented people with its truth, in one of the layouts that `synth` can write."""
    make_city(out, residents, seed, night.date(), damage, layout)


def make_city(
    out: Path, residents: int, seed: int, night: date, damage: Damage, layout: str = "jiangsu"
) -> None:
    """Make a city and say so."""
    import synth

    say(f"Making a city of {residents:,} invented residents in {out} ...")
    try:
        synth.make_city(out, residents, seed, night=night, damage=damage, delivered_as=layout)
    except ValueError as error:
        stop(str(error))
    except OSError as error:
        stop(f"{out} cannot be written: {error.strerror}. Name another folder.")
