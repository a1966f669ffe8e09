"""A page a service for a person at a terminal, the worst first; a table on top where there are several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carespec.incentives.report import LEFT_OUT_OF_THE_MODEL, Assessed, Incentives, StepReport
from carespec.incentives.tell import phrases


def render(found: Sequence[Incentives]) -> str:
    """Everything, as plain text."""
    services = phrases.worst_first(found)
    blocks = ["\n".join(_table(services))] if len(services) > 1 else []
    blocks += ["\n".join(_page(one)) for one in services]
    blocks.append("\n".join(["The model leaves out:", *(f"  {item}" for item in LEFT_OUT_OF_THE_MODEL)]))
    return "\n\n".join(blocks) + "\n"


def _table(services: Sequence[Incentives]) -> Iterator[str]:
    head = ("service", "structural", "robust", "possible", "undecided", "largest gain", "left out")
    lines = [head, *((one.service, *phrases.counts(one)) for one in services)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _page(one: Incentives) -> Iterator[str]:
    yield f"{one.service} ({one.path})"
    for left in one.left_out:
        yield f"  {phrases.left_out(left)}"
    for told in one.not_followed:
        yield f"  {phrases.not_followed(told)}"
    if not one.steps:
        yield "  Nothing that is paid for treatment could be analysed, so nothing is said about what it rewards."
    for step in one.steps:
        yield ""
        yield from _step(step)
    if one.steps:
        yield ""
        yield "  Assumed (change with --assume NAME=LOW..HIGH):"
        yield from (
            f"    {p.name} {p.show()}, likely {p.show_likely()} [{p.grade}] {p.source}" for p in phrases.used(one)
        )


def _step(step: StepReport) -> Iterator[str]:
    yield f"  {phrases.title(step)}"
    if step.never_stops:
        yield f"    {phrases.never_stops(step)}"
    found = phrases.found_of(step)
    for assessed in found:
        yield ""
        yield from (f"    {line}" for line in _assessed(assessed))
    if not found:
        yield "    None of the incentives looked for was found."
    yield ""
    yield from (f"    {line}" for line in phrases.others(step))
    yield from (f"    {line}" for line in phrases.silences(step))


def _assessed(one: Assessed) -> Iterator[str]:
    yield f"{one.verdict.upper()} {one.pattern.name}  {phrases.headline(one)}"
    for label, words in phrases.rows(one):
        yield f"  {label:<11}{words}"
        if label == "witness" and one.witness is not None:
            yield from _courses(phrases.courses(one.witness))


def _courses(courses: Sequence[tuple[str, str, str, str, str]]) -> Iterator[str]:
    width = max(len(done) for _, done, *_ in courses)
    for name, done, paid, cost, kept in courses:
        yield f"    {name:<10} {done:<{width}}  paid {paid}  cost {cost}  kept {kept}"
