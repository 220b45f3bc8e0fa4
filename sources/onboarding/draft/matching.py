"""Which delivered column is which canonical one: by its header and by what its values look like.

Here belong scores and the assignment. Not here: words (`words`), formats and codes of a column (`drafting`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sources.contract import Column, Contract
from sources.layout import Layout
from sources.onboarding.draft.words import code_meant, header_score, headers_of, spellings_of
from sources.onboarding.look import Look, Seen

SURE = 80.0
"""Score from which a match is not marked for a second look."""
LEAST = 52.0
"""Score below which a column is left to a person."""
AGAINST = 0.15
"""Fit below which the values speak against a column, whatever its header says."""
ALONE = {"raw": 0.8, "date": 0.9, "month": 0.9, "money": 0.9, "code": 0.35}
"""Fit from which values may speak alone, for the last column of a kind."""
MOST_CODES = 40
MOST_WORDS = 4  # of yes and no, and characters of each
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
            if name:  # a company's name has the characters of a person's
                return seen.shares["han_name"] * (1 - 0.7 * seen.shares["organisation"])
            return max(seen.valid_ids, 0.9 * seen.shares["id_like"])
        case "date":
            return max(seen.days.values(), default=0.0)
        case "month":
            return max([*seen.months.values(), *(0.9 * share for share in seen.days.values())], default=0.0)
        case "number" if seen.is_flag:
            return 0.0
        case "money" | "number":
            return seen.numeric * (1 - seen.valid_ids)
        case "bool":
            return (
                1.0
                if seen.distinct <= MOST_WORDS and all(len(word) <= MOST_WORDS for word in seen.codes)
                else 0.0
            )
        case "code":
            return _codes_fit(seen, spellings)
        case _:
            return _text_fits(seen, column)


def _codes_fit(seen: Seen, spellings: Mapping[str, str]) -> float:
    if not seen.codes or seen.distinct > MOST_CODES or (seen.distinct > FEW_CODES and seen.unique > 0.5):
        return 0.0
    if max(seen.days.values(), default=0) > 0.9 and not spellings.keys() & seen.codes.keys():
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
    if named:
        taken |= {match.to: match for match in _left_over(look, contract, taken, known)}
    return sorted(taken.values(), key=lambda match: match.at)


def _together(other: float, value: float) -> float:
    # A header alone is not enough where the values speak against it, nor are values without any word.
    return (0.65 * other + 35 * value) * (0.4 if value < AGAINST else 1.0)


def _left_over(
    look: Look, contract: Contract, taken: Mapping[str, Match], known: Sequence[Layout]
) -> Iterator[Match]:
    """Matches by values alone: one canonical column and one delivered one are left that fit each other only."""
    free = [at for at in range(len(look.columns)) if all(at != match.at for match in taken.values())]
    left = [c for c in contract.columns if c.name not in taken and c.kind not in ("text", "bool", "number")]
    fits = {
        column.name: [
            at
            for at in free
            if fit(look.columns[at], column, spellings_of(contract, column, known)) > ALONE[column.kind]
        ]
        for column in left
    }
    for name, places in fits.items():
        rivals = sum(places == other or set(places) & set(other) != set() for other in fits.values())
        if len(places) == 1 and rivals == 1 and look.columns[places[0]].filled:
            yield Match(places[0], name, LEAST)


def _in_place(at: int, place: int, look: Look, contract: Contract) -> float:
    """How much a column without a header stands where the contract has it."""
    whole = len(look.columns) == len(contract.columns)
    return max(0.0, (78.0 if whole else 60.0) - 12 * abs(at - place))
