"""Numbers beyond every range, signs nobody sees, brackets without end: looking, drafting and advising end in words."""

import json
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipelines.commands import app
from sources import CONTRACTS, Layout, LayoutError, SourceLayout, known_layouts, load_layout
from sources.errors import SnapshotRefused
from sources.onboarding.advice import advise
from sources.onboarding.draft import as_yaml, draft
from tests.chance import examples
from tests.sources.collecting import JIANGSU, NIGHT, deliver, inmate, inmates
from tests.sources.odd import NUMBERS, TEXTS, without_panic

FAR = "9007062177020"
"""As seconds since 1970 some 285,000 years away."""
SLY = (
    "2021-13-45",
    "0001-01-01T00:00:00+23:00",
    "1:60",
    "=",
    "<<",
    "- a",
    "a: b",
    "[",
    "\x85",
    "\u2028",
    "\x80",
    "9" * 5000,
)
CELLS = st.one_of(NUMBERS, TEXTS, st.sampled_from(SLY)).map(
    lambda text: text.replace("\r", "").replace("\n", "")
)
SOURCES = ("inmates", "bank_accounts", "medical_settlements", "real_estate")


@cache
def known() -> list[Layout]:
    return [load_layout(name) for name in known_layouts()]


def drafted(path: Path, source: str) -> str | None:
    """The text of a layout drafted from a file; None if it is refused, in words that name it."""
    try:
        with without_panic("draft"):
            return as_yaml(draft([path], CONTRACTS[source], known()))
    except SnapshotRefused as refused:
        told = str(refused)
    assert path.name in told
    return None


def loaded(text: str, source: str) -> SourceLayout:
    """The drafted layout; another one where a person must finish it first."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "layout.yaml").write_text("description: drafted\n")
        Path(folder, f"{source}.yaml").write_text(text, encoding="utf-8")
        try:
            layout, told = load_layout(folder)[source], ""
        except LayoutError as error:
            layout, told = JIANGSU[source], str(error)
    assert "cannot be read as YAML" not in told
    assert layout is not None
    return layout


@examples(25)
@given(
    source=st.sampled_from(SOURCES),
    titled=st.booleans(),
    rows=st.lists(st.lists(CELLS, min_size=20, max_size=20), max_size=12),
    last=st.sampled_from(("", "END|9", "9" * 5000)),
    form=st.sampled_from(("csv", "jsonl")),
)
@example("inmates", True, [[FAR] * 20] * 3, "", "csv")
@example("inmates", False, [list(SLY) * 2] * 9, "9" * 5000, "csv")
@example("inmates", True, [list(SLY) * 2] * 9, '{"a":' * 5000, "jsonl")
def test_any_cells_are_drafted_and_advised_on_or_refused_in_words(
    source: str, titled: bool, rows: list[list[str]], last: str, form: str
) -> None:
    columns = CONTRACTS[source].columns
    table = [[column.title_zh for column in columns], *rows] if titled else rows
    cut = [row[: len(columns)] for row in table]
    lines = [",".join(row) for row in cut]
    if form == "jsonl":
        names = table[0][: len(columns)] if table else []
        lines = [json.dumps(dict(zip(names, row, strict=False)), ensure_ascii=False) for row in cut]
    with tempfile.TemporaryDirectory() as landing:
        content = "\n".join([*lines, last]).encode()
        path = deliver(Path(landing), source, "2021-12-28", f"a_1.{form}", content)
        text = drafted(path, source)
        if text is not None:
            with without_panic("advise"):
                advise(Path(landing), CONTRACTS[source], loaded(text, source), NIGHT, known())


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    """Inmates of whom every tenth was let go in 287,000 years; the others stand as they should."""
    rows = [inmate(at, to_date=FAR if at % 10 == 0 else "") for at in range(40)]
    deliver(tmp_path, "inmates", "2021-12-28", "sf_20211228.csv", inmates(rows))
    return tmp_path


def test_check_tells_of_numbers_beyond_every_range(landing: Path) -> None:
    asked = ["check", "--landing", str(landing), "--layout", "jiangsu", "--source", "inmates", "--json"]
    done = CliRunner().invoke(app, [*asked, "--night", "2021-12-31"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["sources"][0]["cells_refused"] == [{"column_name": "to_date", "reason": "unreadable", "n": 4}]
    (remark,) = [remark for remark in told["advice"] if remark["column"] == "to_date"]
    assert (remark["kind"], remark["rows"], remark["advice"]) == ("unreadable", 4, None)
    assert "9999999999999 (4)" in remark["found"]  # the shape, not the value


def test_check_refuses_a_delivery_of_nothing_else(tmp_path: Path) -> None:
    rows = [inmate(at, from_date=FAR) for at in range(10)]
    deliver(tmp_path, "inmates", "2021-12-28", "sf_20211228.csv", inmates(rows))
    asked = ["check", "--landing", str(tmp_path), "--layout", "jiangsu", "--source", "inmates"]
    done = CliRunner().invoke(app, [*asked, "--night", "2021-12-31"])
    assert done.exit_code == 1
    assert "10 bad_value in from_date" in done.output


def test_a_layout_is_drafted_from_numbers_beyond_every_range(landing: Path) -> None:
    (file,) = (landing / "inmates" / "2021-12-28").iterdir()
    done = CliRunner().invoke(app, ["layout", "draft", str(file), "--source", "inmates"])
    assert done.exit_code == 0, done.output
    assert "to: from_date" in done.stdout and "# not used: 截止日期" in done.stdout
    assert FAR not in done.stdout
    assert "5 of 6 columns found" in done.output  # what stands under 截止日期 speaks against a day


@pytest.mark.sample
def test_the_sample_city_is_advised_on_and_drafted_from(sample_city: Path) -> None:
    landing = sample_city / "landing"
    asked = ["check", "--landing", str(landing), "--layout", "jiangsu", "--place", "rugao", "--advice"]
    done = CliRunner().invoke(app, [*asked, "--night", "2021-12-31", "--json"])
    assert done.exit_code == 1  # three files are to be refused
    assert json.loads(done.stdout)["status"] == "refusals"
    (file,) = landing.glob("medical_settlements/*/ybjs_*.csv.gz")
    done = CliRunner().invoke(app, ["layout", "draft", str(file), "--source", "medical_settlements"])
    assert done.exit_code == 0, done.output
