"""Damage of the tests' own, unlike that of ``synth``: by kind, what a careless office makes of one identity.

Each kind is a function of chance and an identity (number, name, address) and gives it back damaged. Tables here are of
their own: they share no glyph pair, mask or label with the tables of the product or of ``synth`` on purpose.
"""

import random
from collections.abc import Callable

Identity = tuple[str | None, str | None, str | None]

GLYPHS = dict(
    zip(
        "伟芳娜敏静磊洋勇艳杰娟涛超霞刚华建国志兰梅辉文斌宇浩涵轩欣怡思雅婷晓红玉春明平军强桂丽",
        "纬苍挪繁靖垒样湧滟杰涓滔召瑕纲哗健园痣拦莓晖纹赋芋皓函杆掀恰恩稚停饶虹钰椿萌评浑犟佳俪",
        strict=True,
    )
)
TRADITIONAL = dict(
    zip(
        "伟娜静艳杰涛刚华国兰辉丽红军强张刘陈杨赵黄马罗郑谢韩冯",
        "偉娜靜艷傑濤剛華國蘭輝麗紅軍強張劉陳楊趙黃馬羅鄭謝韓馮",
        strict=True,
    )
)
ROLES = [
    "(户主)",
    "（配偶）",
    " 女",
    " 男",
    "、",
    "(之子)",
    "1",
    "（本人）",
    ".",
    "【已故】",
    "(汉族)",
    " （离异）",
]
LABELS = ["身份证:", "身份证号：", "公民身份号码 ", "ID:", "证件号码:", "SFZ"]
CHINESE = "零一二三四五六七八九"


def one(raw: str, place: int, new: str) -> str:
    return raw[:place] + new + raw[place + 1 :]


def _number(change: Callable[[random.Random, str], str]) -> Callable[[random.Random, Identity], Identity]:
    return lambda chance, who: (change(chance, who[0] or ""), who[1], who[2])


def _name(change: Callable[[random.Random, str], str]) -> Callable[[random.Random, Identity], Identity]:
    return lambda chance, who: (who[0], change(chance, who[1] or ""), who[2])


def _address(change: Callable[[random.Random, str], str]) -> Callable[[random.Random, Identity], Identity]:
    return lambda chance, who: (None, who[1], change(chance, who[2] or ""))


def _glyph(chance: random.Random, name: str) -> str:
    places = [at for at, character in enumerate(name) if at and character in GLYPHS]
    if not places:
        return name
    at = chance.choice(places)
    return one(name, at, GLYPHS[name[at]])


def _numerals(text: str) -> str:
    """Whole numbers up to 99 in Chinese, as people write them; larger ones digit by digit."""
    out, digits = "", ""
    for sign in [*text, ""]:
        if sign and sign in "0123456789":
            digits += sign
            continue
        if digits:
            value = int(digits)
            if value < 10:
                out += CHINESE[value]
            elif value < 100:
                tens, units = divmod(value, 10)
                out += ("" if tens == 1 else CHINESE[tens]) + "十" + (CHINESE[units] if units else "")
            else:
                out += "".join(CHINESE[int(d)] for d in digits)
            digits = ""
        out += sign
    return out


KINDS: dict[str, Callable[[random.Random, Identity], Identity]] = {
    "number labelled": _number(lambda c, n: c.choice(LABELS) + n),
    "number in groups": _number(
        lambda c, n: c.choice([" ", "-", ".", "\u200b", "·"]).join((n[:6], n[6:14], n[14:]))
    ),
    "number quoted": _number(
        lambda c, n: c.choice(["‘{}", "\u200e{}", "{}(本人)", "{}。", "\ufeff{}", "{}\r\n", "`{}"]).format(n)
    ),
    "letters for digits": _number(
        lambda _, n: n[:10] + n[10:17].replace("0", "O").replace("1", "l") + n[17:]
    ),
    "digit lost": _number(lambda c, n: one(n, c.randrange(17), "")),
    "digit doubled": _number(lambda c, n: (lambda at: n[:at] + n[at] + n[at:])(c.randrange(17))),
    "masked with X": _number(lambda _, n: n[:6] + "X" * 8 + n[14:]),
    "masked with bullets": _number(lambda c, n: n[:6] + c.choice("•●○＊") * 8 + n[14:]),
    "masked with lines": _number(lambda _, n: n[:6] + "_" * 8 + n[14:]),
    "masked short": _number(lambda _, n: n[:6] + "****" + n[14:]),
    "masked dots": _number(lambda _, n: n[:6] + "……" + n[14:]),
    "last four only": lambda _, who: ((who[0] or "")[14:], who[1], who[2]),
    "role behind the name": _name(lambda c, n: n + c.choice(ROLES)),
    "label before the name": _name(lambda c, n: c.choice(["姓名:", "户主：", "申请人: "]) + n),
    "name with zero-width signs": _name(lambda _, n: "\u200b".join(n) + "\ufe0f"),
    "name spaced": _name(lambda c, n: c.choice([" ", "\u3000", "\xa0", "  "]).join(n)),
    "name traditional": _name(lambda _, n: "".join(TRADITIONAL.get(x, x) for x in n)),
    "other glyph": _name(_glyph),
    "name masked with X": _name(lambda _, n: n[0] + "X" * (len(n) - 1)),
    "name masked 某": _name(lambda _, n: n[0] + "某" * (len(n) - 1)),
    "name masked with circles": _name(lambda c, n: n[0] + c.choice("○●□") * (len(n) - 1)),
    "name by one star": _name(lambda _, n: n[0] + "*"),
    "name turned": _name(lambda _, n: n[1:] + n[0]),
    "address in Chinese numerals": _address(lambda _, a: _numerals(a)),
    "address of other words": _address(
        lambda c, a: a.replace("村", c.choice(["村", "村委会", "居委会"])).replace(
            "组", c.choice(["队", "村民小组", "小组"])
        )
    ),
    "address spaced": _address(lambda c, a: c.choice([" ", "\u3000", "，"]).join((a[:3], a[3:]))),
}
"""What may be done to an identity; addresses come without a number."""
