"""What people take away from a published night: workbooks, rows sent back.

Here belongs the making of files from a published database, opened read-only.
Not here: who is drawn, what is found (`sql`), when a file is made (`pipelines`), the record that it was
(`ledger`).
"""

from exports.reject_file import Form, Kind
from exports.rejects import Sent, export_rejects
from exports.spot_check import ExportedList, ExportError, Progress, export_spot_check

__all__ = [
    "ExportError",
    "ExportedList",
    "Form",
    "Kind",
    "Progress",
    "Sent",
    "export_rejects",
    "export_spot_check",
]
