"""An authorization whose last day was delivered and cannot be read opens nothing, in either province's layout.

The night before reads the city as it is; then the department writes one family's last day in another form than the layout
reads, and another family's in the right one: it ran out. Both must end alike but for what is said of it.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

import pipelines.run
from pipelines.run import Outcome
from pipelines.settings import Settings
from sources import CONTRACTS, load_layout
from synth import make_city
from tests.night.conftest import BEFORE, NIGHT, Eve, night_of
from tests.night.test_bad_input import copied, newest, spoil

GATED = ("bank_accounts", "financial_products", "tax_income")
FAMILIES = """
    WITH own AS (
        SELECT case_no, person_id FROM core.case_member
        WHERE program = 'dibao' AND is_open AND authorized_on IS NOT NULL
    ),
    elsewhere AS (
        SELECT own.case_no FROM own JOIN core.case_member AS other USING (person_id) WHERE other.is_household_program
        GROUP BY own.case_no, own.person_id HAVING count(*) > 1
    ),
    gated AS (SELECT person_id FROM core.bank_accounts UNION ALL SELECT person_id FROM core.tax_income)
    SELECT own.case_no FROM own JOIN gated USING (person_id) WHERE own.case_no NOT IN (SELECT case_no FROM elsewhere)
    GROUP BY own.case_no ORDER BY count(*) DESC, own.case_no
