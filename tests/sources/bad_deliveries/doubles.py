# ruff: noqa: E501 - a table: one case a line
"""Rows with one record number, and snapshots with too much to set aside."""

from tests.sources.bad_deliveries.case import Bad, Row, among, inmates, rows_of, text


def two(first: list[Row], second: list[Row]) -> dict[str, bytes]:
    """Two files of one snapshot: each may hold a few rows of its own."""
    return {"sf_1.csv": text("inmates", *first), "sf_2.csv": text("inmates", *second)}


GOOD = rows_of("inmates")
R1: Row = {"record_no": "R1"}
R1_OTHER: Row = {"record_no": "R1", "name": "李四"}


def again(*rows: Row) -> list[Row]:
    return rows_of("inmates", *rows, good_rows=0)


DUPLICATE, CONFLICT = "duplicate_row", "conflicting_record_no"
DOUBLES = [
    Bad("the same row twice", inmates(R1), accepted=20, quarantined=(f"22 {DUPLICATE}",)),
    Bad("the same row three times", inmates(R1, R1), accepted=20, quarantined=(f"22 {DUPLICATE}", f"23 {DUPLICATE}")),
    Bad("one record number, two contents", inmates(R1_OTHER), accepted=19, quarantined=(f"2 {CONFLICT}", f"22 {CONFLICT}")),
    Bad("two alike and a third that differs", inmates(R1, R1_OTHER), accepted=19, quarantined=(f"2 {CONFLICT}", f"22 {DUPLICATE}", f"23 {CONFLICT}")),
    Bad("the same row in two files", two(GOOD, again(R1)), accepted=20, quarantined=(f"sf_2.csv:2 {DUPLICATE}",)),
    Bad("one record number, two contents in two files", two(GOOD, again(R1_OTHER)), accepted=19, quarantined=(f"sf_1.csv:2 {CONFLICT}", f"sf_2.csv:2 {CONFLICT}")),
    Bad("a conflict with a row that is bad anyway", inmates({"record_no": "R1", "kind": "x"}), accepted=20, quarantined=("22 bad_value kind",)),
    Bad("a double of a row that is bad anyway", inmates({"kind": "x"}, {"record_no": "R101", "kind": "x"}), accepted=20, quarantined=("22 bad_value kind", "23 bad_value kind")),
    Bad("doubles without anybody in them", inmates({"id_number": "", "name": ""}, {"record_no": "R101", "id_number": "", "name": ""}), accepted=20, quarantined=("22 no_identity", "23 no_identity")),
    Bad("a double but for a blank at the end of a name", inmates({"record_no": "R1", "name": "张三 "}), accepted=19, quarantined=(f"2 {CONFLICT}", f"22 {CONFLICT}")),
    Bad("a double but for the quotes around a field", inmates({"record_no": "R1", "name": '"张三"'}), accepted=20, quarantined=(f"22 {DUPLICATE}",)),
    Bad("record numbers that differ in case alone", inmates({"record_no": "r1"}), accepted=21),
    Bad("a conflict that makes a refused cell vanish", inmates(R1_OTHER | {"to_date": "x"}), accepted=19, quarantined=(f"2 {CONFLICT}", f"22 {CONFLICT}")),
    Bad("doubles in a gated source", among("tax_income", {"record_no": "R1"}), source="tax_income", accepted=20, quarantined=(f"22 {DUPLICATE}",)),
    Bad("a fifth of the rows, exactly", inmates(*[{"kind": "x"}] * 4, good_rows=16), accepted=16, quarantined=tuple(f"{line} bad_value kind" for line in range(18, 22))),
    Bad("a fifth of the rows and one more", inmates(*[{"kind": "x"}] * 5, good_rows=16), refused="5 of 21 rows (24%) would be quarantined, more than 20%: 5 bad_value in kind"),
    Bad("just over a fifth, doubles counted", inmates(R1, R1, R1, R1, {"kind": "x"}, good_rows=19), refused="would be quarantined, more than 20%: 4 duplicate_row, 1 bad_value in kind"),
    Bad("one file all bad, the snapshot under a fifth", two(GOOD, again({"kind": "x"}, {"kind": "x"})), accepted=20, quarantined=("sf_2.csv:2 bad_value kind", "sf_2.csv:3 bad_value kind")),
    Bad("unreadable lines alone over a fifth", inmates(*["a"] * 6), refused="6 unreadable"),
]  # fmt: skip
