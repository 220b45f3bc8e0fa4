"""The model file: what is written is what is read, the same model gives the same bytes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching
from matching.model import Level
from matching.model_file import versioned, written

DAY = date(2021, 12, 31)
share = st.floats(1e-9, 1, exclude_min=True).map(lambda x: float(f"{x:.4g}"))


def text(model: matching.Model) -> str:
    return written(model, origin="2021.1", identities=12, people=34, day=DAY)


@given(m=share, u=share, surname=share, expected=share, unseen=share)
def test_round_trip(m: float, u: float, surname: float, expected: float, unseen: float) -> None:
    old = matching.shipped()
    phone = {**old.comparisons["phone"], "same": Level(m, u, "phone")}
    model = replace(
        old,
        comparisons={**old.comparisons, "phone": phone},
        names={"surname": {"王": surname, "欧阳": 0.5}, "given": {"伟": 0.01}},
        unseen_name=unseen,
        expected={"phone": {"same": expected}},
    )
    assert matching.parse(text(model)) == model


def test_the_shipped_model_survives() -> None:
    assert matching.parse(text(matching.shipped())) == matching.shipped()


def test_the_version_is_of_the_figures_alone() -> None:
    model = versioned(matching.shipped(), DAY)
    assert model.version.startswith("2021.12.31-") and len(model.version) == len("2021.12.31-") + 8
    assert versioned(model, DAY) == model
    assert versioned(replace(model, accept=0.98), DAY).version != model.version


def test_names_are_in_one_order_whatever_was_read_first() -> None:
    names = {"王": 0.07, "李": 0.08, "张": 0.07}
    turned = dict(reversed(names.items()))
    one, other = (
        replace(matching.shipped(), names={"surname": n, "given": {"伟": 0.01}}) for n in (names, turned)
    )
    assert text(one) == text(other)


@pytest.mark.parametrize("broken", ["{", "", "- 1", "version: [", "prior: 1\n"])
def test_a_file_that_is_no_model_is_refused_with_a_sentence(broken: str) -> None:
    with pytest.raises(matching.ModelError, match="model file"):
        matching.parse(broken)


def test_expected_levels_must_be_levels() -> None:
    model = replace(matching.shipped(), expected={"phone": {"same": 0.5}})
    with pytest.raises(matching.ModelError, match=r"expected\.phone"):
        matching.parse(text(model).replace("phone: {same: 0.5}", "phone: {sane: 0.5}"))


def test_names_that_list_nobody_are_refused() -> None:
    nobody = replace(matching.shipped(), names={"surname": {"王": 0.07}, "given": {}})
    with pytest.raises(matching.ModelError, match="lists nobody"):
        matching.parse(text(nobody))
