"""Notices of a night's end to whoever operates it: a command, a web hook, both or none.

`HEDUI_NOTICE_COMMAND` gets the notice as JSON on standard input (and its title and text as environment variables),
`HEDUI_NOTICE_URL` gets the same JSON by POST. Counts and our own sentences only, nothing of a person. A notice that cannot be
delivered is a warning in the log and never fails a night. Not here: when one is due (sensors.py, run.py).
"""

import json
import logging
import os
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from assets.measures import SHARES

log = logging.getLogger("hedui")
SECONDS: Final = 30  # a command or web hook that takes longer has failed
RETRIES: Final = 2
COUNTS: Final = {
    "rows_delivered": "读取行数",
    "rows_quarantined": "隔离行数",
    "snapshots_refused": "拒收快照",
    "households": "家庭户数",
    "should_not_be_covered": "疑似不符合",
    "missing_from_coverage": "应享未享",
    "visits_drawn": "入户走访",
}
IN_CHINESE: Final = {"published": "已发布", "failed": "失败", "missing": "到时未发布"}
Outcome = Literal["published", "failed", "missing"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said of a night: its outcome, counts, and what the operator should do."""

    outcome: Outcome
    night: date
    place: str
    run: str
    why: str = ""
    to_do: str = "无须处理。"
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """One line, Chinese."""
        return f"核对 {self.place} {self.night}：{IN_CHINESE[self.outcome]}"

    @property
    def text(self) -> str:
        """The whole notice as lines: Chinese, the reason of a failure in the words of the night."""
        counts = "，".join(f"{COUNTS[name]} {self.counts[name]:,}" for name in COUNTS if name in self.counts)
        return "\n".join(line for line in (self.title, counts, self.why, f"处理：{self.to_do}") if line)

    def body(self) -> dict[str, object]:
        """The JSON that is sent; `msgtype` and `text` are how the chat robots of WeCom and DingTalk take a message."""
        return {
            **asdict(self),
            "night": self.night.isoformat(),
            "counts": dict(self.counts),
            "title": self.title,
            "msgtype": "text",
            "text": {"content": self.text},
        }


def published(night: date, place: str, run: str, summary: Mapping[str, object]) -> Notice:
    """Return the notice of a published night from its summary."""
    counts = {name: value for name in COUNTS if isinstance(value := summary.get(name), int)}
    missing = [
        f"{words}：{'、'.join(names)}"
        for words, key in (("缺失来源", "absent_sources"), ("过期来源", "stale_sources"))
        if isinstance(names := summary.get(key), list) and names
    ]
    if counts.get("snapshots_refused"):
        missing.append("有快照被拒收，已用旧快照顶替，见 audit.source_snapshot.refused_why")
    to_do = "；".join(missing) + "。请催办（docs/operations.md）。" if missing else "无须处理。"
    held = summary.get("held")
    if isinstance(held, list) and held:
        items = "、".join(f"{row['item']}（{_changed(row)}）" for row in held)
        to_do = f"数量突变：{items}，相关疑点暂缓列入清单和预警，核实后用 hedui accept 确认。" + (
            to_do if missing else ""
        )
    return Notice("published", night, place, run, to_do=to_do, counts=counts)


def _changed(row: Mapping[str, Any]) -> str:
    if row.get("measure") in SHARES:
        return f"可关联比例 {row['before'] / 100:.1f}%→{row['now'] / 100:.1f}%"
    return f"{row['before']:,}→{row['now']:,}"


def failed(night: date, place: str, run: str, why: str) -> Notice:
    """Return the notice of a failed night."""
    to_do = "上一次发布仍然有效。排除原因后重跑这一晚；见 docs/operations.md。"
    return Notice("failed", night, place, run, why=why, to_do=to_do)


def missing(night: date, place: str, newest: date) -> Notice:
    """Return the notice that a night is not published when everybody comes to work; ``newest`` is what they see."""
    to_do = f"当前发布仍是 {newest}。请查看 Dagster 的运行记录后重跑这一晚；见 docs/operations.md。"
    return Notice("missing", night, place, "", why=f"The night of {night} is not published.", to_do=to_do)


def tell(notice: Notice) -> list[str]:
    """Send a notice by every way that is configured; what goes wrong is logged and returned, never raised."""
    wrong = []
    body = json.dumps(notice.body(), ensure_ascii=False)
    for name, send in (("HEDUI_NOTICE_COMMAND", _by_command), ("HEDUI_NOTICE_URL", _by_hook)):
        address = os.environ.get(name, "").strip()
        if not address:
            continue
        try:
            send(address, body, notice)
        except Exception as error:
            wrong.append(f"{name}: the notice could not be delivered: {_plainly(error)}")
            log.warning(wrong[-1])
    return wrong


class NoticeError(RuntimeError):
    """A notice was not taken."""


def _by_command(command: str, body: str, notice: Notice) -> None:
    """Run the command with the notice on its standard input."""
    environment = os.environ | {
        "HEDUI_NOTICE_TITLE": notice.title,
        "HEDUI_NOTICE_TEXT": notice.text,
        "HEDUI_NOTICE_OUTCOME": notice.outcome,
    }
    done = subprocess.run(  # noqa: S603 - the operator's own command
        shlex.split(command),
        input=body.encode(),
        env=environment,
        timeout=SECONDS,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise NoticeError(f"the command ended with {done.returncode}")


def _by_hook(url: str, body: str, _: Notice) -> None:
    """Post the notice, again twice if the other side cannot be reached or is overloaded."""
    import requests  # a third of a second that most nights need not spend
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    again = Retry(RETRIES, backoff_factor=1, status_forcelist=(429, 502, 503, 504), allowed_methods=None)
    with requests.Session() as session:
        session.mount(f"{urlsplit(url).scheme}://", HTTPAdapter(max_retries=again))
        answer = session.post(
            url, data=body.encode(), headers={"Content-Type": "application/json"}, timeout=SECONDS / 3
        )
    if not answer.ok:
        raise NoticeError(f"{urlsplit(url).hostname} answered {answer.status_code}")


def _plainly(error: Exception) -> str:
    """Return what may be logged of an error: libraries quote addresses, and a web hook's address is a secret."""
    return str(error) if isinstance(error, NoticeError) else type(error).__name__
