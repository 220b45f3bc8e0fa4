"""A draft: for each delivered column what it becomes, in which formats and codes, and what a person must decide.

Here belongs everything that a layout file says. Not here: its text (`writing`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sources.contract import Column, Contract
from sources.errors import SnapshotRefused, refusing
from sources.landing import NO_FILES
from sources.layout import Layout
from sources.onboarding.draft.matching import SURE, matched
from sources.onboarding.draft.words import code_guessed, code_meant, may_be_shown, spellings_of
from sources.onboarding.look import Look, Seen, look, shape_of
from sources.refusal import Refusal

YES = ("是", "Y", "y", "1", "有", "true", "True", "TRUE", "yes", "T", "√", "超限", "Yes")
NO = ("否", "N", "n", "0", "无", "false", "False", "FALSE", "no", "F", "×", "未超限", "No")
UNITS_IN_HEADERS = ("万元", "千元", "亿元")
TECHNICAL = (
    "NULL",
    "null",
    "\\N",
    "\\n",
    "nil",
    "None",
    "none",
    "NaN",
    "nan",
    "N/A",
    "n/a",
    "-",
    "--",
    "—",
    "/",
)
"""What programs write for nothing: no code's value. 无 or 未知 may be one, and a person decides."""
_ENOUGH = 0.985
"""Share of cells that the formats of a date column should read."""


@dataclass
class Drafted:
    """One delivered column in the draft; `to` None: nothing was found that it could be."""

    header: str
    to: str | None
    sure: bool = True
    formats: list[str] = field(default_factory=list)
    unit: str | None = None
    codes: dict[str, str] = field(default_factory=dict)
    undecided: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    """Spellings nobody mapped: rows, and the canonical word it may mean."""
    oddities: dict[str, int] = field(default_factory=dict)
    """Values that are hardly codes, by their shape: rows."""
    blank: list[str] = field(default_factory=list)
    """Words for nothing."""
    yes: list[str] = field(default_factory=list)
    no: list[str] = field(default_factory=list)


@dataclass
class Draft:
    """A whole draft. `missing` are canonical columns that no delivered column was found for."""

    contract: Contract
    look: Look
    pattern: str
    columns: list[Drafted]
    missing: list[Column]

    @property
    def to_decide(self) -> list[str]:
        """What a person must decide or look at, one line each; codes are named, other values never."""
        told = [
            f"required column {c.name} ({c.title_zh}): no delivered column was found"
            for c in self.missing
            if c.required and c.name != "record_no"
        ]
        told += (
            [f"there is no row in {self.look.path.name}: draft from a file with rows"]
            if not self.look.rows
            else []
        )
        for drafted in (one for one in self.columns if one.to):
            if drafted.codes and all(spelling.isascii() for spelling in drafted.codes):
                told.append(
                    f"{drafted.to}: codes are numbers, mapped as the national standards have them; are they?"
                )
            if drafted.oddities and not drafted.codes and not drafted.undecided:
                told.append(
                    f"{drafted.to}: no code was recognised; what stands there does not look like codes"
                )
            if not drafted.sure:
                told.append(f"column {drafted.header or '(no header)'!r}: is it {drafted.to}?")
            told += [
                f"{drafted.to}: what does {spelling!r} mean ({n:,} rows)?"
                for spelling, (n, _) in drafted.undecided.items()
            ]
        return told


