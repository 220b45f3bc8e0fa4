"""The bench on which scenarios are built: people, cases, rows and what a careful office must find.

Here: what is written into the book of all planted things of a city: a person, a case's number, a row, a finding,
an alert. Not here: the words in which plants say them (reading.py), names and numbers (given later, with everybody's).
A plant lives in a household of its own that is otherwise clean, so that what is found there is found for one
reason.
"""

from __future__ import annotations

from datetime import date, timedelta

from synth.places import COUNTY
from synth.plants.book import Book, Person, Row
from synth.plants.days import ago
from synth.plants.defaults import HOUSEHOLD_PROGRAMS, filled
from synth.plants.hue import worst_colour
from synth.plants.variety import variety

__all__ = ["Book", "Person", "Plot", "Row"]

ELSEWHERE: Row = {
    "place": 320623, "outsider": True, "in_registry": False, "household_no": None, "hh": None, "relation": "90",
}  # fmt: skip
"""Somebody of another county, on no spine."""
KINDS = {"X": "exclusion", "O": "omission", "C": "care", "P": "data"}


class Plot:
    """One plant under construction."""

    def __init__(self, book: Book, rule: str, kind: str, name: str, *, damaged: bool) -> None:
        """Opens a plant; `damaged` says that the rows it rests on will be damaged recoverably."""
        self.book, self.rule, self.kind = book, rule, kind
        self.night: date = book.night
        self.scenario = f"{rule}:{kind}:{name}"
        self.number = len(book.plants) + 1
        self.variety = variety(self.number)
        self.damaged: bool = damaged
        self.home: str | None = None
        self.first: Person | None = None
        self.colourless = False
        self.own: list[Row] = []
        self.latest: dict[str, Row] = {}
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
        return ago(self.night, days)

    def of(self, who: Person) -> Row:
        """What the registry has of somebody planted."""
        return self.book.people[who.pid - self.book.first_pid]

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

    def stranger(self, like: Person, *, same_birth: bool = False) -> Person:
        """Adds somebody from elsewhere with the name of `like`, on no spine."""
        born = like.birth if same_birth else like.birth - timedelta(days=4021)
        return self.person(
            **{**ELSEWHERE, "male": like.male != self.variety.turned, "born": born, "name_of": like.pid}
        )

    def row(
        self, source: str, who: Person, *, key: bool = True, later: bool = False, **values: object
    ) -> None:
        """Adds a row of a department.

        `earlier` says how the night before had it (None: not at all), `later` that it stands only in a snapshot
        dated after the night.
        """
        row = filled(self, source, len(self.book.rows.get(source, [])), who)
        hurt = (
            "repairable"
            if key and self.damaged and source not in ("assistance_roll", "household_registry")
            else None
        )
        row |= {"pid": who.pid, "plant": self.number, "key": key, "hurt": hurt, **values}
        if later:
            self.book.later.append((source, row))
        else:
            self.book.rows.setdefault(source, []).append(row)
        self.own.append(row)
        self.latest[source] = row

    def case(self, program: str, status: object) -> str:
        """Gives the number of a new case; the first open one of a household programme is the plant's home."""
        self.book.cases += 1
        number = f"AJ{COUNTY}9{self.book.cases:07d}"
        if program in HOUSEHOLD_PROGRAMS and status != "ended":
            self.home = self.home or number
        return number

    def finding(self, must: int, rule: str, severity: str | None, who: Person | None, case: str | None,
                program: str | None, step: str | None) -> None:  # fmt: skip
        """Says that a rule has to fire (1), must not (-1), or may without blame (0)."""
        self.book.findings.append(
            {
                "rule_id": rule, "kind": KINDS[rule[0]], "must": must, "severity": severity, "case_no": case,
                "pid": who.pid if who else None, "program": program, "scenario": self.scenario,
                "plant": self.number, "damaged": self.damaged, "step": step,
            }
        )  # fmt: skip

    def alert(self, rule: str, change: str, cause: str, who: Person | None, case: str | None) -> None:
        """Says that the night must tell a change since the night before."""
        self.book.alerts.append(
            {
                "rule_id": rule, "change": change, "cause": cause, "case_no": case,
                "pid": who.pid if who else None, "plant": self.number, "scenario": self.scenario,
                "damaged": self.damaged,
            }
        )  # fmt: skip

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
