"""The model file: read, and refused with a sentence."""

import re
from importlib.resources import files

import pytest

import matching

TEXT = (files("matching") / "model.yaml").read_text(encoding="utf-8")


def test_the_shipped_model_says_its_version() -> None:
    assert matching.shipped().version


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("accept: 0.99 ", "accept: 1.5 ", "thresholds"),
        ("m: 0.96,", "m: 1.96,", "name.same"),
        ("per: door}", "per: gate}", "place.same_door"),
        ("margin:", "marge:", "marge"),
    ],
)
def test_a_wrong_model_is_refused(old: str, new: str, says: str) -> None:
    with pytest.raises(matching.ModelError, match=says):
        matching.parse(TEXT.replace(old, new))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("batch_rows", ["0", "-1", "0.5", "'x'", "true", ".inf", "9" * 400]),
        ("block_cap", ["0", "-1", "1.5", ".nan"]),
        ("prior", ["0", "-1", "1.01", ".nan", "'1'", "true", "2021-01-01"]),
        ("margin", ["-0.1", ".nan", ".inf", "'4'", "[4]"]),
        ("name_floor", ["0", "-1", "2", ".nan", "1e-7"]),
        ("unseen_name", ["0", "-1", "5", "null"]),
        ("accept", [".nan", "1", "'0.9'", "true"]),
        ("review", ["0", "'0.5'", "0.999", "{}"]),
        ("version", ["2021", "2021.2", "null", "[1]", "''"]),
    ],
)
def test_a_figure_of_another_kind_or_out_of_range_is_refused(name: str, values: list[str]) -> None:
    text = re.sub(rf"^{name}:.*$", "", TEXT, flags=re.MULTILINE)
    for value in values:
        with pytest.raises(matching.ModelError, match=f"thresholds|{name}"):
            matching.parse(f"{text}\n{name}: {value}\n")


@pytest.mark.parametrize("figures", [
    "m: .nan, u: 0.5", "m: '0.5', u: 0.5", "m: 0, u: 0.5", "m: 0.5, u: 0", "m: 0.5, u: -1, per: door", "m: 0.5, u: .inf, per: door",
    "m: 0.5, u: 1.5", "m: 0.5, u: 1e-7", "m: 1, u: 5.0e-324", "m: 0.5", "m: 0.5, u: 0.5, v: 1", "m: 0.5, u: 0.5, per: [door]",
    "m: 0.5, u: 0.5, per: 1", "m: true, u: 0.5", "m: 0.5, m: 0.4, u: 1",
])  # fmt: skip
def test_a_level_with_wrong_figures_is_refused(figures: str) -> None:
    text = TEXT.replace("{m: 0.6,   u: 1.5, per: phone}", f"{{{figures}}}")
    assert text != TEXT
    with pytest.raises(matching.ModelError, match=r"phone\.same|the same key"):
        matching.parse(text)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        (r"^    digit_lost:.*$", r"number\.digit_lost"),
        (r"^    same_door:.*$", r"place\.same_door"),
        (r"^    look_alike:.*$", r"name\.look_alike"),
        (r"(?s:^  partner:.*)\Z", r"partner\.in_booklet, partner\.silent"),
    ],
)
def test_every_level_that_is_compared_must_have_figures(pattern: str, says: str) -> None:
    with pytest.raises(matching.ModelError, match=f"another version of hedui: {says} "):
        matching.parse(re.sub(pattern, "", TEXT, flags=re.MULTILINE))
    more = TEXT.replace("  partner:", "  partner:\n    beside: {m: 0.5, u: 0.5}")
    with pytest.raises(matching.ModelError, match=r"partner\.beside"):
        matching.parse(more)


@pytest.mark.parametrize("added", [
    "names: 1", "names: [surname]", "names: {surname: 0.1}", "names: {surname: {1: 0.1}}", "names: {surname: {王: x}}",
    "names: {middle: {王: 0.1}}", "names: {surname: {王: 0.1, 王: 0.2}}",
    "expected: [phone]", "expected: {phone: 0.5}", "expected: {phone: {same: .nan}}",
    "prior: 0.5", "foo: 1", "1: 1", "? [1]\n: 2", "unseen_name: 2021-13-45",
    "unseen_name: !!timestamp x", "unseen_name: !!bool x", "unseen_name: !!int ''",
])  # fmt: skip
def test_whatever_is_added_is_refused_with_a_sentence(added: str) -> None:
    with pytest.raises(matching.ModelError, match="model file: ") as refused:
        matching.parse(f"{TEXT}\n{added}\n")
    assert "王" not in str(refused.value)  # no part of a name


def test_a_key_that_stands_twice_is_told_by_its_lines() -> None:
    line = TEXT.splitlines().index(next(line for line in TEXT.splitlines() if line.startswith("prior:"))) + 1
    with pytest.raises(matching.ModelError, match=f"the same key as in line {line}"):
        matching.parse(TEXT + "\nprior: 0.5\n")


@pytest.mark.parametrize(
    "broken", ["comparisons: 1", "comparisons: {phone: 1}", "comparisons: {phone: {same: 1}}"]
)
def test_comparisons_of_another_shape_are_refused(broken: str) -> None:
    with pytest.raises(matching.ModelError, match=r"model file: (comparisons|phone\.same)"):
        matching.parse(TEXT[: TEXT.index("comparisons:")] + broken)
