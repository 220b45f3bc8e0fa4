"""People nobody could overlook, planted in a city's deliveries, are nowhere in the analyst file."""

import codecs
import gzip
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from pipelines.run import Outcome
from tests.night.conftest import night_of

BIRD = "鸑鷟"  # in no name, place or sentence of the made city
PHONE = "19900098765"
PLACE = f"{BIRD}里98765号"
DEBT = f"欠{BIRD}98765.43元"
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


def planted(line: str, chosen: dict[str, Person]) -> str:
    """The line with every chosen person's name, phone and address made unmistakable."""
    for number in re.findall("[0-9]{17}[0-9Xx]", line):
        person = chosen.get(number.upper())
        if person is not None:
            line = line.replace(person.name, person.canary)
            for phone in person.phones:
                line = line.replace(phone, PHONE)
            for address in person.addresses:
                line = line.replace(address, address + PLACE)
    return line


def plant(landing: Path, to: Path, chosen: dict[str, Person]) -> Path:
    """Copy a landing area with canaries in every text, and one more row of the roll that cannot be read."""
    shutil.copytree(landing, to, ignore=shutil.ignore_patterns("_manifest.json"))
    for file in sorted(
        path for path in to.rglob("*") if path.suffix in {".csv", ".tsv", ".txt", ".gz", ".jsonl"}
    ):
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        encoding = encoding_of(content)
        lines = [
            planted(line, chosen) for line in content.decode(encoding, errors=KEPT).splitlines(keepends=True)
        ]
        if file.parent.parent.name == "assistance_roll":
            row = next(line for line in lines if BIRD in line).strip().split(",")
            amounts = [place for place, cell in enumerate(row) if re.fullmatch(r"[0-9]+\.[0-9]{2}", cell)]
            lines.append(
                ",".join([f"{row[0]}9", *row[1 : amounts[0]], DEBT, *row[amounts[0] + 1 :]]) + "\r\n"
            )
        text = "".join(lines).encode(encoding, errors=KEPT)
        file.write_bytes(gzip.compress(text) if file.suffix == ".gz" else text)
    return to


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


@pytest.fixture(scope="module")
def chosen(database: Path) -> dict[str, Person]:
    return {person.number: person for person in people(database)}


@pytest.fixture(scope="module")
def night(landing: Path, chosen: dict[str, Person], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("canary")
    outcome = night_of(plant(landing, folder / "landing", chosen), folder / "warehouse")
    assert outcome.published, outcome.why
    return outcome


@pytest.fixture(scope="module")
def files(night: Outcome) -> tuple[Path, Path]:
    """The restricted and the analyst file."""
    restricted = Path(str(night.summary["database"]))
    return restricted, restricted.parents[1] / "analyst" / restricted.name


def test_canaries_are_in_the_restricted_file_and_in_no_other(
    night: Outcome, files: tuple[Path, Path], chosen: dict[str, Person]
) -> None:
    whole, masked = (dumped(file) for file in files)
    assert len(chosen) > 8
    planted_texts = [BIRD, PHONE, PLACE, DEBT, "98765.43"]
    assert [text for text in planted_texts if text not in whole] == []
    assert [text for text in planted_texts if text in masked] == []
    assert sum(number in whole for number in chosen) == len(chosen)
    assert sum(number in masked or number[6:14] in masked for number in chosen) == 0
    assert BIRD.encode() not in files[1].read_bytes()
    assert BIRD not in json.dumps(night.summary, ensure_ascii=False)
    manifests = files[0].parents[1] / "manifest"
    assert not any(BIRD in path.read_text(encoding="utf-8") for path in manifests.iterdir())


def test_nothing_long_that_the_restricted_file_says_of_them_is_in_the_other(
    files: tuple[Path, Path], chosen: dict[str, Person]
) -> None:
    """Accounts, plates, certificates, employers, schools: whatever a department wrote of a canary."""
    masked = dumped(files[1])
    gone = {
        "bank_accounts": ["account_no"], "vehicles": ["plate_no"], "real_estate": ["certificate_no", "address"],
        "social_insurance": ["employer_name"], "tax_income": ["payer_code", "payer_name"], "students": ["school_name"],
        "business_registrations": ["entity_code", "entity_name"], "disability_certificates": ["certificate_no"],
        "household_registry": ["address", "household_no"], "assistance_roll": ["case_no", "address"],
    }  # fmt: skip
    with duckdb.connect(str(files[0]), read_only=True) as connection:
        said = {
            str(value)
            for source, columns in gone.items()
            for column in columns
            for (value,) in connection.execute(
                f"SELECT DISTINCT {column} FROM core.{source} WHERE list_contains($numbers, id_number) AND length({column}) > 5",
                {"numbers": list(chosen)},
            ).fetchall()
        }
    assert len(said) > 20
    assert sum(value in masked for value in said) == 0


def test_canaries_have_masked_findings(files: tuple[Path, Path], chosen: dict[str, Person]) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            f"ATTACH '{files[0]}' AS whole (READ_ONLY); ATTACH '{files[1]}' AS masked (READ_ONLY)"
        )
        count = "SELECT count(*) FROM {}.out.finding WHERE explanation_zh LIKE '%{}%'"
        for name in {person.canary for person in chosen.values()}:
            ((whole,),) = connection.execute(count.format("whole", name)).fetchall()
            ((masked,),) = connection.execute(count.format("masked", f"{name[0]}某")).fetchall()
            assert masked >= whole
        ((told,),) = connection.execute(count.format("whole", BIRD)).fetchall()
    assert told >= 5
