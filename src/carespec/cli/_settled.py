"""What a run goes by, from its options and the configuration: which files, which packs, what fails, what is known."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from carespec.cli._shared import day_given, fail, said
from carespec.quantities.gregorian import month_length
from carespec.records import rule_id
from carespec.source import read_bytes

if TYPE_CHECKING:
    from carespec.baseline import Entry
    from carespec.config.find import Config
    from carespec.config.settings import Settings
    from carespec.guidance.law import Law
    from carespec.guidance.model import Pack
    from carespec.records import Finding, Fix, Report


def settings_for(config_file: str | None, read: Callable[[str], bytes] = read_bytes, **options: Any) -> Settings:
    """The settings of a run; a configuration with anything wrong in it ends the run, with all that is wrong.

    `read` gives what a file holds, as for `config.find.nearest`.
    """
    from carespec.config.settings import settled

    config = configuration(config_file, read)
    if config.data:
        from carespec.config.problems import problems

        told = [f"{config.path}:{line}: {message}" for line, message in problems(config)]
        if told:
            fail("the configuration cannot be used:\n" + "\n".join(told))
    return settled(config, read, **options)


def configuration(path: str | None = None, read: Callable[[str], bytes] = read_bytes) -> Config:
    """The configuration in a file, else the nearest; one that cannot be read ends the run."""
    from carespec.config.find import Unreadable, load, nearest

    try:
        found = nearest(".", read) if path is None else load(path, read)
    except Unreadable as error:
        fail(str(error))
    except OSError as error:
        fail(f"`{path or error.filename}` cannot be read: {said(error)}")
    if found is None:
        fail(f"`{path}` has no `[tool.carespec]` in it")
    here = os.path.relpath(found.path) if found.path else ""
    return found._replace(path=found.path if here.startswith("..") else here)


def known_on_paths(settings: Settings, packs: tuple[Pack, ...]) -> None:
    """End the run for a name that is to be ignored on some paths and does not exist."""
    from carespec.cli._guidance import chosen_from

    for names in settings.on_some_paths("ignore"):
        chosen_from((), names, packs)


def guidance_names(settings: Settings) -> tuple[str, ...]:
    """The packs that are asked for: names of those that ship, and files; one that the configuration names as a file
    stands beside it. A name that no pack has ends the run.
    """
    from carespec.cli._guidance import is_file

    told = settings.told("guidance")
    if not told.value:
        return ()
    from carespec.cli._own_packs import located  # most configurations name no pack

    folder = "" if "guidance" in settings.given else settings.config.folder
    written = (os.path.relpath(os.path.join(folder, one)) if folder and is_file(one) else one for one in told.value)
    return tuple(dict.fromkeys(path for one in written for path in located(one, settings)))


def assumptions_file(settings: Settings) -> str | None:
    """The file of figures in place of those that ship."""
    return settings.file("assumptions") if settings.value("assumptions") else None


def law_of(settings: Settings, packs: tuple[Pack, ...], today: date, rules: frozenset[str] | None) -> Law:
    """What services are held against: the packs, the chosen rules, the days, the figures that incentives take."""
    from carespec.guidance.law import Law

    law = Law(packs, today, settings.value("as-at"), settings.value("known-at"), rules)
    file, changes = assumptions_file(settings), settings.value("assume")
    if file or changes:
        from carespec.cli._figures import figures_given

        law = law._replace(assumptions=figures_given(file, changes))
    return law._replace(full=settings.value("incentives") == "full")


def corpus(settings: Settings) -> tuple[str, ...]:
    """The folders that are meant where no path is given; none where the configuration names none."""
    if settings.told("corpus").origin == "default":
        return ()
    return tuple(os.path.relpath(os.path.join(settings.config.folder, each)) for each in settings.value("corpus"))


def day_of_run(today: date | None, as_at: date | None) -> date:
    """The day of the run; the clock is asked only where nothing says one."""
    from carespec.clock import clock

    try:
        return today or as_at or clock()
    except ValueError as error:
        fail(str(error))


_HORIZON = r"(\d{1,3})\s*(d|day|w|week|m|month|y|year)s?"


def end_of_horizon(text: str, today: date) -> date:
    """The last day of a horizon such as `12m`, or the date that it names."""
    found = re.fullmatch(_HORIZON, text.strip().lower())
    if found is None:
        day = day_given("--horizon", text, "a time such as 12m, 90d or 1y, or a date such as 2012-04-01")
        return day if day >= today else fail(f"--horizon looks ahead, and {day} is before {today}")
    number, unit = int(found[1]), found[2][0]
    if unit in "dw":
        return today + timedelta(days=number * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 + number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, month_length(year, month + 1)))


def fails(settings: Settings, finding: Finding) -> bool:
    """Whether a finding makes the exit code 1."""
    from carespec.records import at_least

    level = settings.value("fail-on", finding.path)
    return finding.outcome == "fails" and level != "never" and at_least(finding.severity, level)


def without_known(report: Report, settings: Settings) -> Report:
    """The report without what is to be ignored on its path, with what the baseline knows set apart, and with the edits
    that say what the settings say is meant.
    """
    report, known = without_ignored(report, settings), baseline_of(settings)
    report = report._replace(findings=as_meant(report.findings, settings))
    if not known:
        return report
    from carespec.baseline import accept

    return accept(report, known)


def without_ignored(report: Report, settings: Settings) -> Report:
    """The report without what the configuration ignores on single paths."""
    if not settings.on_some_paths("ignore"):
        return report
    return report._replace(findings=tuple(f for f in report.findings if not is_ignored(f, settings)))


def is_ignored(finding: Finding, settings: Settings) -> bool:
    """Whether a finding is to be ignored on its path: by its name, by a rule's full name, or with all of its pack."""
    full = rule_id(finding)
    return bool({finding.name, full, f"{full.partition('.')[0]}.*"} & set(settings.value("ignore", finding.path)))


def as_meant(findings: Iterable[Finding], settings: Settings) -> tuple[Finding, ...]:
    """The findings; where the author has said which of several things is meant, with the edit that says it."""
    return tuple([_as_meant(f, f.fix, settings) if f.fix is not None and f.fix.readings else f for f in findings])


def _as_meant(finding: Finding, fix: Fix, settings: Settings) -> Finding:
    meant = [one.edit for one in fix.readings if settings.value(one.setting, finding.path) == one.word]
    return finding._replace(fix=fix._replace(edit=meant[0])) if meant else finding


def baseline_of(settings: Settings) -> tuple[Entry, ...]:
    """The entries of the baseline; none where there is no file and nobody asked for one."""
    told = settings.told("baseline")
    path = settings.file("baseline")
    if told.value == "none":
        return ()
    try:
        written = settings.read(path)
    except FileNotFoundError:
        if told.origin == "default":
            return ()
        fail(f"there is no baseline `{os.path.relpath(path)}`; `carespec baseline create` writes it")
    except OSError as error:
        fail(f"the baseline `{os.path.relpath(path)}` cannot be read: {said(error)}")
    from carespec.baseline.file import Damaged, parsed  # most repositories have none

    try:
        return parsed(written.decode("utf-8"))
    except Damaged as error:
        fail(f"the baseline `{os.path.relpath(path)}` cannot be used: {error}")
    except UnicodeDecodeError:
        fail(f"the baseline `{os.path.relpath(path)}` cannot be read: it is not saved as UTF-8")
