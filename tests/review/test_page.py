"""The local page: who is let in, what is refused, what is written; and that it works without a browser's script."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from casework.guard import HEADERS, Guard
from casework.review.drawing import Review
from casework.review.page.desk import Desk
from casework.review.page.routes import POLICY, application
from ledger import Ledger, link_decisions

PORT = 8787
HOME = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def guard() -> Guard:
    return Guard("review", PORT)


@pytest.fixture
def desk(review: Review) -> Iterator[Desk]:
    with Ledger.open(review.paths.ledger) as book:
        review.record(book)
        yield Desk(review, book, "王核")


@pytest.fixture
def page(desk: Desk, guard: Guard) -> ASGIApp:
    return application(desk, guard)


@pytest.fixture
def stranger(page: ASGIApp) -> TestClient:
    return TestClient(page, base_url=HOME, follow_redirects=False)


@pytest.fixture
def clerk(page: ASGIApp, guard: Guard) -> TestClient:
    """A browser that entered by the address; like every browser, it says where its forms come from."""
    clerk = TestClient(page, base_url=HOME, follow_redirects=False, headers={"origin": HOME})
    entered = clerk.get(guard.addresses[0])
    assert entered.status_code == 303 and entered.headers["location"] == "/"
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    return clerk


def written(review: Review) -> list[tuple[str, str, str | None]]:
    with Ledger.open(review.paths.ledger) as book:
        found = link_decisions(book, book.sequence())
    return found.select("verdict", "decided_by", "reason").rows()


def token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def answer(clerk: TestClient, code: str, verdict: str = "same", reason: str = "", **headers: str) -> int:
    form = {"token": token(clerk.get(f"/pair/{code}").text), "verdict": verdict, "reason": reason}
    return clerk.post(f"/pair/{code}", data=form, headers=headers).status_code


def test_answers_go_straight_to_the_ledger_and_on_to_the_next(clerk: TestClient, review: Review) -> None:
    first, second, third = review.pairs["code"][:3]
    assert clerk.get("/").headers["location"] == f"/pair/{first}"
    shown = clerk.get(f"/pair/{first}").text
    form = {"token": token(shown), "verdict": "different", "reason": " 年龄\n不符 "}
    assert clerk.post(f"/pair/{first}", data=form).headers["location"] == f"/pair/{second}"
    assert written(review) == [("different", "王核", "年龄 不符")]
    assert clerk.post(f"/pair/{first}", data=form).status_code == 303
    assert len(written(review)) == 1  # the same answer again is no second entry
    assert answer(clerk, second) == 303
    assert clerk.get("/").headers["location"] == f"/pair/{third}"


def test_an_answer_is_undone_by_a_later_one(clerk: TestClient, review: Review) -> None:
    code = review.pairs["code"][0]
    answer(clerk, code, "same")
    again = clerk.get(f"/pair/{code}").text
    assert "已判断:同一人" in again and 'class="chosen"' in again
    answer(clerk, code, "cannot_tell")
    assert [verdict for verdict, *_ in written(review)] == ["same", "cannot_tell"]


def test_after_the_last_pair_all_is_done(clerk: TestClient, review: Review) -> None:
    assert "还有未判断的" in clerk.get("/done").text
    for code in review.pairs["code"]:
        answer(clerk, code)
    assert clerk.get("/").headers["location"] == "/done"
    assert "全部判断完毕" in clerk.get("/done").text


def test_what_others_said_is_not_shown(clerk: TestClient, desk: Desk, review: Review) -> None:
    code = review.pairs["code"][0]
    Desk(review, desk._book, "李对").decide(code, "different", "秘密理由")
    shown = clerk.get(f"/pair/{code}").text
    assert "已判断:" not in shown and "李对" not in shown and "秘密理由" not in shown


def test_the_page_is_blind(clerk: TestClient, review: Review) -> None:
    pages = "".join(clerk.get(f"/pair/{code}").text for code in review.pairs["code"])
    assert not re.search(r"queue|probab|score|linked|stratum|two_numbers|分数|概率|建议|抽样", pages)
    assert not [one for one in review.pairs["person_id"] if one in pages]


@pytest.mark.parametrize("path", ["/", "/done", "/pair/x", "/enter", "/enter?key=wrong"])
def test_a_stranger_sees_nothing(stranger: TestClient, path: str) -> None:
    refused = stranger.get(path)
    assert refused.status_code == 403 and "请用命令" in refused.text
    assert "set-cookie" not in refused.headers


def test_a_stranger_writes_nothing(stranger: TestClient, clerk: TestClient, review: Review) -> None:
    path = f"/pair/{review.pairs['code'][0]}"
    form = {"token": token(clerk.get(path).text), "verdict": "same"}
    refused = stranger.post(path, data=form, headers={"origin": HOME})
    assert refused.status_code == 403 and "请用命令" in refused.text
    assert written(review) == []
    assert clerk.post(path, data=form).status_code == 303


def test_forms_of_others_are_refused(clerk: TestClient, review: Review) -> None:
    code = review.pairs["code"][0]
    assert clerk.post(f"/pair/{code}", data={"verdict": "same"}).status_code == 403
    assert clerk.post(f"/pair/{code}", data={"verdict": "same", "token": "x" * 32}).status_code == 403
    assert answer(clerk, code, origin="http://evil.example") == 403
    assert answer(clerk, code, origin="null") == 403
    assert answer(clerk, code, origin=f"http://localhost:{PORT + 1}") == 403
    assert written(review) == []
    assert answer(clerk, code, origin=HOME) == 303


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8787", "127.0.0.1", "127.0.0.1:80", ""])
def test_other_names_for_this_machine_are_refused(clerk: TestClient, host: str) -> None:
    assert clerk.get("/", headers={"host": host}).status_code == 421
    assert clerk.get("/", headers={"host": f"localhost:{PORT}"}).status_code in (303, 403)


@pytest.mark.parametrize("path", ["/", "/done", "/nowhere", "/pair/none", "/review.css"])
def test_every_answer_carries_the_headers(clerk: TestClient, path: str) -> None:
    wanted = HEADERS | {"Content-Security-Policy": POLICY}
    for answered in (clerk.get(path), clerk.get(path, headers={"host": "evil.example"})):
        assert {name: answered.headers[name] for name in wanted} == wanted


@pytest.mark.parametrize(("verdict", "reason"), [("maybe", ""), ("", ""), ("same", "长" * 501)])
def test_what_is_no_answer_is_not_written(
    clerk: TestClient, review: Review, verdict: str, reason: str
) -> None:
    assert answer(clerk, review.pairs["code"][0], verdict, reason) == 400
    assert written(review) == []


def test_unknown_pairs_and_long_forms(clerk: TestClient, review: Review) -> None:
    assert clerk.get("/pair/aaaaaa-000000000000").status_code == 404
    form = {"token": "x", "verdict": "same", "reason": "x" * 20_000}
    assert clerk.post(f"/pair/{review.pairs['code'][0]}", data=form).status_code == 413
    assert written(review) == []


def test_names_are_text_whatever_they_hold(desk: Desk, review: Review, guard: Guard) -> None:
    code = review.pairs["code"][0]
    desk._shown[code]["left_name"] = "<script>alert(1)</script>"
    client = TestClient(application(desk, guard), base_url=HOME)
    client.get(guard.addresses[0])
    shown = client.get(f"/pair/{code}").text
    assert shown.count("<script") == 1 and "&lt;" in shown


def test_no_page_loads_anything_from_elsewhere(clerk: TestClient, review: Review) -> None:
    shown = clerk.get(f"/pair/{review.pairs['code'][0]}").text
    assert set(re.findall(r'(?:src|href)="([^"]*)"', shown)) <= {
        "/review.css", "/review.js", "/", *(f"/pair/{code}" for code in review.pairs["code"])
    }  # fmt: skip
    assert "url(" not in clerk.get("/review.css").text and "style=" not in shown
