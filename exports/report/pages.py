"""A report as files: one HTML page, one PDF, from the same content.

Here belongs what hands content to the two templates. Not here: what is said, where a file lies.
"""

import dataclasses
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from exports.report.fonts import FAMILY, Fonts
from exports.report.model import Paragraph, Report, texts
from exports.templates import rendered

HERE: Final = Path(__file__).parent
EMPTY: Final = "〓"


class PageError(RuntimeError):
    """A page could not be set; the message holds nothing of the household."""


def legible(report: Report, fonts: Fonts) -> Report:
    """Return the report with characters that no font shows replaced by 〓 and their code, and a line that says so.

    Both pages are made from what this returns: a name is the same on paper and on a screen.
    """
    missing = fonts.missing(texts(report))
    if not missing:
        return report
    instead = {ord(each): f"{EMPTY}（U+{ord(each):04X}）" for each in missing}
    codes = "、".join(f"U+{ord(each):04X}" for each in missing)
    told = Paragraph(
        f"字库里没有下列生僻字，文中以“{EMPTY}”和编码代替：{codes}。姓名以户口簿和身份证为准。", "note"
    )
    shown: Report = _replaced(report, instead)
    return replace(
        shown, opening=(*shown.opening, told), missing=tuple(f"U+{ord(each):04X}" for each in missing)
    )


def html_of(report: Report) -> str:
    """Return the report as one page that asks the network for nothing; every text is escaped."""
    return str(rendered(HERE / "page.html", report=report))


def pdf_of(report: Report, fonts: Fonts) -> bytes:
    """Return the report as a PDF of A4 pages with its fonts embedded; dated by its night, so that it stays the same.

    Raises:
        PageError: the template cannot be set.
    """
    import typst  # 84 MB: only who asks for a PDF waits for it

    content = json.dumps(dataclasses.asdict(report), ensure_ascii=False)
    compiler = typst.Compiler(
        str(HERE / "page.typ"),
        root=str(HERE),
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in fonts.folders],
        ),
        ignore_system_fonts=True,
        sys_inputs={"report": content, "family": FAMILY},
    )
    dated = datetime.fromisoformat(report.date).replace(tzinfo=UTC)
    try:
        made = compiler.compile(format="pdf", timestamp=dated, pdf_standards="1.7")
    except typst.TypstError:  # its diagnostic may quote the household: neither shown nor chained
        raise PageError(
            "The PDF could not be set, which is a fault of hedui and not of the data. "
            "Write the page alone meanwhile: --format html."
        ) from None
    assert isinstance(made, bytes)  # noqa: S101 - one format, no output file: the binding returns bytes
    return made


def _replaced(value: Any, instead: dict[int, str]) -> Any:  # noqa: ANN401 - any part of a report
    """Return a part of a report with characters replaced in every text."""
    if isinstance(value, str):
        return value.translate(instead)
    if isinstance(value, tuple):
        return tuple(_replaced(each, instead) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            each.name: _replaced(getattr(value, each.name), instead) for each in dataclasses.fields(value)
        }
        return replace(value, **fields)
    return value
