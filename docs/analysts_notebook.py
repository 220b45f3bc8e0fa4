"""Five of the twenty questions of analysts.md, with charts: `make notebook NIGHT=.../published/analyst/current.duckdb`.

The SQL is the page's own, read from it, so that both always say the same. Not here: what the answers mean (analysts.md).
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="核对 hedui")


@app.cell
def opening():
    import json
    import pathlib
    import re

    import altair as alt
    import duckdb
    import marimo as mo
    import polars as pl
    from polars import selectors as cs

    return alt, cs, duckdb, json, mo, pathlib, pl, re


@app.cell
def the_night(alt, cs, duckdb, mo, pathlib, pl, re):
    page = (mo.notebook_dir() / "analysts.md").read_text(encoding="utf-8")
    file = pathlib.Path(str(mo.cli_args().get("night") or "current.duckdb"))
    parts = dict(re.findall(r"^### ([0-9]+)\. (.*?)(?=^##|\Z)", page, re.DOTALL | re.MULTILINE))

    def answer(number: int) -> pl.DataFrame:
        """Return the answer to a question, by its first SQL; money and huge counts as floats, which charts can draw."""
        query = re.search(r"```sql\n(.*?)```", parts[str(number)], re.DOTALL)[1]
        with duckdb.connect(
            str(file), read_only=True
        ) as night:  # closed at once: tomorrow's night is another file
            found = night.sql(query).pl()
        return found.with_columns(cs.decimal().cast(pl.Float64), cs.by_dtype(pl.Int128).cast(pl.Float64))

    def asked(number: int) -> alt.TitleParams:
        """Return a question as a title: in Chinese, below in English."""
        chinese, english = parts[str(number)].split("\n")[0].split("？ ")
        return alt.TitleParams(f"{number}. {chinese}？", subtitle=english, anchor="start")

    with duckdb.connect(str(file), read_only=True) as opened:
        ((night, place, digest),) = opened.execute(
            "SELECT CAST(night AS VARCHAR), place, left(digest, 16) FROM audit.run"
        ).fetchall()
    mo.md(f"# 核对 {place} {night}\n\n摘要 digest `{digest}` · 疑点只是线索，不是结论 · leads, not decisions")
    return answer, asked, night


@app.cell
def flags_by_township(alt, answer, asked, mo):
    flags = answer(1)
    colours = alt.Scale(
        domain=["疑似错保红", "疑似错保黄", "疑似漏保", "需关爱"],
        range=["#c0392b", "#e1b12c", "#2e6da4", "#8e8e8e"],
    )
    by_township = (
        alt.Chart(flags, title=asked(1), width=400)
        .transform_fold(["疑似错保红", "疑似错保黄", "疑似漏保", "需关爱"], as_=["标识", "家庭"])
        .mark_bar()
        .encode(
            x=alt.X("家庭:Q", title="户数 households"),
            y=alt.Y("乡镇:N", title=None),
            yOffset=alt.YOffset("标识:N", scale=alt.Scale(domain=colours.domain)),
            color=alt.Color("标识:N", scale=colours, title=None, legend=alt.Legend(orient="bottom")),
        )
    )
    mo.ui.altair_chart(by_township)
    return (flags,)


@app.cell
def money_at_stake(alt, answer, asked, mo):
    money = answer(3)
    at_stake = (
        alt.Chart(money, title=asked(3), width=400)
        .mark_bar()
        .encode(
            x=alt.X("sum(每月元):Q", title="每月元 yuan a month"),
            y=alt.Y("救助类别:N", sort="-x", title=None),
            color=alt.Color(
                "优先级:O",
                title="优先级 priority",
                scale=alt.Scale(scheme="reds", reverse=True),
                legend=alt.Legend(orient="bottom"),
            ),
            tooltip=["救助类别", "建议措施", "优先级", "条数", "每月元"],
        )
    )
    mo.ui.altair_chart(at_stake)
    return (money,)


@app.cell
def rules_that_fire(alt, answer, asked, mo):
    fired = answer(6)
    by_rule = (
        alt.Chart(fired, title=asked(6), width=400)
        .transform_calculate(rule="datum.rule_id + ' ' + datum.title_zh")
        .mark_bar()
        .encode(
            x=alt.X("sum(findings):Q", title="疑点 findings"),
            y=alt.Y("rule:N", title=None, axis=alt.Axis(labelLimit=260)),
            color=alt.Color(
                "severity:N",
                title=None,
                legend=alt.Legend(orient="bottom"),
                scale=alt.Scale(domain=["red", "yellow"], range=["#c0392b", "#e1b12c"]),
            ),
            tooltip=["rule_id", "title_zh", "severity", "lowered_by", "findings"],
        )
    )
    mo.ui.altair_chart(by_rule)
    return (fired,)


@app.cell
def links_by_source(alt, answer, asked, mo):
    links = answer(7)
    linked = (
        alt.Chart(links, title=asked(7), width=400)
        .mark_circle(size=90)
        .encode(
            x=alt.X(
                "linked:Q",
                title="关联率 share linked",
                axis=alt.Axis(format="%"),
                scale=alt.Scale(zero=False),
            ),
            y=alt.Y("source:N", sort="-x", title=None, axis=alt.Axis(labelLimit=260)),
            size=alt.Size("rows:Q", title="行数 rows", legend=alt.Legend(orient="bottom")),
            tooltip=["source", "rows", "linked", "in_review", "linked_though_damaged"],
        )
    )
    mo.ui.altair_chart(linked)
    return (links,)


@app.cell
def income_against_the_standard(alt, answer, asked, mo):
    income = answer(11)
    spread = alt.Chart(income).encode(
        y=alt.Y("estimate:N", title=None), color=alt.Color("estimate:N", legend=None)
    )
    between = spread.mark_rule(strokeWidth=3).encode(
        x=alt.X("p10:Q", title="收入 ÷ 标准 income over standard"), x2="p90:Q"
    )
    middle = spread.mark_tick(thickness=4, size=18).encode(
        x="median:Q", tooltip=["program", "estimate", "median", "above"]
    )
    line = alt.Chart(income).mark_rule(strokeDash=[4, 4]).encode(x=alt.datum(1))
    against = (
        alt.layer(between, middle, line, data=income)
        .properties(width=400)
        .facet(row=alt.Row("program:N", title=None))
        .properties(title=asked(11))
    )
    mo.ui.altair_chart(against)
    return (income,)


@app.cell
def as_a_script(fired, flags, income, json, links, mo, money, night):
    drawn = {"flags": flags, "money": money, "fired": fired, "links": links, "income": income}
    if mo.app_meta().mode == "script":
        print(json.dumps({"night": night, "rows": {name: len(frame) for name, frame in drawn.items()}}))
    return


if __name__ == "__main__":
    app.run()