"""
"""Open dibao cases that gated rows speak of, and whose people are on no other case that might open them too."""


@dataclass(frozen=True)
class Nights:
    """Two nights of one city: one family whose last day cannot be read, one whose last day is past."""

    before: Path
    after: Path
    unread: str
    past: str

    def ask(self, query: str, *given: object, of: Path | None = None) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(of or self.after), read_only=True) as connection:
            return connection.execute(query, list(given)).fetchall()

    def gated_rows(self, case_no: str, of: Path) -> int:
        """Published rows of gated sources that speak, or may speak, of the people of a case."""
        each = " UNION ALL ".join(
            f"SELECT coalesce(person_id, candidate_person_id) AS who FROM core.{source}" for source in GATED
        )
        people = "SELECT person_id FROM core.case_member WHERE case_no = ?"
        ((found,),) = self.ask(f"SELECT count(*) FROM ({each}) WHERE who IN ({people})", case_no, of=of)
        return int(found)


def run(folder: Path, night: date, layout: str) -> Outcome:
    told = Settings(night, folder / "landing", folder / "warehouse", "rugao", layout, threads=1)
    outcome = pipelines.run.run_night(told)
    assert outcome.published, outcome.why
    return outcome


def write_last_days(landing: Path, layout: str, days: dict[str, str]) -> int:
    """Write `authorized_until` of whole cases into the newest roll, as text; return in how many lines."""
    snapshot = max(day for day in (landing / "assistance_roll").iterdir() if day.name <= str(NIGHT))
    (snapshot / "_manifest.json").unlink(missing_ok=True)
    said, changed = load_layout(layout)["assistance_roll"], 0
    assert said is not None
    for path in sorted(snapshot.iterdir()):
        form = said.shape_of(path.name)
        assert form is not None
        named = {column.to: column.header[0] for column in form.columns if column.header}
        content = path.read_bytes()
        mark = b"\xff\xfe" if content.startswith(b"\xff\xfe") else b""
        # Broken bytes of the made city stay as they are.
        encoding, broken = ("utf-16-le", "surrogatepass") if mark else (form.encoding, "surrogateescape")
        lines = content.removeprefix(mark).decode(encoding, broken).split("\n")
        header = lines[form.title_rows].lstrip("\ufeff").rstrip("\r").split(form.separator)
        case, until = header.index(named["case_no"]), header.index(named["authorized_until"])
        for at, line in enumerate(lines):
            cells = line.rstrip("\r").split(form.separator)
            if len(cells) == len(header) and cells[case] in days:
                cells[until] = days[cells[case]]
                lines[at], changed = form.separator.join(cells) + line[len(line.rstrip("\r")) :], changed + 1
        path.write_bytes(mark + "\n".join(lines).encode(encoding, broken))
    return changed


@pytest.fixture(
    scope="module", params=[("jiangsu", "2020-05-01"), ("anhui", "43952")], ids=lambda given: given[0]
)
def nights(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Nights:
    layout, past_day = request.param
    folder = tmp_path_factory.mktemp(layout)
    make_city(folder, 800, 11, night=NIGHT, plants=1, delivered_as=layout)
    before = Path(run(folder, BEFORE, layout).summary["database"])
    with duckdb.connect(str(before), read_only=True) as connection:
        (unread,), (past,), *_ = connection.execute(FAMILIES).fetchall()
    assert write_last_days(folder / "landing", layout, {unread: "2020/5/1", past: past_day}) > 1
    after = Path(run(folder, NIGHT, layout).summary["database"])
    return Nights(before, after, unread, past)


def test_nobody_of_either_family_is_authorized(nights: Nights) -> None:
    query = "SELECT case_no, authorized, authorized_until, unreadable FROM core.case_member WHERE case_no IN (?, ?)"
    found = nights.ask(query, nights.unread, nights.past)
    assert {row[0] for row in found} == {nights.unread, nights.past}
    assert not any(authorized for _, authorized, *_ in found)
    for case, _, until, unreadable in found:
        assert (until is None) == (case == nights.unread)
        assert unreadable == (["authorized_until"] if case == nights.unread else [])


def test_no_gated_row_of_either_is_published_though_it_was_the_night_before(nights: Nights) -> None:
    for case in (nights.unread, nights.past):
        assert nights.gated_rows(case, nights.before) > 0
        assert nights.gated_rows(case, nights.after) == 0


def test_p01_fires_for_every_adult_and_says_why(nights: Nights) -> None:
    query = (
        "SELECT finding.explanation_zh, finding.explanation_en, finding.green_if_zh FROM out.finding AS finding"
        " JOIN core.person USING (person_id)"
        " WHERE rule_id = 'P01' AND status <> 'cleared' AND finding.case_no = ?"
    )
    adults = (
        "SELECT count(*) FROM core.case_member AS row JOIN core.person AS person USING (person_id) WHERE row.case_no = ?"
        " AND row.is_open AND row.role <> 'supporter' AND NOT person.is_dead AND person.birth_date <= DATE '2003-12-31'"
    )
    for case in (nights.unread, nights.past):
        found, ((expected,),) = nights.ask(query, case), nights.ask(adults, case)
        assert len(found) == expected > 0
        for zh, en, green in found:
            told = ["到期日期无法识别" in zh, "could not be read" in en, "无法识别" in green]
            assert told == [case == nights.unread] * 3
            assert ("2020年5月1日到期" in zh) == (case == nights.past)


def test_analysts_read_the_same_and_which_columns_could_not_be_read(nights: Nights) -> None:
    analyst = nights.after.parents[1] / "analyst" / nights.after.name
    query = (
        "SELECT count(*) FROM out.finding WHERE rule_id = 'P01' AND explanation_zh LIKE '%到期日期无法识别%'"
    )
    assert nights.ask(query, of=analyst) == nights.ask(query) != [(0,)]
    for source in CONTRACTS:
        assert cells(nights, source, of=analyst) == cells(nights, source), source


def test_what_changed_is_told_as_authorization(nights: Nights) -> None:
    query = "SELECT change, cause FROM out.alert WHERE rule_id = 'P01' AND case_no = ?"
    for case in (nights.unread, nights.past):
        assert set(nights.ask(query, case)) == {("new", "authorization")}


def cells(nights: Nights, source: str, of: Path | None = None) -> dict[str, int]:
    """In how many published rows of a source each column is named as unreadable."""
    query = f"SELECT name, count(*) FROM (SELECT unnest(unreadable) AS name FROM core.{source}) GROUP BY name"
    return dict(nights.ask(query, of=of))


def test_rows_name_as_many_cells_as_the_audit_counts(nights: Nights) -> None:
    """Of gated sources at most as many: of the rows of others the count alone remains."""
    query = "SELECT column_name, CAST(sum(n) AS BIGINT) FROM audit.cell_refused WHERE source = ? GROUP BY ALL"
    counted = {source: dict(nights.ask(query, source)) for source in CONTRACTS}
    for source in CONTRACTS.keys() - set(GATED):
        assert cells(nights, source) == counted[source], source
    for source in GATED:
        assert all(n <= counted[source][column] for column, n in cells(nights, source).items()), source
    ((lines,),) = nights.ask("SELECT count(*) FROM core.assistance_roll WHERE case_no = ?", nights.unread)
    assert counted["assistance_roll"]["authorized_until"] == lines
    assert sum(bool(counted[source]) for source in CONTRACTS) > 5
    assert any(counted[source] for source in GATED)


def test_rows_of_a_gated_source_name_their_columns_in_the_table_and_in_the_cache(
    landing: Path, eve: Eve, tmp_path: Path
) -> None:
    spoilt = copied(landing, tmp_path / "landing")
    snapshot = newest(spoilt, "bank_accounts")
    (snapshot / "_manifest.json").unlink(missing_ok=True)
    for file in snapshot.iterdir():
        said = re.compile(rb"^(?!END)(.*\|)[0-9]{8}(?=\r?$)", re.MULTILINE)
        spoil(file, said.sub(rb"\1" + "去年底".encode("gb18030"), file.read_bytes()))
    outcome = night_of(spoilt, eve.cache_in(tmp_path / "warehouse"))
    assert outcome.published, outcome.why
    with duckdb.connect(str(outcome.summary["database"]), read_only=True) as connection:
        table = connection.sql("SELECT record_no, unreadable FROM core.bank_accounts").pl()
    cache = tmp_path / "warehouse" / "cache" / "bank_accounts"
    (entry,) = (path for path in cache.glob("*.parquet") if "." not in path.stem)
    kept = pl.read_parquet(entry).select("record_no", "unreadable")
    assert kept.sort("record_no").equals(table.sort("record_no"))
    assert table.height > 10
    assert table["unreadable"].list.contains("as_of").all()
