"""People nobody could overlook, planted in a city's deliveries, are nowhere in the analyst file."""

from pathlib import Path

import duckdb
import pytest

from tests.night.canaries import AMOUNT, BIRD, DEBT, PHONE, PLACE, Person, dumped, traces
from tests.night.conftest import Canary


@pytest.fixture(scope="module")
def files(canary: Canary) -> tuple[Path, Path]:
    """The restricted and the analyst file."""
    restricted = Path(canary.ended.summary["database"])
    return restricted, restricted.parents[1] / "analyst" / restricted.name


def test_canaries_are_in_the_restricted_file_and_in_no_other(
    files: tuple[Path, Path], chosen: dict[str, Person]
) -> None:
    whole, masked = (dumped(file) for file in files)
    assert len(chosen) > 8
    planted_texts = [BIRD, PHONE, PLACE, DEBT, "98765.43"]
    assert [text for text in [*planted_texts, AMOUNT] if text not in whole] == []
    assert set(traces(masked)) & {*planted_texts} == set()  # an amount of nobody in particular stays
    assert sum(number in whole for number in chosen) == len(chosen)
    assert sum(number in masked or number[6:14] in masked for number in chosen) == 0
    assert BIRD.encode() not in files[1].read_bytes()


def test_nothing_long_that_the_restricted_file_says_of_them_is_in_the_other(
    files: tuple[Path, Path], chosen: dict[str, Person]
) -> None:
    """Accounts, plates, certificates, employers, schools: whatever a department wrote of a canary."""
    masked = dumped(files[1])
    gone = {
        "bank_accounts": ["account_no"], "vehicles": ["plate_no"], "real_estate": ["certificate_no", "address"],
        "social_insurance": ["employer_name"], "tax_income": ["payer_code", "payer_name"], "students": ["school_name"],
        "business_registrations": ["entity_code", "entity_name"], "disability_certificates": ["certificate_no"],
        "household_registry": ["address", "household_no"], "assistance_roll": ["case_no", "address"],
    }  # fmt: skip
    with duckdb.connect(str(files[0]), read_only=True) as connection:
        said = {
            str(value)
            for source, columns in gone.items()
            for column in columns
            for (value,) in connection.execute(
                f"SELECT DISTINCT {column} FROM core.{source} WHERE list_contains($numbers, id_number) AND length({column}) > 5",
                {"numbers": list(chosen)},
            ).fetchall()
        }
    assert len(said) > 20
    assert sum(value in masked for value in said) == 0


def test_canaries_have_masked_findings(files: tuple[Path, Path], chosen: dict[str, Person]) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            f"ATTACH '{files[0]}' AS whole (READ_ONLY); ATTACH '{files[1]}' AS masked (READ_ONLY)"
        )
        count = "SELECT count(*) FROM {}.out.finding WHERE explanation_zh LIKE '%{}%'"
        for name in {person.canary for person in chosen.values()}:
            ((whole,),) = connection.execute(count.format("whole", name)).fetchall()
            ((masked,),) = connection.execute(count.format("masked", f"{name[0]}某")).fetchall()
            assert masked >= whole
        ((told,),) = connection.execute(count.format("whole", BIRD)).fetchall()
    assert told >= 5
