"""Nights of a city whose truth is known: run, scored, written down.

Here: running one night, the shared scorer's verdict, a section of docs/quality.md. Not here: which cities
(sample.py, plants.py).
"""

import json
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[1]
REPORT = HOUSE / "docs" / "quality.md"
HEDUI = Path(sys.executable).with_name("hedui")
TITLE = "# How right we are\n"


def run(city: Path, warehouse: Path, night: str) -> dict[str, object]:
    """Run one night of a city delivered as `jiangsu` under the policy of `rugao`; return its summary."""
    places = ["--landing", str(city / "landing"), "--warehouse", str(warehouse)]
    command = [str(HEDUI), "run", "--night", night, *places, "--place", "rugao", "--layout", "jiangsu"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    summary: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return summary


def score(shared: Path, city: Path, database: str, *options: str) -> str:
    """Return the scorer's output on a published database of a city."""
    command = [
        sys.executable,
        str(shared / "score.py"),
        "--db",
        database,
        "--truth",
        str(city / "truth"),
        *options,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def demand_scorer(shared: Path) -> None:
    """Exit where the folder beside the checkout is not there."""
    if not (shared / "score.py").exists():
        sys.exit(f"{shared} does not lie beside the checkout: there is no scorer.")


def write_section(name: str, text: str, report: Path = REPORT) -> None:
    """Put a section into the report between its markers, at the end if it has none; leave the others."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    old = report.read_text(encoding="utf-8") if report.exists() else ""
    old = old if old.startswith(TITLE) else TITLE
    before, found, rest = old.partition(begin)
    if not found:
        before = before.rstrip() + "\n\n"
    after = rest.partition(end)[2]
    report.write_text(before + begin + text + end + after, encoding="utf-8")
