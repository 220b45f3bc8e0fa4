"""The page's routes: the next pair, a pair, an answer, all done.

Here belong requests and responses, and the token of forms. Not here: who may come in (`casework.guard`), pairs and
answers (`desk`), words in templates (`*.html`).
"""

import hmac
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from casework.guard import Guard, Guarded
from casework.review.answers import LONGEST_REASON
from casework.review.page.desk import Desk
from exports import WORDS
from exports.templates import rendered
from ledger import VERDICTS, LedgerError

HERE: Final = Path(__file__).parent
MOST_BYTES: Final = 16 * 1024
"""A reason of 500 characters, percent-encoded, is less."""
HINTS: Final = {"same": "两边说的是同一个人", "different": "两边是两个人", "cannot_tell": "材料不够,不猜"}
KEYED: Final = "请用命令 hedui review serve 给出的网址打开。"
ASSETS: Final = ("review.css", "review.js")
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def application(desk: Desk, guard: Guard) -> ASGIApp:
    """Return the page for one clerk's desk, behind its guard."""
    page = Page(desk)
    routes = [
        Route("/", page.next),
        Route("/pair/{code}", page.pair),
        Route("/pair/{code}", page.answer, methods=["POST"]),
        Route("/done", page.done),
        *(Route(f"/{name}", _asset(name)) for name in ASSETS),
    ]
    free = frozenset(f"/{name}" for name in ASSETS)
    return Guarded(Starlette(routes=routes), guard, POLICY, lambda: _said("不能打开", KEYED, 403), free)


class Page:
    """The handlers, for a clerk who may come in."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk; make the token by which a form is known to come from this process."""
        self._desk, self._token = desk, secrets.token_urlsafe(24)

    def next(self, _: Request) -> Response:
        """Go to the next pair to decide."""
        return _to(self._desk.after(None))

    def pair(self, request: Request) -> Response:
        """Show a pair, decided or not."""
        return self._shown(str(request.path_params["code"]))

    async def answer(self, request: Request) -> Response:
        """Take an answer and go on to the next pair."""
        if int(request.headers.get("content-length", MOST_BYTES + 1)) > MOST_BYTES:
            return _said("没有记录", "内容太长。", 413)
        form = await request.form()
        given = {name: str(form.get(name, "")) for name in ("token", "verdict", "reason")}
        if not hmac.compare_digest(given["token"].encode(), self._token.encode()):
            return _said("没有记录", "页面已过期,请返回首页重新打开这一对。", 403)
        return await run_in_threadpool(
            self._taken, str(request.path_params["code"]), given["verdict"], given["reason"]
        )

    def done(self, _: Request) -> Response:
        """Say that all are decided, or how many are not."""
        count, total = len(self._desk.said()), len(self._desk.codes)
        if count < total:
            return _said("还有未判断的", f"已判断 {count} 对,共 {total} 对。")
        return _said("全部判断完毕", f"共 {total} 对,谢谢。可以关闭本页,并在终端按 Ctrl-C 结束。")

    def _shown(self, code: str) -> Response:
        if code not in self._desk.codes:
            return _said("没有这一对", "网址有误,请返回首页。", 404)
        said = self._desk.said()
        before, after = self._desk.beside(code)
        shown = rendered(
            HERE / "pair.html",
            code=code,
            place=self._desk.codes.index(code) + 1,
            total=len(self._desk.codes),
            decided=len(said),
            sides=self._desk.sides(code),
            lines=self._desk.lines(code),
            said=said.get(code),
            before=before,
            after=after,
            words=WORDS,
            hints=HINTS,
            by=self._desk.by,
            night=self._desk.night.isoformat(),
            token=self._token,
            longest=LONGEST_REASON,
        )
        return HTMLResponse(shown)

    def _taken(self, code: str, verdict: str, reason: str) -> Response:
        """Record an answer; nothing is recorded where anything is wrong with it."""
        found = next((known for known in VERDICTS if known == verdict), None)
        if code not in self._desk.codes or found is None:
            return _said("没有记录", "没有这一对,或没有选择判断。", 400)
        short = re.sub(r"[\s\x00-\x1f\x7f]+", " ", reason).strip()
        if len(short) > LONGEST_REASON:
            return _said("没有记录", f"理由最多 {LONGEST_REASON} 字。", 400)
        try:
            self._desk.decide(code, found, short)
        except LedgerError:
            return _said("没有记录", "决定没有写入账本,请稍后重试;仍不行请联系管理员。", 503)
        return _to(self._desk.after(code))


def _to(code: str | None) -> Response:
    return RedirectResponse("/done" if code is None else f"/pair/{code}", 303)


def _said(title: str, sentence: str, status: int = 200) -> Response:
    return HTMLResponse(rendered(HERE / "said.html", title=title, sentence=sentence), status)


def _asset(name: str) -> Callable[[Request], Response]:
    def asset(_: Request) -> Response:
        return FileResponse(HERE / name)

    return asset
