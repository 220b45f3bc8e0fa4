"""Remarks on headers: delivered columns that the layout does not use, columns of the layout that were not delivered.

Here belongs finding the header that was probably meant. Not here: values (`values`).
"""

from collections.abc import Iterator, Sequence

from sources.contract import Contract
from sources.layout import FileLayout, Layout
from sources.onboarding.advice.remark import Remark, Weight
from sources.onboarding.draft.matching import matched
from sources.onboarding.draft.words import folded, header_score
from sources.onboarding.look import Look
from sources.readers.header import EXTRA, comparable, needed

_LIKE = 55.0
"""Likeness from which a delivered header is named as the one that was probably meant."""


def on_headers(
    contract: Contract, shape: FileLayout, seen: Look, names: Sequence[str], known: Sequence[Layout]
) -> Iterator[Remark]:
    """Compare the layout's headers with the file's.

    Args:
        contract: the source.
        shape: what the layout says of the file.
        seen: what the file seems to be, for what a column is probably meant for.
        names: the columns as the reader names them: canonical, or ``+position:header``.
        known: other layouts.
    """
    source, file = contract.name, seen.path.name
    if not shape.header:
        if shape.format != "fixed" and len(shape.standing) != len(seen.columns):
            found = f"the layout names {len(shape.standing)} columns, the file has {len(seen.columns)}"
            yield Remark(source, file, "header_missing", "refuse", found)
        return
    unused = [name.split(":", 1)[1] for name in names if name.startswith(EXTRA) and ":" in name]
    if all(name.startswith(EXTRA) for name in names):  # not to be listed: it may be a row of values
        yield Remark(
            source, file, "header_missing", "refuse", "no header of the layout stands where it should be"
        )
        return
    for said in shape.standing:
        if not said.to or said.to in names:
            continue
        nearest = _nearest(said.header, unused)
        weight: Weight = "refuse" if said.to in needed(contract, shape) else "lose"
        found = f"the layout's header {said.header[0]!r} is not in the file"
        yield Remark(
            source,
            file,
            "header_missing",
            weight,
            found,
            said.to,
            advice=f"header: {nearest}" if nearest else None,
        )
    likely = {
        comparable(seen.headers[m.at]): m.to for m in matched(seen, contract, known) if seen.headers[m.at]
    }
    listed = {comparable(h) for column in shape.columns for h in column.header}
    for header in unused:
        if not header or header in listed:  # named in the layout without `to`: not wanted, and said so
            continue
        to = likely.get(header)
        advice = f"{{header: {header}, to: {to}}}" if to and to not in names else None
        yield Remark(
            source,
            file,
            "header_unused",
            "look",
            "the layout does not use this column",
            header,
            advice=advice,
        )


def _nearest(expected: Sequence[str], unused: Sequence[str]) -> str | None:
    scored = ((header_score(header, [folded(word) for word in expected]), header) for header in unused)
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= _LIKE else None
