"""A sink that keeps everything in memory, and small deliveries to test with."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from sources import CONTRACTS, Intake, SourceLayout, load_layout, take_in

NIGHT = date(2021, 12, 31)
PLACE = ["snapshot_date", "file", "line"]
JIANGSU = load_layout("jiangsu")


@dataclass
class Collecting:
    """Keeps every row; `keep` plays authorization."""

    source: str
    keep: Callable[[pl.DataFrame], pl.DataFrame] = lambda rows: rows
    batches: list[pl.DataFrame] = field(default_factory=list)
    rows: pl.DataFrame = field(default_factory=pl.DataFrame)
    discarded: int = 0

    def write(self, rows: pl.DataFrame) -> None:
        assert dict(rows.schema) == CONTRACTS[self.source].accepted_schema
        self.batches.append(self.keep(rows))

    def finish(self, rejected: pl.DataFrame) -> pl.DataFrame:
        whole = pl.concat([CONTRACTS[self.source].empty(), *self.batches])
        self.rows = whole.join(rejected, on=PLACE, how="anti")
        kept = self.rows.group_by("snapshot_date", "file").len("kept")
        superseded = whole.join(rejected.filter(pl.col("why") == "superseded"), on=PLACE, how="semi")
        counts = superseded.group_by("snapshot_date", "file").len("superseded")
        told = kept.join(counts, on=["snapshot_date", "file"], how="full", coalesce=True)
        return told.with_columns(pl.col("kept", "superseded").fill_null(0))

    def discard(self) -> None:
        self.discarded += 1
        self.batches = []


def taken(
    landing: Path,
    source: str,
    layout: SourceLayout | None = None,
    *,
    night: date = NIGHT,
    gated: bool = False,
    keep: Callable[[pl.DataFrame], pl.DataFrame] = lambda rows: rows,
) -> tuple[Intake, pl.DataFrame]:
    """Take a source in; return the intake and the rows of every sink that was finished."""
    sinks: list[Collecting] = []

    def open_sink(_: date) -> Collecting:
        sinks.append(Collecting(source, keep))
        return sinks[-1]

    shape = layout or JIANGSU[source]
    intake = take_in(landing, CONTRACTS[source], shape, night, gated=gated, open_sink=open_sink)
    frames = [sink.rows for sink in sinks if sink.rows.width]
    rows = pl.concat(frames) if frames else CONTRACTS[source].empty()
    used = intake.files.filter(pl.col("refused_why").is_null())
    ends = used["rows_accepted"] + used["rows_quarantined"] + used["rows_dropped_unauthorized"]
    assert (ends == used["rows_delivered"]).all()
    assert used["rows_quarantined"].sum() == intake.quarantine.height
    assert rows.height == used["rows_accepted"].sum() - used["rows_superseded"].sum()
    return intake, rows


def deliver(
    landing: Path, source: str, day: str, file: str, content: bytes, *, rows: int | None = None
) -> Path:
    """Put a file into the landing area, with a manifest if `rows` is given."""
    folder = landing / source / day
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file
    path.write_bytes(content)
    if rows is not None:
        manifest(folder, {file: rows})
    return path


def manifest(folder: Path, rows: dict[str, int]) -> None:
    """Write a manifest that agrees with the files but for what `rows` says."""
    files = [
        {"name": name, "rows": count, "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest()}
        for name, count in rows.items()
    ]
    (folder / "_manifest.json").write_text(json.dumps({"files": files}))


INMATES = "编号,身份证号,姓名,起始日期,截止日期,类别"


def inmate(number: int, **changed: str) -> str:
    """One good line of `inmates`."""
    fields = {
        "record_no": f"SF{number}",
        "id_number": "11010119900307271X",
        "name": "张三",
        "from_date": "2020-01-10",
        "to_date": "",
        "kind": "监狱服刑",
    }
    return ",".join((fields | changed).values())


def inmates(lines: Sequence[str], encoding: str = "gb18030", end: str = "\n") -> bytes:
    """A whole file of `inmates`."""
    return (end.join([INMATES, *lines]) + end).encode(encoding)
