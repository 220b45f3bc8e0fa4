"""What people take away from a published night: workbooks, rows sent back, pairs to be reviewed.

Here belongs the making of files from a published database, opened read-only.
Not here: who is drawn, what is found (`sql`), when a file is made (`pipelines`), the record that it was
(`ledger`).
"""

from exports.reject_file import Form, Kind
from exports.rejects import Sent, export_rejects
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
from exports.spot_check import ExportedList, ExportError, Progress, export_spot_check

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
    "ExportedList",
    "Field",
    "Form",
    "Kind",
    "Made",
    "Piece",
    "Progress",
    "ReviewFileError",
    "Seat",
    "Sent",
    "Wanted",
    "cell",
    "differences",
    "draw_pairs",
    "export_rejects",
    "export_spot_check",
    "printed",
    "printed_columns",
    "read_answers",
    "side_by_side",
    "write_review",
]
