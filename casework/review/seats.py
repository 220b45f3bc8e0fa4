"""Where each source names people, for review: exports know no contracts.

Here belong titles and columns of each seat. Not here: the fields of the comparison (exports), how rows meet
their links (assets).
"""

from typing import Final

from exports import Seat
from linking.seats import identity_columns, link_column, seat_label
from sources import CONTRACTS

FIELDS: Final = {
    "id_number_raw": "number",
    "name": "name",
    "former_name": "former_name",
    "birth_date": "birth_date",
    "phone": "phone",
    "address": "address",
    "certificate_no": "certificate",
}
"""Column of an identity -> field of the comparison."""
PARTNER: Final = "concat_ws(' ', {partner_name}, {partner_id_number_raw})"
SEX: Final = "CASE {sex} WHEN 'male' THEN '男' WHEN 'female' THEN '女' END"
SAME_CASE: Final = """(
    SELECT array_to_string(list_slice(list_sort(list(DISTINCT other.name)), 1, 8), '、')
    FROM core.assistance_roll AS other
    WHERE other.case_no = delivered.case_no AND other.name IS DISTINCT FROM delivered.name
)"""
GUARDIAN: Final = "监护人"


def review_seats() -> list[Seat]:
    """Return every seat of every source."""
    seats: list[Seat] = []
    for contract in CONTRACTS.values():
        for seat in contract.seats:
            known = identity_columns(contract, seat)
            columns = {field: known[column] for column, field in FIELDS.items() if column in known}
            if "sex" in known:
                columns["sex"] = SEX.format_map(known)
            if "partner_name" in known:
                columns["company"] = PARTNER.format_map(known)
            elif contract.name == "assistance_roll":
                columns["company"] = SAME_CASE
            title = f"{contract.department_zh} {contract.title_zh}"
            seats.append(
                Seat(
                    contract.name,
                    seat_label(seat) or "",
                    title if seat.subject else f"{title}({GUARDIAN})",
                    link_column(seat, "identity_id"),
                    columns,
                )
            )
    return seats
