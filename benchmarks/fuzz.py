"""Damaged deliveries of every source and layout, without end.

    python -m benchmarks.fuzz --reads 200000 [--seed N]

Each example takes what one department of a small made city delivered, damages its container, its bytes or its cells, and reads it
as a night does. It must be used, with every row accounted for, or refused with a sentence that names the file. Anything else, an
exception or a reader that ends, is a fault, and hypothesis makes it small. Not here: damage as cities know it (synth).
"""

import argparse
import gzip
import io
import re
import shutil
import tempfile
import time
import zipfile
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from sources import CONTRACTS, Intake, Layout, load_layout
from sources.onboarding.rehearsal import rehearse
from synth import make_city

NIGHT: Final = date(2021, 12, 31)
LAYOUTS: Final = ("jiangsu", "anhui")
RESIDENTS: Final = 200
NASTY: Final = (
    b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", b"\xff", b"\r", b"\n", b"\r\n", b'"', b'""', b"'", b",", b"\t", b"|",
    b'="1"', b"#N/A", b"1E+17", b"3.2E+17", b"9999-12-31", b"1900-01-01", b"0000-00-00", b"-1", b"1" * 400, b"9" * 30,
    b"1e400", b"NaN", b"\xe2\x80\x8b", "㐀".encode(), "𠀀".encode(), b"_x000D_", b"<", b"&#0;", b"<f>1</f>",
    b'<c r="XFD1048576"><v>1</v></c>', b'<mergeCell ref="A1:C9"/>', b's="1"', b't="e"', b'{"a":1}', b"[" * 50, b"\\u0000",
    b"\\ud800", b"END|00000003", b"PK\x03\x04", b"PAR1", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"2020-02-30", b"20211231",
    b"44550.5", b"-0", b"+", "１２".encode(), "是".encode("gb18030"),
)  # fmt: skip
Edit = tuple[str, float, float, int]


def edits(data: bytes, made: list[Edit]) -> bytes:  # noqa: C901 - one case a kind of damage
    """Change bytes at places given as shares of the length."""
    for how, at, length, which in made:
        place, end = int(at * len(data)), int(at * len(data)) + int(length * length * len(data))
        nasty = NASTY[which % len(NASTY)]
        match how:
            case "insert":
                data = data[:place] + nasty + data[place:]
            case "replace":
                data = data[:place] + nasty + data[place + max(1, len(nasty)) :]
            case "cut":
                data = data[:place] + data[end:]
            case "repeat":
                data = data[:end] + data[place:end] + data[end:]
            case "flip" if data:
                place = min(place, len(data) - 1)
                data = data[:place] + bytes([data[place] ^ (1 << which % 8)]) + data[place + 1 :]
            case "line":
                lines = data.split(b"\n")
                lines.insert(int(at * len(lines)), lines[int(length * (len(lines) - 1))])
                data = b"\n".join(lines)
            case "field":
                parts = re.split(rb"([,\t|<>])", data)
                if len(parts) > 2:
                    parts[2 * int(at * (len(parts) // 2 - 1))] = nasty
                data = b"".join(parts)
            case "end":
                data = data[:place]
            case _:
                pass
    return data


def packed(name: str, data: bytes, within: bool, made: list[Edit]) -> bytes:  # noqa: FBT001 - drawn
    """Damage a file, or, of a packed one, what is in it."""
    if within and data.startswith(b"\x1f\x8b"):
        return gzip.compress(edits(gzip.decompress(data), made), mtime=0)
    if within and data.startswith(b"PK\x03\x04"):
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(data)) as given_,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again,
        ):
            members = given_.namelist()
            sheets = [
                member
                for member in members
                if "sheet" in member or not member.startswith(("[", "_", "xl", "doc"))
            ]
            chosen = sheets[made[0][3] % len(sheets)] if sheets else members[0]
            for member in members:
                content = given_.read(member)
                again.writestr(member, edits(content, made) if member == chosen else content)
        return out.getvalue()
    del name
    return edits(data, made)


EDIT: Final = st.tuples(
    st.sampled_from(("insert", "replace", "cut", "repeat", "flip", "line", "field", "field", "end")),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 0.7),
    st.integers(0, 1_000),
)
CASE: Final = st.tuples(
    st.sampled_from(LAYOUTS),
    st.sampled_from(sorted(CONTRACTS)),
    st.integers(0, 100),
    st.booleans(),
    st.lists(EDIT, min_size=1, max_size=4),
    st.sampled_from(
        ("as is", "as is", "as is", "as is", "gzip", "zip", "twice", "other name", "manifest", "empty")
    ),
)


