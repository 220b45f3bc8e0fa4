"""The linkage benchmark's page on made figures: goals, verdicts, tables, plot."""

from pathlib import Path

import polars as pl
import pytest

from benchmarks.linkage import plot, report, targets
from benchmarks.linkage.measure import FIGURES
from benchmarks.linkage.speed import Speed


def made(right: dict[str, int], *, group: str = "100,000 base", outsiders_linked: int = 0) -> pl.DataFrame:
    """Two seeds of one source, 10,000 true links of which a method finds so many; 9,990 have a key."""
    rows = [
        {
            "group": group, "seed": seed, "method": method, "at": at, "by": by, "key": key, "rows": 11_000, "true": 10_000,
            "made": found - seed + outsiders_linked, "right": found - seed, "outsiders": 500,
            "outsiders_linked": outsiders_linked, "intact": 9_900, "reachable": 9_990, "seconds": 1.0, "peak_mb": 100.0,
        }
        for seed in (1, 2)
        for method, found in right.items()
        for at in ("shipped", "best")
        for by, key in (("all", "all"), ("source", "bank"), ("damage", "id_mask"), ("subgroup", "rural"))
    ]  # fmt: skip
    return pl.DataFrame(rows, schema={name: kind for name, kind in FIGURES.items() if name != "threshold"})


def curve(off: float = 0.0) -> pl.DataFrame:
    """What was said of 1,000 rows, and so many more than were so."""
    row = {
        "bin": 0.95,
        "pairs": 1_000,
        "said": 970.0 + 1_000 * off,
        "true": 970,
        "linked": 900,
        "group": "100,000 base",
        "seed": 1,
    }
    return pl.DataFrame([row])


ALL = {"raw_number": 8_000, "number_or_birth": 9_000, "splink": 9_900, "hedui": 9_960}


def speed(ours: float, memory: float = 100.0) -> Speed:
    runs = {name: [{"seconds": s, "cpu_seconds": s, "peak_mb": m}] * 5 for name, s, m in
            (("hedui", ours, memory), ("splink", 10.0, 100.0), ("splink_as_known", 20.0, 100.0))}  # fmt: skip
    return Speed(1_000_000, 100_000, runs)


def test_goals_that_are_met() -> None:
    lines = targets.lines(made(ALL), curve(), speed(2.0))
    assert len(lines) == 2 + 9 and not [line for line in lines if "missed" in line]
    assert "better 4, equal 0, worse 0" in lines[2] and "5.0 times" in lines[-2] and "10.0 times" in lines[-1]


@pytest.mark.parametrize(
    ("figures", "fast", "goal"),
    [
        (made(ALL | {"hedui": 9_890}), 2.0, "F1 above"),
        (made(ALL | {"hedui": 9_930}), 2.0, "half of the way"),
        (made(ALL, outsiders_linked=2), 2.0, "from outside"),
        (made(ALL, outsiders_linked=50), 2.0, "precision as shipped"),
        (made(ALL), 2.1, "5 times our seconds"),
    ],
)
def test_goals_that_are_missed(figures: pl.DataFrame, fast: float, goal: str) -> None:
    missed = [line for line in targets.lines(figures, curve(), speed(fast)) if "missed" in line]
    assert any(goal in line for line in missed)


def test_what_is_said_must_be_so() -> None:
    assert "missed" not in "".join(targets.lines(made(ALL), curve(-0.02), speed(2.0)))
    (missed,) = (line for line in targets.lines(made(ALL), curve(0.021), speed(2.0)) if "missed" in line)
    assert "said and true" in missed and "+0.0210" in missed


def test_memory_is_part_of_the_goal() -> None:
    assert "missed" in targets.lines(made(ALL), curve(), speed(1.0, memory=101.0))[-1]


def test_the_page_keeps_what_stands_around_the_figures(tmp_path: Path) -> None:
    page = tmp_path / "linkage.md"
    page.write_text(f"before\n{report.BEGIN}\nof last year\n{report.END}\nafter\n")
    report.write(page, report.text(made(ALL), curve(), speed(2.0), "make linkage", "img/linkage.svg"))
    text = page.read_text()
    assert text.startswith("before\n") and text.endswith("after\n") and "of last year" not in text
    assert "| 0.95 | 1,000 | 900 | 0.97000 | 0.97000 | +0.00000 |" in text
    assert "| bank | 20,000 |" in text and "0.9899 ± 0.0006" in text


def test_the_plot_is_drawn(tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    plot.draw(made(ALL), tmp_path / "img" / "linkage.svg")
    assert "bank" in (tmp_path / "img" / "linkage.svg").read_text()
