"""`hedui report`: files, the record in the ledger, errors that help."""

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from exports.report import pages
from ledger import Ledger, exports
from pipelines.commands import app
from tests.report.conftest import Night

RUN = CliRunner()


def report(night: Night, *more: str, warehouse: Path | None = None) -> Result:
    return RUN.invoke(app, ["report", "--warehouse", str(warehouse or night.warehouse), *more])


@pytest.fixture
def case(copy: Night) -> str:
    ((case_no,),) = copy.rows("SELECT min(case_no) FROM out.finding WHERE rule_id = 'X05'")
    return str(case_no)


def test_both_files_are_private_and_recorded(copy: Night, case: str) -> None:
    done = report(copy, "--case", case, "--night", "2021-12-31")
    assert done.exit_code == 0, done.output
    files = [Path(file) for file in json.loads(done.stdout.splitlines()[-1])["files"]]
    assert [file.suffix for file in files] == [".pdf", ".html"]
    assert files[0].read_bytes().startswith(b"%PDF-1.7")
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert files[0].parent == copy.warehouse / "exports/2021-12-31"
    with Ledger.open(copy.warehouse / "ledger/ledger.sqlite") as book:
        recorded = exports(book, book.sequence())
    assert recorded["what"].to_list() == ["report", "report"]
    assert recorded["audience"].unique().to_list() == ["restricted"]
    assert recorded["file"].to_list() == [file.name for file in files]


def test_a_page_alone_goes_where_it_is_told(copy: Night, case: str, tmp_path: Path) -> None:
    done = report(copy, "--case", case, "--format", "html", "--out", str(tmp_path / "there"))
    assert done.exit_code == 0, done.output
    assert [file.suffix for file in (tmp_path / "there").iterdir()] == [".html"]


def test_a_household_without_a_case_is_named_by_its_id(copy: Night) -> None:
    ((household,),) = copy.rows("SELECT min(household_id) FROM core.household WHERE kind = 'registry'")
    done = report(copy, "--household", household, "--format", "html")
    assert done.exit_code == 0, done.output


def test_a_personal_case_means_its_applicant_s_household(copy: Night) -> None:
    ((case_no, household),) = copy.rows(
        "SELECT row.case_no, person.household_id FROM core.case_member AS row JOIN core.person AS person USING (person_id) "
        "WHERE row.program = 'elder_allowance' AND row.role = 'applicant' ORDER BY 1 LIMIT 1"
    )
    assert report(copy, "--case", case_no, "--format", "html").exit_code == 0
    with Ledger.open(copy.warehouse / "ledger/ledger.sqlite") as book:
        assert exports(book, book.sequence())["list_id"].to_list() == [household]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "--case"),
        (("--case", "A", "--household", "H"), "--case"),
        (("--case", "NOSUCH"), "knows no case NOSUCH"),
        (("--household", "Hnone"), "knows no household Hnone"),
        (("--case", "X", "--night", "2020-01-01"), "no published night of 2020-01-01. It holds: 2021-12-31."),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(night: Night, more: tuple[str, ...], told: str) -> None:
    done = report(night, *more)
    assert done.exit_code == 2
    assert told in done.stderr
    assert "Traceback" not in done.output


def test_the_analysts_file_is_no_warehouse(night: Night) -> None:
    done = report(night, "--case", "X", warehouse=night.warehouse / "published/analyst/2021-12-31.duckdb")
    assert done.exit_code == 2
    assert "restricted file" in done.stderr


def test_a_night_of_an_earlier_version_is_to_be_run_again(copy: Night, case: str) -> None:
    copy.change("ALTER TABLE audit.run DROP COLUMN model_version")
    done = report(copy, "--case", case)
    assert done.exit_code == 2
    assert "Run that night again" in done.stderr


def test_a_page_that_cannot_be_set_tells_nothing_of_the_household(
    copy: Night, case: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "page.typ").write_text("#panic(sys.inputs.report)")
    monkeypatch.setattr(pages, "HERE", tmp_path)
    done = report(copy, "--case", case, "--format", "pdf")
    assert done.exit_code == 1
    assert "--format html" in done.stderr
    assert case not in done.output
    assert not list((copy.warehouse / "exports").glob("**/*.pdf"))


def test_a_folder_that_cannot_be_written_is_named(copy: Night, case: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = report(copy, "--case", case, "--format", "html", "--out", str(tmp_path / "file" / "there"))
    assert done.exit_code == 2
    assert "--out" in done.stderr
