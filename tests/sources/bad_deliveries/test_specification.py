"""Every line of the specification's table (sources.md) has cases of its own, and no reason code is our own."""

import re
from pathlib import Path

import pytest

from exports.rejects import REASONS, TO_DO
from tests.sources.bad_deliveries.test_bad_deliveries import CASES

BY_NAME = {case.name: case for case in CASES}
COVERED = {
    "wrong number of fields, broken line or JSON, bytes that no decoding gives": (
        "too few fields",
        "too many fields",
        "a quote that is never closed, to the end of the file",
        "half an object",
        "a byte that no decoding gives",
    ),
    "number and name both blank in every seat of the row's subject": (
        "number and name both blank",
        "a marriage with both seats empty",
        "a guardian without a child",
    ),
    "a required column missing, or no such thing as its type": (
        "an amount that is blank",
        "an amount in words",
        "a day 29 February of no leap year",
        "a month 13",
        "an unknown code in a required column",
        "a bank row with neither balance nor limit",
    ),
    "same `record_no`, same content": ("the same row twice", "the same row in two files"),
    "same `record_no`, different content": (
        "one record number, two contents",
        "one record number, two contents in two files",
    ),
    "an optional column unreadable, an unknown code in one": (
        "an optional day that is no day",
        "an optional amount in words",
        "an unknown code in an optional column",
    ),
    "registry `birth_date` or `sex` unreadable": (
        "a registry birth date that does not exist, under a valid number",
        "a registry birth date that does not exist, under a damaged number",
        "a registry sex left blank, under a valid number",
    ),
    "wrong check digit, masked number, odd name": (
        "a number with a wrong check digit",
        "a masked number",
        "an odd name: pinyin and a question mark",
    ),
}
ENDS = {
    "wrong number": "unreadable",
    "number and name": "no_identity",
    "a required": "bad_value",
    "same `record_no`, same": "duplicate_row",
    "same `record_no`, different": "conflicting_record_no",
}
REFUSALS = (
    "a manifest that names a missing file",
    "a manifest with another number of rows",
    "a manifest with another checksum",
    "a required column missing",
    "a gzip stream that breaks off",
    "0 bytes",
    "no header",
    "no trailer",
    "a trailer that disagrees",
    "a fifth of the rows and one more",
    "a header and no rows of the roll",
    "a header and no rows of the registry",
)


@pytest.mark.parametrize("line", COVERED)
def test_a_line_of_the_table(line: str) -> None:
    reason = next((reason for start, reason in ENDS.items() if line.startswith(start)), None)
    for name in COVERED[line]:
        found = {told.split()[1] for told in BY_NAME[name].quarantined}
        assert found == {reason} if reason else found <= {"bad_value"}


def test_every_reason_to_refuse_a_snapshot_has_a_case() -> None:
    assert all(BY_NAME[name].refused for name in REFUSALS)


def test_the_table_is_the_specifications(sample_city: Path) -> None:
    text = (sample_city.parent / "spec" / "sources.md").read_text(encoding="utf-8")
    table = text.split("| what | where it goes |")[1].split("\n\n")[0]
    lines = [line.split("|")[1].strip() for line in table.splitlines()[2:]]
    assert len(lines) == len(COVERED)
    assert all(line.startswith(known) for line, known in zip(lines, COVERED, strict=True))
    assert set(re.findall(r"quarantine `([a-z_]+)`", table)) == set(REASONS) == set(TO_DO)
