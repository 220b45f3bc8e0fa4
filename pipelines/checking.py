"""`hedui check`: what a night would say of the landing area and the policy, before it runs; nothing is written.

Here belongs gathering: each source is rehearsed with the functions that the night itself uses. Not here: how it is
told (check_report.py), the options (layout_cli.py), what makes a delivery acceptable (sources).
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from assets.delivery_checks import BLOCKING, counts, no_snapshot, refused_files
from pipelines.checked_policy import PolicyStory, story_of
from pipelines.settings import SettingsError
from policy import PolicyError
from sources import (
    CONTRACTS,
    Contract,
    Intake,
    LandingError,
    Layout,
    LayoutError,
    check_landing,
    divisions,
    known_layouts,
    load_layout,
    snapshots,
)
from sources.errors import nearest
from sources.onboarding.advice import Remark, advise, unmapped_codes
from sources.onboarding.rehearsal import known_numbers, rehearsed

NEVER = date(9999, 12, 31)
Say = Callable[[str], None]


@dataclass(frozen=True)
class SourceStory:
    """What a night would say of one source.

    Attributes:
        state: fresh, stale or absent, as `audit.source` will have it.
        blocking: the night ends without a usable snapshot of it.
        ends_the_night: the sentence with which it would end, if it would.
        delivers: whether the layout knows the source at all.
        later: snapshots dated after the night, which it does not open.
        unmapped: codes that the layout does not map, with their rows.
        found: share of its rows whose identity number stands in registry or roll; None where they do not lie there.
    """

    contract: Contract
    intake: Intake
    state: str
    age_days: int | None
    gated: bool
    blocking: bool
    ends_the_night: str | None
    delivers: bool
    later: int
    unmapped: list[Remark]
    found: float | None

    @property
    def counts(self) -> dict[str, int]:
        """Rows of the used snapshots; of gated sources `rows_accepted` counts those dropped for want of authorization too."""
        return counts(self.intake)

    @property
    def refused(self) -> list[dict[str, object]]:
        """The refused files: snapshot_date, file, refused_why."""
        return refused_files(self.intake).select("snapshot_date", "file", "refused_why").to_dicts()

    @property
    def many(self) -> list[tuple[str, str, float]]:
        """Columns of which more than `MANY` of the rows could not be read, or hold a day that stands for none: with the reason."""
        rows = self.counts["rows_accepted"] + self.counts["rows_dropped_unauthorized"]
        counted = self.intake.cells_refused.select("column_name", "reason", "n").iter_rows()
        return [(column, reason, n / rows) for column, reason, n in counted if n > MANY * rows > 0]

    @property
    def quarantined(self) -> list[tuple[str, str | None, int]]:
        """Reason, column and number of the quarantined rows, the most frequent first."""
        counted = self.intake.quarantine.group_by("reason", "column_name").len("n")
        return counted.sort("n", "reason", "column_name", descending=[True, False, False]).rows()


MANY: Final = 0.05
"""Share of a source's rows from which on it is told that a column could not be read."""


@dataclass
class Check:
    """Everything that was checked.

    `policy` is None where no place was named, `known` where registry or roll has no usable delivery.
    """

    night: date
    landing: Path
    layout: Layout
    policy: PolicyStory | None
    divisions: int | None
    divisions_missing: str
    strays: list[str]
    stories: list[SourceStory] = field(default_factory=list)
    advice: list[Remark] = field(default_factory=list)
    known: pl.Series | None = None

    @property
    def blocked(self) -> list[str]:
        """The sentences with which the night would end."""
        return [story.ends_the_night for story in self.stories if story.ends_the_night]

    @property
    def code(self) -> int:
        """Exit code: 1 if the night would refuse a delivery or could not run, else 0."""
        return int(bool(self.blocked or any(story.refused for story in self.stories)))


