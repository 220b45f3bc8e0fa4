"""The model file: read, and refused with a sentence."""

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
