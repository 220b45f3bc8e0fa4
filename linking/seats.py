"""How the seats of a contract name the columns that linking adds, and the SELECT that adds them.

One seat: `person_id`; the two of a marriage: `person_id_a`, `person_id_b`; a guardian: `guardian_person_id`.
Not here: who is linked to whom (matching).
"""

from collections.abc import Callable, Sequence
from typing import Final

from sources import Contract, Seat

LINK: Final = (
    "identity_id",
    "person_id",
    "candidate_person_id",
    "method",
    "decision",
    "probability",
    "runner_up_probability",
    "by_number",
    "number_kind",
)
STANDING: Final = "standing"
"""As `decision`, but `review` where the link is tentative: what rules take a row for (identity.md 7)."""
SPINE_READS: Final = {
    "household_registry": (
        "record_no", "id_number_raw", "name", "former_name", "sex", "birth_date", "ethnicity", "household_no",
        "relation", "marital_status", "hukou_type", "division_code", "address", "status", "status_date",
    ),
    "assistance_roll": (
        "record_no", "case_no", "program", "relation", "id_number_raw", "name", "phone", "address", "division_code",
    ),
}  # fmt: skip
"""What matching reads of registry and roll (`build_spine`)."""
# What a source gives of a person beside number and name; one more column is one more distinct identity.
CONTEXT: Final[dict[str, tuple[str, ...]]] = {
    "household_registry": ("former_name", "sex", "birth_date", "household_no"),
    "assistance_roll": ("case_no", "phone", "address", "division_code"),
    "real_estate": ("address", "division_code"),
    "disability_certificates": ("certificate_no",),
}


def seat_label(seat: Seat) -> str | None:
    """Return the seat's name in `core.person_link`: `a`, `b`, `guardian`, or None where a row has one seat."""
    before, _, after = seat.id_number.partition("id_number")
    return before.strip("_") or after.strip("_") or None


def link_column(seat: Seat, column: str) -> str:
    """Return the name that a link column has in the source's table."""
    return seat.id_number.replace("id_number", column)


def identity_columns(contract: Contract, seat: Seat) -> dict[str, str]:
    """Return ``{column of matching.link: column of the row}`` for one seat."""
    found = {"id_number_raw": seat.id_number_raw, "name": seat.name}
    if seat.subject:
        found |= {column: column for column in CONTEXT.get(contract.name, ())}
    others = [other for other in contract.seats if other != seat and other.subject]
    if seat.subject and others:  # the seats of a couple support each other; a guardian is no evidence
        found |= {"partner_id_number_raw": others[0].id_number_raw, "partner_name": others[0].name}
    return found


def identity_expression(contract: Contract, seat: Seat) -> str:
    """Return the SQL of a seat's identity id: a keyed hash of everything the source gives of the person."""
    fields = ", ".join(
        f"coalesce(CAST({column} AS VARCHAR), '')" for column in identity_columns(contract, seat).values()
    )
    return f"quick_id('I', concat_ws(chr(31), '{contract.name}', '{seat_label(seat) or ''}', {fields}))"


Meeting = Callable[[str, Contract, Seat], str]
"""The condition on which a row meets its link: of the link's alias, the source, the seat."""


def by_record(link: str, contract: Contract, seat: Seat) -> str:  # noqa: ARG001 - one of three
    """One link a row, as the spine gives registry's and roll's."""
    return f"delivered.record_no = {link}.record_no"


def by_identity(link: str, contract: Contract, seat: Seat) -> str:  # noqa: ARG001 - one of three
    """One link an identity, of rows that carry its id."""
    return f"delivered.{link_column(seat, 'identity_id')} = {link}.identity_id"


def by_fields(link: str, contract: Contract, seat: Seat) -> str:
    """One link an identity, beside the columns that make it."""
    columns = identity_columns(contract, seat).values()
    return " AND ".join(f"delivered.{column} IS NOT DISTINCT FROM {link}.{column}" for column in columns)


def core_rows(contract: Contract, rows: str, links: Sequence[str], meeting: Meeting) -> str:
    """Return the statement that makes `core.<source>` of its rows and their links.

    Args:
        contract: the source.
        rows: its accepted rows.
        links: the links of each seat, as matching gives them.
        meeting: on what a row meets its link.
    """
    joins = " ".join(
        f"LEFT JOIN {link} AS link_{position} ON {meeting(f'link_{position}', contract, seat)}"
        for position, (seat, link) in enumerate(zip(contract.seats, links, strict=True))
    )
    return f"CREATE OR REPLACE TABLE core.{contract.name} AS SELECT {_columns(contract)} FROM {rows} AS delivered {joins}"  # noqa: S608


def _columns(contract: Contract) -> str:
    """Return the SELECT list: contract, raw numbers, place in the delivery, links of each seat."""
    alias = {seat.id_number: f"link_{position}" for position, seat in enumerate(contract.seats)}
    listed = [
        f"{alias[column.name]}.id_number AS {column.name}"
        if column.name in alias
        else f"delivered.{column.name}"
        for column in contract.columns
    ]
    contracted = {column.name for column in contract.columns}
    listed += [f"delivered.{seat.id_number_raw}" for seat in contract.seats]
    known = contracted | {seat.id_number_raw for seat in contract.seats}
    listed += [f"delivered.{name}" for name in contract.accepted_schema if name not in known]
    for seat in contract.seats:
        link = alias[seat.id_number]
        listed += [f"{link}.{column} AS {link_column(seat, column)}" for column in LINK]
        standing = f"CASE WHEN {link}.tentative THEN 'review' ELSE {link}.decision END"
        listed.append(f"{standing} AS {link_column(seat, STANDING)}")
    return ", ".join(listed)
