"""Texts delivered as names: what surrounds a name taken away, what hides a character marked.

Only text is looked at here; keys, readings and parts of a name stand in ``names``.
"""

from typing import Final

import polars as pl

from matching.normalise.characters import surnames

UNKNOWN: Final = "□"
"""Stands in a key for one character that the delivery does not show (``?``, ``*``, private use)."""
PLAIN: Final = r"^\p{Han}{2,4}$"
"""Nothing to clean, except what `HIDING` names."""
HIDING: Final = r"[某〇之的妻孀属媳婿无不未暂空测姓待同保佚本户\x{F900}-\x{FAFF}]|(?:先生|女士|同志|小姐|儿子|女儿|家属|名字)$"
"""Words and characters by which a name of Chinese characters still hides something, or that have another form."""

_DOTS: Final = r"[·•・‧∙⋅●․．.｡。﹒˙᛫ㆍ･⸱]"
_HIDDEN_DOTS: Final = r"[●•∙]{2,}|(\p{Han})[●•]$"
_UNKNOWN: Final = r"[*?＊？□■○〇�✱×\x{E000}-\x{F8FF}\x{F0000}-\x{FFFFD}]"
_NOISE: Final = r"[\s\p{Z}\p{C}'\"`‘’“”,，、;；:：()（）\[\]【】{}<>《》_/\\|~^$!&@%+=#0-9-]"
_COURTESY: Final = r"(?:先生|女士|同志|小姐)+$"
_LABEL: Final = r"^(?:姓名|名字|名称|户主|申请人|权利人|当事人|持卡人|产权人)[\s]*[:：]"
_SEX: Final = r"(\p{Han}{2,}|[a-zA-Z·]{4,})[\s,，、(（]+(?:男|女|[MF])[)）]?$"
_COMPOSED: Final = r"[(\[{]\p{Han}[+/]\p{Han}[)\]}]|[(\[{]\p{Han}{2}[)\]}](\p{Han})"
_COMPOSED_LAST: Final = r"^(\p{Han})[(\[{]\p{Han}{2}[)\]}]$"
_ROLE: Final = (
    r"[(\[{](?:户主|本人|妻子?|丈夫|夫|配偶|儿子?|女儿?|男|子|长子|次子|长女|次女|孙子|孙女|父亲?|母亲?|已故|死亡|代领?|"
    r"监护人|已婚|未婚|离异|丧偶|退休|原名.*|曾用名.*|又名.*|别名.*|\p{Han}{1,3}族)[)\]}]"
)
_KIN: Final = "妻子?|之?丈夫|儿子?|女儿?|子女?|母亲?|父亲?|遗孀|遗属|家属|妹妹?|弟弟?|姐姐?|哥哥?|孙子?|孙女|儿媳|媳妇?|女婿"
_OF_SOMEBODY: Final = (
    rf"^.{{2,4}}[之的](?:{_KIN})$|^.{{2,3}}(?:妻子|儿子|女儿|遗孀|遗属|家属|儿媳|媳妇|女婿)$|^...妻$"
)
"""陈国强之妻: a relative who is not named; it is no other name of 陈国强."""
_NOBODY: Final = (
    r"^(?:null|none|nan|na|nil|test|unknown|noname|无|无名|无名氏|不详|不明|未知|未填|未登记|未提供|未录入|暂无|空|空白|测试"
    r"|姓名|名字|待定|不清楚|同上|保密|佚名|略|本人|户主)$"
)
"""What stands in a cell that names nobody."""
_ENTITY_DOT: Final = r"(?i)&(?:middot|bull|#0*183|#x0*b7|#0*8226);?"
_ENTITY: Final = r"(?i)&(?:nbsp|amp|lt|gt|quot|apos|ensp|emsp|#[0-9]+|#x[0-9a-f]+);"
_BRACKETED: Final = r"[(\[{][^)\]}]*[)\]}]"
_USUAL_RUN: Final = 3
"""Hidden characters in a row, at most, but for texts that are no names; those are settled by ``names``."""
_DESCRIBED: Final = r"[\x{2FF2}\x{2FF3}][^⿰-⿻]{3}|[⿰⿱⿴-⿻][^⿰-⿻]{2}"
"""A character told by its parts (ideographic description)."""


def cleaned(text: pl.Expr) -> pl.Expr:
    """Texts in lower case without what is no name: one middle dot, ``□`` for each character that is hidden."""
    # Accents first: one of them may stand on a sign that is noise without it (≮). Unknown marks after NFKC, which makes
    # a ? of its small and doubled forms, and before noise: its pattern strips control characters, to which private
    # use belongs.
    text = text.str.replace_all(_ENTITY_DOT, "·").str.replace_all(_ENTITY, " ")
    text = _unaccented(text).str.replace_all("【", "[").str.replace_all("】", "]")
    text = text.str.strip_chars().str.replace(_LABEL, "").str.replace(_SEX, "$1")
    text = _brackets(text)
    for _ in range(3):
        text = text.str.replace_all(_DESCRIBED, UNKNOWN)
    text = text.str.replace_all(_UNKNOWN, UNKNOWN).str.replace_all(_HIDDEN_DOTS, f"${{1}}{UNKNOWN}")
    text = text.str.replace_all(_DOTS, "·").str.replace_all(_NOISE, "").str.strip_chars("·")
    text = text.str.normalize("NFKC")  # what noise parted may be one character
    text = text.str.replace(_surname_alone(), f"${{1}}{UNKNOWN}").str.replace(_COURTESY, "")
    text = text.str.head(1) + text.str.slice(1).str.replace_all("某", UNKNOWN)
    return _crossed(text.str.to_lowercase()).str.replace_all("·+", "·").str.strip_chars("·")


def nobody(key: pl.Series) -> pl.Series:
    """Whether cleaned texts name nobody: a word for it, or a relative of somebody named."""
    return (key.str.contains(_NOBODY) | key.str.contains(_OF_SOMEBODY)).fill_null(value=False)


def _unaccented(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKD").str.replace_all(r"\p{Mn}", "").str.normalize("NFKC")


def _crossed(text: pl.Expr) -> pl.Expr:
    """Runs of x that are no part of a word hide a character each; at the beginning of a part they are a letter.

    A match takes the sign behind it along, which may be the sign before the next run, and the first x of a run alone.
    """
    for _ in range(_USUAL_RUN):
        text = text.str.replace_all("([^a-z·])x(x*)([^a-z]|$)", f"${{1}}{UNKNOWN}${{2}}${{3}}")
    return text


def _surname_alone() -> str:
    """Nothing but a surname before a courtesy: the given name is not told."""
    double = "|".join(sorted(name for name in surnames() if len(name) > 1))
    return rf"^({double}|.){_COURTESY}"


def _brackets(text: pl.Expr) -> pl.Expr:
    """What stands in brackets is a role, a character put together of two, or another name: only the second stays."""
    bare = text.str.replace_all(_ROLE, "").str.replace_all(_COMPOSED, f"{UNKNOWN}${{1}}")
    bare = bare.str.replace(_COMPOSED_LAST, f"${{1}}{UNKNOWN}")
    alone = bare.str.replace_all(_BRACKETED, "")
    return pl.when(alone.str.contains(r"\p{L}.*\p{L}|□")).then(alone).otherwise(bare)