def draft(files: Sequence[Path], contract: Contract, known: Sequence[Layout] = ()) -> Draft:
    """Draft the layout of a source from files that were delivered.

    Args:
        files: files of one shape; the first decides the form, all of them show codes and formats.
        contract: what the table must become.
        known: layouts whose headers and codes may be learnt from.

    Raises:
        SnapshotRefused: nothing can be made of a file; or the others have another shape than the first.
    """
    first, *others = [_looked(path, contract) for path in _delivered(files)]
    for other in others:
        if (other.headers, len(other.columns)) != (first.headers, len(first.columns)):
            raise SnapshotRefused(Refusal.of("other_columns", file=other.path.name, first=first.path.name))
    whole = _joined(first, others)
    matches = {match.at: match for match in matched(whole, contract, known)}
    columns = []
    for at, (header, seen) in enumerate(zip(whole.headers, whole.columns, strict=True)):
        match = matches.get(at)
        if match is None:
            columns.append(Drafted(header, None))
            continue
        columns.append(_drafted(header, seen, contract, contract.column[match.to], known, match.score))
    found = {match.to for match in matches.values()}
    missing = [column for column in contract.columns if column.name not in found]
    return Draft(contract, whole, pattern_of_names([p.name for p in files]), columns, missing)


def _delivered(files: Sequence[Path]) -> list[Path]:
    """The files that hold rows: a shell's * also takes manifests, and what desktops leave."""
    found = [path for path in files if not path.name.startswith(NO_FILES)]
    if not found:
        raise SnapshotRefused(Refusal.of("no_file_to_draft_from"))
    return found


def _looked(path: Path, contract: Contract) -> Look:
    with refusing(path.name):
        return look(path, contract)


def pattern_of_names(names: Sequence[str]) -> str:
    """A file pattern that fits the names of the next deliveries too: digits, as in a date, become a star."""
    patterns = {re.sub(r"\*+(?:[-_.]\*+)*", "*", re.sub("[0-9]+", "*", name)) for name in names}
    if len(patterns) == 1:
        return patterns.pop()
    first, last = min(patterns), max(patterns)
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    return f"{first[:same].rstrip('*')}*{Path(first).suffix}"


def _joined(first: Look, others: Sequence[Look]) -> Look:
    cells = first.cells
    for other in others:
        cells = cells.vstack(other.cells)
    rows, broken = (sum(getattr(one, name) for one in (first, *others)) for name in ("rows", "broken"))
    files = tuple(one.cells.height for one in (first, *others))
    return Look(first.path, first.keys, first.headers, cells, rows, broken, first.notes, files)


def _drafted(
    header: str, seen: Seen, contract: Contract, column: Column, known: Sequence[Layout], score: float
) -> Drafted:
    made = Drafted(header, column.name, sure=score >= SURE)
    made.blank = [] if column.kind in ("raw", "text", "bool", "code") else seen.nothing
    match column.kind:
        case "date":
            made.formats = _formats(seen.days)
        case "month":
            made.formats = _formats(seen.months if max(seen.months.values(), default=0) > 0.3 else seen.days)
        case "money":
            made.unit = next((unit for unit in UNITS_IN_HEADERS if unit in header), None)
        case "bool":
            made.yes = [word for word in YES if word in seen.codes]
            made.no = [word for word in NO if word in seen.codes]
            left = {word: n for word, n in seen.codes.items() if word not in (*made.yes, *made.no)}
            made.undecided = {word: (n, None) for word, n in left.items() if may_be_shown(word, n, {})}
        case "code":
            spellings = spellings_of(contract, column, known)
            for spelling, n in seen.codes.items():
                meant = code_meant(spelling, spellings)
                if meant is not None:
                    made.codes[spelling] = meant
                elif spelling in TECHNICAL:
                    made.blank.append(spelling)
                elif may_be_shown(spelling, n, spellings):
                    made.undecided[spelling] = (n, code_guessed(spelling, spellings))
                else:
                    made.oddities[shape_of(spelling)] = made.oddities.get(shape_of(spelling), 0) + n
        case _:
            pass
    return made


def _formats(shares: dict[str, float]) -> list[str]:
    """The formats that together read enough of a column, the best first; stray ones are no format of the file."""
    chosen: list[str] = []
    read = 0.0
    for form, share in shares.items():
        if read >= _ENOUGH or (chosen and share < 0.02):
            break
        chosen.append(form)
        read += share
    return chosen
