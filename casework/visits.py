"""The list for the door: the workbooks of a night's visits, handed out.

Not here: who is visited (sql/draw), what a workbook looks like (exports).
"""

import logging
from datetime import date
from pathlib import Path

from casework.handing import handing_out
from casework.published import published
from exports import visit_lists

log = logging.getLogger("hedui")


def export_visits(warehouse: Path, night: date | None, out: Path | None) -> list[Path]:
    """Write the visit list of a published night, one workbook a township, and return the workbooks.

    Args:
        warehouse: the warehouse folder.
        night: a published night; None for the current one.
        out: folder of the workbooks; ``<warehouse>/exports/<night>`` when None.

    Raises:
        CaseworkError: there is no such night, or a file cannot be written.
        ExportError: the night holds no list.
    """
    chosen = published(warehouse, night)
    folder, lists = out or chosen.exports, visit_lists(chosen.database)
    with handing_out(chosen, "spot_check") as handing:
        files: list[Path] = []
        for each in lists:
            made = handing.file(
                folder / each.file, each.write, about=each.list_id, households=each.households
            )
            files.append(made)
            log.info("%s (%d of %d)", each.township, len(files), len(lists))
    return files
