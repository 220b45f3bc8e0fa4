"""Vectorised paths against slow obvious ones: edits, visible digits, repairs, readings, stars, levels of names."""

import re
from collections.abc import Iterable
from itertools import product

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from matching.comparisons import FAR, edits_apart, number_facts
from matching.name_levels import COLUMNS, name_level
from matching.name_spellings import SHORTEST
from matching.normalise import names
from matching.normalise.characters import readings, table
from matching.repairs import of_any_length
from tests.chance import examples

from .made import number

QUICK = examples(60)
digits = st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True)
masked = st.lists(st.sampled_from("0123*"), min_size=18, max_size=18).map("".join)


def osa(a: str, b: str) -> int:
    """Optimal string alignment by its textbook table."""
    row = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i, j in product(range(1, len(a) + 1), range(1, len(b) + 1)):
        ways = [row[i - 1][j] + 1, row[i][j - 1] + 1, row[i - 1][j - 1] + (a[i - 1] != b[j - 1])]
        if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
            ways.append(row[i - 2][j - 2] + 1)
        row[i][j] = min(ways)
    return row[-1][-1]


@st.composite
def near(draw: st.DrawFn) -> tuple[str, str]:
    """A number and itself after up to three slips."""
    one = other = draw(digits)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(other) - 2))
        kind = draw(st.sampled_from(["change", "exchange", "lose", "add"]))
        new = {"change": "7", "exchange": other[at + 1] + other[at], "lose": "", "add": "3" + other[at]}[kind]
        other = other[:at] + new + other[at + (2 if kind == "exchange" else 1) :]
    return one, other


@QUICK
@given(st.lists(st.one_of(near(), st.tuples(digits, st.none())), min_size=1, max_size=6))
def test_edits(pairs: list[tuple[str, str | None]]) -> None:
    left, right = (pl.Series(list(side), dtype=pl.String) for side in zip(*pairs, strict=True))
    slow = [FAR if b is None or osa(a, b) > 2 else osa(a, b) for a, b in pairs]
    assert edits_apart(left, right).to_list() == slow


@QUICK
@given(st.lists(st.tuples(masked, digits), min_size=1, max_size=6))
def test_visible_digits(pairs: list[tuple[str, str]]) -> None:
    frame = pl.DataFrame(
        {
            "id_number": pl.Series([None] * len(pairs), dtype=pl.String),
            "masked_number": [a for a, _ in pairs],
            "p_id_number": [b for _, b in pairs],
            "p_masked_number": pl.Series([None] * len(pairs), dtype=pl.String),
            "p_valid": [True] * len(pairs),
        }
    )
    told = number_facts(frame)
    for (a, b), row in zip(pairs, told.rows(named=True), strict=True):
        shown = [at for at in range(18) if a[at] != "*"]
        assert row["visible"] == (-1 if not shown else int(all(a[at] == b[at] for at in shown)))
        assert row["seen_region"] == sum(at < 6 for at in shown)
        assert row["serial_seen"] == (all(at in shown for at in range(14, 18)) or len(shown) >= 17)


def repaired(bad: str) -> set[str]:
    """Every right number one slip away, by trying them all."""
    signs = "0123456789X"
    if len(bad) == 17:
        tried = {bad[:i] + d + bad[i:] for i in range(18) for d in signs}
    elif len(bad) == 19:
        tried = {bad[:i] + bad[i + 1 :] for i in range(19)}
    else:
        tried = {bad[:i] + d + bad[i + 1 :] for i in range(18) for d in signs}
        tried |= {bad[:i] + bad[i + 1] + bad[i] + bad[i + 2 :] for i in range(17)}
    return {t for t in tried if t != bad and "X" not in t[:17] and number(t[:17]) == t}


@QUICK
@given(st.lists(st.from_regex(r"[0-9]{16,18}[0-9X]", fullmatch=True), min_size=1, max_size=6))
def test_repairs_of_any_length(bad: list[str]) -> None:
    made = of_any_length(pl.Series(bad))
    for row, text in enumerate(bad):
        assert set(made.filter(pl.col("row") == row)["repaired"]) == repaired(text)


characters = st.sampled_from(table().filter(pl.col("strokes").is_not_null())["character"].to_list()[::60])
common = st.sampled_from("王李单曾吕晓红伟玮静敬建健明朋买提古丽努尔")
name = st.text(st.one_of(common, characters), min_size=2, max_size=4)
dotted = st.tuples(st.text(common, min_size=2, max_size=5), st.text(common, min_size=2, max_size=4)).map(
    "·".join
)


