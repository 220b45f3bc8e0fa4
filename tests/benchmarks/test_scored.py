"""What `make sample` writes down: sections that keep each other, sums over cities, the worst city first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks import plants
from benchmarks.scored import write_section

if TYPE_CHECKING:
    from pathlib import Path


def _verdict(found: int, *, near: int = 0, clean: int = 0) -> dict[str, Any]:
    rule = {"p_must": 4, "p_hit": found, "forbid": 3, "violated": near, "sev_n": 4, "sev_ok": found, "base_false": clean,
            "unexplained": 0}  # fmt: skip
    return {
        "rules": {"X05": rule},
        "worst_rule": ["X05", found / 4],
        "findings": {"violated": near, "forbidden": 3, "severity": 1.0, "base_false": clean},
        "flags": {"risk": 1.0, "omission": 1.0, "care": 1.0},
        "alerts": {"hit": 2, "expected": 2, "cause_right": 2},
    }


def test_a_section_replaces_itself_and_keeps_the_others(tmp_path: Path) -> None:
    report = tmp_path / "quality.md"
    report.write_text("# An older report of another form\n", encoding="utf-8")
    write_section("sample", "one\n", report)
    write_section("plants", "two\n", report)
    write_section("sample", "three\n", report)
    assert report.read_text(encoding="utf-8") == (
        "# How right we are\n\n<!-- sample -->\nthree\n<!-- end of sample -->\n\n"
        "<!-- plants -->\ntwo\n<!-- end of plants -->\n"
    )


def test_counts_are_summed_and_the_worst_city_stands_first() -> None:
    text = plants.section({1: _verdict(4), 2: _verdict(3), 3: _verdict(4, near=1)}, 1500, "base")
    assert "| X05 | 12 | 11 | 9 | 1 | 11 of 12 | 0 | 0 |" in text
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.endswith(" 2 of 2, 2 |")]
    assert rows == ["2", "3", "1"]
