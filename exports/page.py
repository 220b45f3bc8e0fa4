"""A page that stands alone: charts and tables in one HTML file that asks the network for nothing.

Here belong the frame of a page and its tables. Not here: charts (charts.py), what a page says (quality_*.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_STYLE: Final = """
body{font:14px/1.5 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif;color:#1a202c;
max-width:860px;margin:24px auto;padding:0 16px}
h1{font-size:22px;margin:0 0 4px}h2{font-size:17px;margin:28px 0 2px}.en{color:#4a5568;font-size:13px;margin:0 0 8px}
.restricted{border:2px solid #c53030;color:#c53030;padding:6px 10px;font-weight:bold}
table{border-collapse:collapse;font-size:12px;margin:6px 0}td,th{border-bottom:1px solid #e2e8f0;padding:2px 10px 2px 0;
text-align:left;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums}summary{cursor:pointer;color:#2b6cb0}
svg{width:100%;height:auto}.key span{display:inline-block;width:10px;height:10px;margin:0 4px 0 12px}
"""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True)
class Section:
    """One part of a page: headings and a sentence in both languages, then SVG and tables."""

    zh: str
    en: str
    parts: Sequence[str]


def page(zh: str, en: str, sections: Sequence[Section], warning: str = "") -> str:
    """Return a whole page.

    Args:
        zh: its title in Chinese, which comes first.
        en: the same in English.
        sections: its parts, in order.
        warning: who may see it; shown in red above everything.
    """
    shown = "".join(
        f'<h2>{escape(each.zh)}</h2><p class="en">{escape(each.en)}</p>{"".join(each.parts)}'
        for each in sections
    )
    told = f'<p class="restricted">{escape(warning)}</p>' if warning else ""
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(zh)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<style>{_STYLE}</style></head><body>{told}<h1>{escape(zh)}</h1><p class="en">{escape(en)}</p>{shown}</body></html>\n'
    )


def table(headings: Sequence[str], rows: Sequence[Sequence[object]], *, folded: str = "") -> str:
    """Return a table; numbers stand to the right. ``folded``: the word under which it opens, if it is long."""
    head = "".join(f"<th>{escape(text)}</th>" for text in headings)
    body = "".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in rows)
    made = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<details><summary>{escape(folded)}</summary>{made}</details>" if folded else made


def key(colours: Sequence[tuple[str, str]]) -> str:
    """Return what each colour means (text, colour)."""
    listed = "".join(f'<span style="background:{colour}"></span>{escape(text)}' for text, colour in colours)
    return f'<p class="key">{listed}</p>'


def _cell(value: object) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, bool):
        return f"<td>{'是' if value else ''}</td>"
    if isinstance(value, int):
        return f'<td class="n">{value:,}</td>'
    if isinstance(value, float):
        return f'<td class="n">{value:.6g}</td>'
    return f"<td>{escape(str(value))}</td>"
