"""Everybody whom services treat differently, told in full: as text and as Markdown, group by group.

What was set apart, and what was taken for granted before anything was compared, is said at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

from carespec.compare.pages import taken_for_granted
from carespec.compare.patients import Everybody
from carespec.compare.peers import is_in_use
from carespec.journeys.as_markdown import dead_ends_markdown, patients_markdown
from carespec.journeys.as_text import ALL, FIRST, dead_ends_text, patients_text
from carespec.journeys.telling import folder_of


def everybody_text(found: Sequence[Everybody], width: int = 100, everything: bool = False) -> str:
    """As lines of at most `width`; of each kind only the worst, unless everything is asked for."""
    folder = folder_of([service.path for one in found for service in one.services])
    lines = [line for one in found for line in _of_vocabulary(one, folder, width, everything)]
    return "\n".join(lines).rstrip() + "\n"


def _of_vocabulary(one: Everybody, folder: str, width: int, everything: bool) -> Iterator[str]:
    most = ALL if everything else FIRST
    for among in one.among:
        yield from patients_text(among.patients, among.group.name, folder, width, most)
    yield from dead_ends_text(one.dead_ends, folder, width, most)
    for remark in remarks(one, folder):
        yield fill(remark, width, subsequent_indent="  ", break_on_hyphens=False, break_long_words=False)
    yield ""


def everybody_markdown(found: Sequence[Everybody]) -> str:
    """As a page."""
    parts = []
    for one in found:
        parts += [patients_markdown(among.patients, among.group.name) for among in one.among]
        parts += [dead_ends_markdown(one.dead_ends), "\n".join(f"- {remark}" for remark in remarks(one)) + "\n"]
    return "\n".join(part for part in parts if part.strip())


def remarks(one: Everybody, folder: str = "") -> Iterator[str]:
    """What was taken for granted, and the services that were compared with no other, with the reason."""
    yield from taken_for_granted(filter(is_in_use, one.services))
    yield from (f"Not compared: {why}." for why in set_apart(one, folder))


def set_apart(one: Everybody, folder: str = "") -> Iterator[str]:
    """The services that were compared with no other, reason by reason; places are told from the folder."""
    by_reason: dict[str, list[str]] = {}
    for alone in one.alone:
        by_reason.setdefault(alone.why, []).append(alone.service.path.removeprefix(folder))
    return (f"{', '.join(paths)}: {why}" for why, paths in by_reason.items())
