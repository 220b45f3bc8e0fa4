"""The two pages: from one content, the same every time, harmless whatever was delivered."""

import html
import importlib.util
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pytest

from exports.errors import ExportError
from exports.report import Fonts, Report, fonts_of, html_of, legible, pdf_of, texts
from tests.report.conftest import Night

HOSTILE = "<script>alert(1)</script>&amp; #sys.inputs $x$ [*] \\u{41} _甲_"


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def bare(text: str) -> str:
    """Text without blanks: pages break lines where they must."""
    return re.sub(r"\s+", "", text)


class Shown(HTMLParser):
    """The text of a page, and whatever it would run or load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.silent = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.silent = tag in ("style", "title")
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action")]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the name is HTMLParser's
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(data)


@pytest.fixture(scope="module")
def report(night: Night, by_rule: dict[str, str]) -> Report:
    return night.report(by_rule["X03"])


def test_both_pages_say_all_of_the_content(report: Report, fonts: Fonts) -> None:
    shown = legible(report, fonts)
    on_screen = bare("".join(Shown(html_of(shown)).texts))
    head, foot = shown.subject + "核对日" + shown.night, "仅用于本户社会救助核对，请妥善保管，不得挪作他用"
    paper = bare("".join(pages(pdf_of(shown, fonts)))).replace(bare(head), "")
    paper = re.sub(rf"{foot}第\d+页，共\d+页", "", paper)
    for text in texts(shown):
        assert bare(text) in on_screen
        if text != shown.subject:
            assert bare(text) in paper, text


def test_the_page_of_a_screen_runs_and_loads_nothing(report: Report) -> None:
    page = html_of(report)
    assert Shown(page).tags.isdisjoint({"script", "link", "img", "iframe", "form", "object"})
    assert not Shown(page).addresses
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_delivered_text_is_shown_as_it_is_and_does_nothing(
    copy: Night, by_rule: dict[str, str], fonts: Fonts
) -> None:
    copy.change("UPDATE core.person SET name = ? WHERE household_id = ?", HOSTILE, by_rule["X03"])
    report = legible(copy.report(by_rule["X03"]), fonts)
    page = html_of(report)
    assert "<script" not in page
    assert html.escape(HOSTILE, quote=False) in page
    assert bare(HOSTILE) in bare("".join(pages(pdf_of(report, fonts))))


def test_the_same_night_gives_the_same_bytes(
    night: Night, copy: Night, by_rule: dict[str, str], fonts: Fonts
) -> None:
    household = by_rule["X03"]
    copy.change(
        "UPDATE audit.run SET started = started + INTERVAL 1 DAY, finished = finished + INTERVAL 1 DAY"
    )
    first, second = (legible(each.report(household), fonts) for each in (night, copy))
    assert html_of(first) == html_of(second)
    assert pdf_of(first, fonts) == pdf_of(second, fonts)


def test_the_pdf_is_dated_by_its_night_and_carries_its_fonts(report: Report, fonts: Fonts) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(report, fonts)))
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date().isoformat() == "2021-12-31"
    for page in reader.pages:
        named = page["/Resources"]["/Font"]
        for font in (named[name].get_object() for name in named):
            (below,) = font["/DescendantFonts"]
            assert any(key.startswith("/FontFile") for key in below.get_object()["/FontDescriptor"])


def test_every_page_names_the_case_and_its_number(report: Report, fonts: Fonts) -> None:
    told = pages(pdf_of(report, fonts))
    for number, text in enumerate(told, start=1):
        assert bare(report.subject) in bare(text)
        assert f"第{number}页，共{len(told)}页" in bare(text)


def test_rare_characters_are_shown_and_the_missing_ones_named(
    copy: Night, by_rule: dict[str, str], fonts: Fonts
) -> None:
    copy.change("UPDATE core.person SET name = '刘䶮㛃𠮷\U0002a6d0' WHERE household_id = ?", by_rule["X03"])
    assert fonts.missing(["䶮㛃𠮷\ufe01"]) == ()
    report = legible(copy.report(by_rule["X03"]), fonts)
    assert report.missing == ("U+2A6D0",)
    paper = bare("".join(pages(pdf_of(report, fonts))))
    for page in (paper, bare(html_of(report))):
        assert "刘䶮㛃𠮷〓（U+2A6D0）" in page
        assert "字库里没有下列生僻字，文中以“〓”和编码代替：U+2A6D0。" in page


def test_a_folder_without_fonts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="holds no font file"):
        fonts_of(tmp_path)


def test_without_the_font_package_the_command_to_install_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ExportError, match="pip install noto-cjk-sans-otc"):
        fonts_of.__wrapped__()
