"""What is wrong with waivers, as findings: on a line of a register, or of a service's own document.

What a waiver waives shows only where its service is held against rules; a line for a service that is not there, only
where the whole corpus was looked at.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence

from carespec.flags import Flag
from carespec.guidance.flaws import title_of
from carespec.guidance.register import Register
from carespec.guidance.waivers import AFFECTS, OF_NOBODY, PENDING, UNNAMED, Told
from carespec.model.facts import Problem, Waiver
from carespec.records import Finding, Fix
from carespec.source import Source, span_of
from carespec.vocabulary import nearest


def finding(told: Told, service: str, path: str, lines: Sequence[str]) -> Finding:
    """What is wrong with a waiver; `path` and `lines` are those of the file in which it stands."""
    flag = told.flag
    says = lines[flag.line - 1][flag.start : flag.end].strip()
    severity = "may" if told.name == PENDING else "should"
    return Finding(
        f"waiver.{told.name}/{service}/{told.waiver.rule}", "waiver", told.name, "fails", severity, "certain",
        "carespec", service, None, path, span_of(flag.line, flag.start, flag.end), flag.message, says,
        flag.affects or AFFECTS, Fix(flag.fix), title=title_of(told.name),
    )  # fmt: skip


def of_no_service(register: Register, services: Collection[str]) -> Iterator[Finding]:
    """The lines of a register for services that the corpus does not have."""
    for name, waivers in register.waivers.items():
        if name in services:
            continue
        near = nearest(name, services)
        message = f"no document here is about a service `{name}`, so this waives nothing"
        message += f"; did you mean `{near}`?" if near else ""
        fix = (
            f"Write `for {near}`."
            if near
            else "Delete the line, or write the name that the service's file begins with."
        )
        for waiver in waivers:
            flag = Flag(message, fix, waiver.line, waiver.start, waiver.end)
            yield finding(Told(OF_NOBODY, flag, waiver), name, register.path, register.lines)


def in_register(
    waivers: Sequence[Waiver], source: Source, name: str, register: Register, severities: Mapping[str, str]
) -> Iterator[Finding]:
    """What is wrong with a register by itself: dates that do not exist, and that it is none for this run.

    `severities` are those of the checks that are run.
    """
    for waiver in waivers:
        for problem in waiver.problems:
            if problem.check in severities:
                yield _of_problem(waiver, problem, source, severities[problem.check])
    if waivers and not (register.path and os.path.realpath(register.path) == os.path.realpath(source.path)):
        message = "no configuration names this register, so nothing in it waives anything"
        fix = f'Write `waivers = "{os.path.basename(source.path)}"` in `carespec.toml`: the path from there.'
        flag = Flag(message, fix, waivers[0].line, waivers[0].start, waivers[0].end)
        yield finding(Told(UNNAMED, flag, waivers[0]), name, source.path, source.lines)


def _of_problem(waiver: Waiver, problem: Problem, source: Source, severity: str) -> Finding:
    span = span_of(waiver.line, problem.start, problem.end)
    return Finding(
        f"check.{problem.check}/{waiver.service}/{waiver.rule}", "check", problem.check, "fails", severity, "certain",
        "carespec", waiver.service, None, source.path, span, problem.message,
        source.lines[waiver.line - 1][problem.start : problem.end], AFFECTS, Fix(problem.fix),
    )  # fmt: skip