class Fuzz:
    """Reads damaged deliveries and counts how they end."""

    def __init__(self, folder: Path) -> None:
        """Make the cities."""
        self.folder, self.ends = folder, Counter[str]()
        for layout in LAYOUTS:
            make_city(folder / layout, RESIDENTS, 5, night=NIGHT, plants=0, delivered_as=layout)

    @cache  # noqa: B019 - one object a run
    def layout(self, name: str) -> Layout:
        """Return a layout, loaded once."""
        return load_layout(name)

    @cache  # noqa: B019 - as above
    def delivered(self, layout: str, source: str) -> tuple[tuple[str, bytes], ...]:
        """Return the files of the newest snapshot, by name."""
        folder = max((self.folder / layout / "landing" / source).iterdir())
        return tuple(
            (path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.name[0] != "_"
        )

    def read(self, layout: str, source: str, which: int, within: bool, made: list[Edit], around: str) -> None:  # noqa: FBT001
        """Read one damaged delivery.

        Raises:
            AssertionError: it was neither used with all its rows nor refused by name.
        """
        landing = self.folder / "landing"
        shutil.rmtree(landing, ignore_errors=True)
        folder = landing / source / NIGHT.isoformat()
        folder.mkdir(parents=True)
        files = self.delivered(layout, source)
        for at, (name, data) in enumerate(files):
            if at == which % len(files):
                data = self._around(folder, name, packed(name, data, within, made), around)
            (folder / name).write_bytes(data)
        intake = rehearse(landing, CONTRACTS[source], self.layout(layout)[source], NIGHT, gated=False)
        self._judge(intake, {path.name for path in folder.iterdir()})

    def _around(self, folder: Path, name: str, data: bytes, around: str) -> bytes:
        match around:
            case "gzip":
                return gzip.compress(data, mtime=0)
            case "zip":
                out = io.BytesIO()
                with zipfile.ZipFile(out, "w") as archive:
                    archive.writestr(name, data)
                return out.getvalue()
            case "twice":
                (folder / f"x{name}").write_bytes(data)
            case "other name":
                (folder / "其他.dat").write_bytes(data)
            case "manifest":
                (folder / "_manifest.json").write_bytes(data[:200])
            case "empty":
                return b""
        return data

    def _judge(self, intake: Intake, names: set[str]) -> None:
        files = intake.files
        used = files.filter(pl.col("refused_why").is_null())
        ends = used["rows_accepted"] + used["rows_quarantined"] + used["rows_dropped_unauthorized"]
        assert (ends == used["rows_delivered"]).all(), files
        assert used["rows_quarantined"].sum() == intake.quarantine.height
        if intake.snapshot_date is not None:
            self.ends["used, whole" if intake.quarantine.is_empty() else "used, rows in quarantine"] += 1
            return
        assert not files.is_empty(), intake
        assert files["refusal"].null_count() == 0, files
        code = re.search(r'"code": "(\w+)"', str(files["refusal"].drop_nulls()[0]))
        assert code, files
        assert set(files["file"]) <= names | {file.replace("x", "") for file in names}, files
        error = re.search(r'"(?:error|how)": "([\w ]+)"', str(files["refusal"].drop_nulls()[0]))
        self.ends[f"refused: {code[1]}{f' ({error[1]})' if error else ''}"] += 1


def run(reads: int, start: int, folder: Path) -> Counter[str]:
    """Read damaged deliveries and return how they ended."""
    fuzz = Fuzz(folder)

    @seed(start)
    @settings(
        max_examples=reads, database=None, deadline=None, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(CASE)
    def every(case: tuple[str, str, int, bool, list[Edit], str]) -> None:
        fuzz.read(*case)

    every()
    return fuzz.ends


def main() -> None:
    """Run and print."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--reads", type=int, default=2_000)
    told.add_argument("--seed", type=int, default=1)
    asked = told.parse_args()
    begun = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        ends = run(asked.reads, asked.seed, Path(folder))
    print(
        f"{sum(ends.values()):,} reads, seed {asked.seed}, {time.process_time() - begun:,.0f} processor seconds"
    )
    for end, n in sorted(ends.items(), key=lambda pair: -pair[1]):
        print(f"  {n:>9,}  {end}")


if __name__ == "__main__":
    main()
