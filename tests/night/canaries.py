"""People nobody could overlook, planted in a city's deliveries, and what a reader, a log or a disk shows of them.

Here belongs planting and looking; what must not show where is in the tests (test_canary.py, test_canary_traces.py).
"""

import codecs
import gzip
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

BIRD = "鸑鷟"  # in no name, place or sentence of the made city
PHONE = "19900098765"
PLACE = f"{BIRD}里98765号"
DEBT = f"欠{BIRD}98765.43元"
AMOUNT = "7654321.89"
COSTLY = {"bank_accounts", "business_registrations", "medical_settlements", "real_estate", "tax_income"}
TEXTS = {".csv", ".tsv", ".txt", ".gz", ".jsonl"}
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "unicode_escape")
KEPT = "surrogateescape"  # broken bytes stay as they were delivered
RULES = ("X04", "X05", "X12", "X17", "C03", "C04", "O09", "P01", "P02")


@dataclass(frozen=True)
class Person:
    """Somebody with a finding, as delivered."""

    number: str
    name: str
    phones: frozenset[str]
    addresses: frozenset[str]

    @property
    def canary(self) -> str:
        return self.name[0] + BIRD


def people(database: Path) -> list[Person]:
    """One person of a finding of each rule: the subject, or somebody of the household."""
    query = """
        WITH subject AS (
            SELECT finding.rule_id, coalesce(finding.person_id, member.person_id) AS person_id
            FROM out.finding AS finding
            LEFT JOIN core.household_member AS member ON finding.household_id = member.household_id
        )
        SELECT
            person.id_number, person.name,
            list(DISTINCT roll.phone) FILTER (WHERE roll.phone IS NOT NULL),
            list(DISTINCT roll.address) FILTER (WHERE roll.address IS NOT NULL) || [person.address]
        FROM subject
        INNER JOIN core.person AS person ON subject.person_id = person.person_id AND length(person.name) > 1
        LEFT JOIN core.assistance_roll AS roll ON person.person_id = roll.person_id
        WHERE person.id_number IS NOT NULL AND list_contains($rules, subject.rule_id)
        GROUP BY subject.rule_id, person.id_number, person.name, person.address
        QUALIFY row_number() OVER (PARTITION BY subject.rule_id ORDER BY person.id_number) <= 2
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(query, {"rules": list(RULES)}).fetchall()
    return [
        Person(number, name, frozenset(phones or ()), frozenset(filter(None, addresses or ())))
        for number, name, phones, addresses in found
    ]


def encoding_of(content: bytes) -> str:
    """The encoding of a delivered text; broken bytes stand in some on purpose."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def planted(line: str, chosen: dict[str, Person], *, costly: bool) -> str:
    """The line with every chosen person's name, phone and address made unmistakable, and an amount where it is ``costly``."""
    for number in re.findall("[0-9]{17}[0-9Xx]", line):
        person = chosen.get(number.upper())
        if person is not None:
            line = line.replace(person.name, person.canary)
            for phone in person.phones:
                line = line.replace(phone, PHONE)
            for address in person.addresses:
                line = line.replace(address, address + PLACE)
            line = re.sub(r"(?<![0-9.])[0-9]+\.[0-9]{2}(?![0-9])", AMOUNT, line, count=1) if costly else line
    return line


def opened(file: Path) -> tuple[str, str]:
    """What a delivered text says, and its encoding."""
    content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    encoding = encoding_of(content)
    return content.decode(encoding, errors=KEPT), encoding


def rewrite(file: Path, text: str, encoding: str) -> None:
    """Put another text into a delivered file."""
    content = text.encode(encoding, errors=KEPT)
    file.write_bytes(gzip.compress(content, 1) if file.suffix == ".gz" else content)


def texts(folder: Path) -> list[Path]:
    """The delivered texts below a folder."""
    return sorted(path for path in folder.rglob("*") if path.suffix in TEXTS)


def plant(landing: Path, to: Path, chosen: dict[str, Person]) -> Path:
    """Copy a landing area with canaries in every text, and one more row of the roll that cannot be read."""
    shutil.copytree(landing, to, ignore=shutil.ignore_patterns("_manifest.json"))
    for file in texts(to):
        source = file.parent.parent.name
        text, encoding = opened(file)
        lines = [planted(line, chosen, costly=source in COSTLY) for line in text.splitlines(keepends=True)]
        if source == "assistance_roll":
            row = next(line for line in lines if BIRD in line).strip().split(",")
            amounts = [place for place, cell in enumerate(row) if re.fullmatch(r"[0-9]+\.[0-9]{2}", cell)]
            lines.append(
                ",".join([f"{row[0]}9", *row[1 : amounts[0]], DEBT, *row[amounts[0] + 1 :]]) + "\r\n"
            )
        rewrite(file, "".join(lines), encoding)
    return to


def no_header(lines: list[str]) -> list[str]:
    """The file without its first line."""
    return lines[1:]


def people_for_header(lines: list[str]) -> list[str]:
    """A row of a canary in the place of the header."""
    return [next((line for line in lines[1:] if BIRD in line), lines[-1]), *lines[1:]]


def moved(lines: list[str]) -> list[str]:
    """Every cell one column to the right: names and numbers where codes and dates should be."""
    return [lines[0], *(f"1,{line}" for line in lines[1:])]


def cut(lines: list[str]) -> list[str]:
    """Quotes that are never closed, and a last line that ends in the middle of somebody."""
    return [lines[0], *(f'"{line}' for line in lines[1:-1]), lines[-1][: len(lines[-1]) // 2]]


def break_newer(landing: Path, day: str) -> int:
    """Deliver everything that is text once more on ``day``, broken in four ways in turn; returns how many files."""
    broken = 0
    for folder in sorted(path for path in landing.iterdir() if not path.name.startswith("_")):
        newest = max((path for path in folder.iterdir() if path.name < day), default=None)
        if newest is None or not texts(newest) or (folder / day).exists():
            continue
        shutil.copytree(newest, folder / day)
        for file in texts(folder / day):
            text, encoding = opened(file)
            way = (no_header, people_for_header, moved, cut)[broken % 4]
            rewrite(file, "".join(way(text.splitlines(keepends=True))), encoding)
            broken += 1
    return broken


def traces(content: str | bytes, more: Iterable[str] = ()) -> list[str]:
    """What of the planted stands in ``content``, in any encoding and as JSON or Python write it."""
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    said = [BIRD, PHONE, PLACE, "98765.43", AMOUNT, "7,654,321.89", AMOUNT.partition(".")[0], *more]
    return [word for word in said if any(form in raw for form in _forms(word))]


def _forms(word: str) -> list[bytes]:
    """A word in every encoding, and in JSON inside of JSON."""
    forms = [word.encode(encoding) for encoding in ENCODINGS]
    return [*forms, forms[-1].replace(b"\\", b"\\\\")]


def dumped(database: Path) -> str:
    """Everything a reader of the file could see: every cell, comment and view."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal"
        ).fetchall()
        queries = [
            "SELECT comment, sql FROM duckdb_tables()", "SELECT comment, sql FROM duckdb_views()",
            "SELECT comment FROM duckdb_columns()", *(f"SELECT * FROM {schema}.{table}" for schema, table in tables),
        ]  # fmt: skip
        return "\n".join(str(row) for query in queries for row in connection.execute(query).fetchall())
