"""The bench on which scenarios are built: people, cases, rows and what a careful office must find.

Here: the vocabulary of the scenario modules (person, case, row, must, must_not, may, tell) and the book that
keeps all planted things of a city. Not here: any scenario, names and numbers (given later, with everybody's).
A plant lives in a household of its own that is otherwise clean, so that what is found there is found for one
reason.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from synth.frames import year_before
from synth.places import COUNTY
from synth.plants.book import Book, Person, Row
from synth.plants.defaults import AMOUNTS, TEKUN_IN_TOWN, filled
from synth.plants.hue import worst_colour
from synth.plants.variety import variety

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SCENARIOS", "Book", "Person", "Plot", "Row", "scenario"]

KINDS = {"X": "exclusion", "O": "omission", "C": "care", "P": "data"}
SEVERITY_OF_CARE = {"C05": "yellow", "C06": "yellow"}


class Plot:
    """One plant under construction."""

    def __init__(self, book: Book, rule: str, kind: str, name: str, *, damaged: bool) -> None:
        """Opens a plant; `damaged` says that the rows it rests on will be damaged recoverably."""
        self.book, self.rule, self.night = book, rule, book.night
        self.scenario = f"{rule}:{kind}:{name}"
        self.number = len(book.plants) + 1
        self.variety = variety(self.number)
        self.damaged = damaged
        self.home: str | None = None
        self.first: Person | None = None
        self.colourless = False
        self.own: list[Row] = []
        book.plants.append(
            {
                "plant": self.number,
                "rule_id": rule,
                "kind": kind,
                "scenario": self.scenario,
                "damaged": damaged,
            }
        )
        self.booklet()

    def ago(self, days: int) -> date:
        """The day that many days before the night."""
        return self.night - timedelta(days=days)

    def month(self, position: int) -> date:
        """First day of month M1..M12 of the ledger (M12 the month before the night's); 13 the night's own."""
        at = self.night.year * 12 + self.night.month - 1 - (13 - position)
        return date(at // 12, at % 12 + 1, 1)

    def booklet(self) -> None:
        """Opens the next booklet: people made from here on live in it."""
        self.book.booklets += 1
        self.booklet_no = f"{COUNTY}9{self.book.booklets:07d}"

    def person(
        self,
        age: float = 66,
        *,
        male: bool = True,
        relation: str = "01",
        born: date | None = None,
        **more: object,
    ) -> Person:
        """Adds a person of the open booklet, whose last birthday lies two weeks to half a year back.

        Other keyword arguments are columns of naming.PEOPLE; `born` gives the birth date itself. In some plants
        men and women, sons and daughters change places (variety.py): no rule reads that.
        """
        if self.variety.turned:
            male, relation = not male, {"20": "30", "30": "20"}.get(relation, relation)
        pid = self.book.first_pid + len(self.book.people)
        born = born or self.ago(int(age * 365.2425) + 15 + len(self.book.people) * 53 % 170)
        default = {
            "hh": self.book.booklets, "household_no": self.booklet_no, "marital": 2,
            "urban": self.variety.urban, "ethnicity": self.variety.ethnicity,
            "place": COUNTY, "outsider": False, "in_registry": True, "status": "normal",
        }  # fmt: skip
        if relation == "10" or more.pop("married", False):
            default["marital"] = 1
        if relation in ("20", "30", "40"):
            default["marital"] = 0
        row = {**default, "pid": pid, "relation": relation, "male": male, "birth": born, "plant": self.number}
        self.book.people.append({**row, **more})
        made = Person(pid, born, male)
        self.first = self.first or made
        return made

    def couple(self, age: float = 67, spouse: float = 65) -> tuple[Person, Person]:
        """Adds a head and a spouse, by default both past work and under 80."""
        return self.person(age, married=True), self.person(spouse, male=False, relation="10")

    def stranger(self, like: Person, *, same_birth: bool = False) -> Person:
        """Adds somebody from elsewhere with the name of `like`, on no spine."""
        born = like.birth if same_birth else like.birth - timedelta(days=4021)
        return self.person(
            male=like.male != self.variety.turned, born=born, name_of=like.pid, place=320623, outsider=True, in_registry=False,
            household_no=None, hh=None, relation="90",
        )  # fmt: skip

    def row(self, source: str, who: Person, *, key: bool = True, **values: object) -> Row:
        """Adds a row of a department; `earlier` says how the night before had it (None: not at all)."""
        row = filled(self, source, len(self.book.rows.get(source, [])), who)
        hurt = (
            "repairable"
            if key and self.damaged and source not in ("assistance_roll", "household_registry")
            else None
        )
        row |= {"pid": who.pid, "plant": self.number, "key": key, "hurt": hurt, **values}
        self.book.rows.setdefault(source, []).append(row)
        self.own.append(row)
        return row

    def case(self, program: str, *people: Person, key: bool = False, **values: object) -> str:
        """Opens a case of `people`, the first the applicant; values apply to every row. Returns its number."""
        self.book.cases += 1
        number = f"AJ{COUNTY}9{self.book.cases:07d}"
        if program in ("dibao", "tekun", "marginal", "rigid_expenditure") and values.get("status") != "ended":
            self.home = self.home or number
        for at, who in enumerate(people):
            mine = self.book.people[who.pid - self.book.first_pid]
            role: Row = {
                "role": "member" if at else "applicant",
                "relation": mine["relation"] if at else "01",
            }
            role["monthly_amount"] = (
                TEKUN_IN_TOWN if program == "tekun" and mine["urban"] else AMOUNTS[program]
            )
            self.row("assistance_roll", who, key=key, case_no=number, program=program, **{**role, **values})
        return number

    # What must be found -----------------------------------------------------------------------------------

    def _finding(self, must: int, rule: str, severity: str | None, who: Person | None, case: str | None,
                 program: str | None, step: str | None) -> None:  # fmt: skip
        self.book.findings.append(
            {
                "rule_id": rule, "kind": KINDS[rule[0]], "must": must, "severity": severity, "case_no": case,
                "pid": who.pid if who else None, "program": program, "scenario": self.scenario,
                "plant": self.number, "damaged": self.damaged, "step": step,
            }
        )  # fmt: skip

    def must(self, rule: str, severity: str | None, who: Person | None = None, case: str | None = None,
             program: str | None = None, step: str | None = None) -> None:  # fmt: skip
        """Says that the rule has to fire."""
        self._finding(1, rule, severity, who, case, program, step)

    def must_not(self, rule: str, who: Person | None = None, case: str | None = None) -> None:
        """Says that the rule must not fire."""
        self._finding(-1, rule, None, who, case, None, None)

    def may(self, *rules: str) -> None:
        """Says that these rules may fire here: side effects nobody is blamed for."""
        for rule in rules:
            self._finding(0, rule, None, None, None, None, None)

    def cares(self, rule: str, *people: Person) -> None:
        """Says that a care rule has to fire for these people."""
        for who in people:
            self.must(rule, SEVERITY_OF_CARE.get(rule, "red"), who)

    def tell(
        self, change: str, cause: str, who: Person | None, case: str | None, rule: str | None = None
    ) -> None:
        """Says that the night must tell a change since the night before."""
        self.book.alerts.append(
            {
                "rule_id": rule or self.rule, "change": change, "cause": cause, "case_no": case,
                "pid": who.pid if who else None, "plant": self.number, "scenario": self.scenario,
                "damaged": self.damaged,
            }
        )  # fmt: skip

    def tell_if_yesterday_was_within(self, rule: str, who: Person | None) -> None:
        """Says that what lies on this day a year ago counted yesterday, and the night must tell that it is over.

        On 29 February it does not: a year before that day and before the 28th is the same day.
        """
        if year_before(self.ago(1)) < year_before(self.night):
            self.tell("cleared", "time", who, None, rule)

    def close(self) -> None:
        """Writes the colours that follow from what must be found in the plant's first household."""
        self.damaged = any(row["hurt"] == "repairable" for row in self.own)
        for told in (*self.book.findings, *self.book.alerts, self.book.plants[-1]):
            if told["plant"] == self.number:
                told["damaged"] = self.damaged
        if self.colourless:
            return
        mine = [f for f in self.book.findings if f["plant"] == self.number]
        colours = {name: worst_colour(mine, kinds, damaged=self.damaged) for name, kinds in
                   (("risk", "XP"), ("omission", "O"), ("care", "C"))}  # fmt: skip
        pid = None if self.home else self.first.pid if self.first else None
        self.book.homes.append(
            {"case_no": self.home, "pid": pid, **colours, "plant": self.number, "scenario": self.scenario}
        )


SCENARIOS: list[tuple[str, str, str, Callable[[Plot], None]]] = []
"""Every scenario: rule, `hit` or `near`, name, builder. Filled by the modules beside this one."""


def scenario(rule: str, kind: str) -> Callable[[Callable[[Plot], None]], Callable[[Plot], None]]:
    """Registers a builder under its own name."""

    def keep(build: Callable[[Plot], None]) -> Callable[[Plot], None]:
        SCENARIOS.append((rule, kind, build.__name__, build))
        return build

    return keep
