"""What people take away from a published night: workbooks, rows sent back, pairs to be reviewed.

Here belongs how a file looks, made from a published database that is opened read-only.
Not here: who is drawn, what is found (`sql`), where a file lies and the record that it was made (`casework`).
"""

from exports.errors import ExportError
from exports.reject_file import Form, Kind
from exports.rejects import Rejects, rejects_of
from exports.review_answers import ReviewFileError, cell, read_answers
from exports.review_book import (
    CLERK,
    REASON,
    VERDICT,
    WORDS,
    Made,
    printed,
    write_review,
)
from exports.review_draw import DECIDED, Wanted, draw_pairs
from exports.review_marks import Piece, differences
from exports.review_pairs import FIELDS, OWN_RECORD, SIDES, Field, Seat, printed_columns, side_by_side
from exports.spot_check import VisitList, visit_lists

__all__ = [
    "CLERK",
    "DECIDED",
    "FIELDS",
    "OWN_RECORD",
    "REASON",
    "SIDES",
    "VERDICT",
    "WORDS",
    "ExportError",
    "Field",
    "Form",
    "Kind",
    "Made",
    "Piece",
    "Rejects",
    "ReviewFileError",
    "Seat",
    "VisitList",
    "Wanted",
    "cell",
    "differences",
    "draw_pairs",
    "printed",
    "printed_columns",
    "read_answers",
    "rejects_of",
    "side_by_side",
    "visit_lists",
    "write_review",
]
