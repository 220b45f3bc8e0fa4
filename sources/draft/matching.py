"""Which delivered column is which canonical one: by its header and by what its values look like.

Here belong scores and the assignment. Not here: words (`words`), formats and codes of a column (`drafting`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sources.contract import Column, Contract
from sources.draft.words import code_meant, header_score, headers_of, spellings_of
from sources.layout import Layout
from sources.look import Look, Seen

SURE = 80.0
"""Score from which a match is not marked for a second look."""
LEAST = 52.0
"""Score below which a column is left to a person."""
MOST_CODES = 40
FEW_CODES = 12
_BLANK = 0.6  # nothing speaks for or against a column without values

_OF_TEXT: dict[str, Callable[[Seen], float]] = {
    "division_code": lambda seen: seen.shares["division"],
    "phone": lambda seen: seen.shares["phone"],
    "address": lambda seen: seen.shares["address"],
    "plate_no": lambda seen: seen.shares["plate"],
    "entity_code": lambda seen: seen.shares["credit_code"] - seen.valid_ids,
    "payer_code": lambda seen: seen.shares["credit_code"] - seen.valid_ids,
    "diagnosis_code": lambda seen: seen.shares["disease"],
    "currency": lambda seen: seen.shares["currency"],
    "ethnicity": lambda seen: seen.shares["ethnicity"],
    "account_no": lambda seen: max(seen.shares["masked"], 0.7 * (1 - seen.valid_ids) * seen.unique),
    **dict.fromkeys(
        ("entity_name", "payer_name", "employer_name", "unit_name", "school_name", "institution"),
        lambda seen: max(seen.shares["organisation"], 0.7 * (1 - seen.numeric - seen.valid_ids)),
    ),
}


@dataclass(frozen=True)
class Match:
    """A delivered column (by position) that is taken for a canonical one, and how sure that is, from 0 to 100."""

    at: int
    to: str
    score: float


def fit(seen: Seen, column: Column, spellings: Mapping[str, str]) -> float:
    """How well values fit a canonical column, from 0 to 1."""
    if not seen.filled:
        return _BLANK
    match column.kind:
        case "raw":
            name = column.name.startswith("name") or column.name.endswith("_name")
            return seen.shares["han_name"] if name else max(seen.valid_ids, 0.9 * seen.shares["id_like"])
        case "date":
            return max(seen.days.values(), default=0.0)
        case "month":
            return max([*seen.months.values(), *(0.9 * share for share in seen.days.values())], default=0.0)
        case "money" | "number":
            return seen.numeric * (1 - seen.valid_ids)
        case "bool":
            return 1.0 if seen.distinct <= 3 else 0.0
        case "code":
            return _codes_fit(seen, spellings)
        case _:
            return _text_fits(seen, column)


def _codes_fit(seen: Seen, spellings: Mapping[str, str]) -> float:
    if not seen.codes or seen.distinct > MOST_CODES or (seen.distinct > FEW_CODES and seen.unique > 0.5):
        return 0.0
    known = sum(n for spelling, n in seen.codes.items() if code_meant(spelling, spellings))
    return 0.4 + 0.6 * known / seen.filled


def _text_fits(seen: Seen, column: Column) -> float:
    if column.name in _OF_TEXT:
        return max(0.0, _OF_TEXT[column.name](seen))
    if column.name == "record_no":
        return seen.unique**3 * (1 - 0.8 * seen.valid_ids)
    return 0.75 * (1 - seen.valid_ids)


def matched(look: Look, contract: Contract, known: Sequence[Layout]) -> list[Match]:
    """The best assignment of delivered columns to canonical ones, greedily from the surest on.

    Without a header values must speak, and places: departments that write no header follow the agreed order.
    """
    named = any(look.headers)
    scored = []
    for place, column in enumerate(contract.columns):
        words = headers_of(contract, column, known)
        spellings = spellings_of(contract, column, known) if column.codes else {}
        for at, seen in enumerate(look.columns):
            value = fit(seen, column, spellings)
            other = header_score(look.headers[at], words) if named else _in_place(at, place, look, contract)
            scored.append(
                (_together(other, value), -place, -at, Match(at, column.name, _together(other, value)))
            )
    taken: dict[str, Match] = {}
    for score, _, _, match in sorted(scored, key=lambda one: one[:3], reverse=True):
        free = match.to not in taken and all(match.at != other.at for other in taken.values())
        if free and score >= LEAST:
            taken[match.to] = match
    return sorted(taken.values(), key=lambda match: match.at)


def _together(other: float, value: float) -> float:
    # A header alone is not enough where the values speak against it, nor are values without any word.
    return (0.65 * other + 35 * value) * (0.55 if value < 0.15 else 1.0)


def _in_place(at: int, place: int, look: Look, contract: Contract) -> float:
    """How much a column without a header stands where the contract has it."""
    whole = len(look.columns) == len(contract.columns)
    return max(0.0, (78.0 if whole else 60.0) - 12 * abs(at - place))
