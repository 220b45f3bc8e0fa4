"""A plant's cases on the roll, and the people on them.

Here: from the cases of a plant's entry to rows of the roll. Not here: rows of other departments (rows.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from synth.plants.defaults import HOUSEHOLD_PROGRAMS, amount
from synth.plants.rows import listed, written

if TYPE_CHECKING:
    from synth.plants.plot import Person, Plot, Row


class Case(NamedTuple):
    """A case of a plant: its number and its programme."""

    number: str
    program: str


def on_roll(p: Plot, case: Case, who: Person, said: Row, own: Row) -> Row:
    """What the roll says of one of a case's people, by what the case says and what is his own.

    Who is not covered is paid nothing, and a status stands since its case unless a day is said.
    """
    row = {"case_no": case.number, "program": case.program, "key": False, **said, **own}
    if not row.setdefault("covered", row["role"] != "supporter"):
        row["monthly_amount"] = own.get("monthly_amount", 0.0)
    row.setdefault("monthly_amount", amount(case.program, urban=p.of(who)["urban"]))
    since = row.get("end_date") or row.get("start_date")
    return {"status_since": since, **row} if since else row


def opened(p: Plot, said: Any, people: dict[str, Person]) -> Case:  # noqa: ANN401 - a programme or an entry
    """Opens a case of a programme.

    A household programme covers the whole first booklet and a personal one the first person, unless `of` names
    them; each of `of` and `supporters` may say what is his own. `begun` is start and authorization in one.
    """
    values = {"program": said} if isinstance(said, str) else dict(said)
    program = values.pop("program")
    case = Case(p.case(program, values.get("status")), program)
    of, supporters, begun = (values.pop(key, None) for key in ("of", "supporters", "begun"))
    if begun:
        values |= {"start_date": begun, "authorized_on": begun}
    first = p.of(next(iter(people.values())))["hh"]
    booklet = [one for one, who in people.items() if p.of(who)["hh"] == first]
    members = listed(of or (booklet if program in HOUSEHOLD_PROGRAMS else booklet[:1]))
    for at, one in enumerate([*members, *listed(supporters or [])]):
        own = dict(one) if isinstance(one, dict) else {"who": one}
        who = people[own.pop("who")]
        if at >= len(members):
            row = on_roll(p, case, who, {"role": "supporter", "relation": "20" if who.male else "30"}, own)
        elif at:
            row = on_roll(p, case, who, {"role": "member", "relation": p.of(who)["relation"], **values}, own)
        else:
            row = on_roll(p, case, who, {"role": "applicant", "relation": "01", **values}, own)
        p.row("assistance_roll", who, **written(p, "assistance_roll", row, people))
    return case


def cases_of(p: Plot, said: Any, people: dict[str, Person]) -> dict[str, Case]:  # noqa: ANN401 - one or several
    """Opens a plant's cases, by the names that it calls them: dibao, and a second of dibao dibao2."""
    cases: dict[str, Case] = {}
    for one in listed(said):
        case = opened(p, one, people)
        before = sum(other.program == case.program for other in cases.values())
        cases[f"{case.program}{before + 1 if before else ''}"] = case
    return cases
