"""The benchmark of confusions draws what it says."""

from benchmarks import confusions
from matching.normalise.characters import first_reading


def test_near_sounds_differ_by_one_usual_confusion() -> None:
    assert (
        confusions.near("zhang", "zang") and confusions.near("lin", "ling") and confusions.near("nan", "lan")
    )
    assert (
        not confusions.near("zhang", "zan")
        and not confusions.near("li", "wang")
        and not confusions.near("li", "li")
    )


def test_pairs_are_what_they_are_called_and_covered_as_far_as_is_promised() -> None:
    pairs, reading = confusions.drawn(400, 3), first_reading()
    assert all(reading[a] == reading[b] and a != b for a, b in pairs["same sound"])
    assert all(confusions.near(reading[a], reading[b]) for a, b in pairs["near sound"])
    assert confusions.covered(pairs["same sound"]) >= 0.95
    assert confusions.covered(pairs["near sound"]) >= 0.6
    assert confusions.covered(pairs["chance"]) <= 0.06