def check(
    landing: Path,
    layout: str,
    place: str | None,
    night: date | None,
    only: Sequence[str] = (),
    *,
    advice: bool = False,
    say: Say = lambda _: None,
) -> Check:
    """Check a landing area, and the policy of `place` if it is given.

    Args:
        landing: the landing area.
        layout: name or folder of the layout.
        place: the policy profile; None: the policy is not looked at, and no source counts as gated.
        night: the date; None: that of the newest roll.
        only: sources to check; all if empty.
        advice: whether to hold the layout against the files too.
        say: told what is being done.

    Raises:
        SettingsError: an argument or the configuration cannot be used.
    """
    unknown = next((name for name in only if name not in CONTRACTS), None)
    if unknown is not None:
        raise SettingsError(f"--source {unknown}: no such source{nearest(unknown, CONTRACTS)}.")
    try:
        check_landing(landing)
        read = load_layout(layout)
        when = night or _newest(landing)
        policy = None if place is None else story_of(place, when)
    except (PolicyError, LayoutError, LandingError) as error:
        raise SettingsError(str(error)) from error
    found, missing = _divisions(landing)
    done = Check(when, landing, read, policy, found, missing, _strays(landing))
    others = [load_layout(name) for name in known_layouts() if name != read.name] if advice else []
    say("registry and roll: whom the rows may name")
    done.known = known = known_numbers(landing, [CONTRACTS[name] for name in BLOCKING], read, when)
    for contract in (CONTRACTS[name] for name in only or CONTRACTS):
        say(f"{contract.name} {contract.title_zh}")
        done.stories.append(_story(contract, done, known))
        own = read[contract.name]
        if advice and own is not None:
            done.advice += advise(landing, contract, own, when, others)
    return done


def _story(contract: Contract, check: Check, known: pl.Series | None) -> SourceStory:
    layout, night, landing = check.layout[contract.name], check.night, check.landing
    gated = check.policy is not None and contract.name in check.policy.gated
    others = None if contract.name in BLOCKING else known  # of themselves all are found
    intake, found = rehearsed(landing, contract, layout, night, gated=gated, known=others)
    age = None if intake.snapshot_date is None else (night - intake.snapshot_date).days
    state = "absent" if age is None else "stale" if age > contract.fresh_for_days else "fresh"
    blocking = contract.name in BLOCKING
    ends = no_snapshot(contract, intake, night, landing) if blocking and age is None else None
    later = len(_snapshots(landing, contract.name, NEVER)) - len(_snapshots(landing, contract.name, night))
    unmapped = _unmapped(contract, intake, check) if _has_unknown_codes(contract, intake) else []
    delivers = layout is not None
    return SourceStory(contract, intake, state, age, gated, blocking, ends, delivers, later, unmapped, found)


def _has_unknown_codes(contract: Contract, intake: Intake) -> bool:
    codes = {column.name for column in contract.columns if column.kind == "code"}
    bad = {*intake.quarantine["column_name"].drop_nulls(), *intake.cells_refused["column_name"]}
    return bool(codes & bad) or not refused_files(intake).is_empty()


def _unmapped(contract: Contract, intake: Intake, check: Check) -> list[Remark]:
    layout = check.layout[contract.name]
    places = (
        intake.files.select("snapshot_date", "file")
        .drop_nulls()
        .unique()
        .sort("snapshot_date", "file")
        .rows()
    )
    files = [check.landing / contract.name / day.isoformat() / file for day, file in places]
    return (
        [] if layout is None else unmapped_codes([path for path in files if path.is_file()], contract, layout)
    )


def _divisions(landing: Path) -> tuple[int | None, str]:
    try:
        found = divisions(landing)
    except LandingError as error:
        return None, f"codes stand for names: {error}"
    return (None, "absent: codes stand for names") if found is None else (found.height, "")


def _snapshots(landing: Path, source: str, night: date) -> Sequence[object]:
    with suppress(LandingError):  # the story itself says so
        return snapshots(landing, source, night)
    return ()


def _newest(landing: Path) -> date:
    """The date of the newest roll, which a night is run for, else of the newest snapshot; today if there is none."""
    roll = [one.date for one in snapshots(landing, "assistance_roll", NEVER)]
    found = roll or [one.date for name in CONTRACTS for one in snapshots(landing, name, NEVER)]
    return max(found, default=date.today())  # noqa: DTZ011 - the operator's own day


def _strays(landing: Path) -> list[str]:
    """Folders of the landing area that are no source's, each with the source that was probably meant."""
    names = sorted(path.name for path in landing.iterdir() if path.is_dir() and path.name[0] not in "._")
    return [f"{name}{nearest(name, CONTRACTS)}" for name in names if name not in CONTRACTS]
