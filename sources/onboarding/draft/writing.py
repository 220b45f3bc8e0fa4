"""The text of a drafted layout: YAML that loads, with what a person must decide as comments beside it.

What is not certain is never active: an undecided code is a comment, so that its rows go to quarantine until somebody
decides, and a required column that was not found leaves a layout that the product refuses to load.
"""

import json
from collections import Counter
from unicodedata import category

import yaml

from sources.onboarding.draft.drafting import Draft, Drafted
from sources.refusal import readable_name

_DEFAULT = {"dates": "%Y-%m-%d", "months": "%Y-%m"}
DECIDE = "# 待定 DECIDE"
LOOK = "# 请核对 CHECK"
_NO_VALUE = (ValueError, OverflowError, RecursionError)
"""What YAML's reader raises at 2021-13-45, at a day before the first, and at brackets within brackets without end."""


def as_yaml(draft: Draft) -> str:
    """The layout file `<source>.yaml`."""
    contract = draft.contract
    common = {name: _usual(draft, kind) for name, kind in (("dates", "date"), ("months", "month"))}
    words = {name: _words(draft, name) for name in ("yes", "no")}
    file = _visible(readable_name(draft.look.path.name))
    lines = [
        f"# {contract.name} ({contract.title_zh}): drafted from {file}, {draft.look.rows:,} rows.",
        f"# A draft, for a person to finish: look at every line marked {LOOK[2:]} and {DECIDE[2:]}, then run",
        "# hedui check --layout. What the keys mean: docs/sources.md.",
        f"pattern: {_quoted(readable_name(draft.pattern))}",
        *_form(draft),
        *(f"{name}: {_flow(forms)}" for name, forms in common.items() if forms),
        *(f"{name}_words: {_flow(found)}" for name, found in words.items() if found),
        "columns:",
    ]
    header = draft.look.keys.get("header", True)
    widths = draft.look.keys.get("widths", [None] * len(draft.columns))
    if any(widths):
        lines.insert(-1, f"{LOOK}: the widths are guesses from blanks; the department's description has them")
    for column, width in zip(draft.columns, widths, strict=True):
        lines += _column(draft, column, common, header=header, width=width)
    lines += [
        f"  # {'待定 DECIDE: required' if c.required and c.name != 'record_no' else 'not found: optional'}: "
        f"{{header: ?, to: {c.name}}}  ({c.title_zh}: {c.meaning})"
        for c in draft.missing
    ]
    return "\n".join(lines) + "\n"


def _form(draft: Draft) -> list[str]:
    order = (
        "format",
        "encoding",
        "delimiter",
        "quote",
        "header",
        "title_rows",
        "header_rows",
        "sheet",
        "trailer",
        "totals",
    )
    keys = draft.look.keys
    return [f"{key}: {_flow(keys[key])}" for key in order if key in keys]


def _flow(value: object) -> str:
    if isinstance(value, str) and value.replace("-", "").isalnum() and not value[:1].isdigit():
        return value
    return _quoted(value)


def _usual(draft: Draft, kind: str) -> list[str]:
    """The formats that most of the file's date (or month) columns have."""
    column = draft.contract.column
    found = [tuple(d.formats) for d in draft.columns if d.to and column[d.to].kind == kind and d.formats]
    return list(Counter(found).most_common(1)[0][0]) if found else []


def _words(draft: Draft, name: str) -> list[str]:
    found = [word for drafted in draft.columns for word in getattr(drafted, name)]
    return list(dict.fromkeys(found))


def _column(
    draft: Draft, drafted: Drafted, common: dict[str, list[str]], *, header: bool, width: int | None
) -> list[str]:
    named = [f"header: {_scalar(drafted.header)}"] if header else []
    wide = [f"width: {width}"] if width else []
    if drafted.to is None:
        told = _visible(drafted.header)
        return [f"  # not used: {told}"] if header else [f"  - {{{', '.join(wide)}}}  # not used"]
    kind = draft.contract.column[drafted.to].kind
    keys = [*named, f"to: {drafted.to}", *wide]
    if kind in ("date", "month") and drafted.formats and drafted.formats != common[f"{kind}s"]:
        keys.append(f"{kind}s: {_flow(drafted.formats)}")
    if drafted.unit:
        keys.append(f"unit: {drafted.unit}")
    if drafted.blank:
        keys.append(f"blank: {_flow(drafted.blank)}")
    mark = "" if drafted.sure else f"  {LOOK}"
    if kind in ("date", "month") and not drafted.formats:
        mark += f"  {LOOK}: no value was seen, so its format is a guess"
    if kind == "code":
        return _codes(draft, drafted, keys, mark)
    undecided = [
        f"    {DECIDE}: yes or no? {_scalar(word)} ({n:,} rows)" for word, (n, _) in drafted.undecided.items()
    ]
    return [f"  - {{{', '.join(keys)}}}{mark}", *undecided]


def _codes(draft: Draft, drafted: Drafted, keys: list[str], mark: str) -> list[str]:
    lines = [f"    {key}" for key in keys]
    lines[0] = f"  - {keys[0]}{mark}"
    known = ", ".join(draft.contract.column[str(drafted.to)].codes)
    undecided = [
        f"      {DECIDE} ({n:,} rows{f', perhaps {guess}' if guess else ''}): {_scalar(spelling)}: "
        for spelling, (n, guess) in drafted.undecided.items()
    ]
    if drafted.codes and all(spelling.isascii() for spelling in drafted.codes):
        lines.append(f"    {LOOK}: these codes are numbers, mapped as the national standards have them")
    listed = [f"      {_scalar(spelling)}: {_scalar(word)}" for spelling, word in drafted.codes.items()]
    undecided += [
        f"      # {n:,} rows hold what is hardly a code, of the shape {_visible(s)}"
        for s, n in drafted.oddities.items()
    ]
    hint = [f"      # one of: {known}"] if drafted.undecided or not listed else []
    whole = [*lines, "    codes:", *listed, *hint, *undecided]
    optional = not draft.contract.column[str(drafted.to)].required
    if not listed and optional:  # an optional column without any code would keep the layout from loading
        return [f"  # {line[2:]}" for line in whole]
    return whole


def _scalar(text: str) -> str:
    """A text as YAML reads it back as the same text, on one line, plain where it can be."""
    try:
        alone = yaml.safe_load(text) == text and yaml.safe_load(f"{{a: {text}}}") == {"a": text}
    except (yaml.YAMLError, *_NO_VALUE):
        alone = False
    return text if alone and text == _visible(text) else _quoted(text)


def _quoted(value: object) -> str:
    return _visible(json.dumps(value, ensure_ascii=False))


def _visible(text: str) -> str:
    """With signs that nobody sees, or that end a line, as YAML escapes them between double quotes."""
    seen = (sign.isprintable() or category(sign) == "Zs" for sign in text)
    return "".join(sign if plain else f"\\U{ord(sign):08x}" for sign, plain in zip(text, seen, strict=True))