@st.composite
def written(draw: st.DrawFn, base: str | None = None) -> str:
    """A name, as it is or damaged in one of many ways."""
    text = draw(st.one_of(name, dotted)) if base is None else base
    at = draw(st.integers(0, len(text) - 1))
    ways = [
        text,
        text[:at] + "*" + text[at + 1 :],
        text[0] + "*",
        text[1:] + text[0],
        text[:3],
        text.replace("·", ""),
    ]
    ways += [text[:at] + draw(common) + text[at + 1 :], None]
    way = draw(st.sampled_from(ways))
    return str(names(pl.Series([text]))["pinyin"].item() or text).upper() if way is None else way


@st.composite
def two(draw: st.DrawFn) -> tuple[str, str]:
    base = draw(st.one_of(name, dotted))
    return draw(written(base)), draw(written(base))


def levels(pairs: list[tuple[str, str]]) -> list[str]:
    a, b = (
        names(pl.Series(list(side), dtype=pl.String)).select(COLUMNS) for side in zip(*pairs, strict=True)
    )
    frame = a.hstack(b.rename({c: f"p_{c}" for c in COLUMNS})).with_columns(p_former=pl.lit(value=False))
    return name_level(frame).to_list()


def keys(texts: Iterable[str]) -> list[str | None]:
    """What of each name is compared."""
    return names(pl.Series(list(texts), dtype=pl.String))["name_key"].to_list()


def slow_level(x: str | None, y: str | None) -> str | None:
    """The levels of two keys that can be told in a line each; None where the table of characters decides."""
    if x is None or y is None:
        return "silent"
    x, y = x.replace("·", ""), y.replace("·", "")
    if re.search("[a-z]", x + y):
        return None
    hidden, other = (x, y) if "□" in x else (y, x)
    if "□" in x + y:
        if not hidden.strip("□") or not other.strip("□"):
            return "silent"
        if "□" not in other and re.fullmatch(re.sub("□+", ".+", re.escape(hidden)), other):
            return "wildcard"
        return None
    if x == y:
        return "same"
    if sorted(x) == sorted(y) and any(x[at:] + x[:at] == y for at in range(len(x))):
        return "swapped"
    return None


@examples(60)
@given(st.lists(two(), min_size=3, max_size=12))
def test_levels_that_need_no_table(pairs: list[tuple[str, str]]) -> None:
    left, right = (keys(side) for side in zip(*pairs, strict=True))
    for (a, b), x, y, level in zip(pairs, left, right, levels(pairs), strict=True):
        slow = slow_level(x, y)
        assert slow in (None, level), (a, b)
        assert (level in ("same", "swapped", "silent")) <= (
            slow is not None or level == "same" or a.isascii() or b.isascii()
        )


@examples(60)
@given(st.lists(two(), min_size=3, max_size=12))
def test_comparing_names_is_symmetric(pairs: list[tuple[str, str]]) -> None:
    told = levels([*pairs, *((b, a) for a, b in pairs)])
    assert told[: len(pairs)] == told[len(pairs) :]


@examples(60)
@given(name, st.data())
def test_every_reading_agrees(text: str, data: st.DataObject) -> None:
    text = str(names(pl.Series([text]))["name_key"].item())
    ways = [readings().get(character, ()) for character in text]
    if all(ways):
        spelled = "".join(data.draw(st.sampled_from(way)) for way in ways)
        assert levels([(spelled.upper(), text)]) == ["pinyin"]


@examples(60)
@given(name, st.from_regex(r"[a-z]{2,12}", fullmatch=True))
def test_letters_agree_only_where_some_reading_does(text: str, letters: str) -> None:
    level = levels([(letters, text)])[0]
    ways = [
        readings().get(character, ("?",)) for character in str(names(pl.Series([text]))["name_key"].item())
    ]
    said = {"".join(way) for way in product(*ways)} | {
        "".join(way) for at in (1, 2) for way in product(*ways[at:], *ways[:at])
    }
    if level == "pinyin":
        assert letters.replace("v", "u").replace("lyu", "lu") in said
    if level == "pinyin_slip":
        assert len(letters) >= SHORTEST and min(osa(letters, way) for way in said) <= 1
