"""`hedui layout`: drafts land where they are asked for, and nothing is overwritten unasked."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.commands import app
from sources import load_layout
from tests.sources.collecting import deliver, inmate, inmates


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [inmate(at, kind="强制隔离戒毒" if at % 3 else "监狱服刑") for at in range(30)]
    return deliver(tmp_path, "inmates", "2021-12-31", "sf_20211231.csv", inmates(rows))


def test_a_draft_becomes_a_layout_of_its_own_folder(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "inmates.yaml"
    given = ["layout", "draft", str(file), "--source", "inmates", "--out", str(out)]
    done = CliRunner().invoke(app, given)
    assert done.exit_code == 0, done.output
    assert "6 of 6 columns found" in done.output
    layout = load_layout(out.parent)["inmates"]
    assert layout is not None and layout.files[0].encoding == "gb18030"
    again = CliRunner().invoke(app, given)
    assert again.exit_code == 2 and "exists" in again.output
    assert CliRunner().invoke(app, [*given, "--force"]).exit_code == 0


def test_what_cannot_be_drafted_is_said(file: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    wrong = run(app, ["layout", "draft", str(file), "--source", "inmate"])
    assert wrong.exit_code == 2 and "the nearest is 'inmates'" in wrong.output
    absent = run(app, ["layout", "draft", str(tmp_path / "no.csv"), "--source", "inmates"])
    assert absent.exit_code == 2 and "is no file" in absent.output
    for name, content in {
        "cut.xlsx": b"PK\x03\x04cut",
        "cut.parquet": b"PAR1cut",
        "empty.csv": b"",
        "old.xls": b"\xd0\xcf\x11\xe0",
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        done = run(app, ["layout", "draft", str(path), "--source", "inmates"])
        assert done.exit_code == 1 and name in done.output, (name, done.output)


def test_known_layouts_are_listed() -> None:
    done = CliRunner().invoke(app, ["layout", "list"])
    assert done.exit_code == 0 and "jiangsu" in done.output
