"""A department writes into its own folder: nothing it lays there makes the night read a file of somebody else's, or wait."""

import json
import os
from pathlib import Path

import polars as pl
import pytest

from sources import LandingError, content, divisions, snapshots
from sources.errors import SnapshotRefused
from sources.plain_files import open_plain
from tests.sources.collecting import NIGHT, deliver, inmate, inmates, taken

TEXT = "a key that no department may see"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    path.write_text(TEXT + "\n")
    return path


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    folder = tmp_path / "landing"
    deliver(folder, "inmates", "2021-12-20", "sf_1.csv", inmates([inmate(1)]))
    return folder


def test_no_line_of_a_file_that_a_link_leads_to_is_kept(landing: Path, secret: Path) -> None:
    good = {"唯一标识": "R1", "姓名": "张三"}
    path = deliver(landing, "business_registrations", "2021-12-28", "scjg_1.jsonl", json.dumps(good).encode())
    path.with_name("scjg_2.jsonl").symlink_to(secret)
    intake, rows = taken(landing, "business_registrations")
    assert rows.is_empty() and intake.quarantine.is_empty()
    assert TEXT not in str(intake)
    told = dict(intake.files.select("file", "refused_why").iter_rows())
    assert "scjg_2.jsonl is a symbolic link" in told["scjg_2.jsonl"]
    counts = intake.files.filter(pl.col("file") == "scjg_2.jsonl").select("rows_delivered", "sha256")
    assert counts.row(0) == (None, None)  # not even counted: nobody opened it


def test_a_link_for_a_sources_folder_makes_the_source_absent_and_is_told(landing: Path) -> None:
    (landing / "inmates").rename(landing.parent / "elsewhere")
    (landing / "inmates").symlink_to(landing.parent / "elsewhere")
    intake, rows = taken(landing, "inmates")
    assert rows.is_empty() and intake.snapshot_date is None
    assert intake.unlisted is not None and "is a symbolic link" in intake.unlisted


def test_the_landing_path_itself_may_be_a_link(landing: Path, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(landing)
    _, rows = taken(tmp_path / "linked", "inmates")
    assert rows.height == 1


def linked_folder(reference: Path, secret: Path) -> None:
    (secret.parent / "real").mkdir()
    (secret.parent / "real" / "divisions.csv").write_text("division_code,name_zh,level,parent_code\n")
    reference.symlink_to(secret.parent / "real")


def linked_file(reference: Path, secret: Path) -> None:
    reference.mkdir()
    (reference / "divisions.csv").symlink_to(secret)


def pipe(reference: Path, _: Path) -> None:
    reference.mkdir()
    os.mkfifo(reference / "divisions.csv")


@pytest.mark.parametrize("lay", [linked_folder, linked_file, pipe])
def test_the_reference_is_read_from_a_file_alone(landing: Path, secret: Path, lay: object) -> None:
    assert callable(lay)
    lay(landing / "_reference", secret)
    with pytest.raises(LandingError, match=r"divisions\.csv: .* is a (symbolic link|pipe)"):
        divisions(landing)


def test_a_link_has_no_digest_by_which_a_cached_row_could_stand_for_it(landing: Path, secret: Path) -> None:
    before = snapshots(landing, "inmates", NIGHT)
    assert content(before) is not None
    (landing / "inmates" / "2021-12-20" / "_note").symlink_to(secret)
    assert content(before) is None


@pytest.mark.parametrize("late", ["link", "pipe", "folder"])
def test_what_takes_a_files_place_after_the_look_is_not_followed(
    tmp_path: Path, secret: Path, monkeypatch: pytest.MonkeyPatch, late: str
) -> None:
    path = tmp_path / "sf_1.csv"
    path.write_bytes(b"x")

    def swapped(_: object) -> None:
        path.unlink()
        if late == "link":
            path.symlink_to(secret)
        elif late == "pipe":
            os.mkfifo(path)
        else:
            path.mkdir()

    monkeypatch.setattr("sources.plain_files.refuse_irregular", swapped)
    with pytest.raises(OSError):
        open_plain(path)


def test_a_file_that_its_disk_cannot_give_refuses_the_snapshot_and_may_be_read_tomorrow(
    landing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(landing, "inmates", "2021-12-28", "sf_1.csv", inmates([inmate(1), inmate(2)]))

    def failing(path: Path) -> object:
        if path.parent.name == "2021-12-28":
            raise OSError(5, "Input/output error")
        return open_plain(path)

    monkeypatch.setattr("sources.readers.decoding.open_plain", failing)
    intake, rows = taken(landing, "inmates")
    assert rows.height == 1 and intake.passing
    (why,) = intake.files.drop_nulls("refused_why")["refused_why"]
    assert "cannot be read (Input/output error)" in why


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p")
    with pytest.raises(SnapshotRefused, match="p is a pipe"):
        open_plain(tmp_path / "p")
