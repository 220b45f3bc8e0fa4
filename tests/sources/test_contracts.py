"""The contracts say what the specification says."""

import re
from pathlib import Path

import polars as pl
import pytest

from sources import CONTRACTS

WHO = ["id_number", "name"]
FRESH = {7: ["deaths", "assistance_roll"], 14: ["household_registry", "inmates"]} | {
    100: ["disability_certificates", "poverty_monitoring", "marriages", "children_care"]
}


def specified(text: str) -> dict[str, list[tuple[str, bool]]]:
    """Columns (name, required) by source, read from the specification's own words."""
    found = {}
    for part in re.split(r"^### ", text.split("## The contracts")[1], flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        body = re.split(r"^- ", body, flags=re.MULTILINE)[0].split(": some banks")[0]
        while "(" in body:
            body = re.sub(r"\([^()]*\)", "", body)
        names = [name.strip() for name in body.replace("\n", " ").split(",")]
        columns = []
        for name in names:
            bare = name.strip("* `").split()[0].strip("*")
            columns += [(who, False) for who in WHO] if bare == "who" else [(bare, name.startswith("**"))]
        # What comes after the numbered contracts speaks of sources that are not built yet.
        if named := re.match("[0-9]+ `(.*?)`", title):
            found[named[1]] = columns
    return found


@pytest.mark.sample
def test_columns_and_required_ones_are_those_of_the_specification(sample_city: Path) -> None:
    spec = specified((sample_city.parent / "spec" / "sources.md").read_text(encoding="utf-8"))
    assert list(spec) == list(CONTRACTS)
    for name, columns in spec.items():
        assert [(c.name, c.required) for c in CONTRACTS[name].columns] == columns, name


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda contract: contract.name)
def test_every_contract_is_described(contract: object) -> None:
    from sources import Contract

    assert isinstance(contract, Contract)
    assert contract.grain.startswith("One row per ")
    assert all(column.title_zh and column.meaning for column in contract.columns)
    fresh = next((days for days, names in FRESH.items() if contract.name in names), 45)
    assert contract.fresh_for_days == fresh
    assert list(contract.empty().columns)[-4:] == ["unreadable", "snapshot_date", "file", "line"]
    assert contract.accepted_schema["unreadable"] == pl.List(pl.String)


def test_money_is_never_a_float() -> None:
    for contract in CONTRACTS.values():
        assert not any(dtype.is_float() for dtype in contract.accepted_schema.values())
        for column in contract.columns:
            if column.kind == "money":
                assert column.dtype == pl.Decimal(14, 2)


def test_seats_carry_the_number_as_delivered() -> None:
    assert [seat.id_number_raw for seat in CONTRACTS["marriages"].seats] == [
        "id_number_a_raw",
        "id_number_b_raw",
    ]
    guardian = CONTRACTS["children_care"].seats[1]
    assert (guardian.id_number_raw, guardian.subject) == ("guardian_id_number_raw", False)
    assert "birth_date_from_number" in CONTRACTS["household_registry"].accepted_schema
