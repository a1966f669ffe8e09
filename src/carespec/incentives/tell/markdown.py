"""The same pages as Markdown, for a report or a comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carespec.incentives.report import LEFT_OUT_OF_THE_MODEL, Assessed, Incentives, StepReport
from carespec.incentives.tell import phrases


def render(found: Sequence[Incentives]) -> str:
    """Everything, as Markdown."""
    services = phrases.worst_first(found)
    lines = ["# What the payments reward", ""]
    if len(services) > 1:
        lines += _table(services)
    for one in services:
        lines += _page(one)
    lines += ["## What the model leaves out", "", *(f"- {item}" for item in LEFT_OUT_OF_THE_MODEL)]
    return "\n".join(lines) + "\n"


def _table(services: Sequence[Incentives]) -> Iterator[str]:
    yield "| service | structural | robust | possible | undecided | largest gain | left out |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    yield from (f"| {' | '.join((one.service, *phrases.counts(one)))} |" for one in services)
    yield ""


def _page(one: Incentives) -> Iterator[str]:
    yield from (f"## {one.service}", "", f"`{one.path}`", "")
    for left in one.left_out:
        yield f"- {phrases.left_out(left)}"
    yield from (f"- {phrases.not_followed(told)}" for told in one.not_followed)
    if not one.steps:
        yield "Nothing that is paid for treatment could be analysed, so nothing is said about what it rewards."
    yield ""
    for step in one.steps:
        yield from _step(step)
    if one.steps:
        yield from ("### Assumed", "", "| figure | range | likely | source |", "| --- | --- | --- | --- |")
        for p in phrases.used(one):
            yield f"| `{p.name}` | {p.show()} | {p.show_likely()} | {p.grade}: {p.source} |"
        yield ""


def _step(step: StepReport) -> Iterator[str]:
    yield from (f"### {phrases.title(step)}", "")
    if step.never_stops:
        yield from (phrases.never_stops(step), "")
    found = phrases.found_of(step)
    for assessed in found:
        yield from _assessed(assessed)
    if not found:
        yield from ("None of the incentives looked for was found.", "")
    for line in (*phrases.others(step), *phrases.silences(step)):
        yield f"- {line}"
    yield ""


def _assessed(one: Assessed) -> Iterator[str]:
    yield from (f"#### {one.pattern.name}: {one.verdict}", "", phrases.headline(one), "")
    yield from (f"- **{label}:** {words}" for label, words in phrases.rows(one))
    yield ""
    if one.witness is not None:
        yield from ("| course | what is done | paid | cost | kept |", "| --- | --- | --- | --- | --- |")
        yield from (f"| {' | '.join(course)} |" for course in phrases.courses(one.witness))
        yield ""
