"""Markdown for a comment on a pull request and for the summary of a job.

The first line is a comment by which a later run finds its own comment and replaces it. What a document says cannot
become a link, a heading or a message to somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from carespec.records import Finding, Report
from carespec.reporters import Options
from carespec.reporters._blocks import remarks, told
from carespec.reporters._shared import cited_by, hidden, most_important_first, place, sentence, shown
from carespec.summary import counted, summary

MARK = "<!-- carespec -->"
_SPAN = re.compile(r"(`[^`\n]+`)")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~!&])")


def render(report: Report, options: Options) -> str:
    """What must and should change, then what may, folded; then what was checked and what was not."""
    found = shown(report, options)
    entries = [
        _entry(remark, options) for remark in remarks(most_important_first(f for f in found if f.severity != "may"))
    ]
    folded = [_entry(remark, options) for remark in remarks([f for f in found if f.severity == "may"])]
    closing = [_plain(line) for line in (*summary(report), *hidden(report, options))]
    head, *rest = closing
    rest, unsaid = _fitting(rest, options.room // 4)
    room = options.room - len(head) - sum(len(line) + 2 for line in rest) - 500
    kept, left = _fitting(entries, room)
    few, more = _fitting(folded, room - sum(len(entry) + 2 for entry in kept)) if not left else ([], len(folded))
    blocks = [MARK, "### carespec", head, *kept, *_folded(few), *_left(left + more + unsaid), *rest]
    return "\n\n".join(blocks) + "\n"


def _entry(remark: list[Finding], options: Options) -> str:
    return "\n".join(_lines(remark, options))


def _lines(remark: list[Finding], options: Options) -> Iterator[str]:
    first = remark[0]
    where = f"{place(first.path, options)}:{first.span.start.line}".replace("`", "'")
    yield f"- **{first.severity}** `{where}` {first.name}: {_plain(sentence(told(remark)))}"
    yield f"  Affects {_plain(first.affects)}."
    for cited in cited_by(first):
        yield f"  Source: {_plain(cited)}."
    for related in first.related:
        there = f"{place(related.path, options)}:{related.span.start.line}".replace("`", "'")
        yield f"  See `{there}`: {_plain(related.message)}."
    if first.fix is not None:
        yield f"  **{_plain(first.fix.text)}**"


def _plain(text: str) -> str:
    """Words that mean themselves; what stands between backticks stays as it is."""
    pieces = _SPAN.split(" ".join(text.splitlines()))
    return "".join(piece if number % 2 else _escaped(piece) for number, piece in enumerate(pieces))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("@", "&#64;")


def _fitting(entries: list[str], room: int) -> tuple[list[str], int]:
    """The first entries that fit, and how many do not."""
    kept: list[str] = []
    for entry in entries:
        room -= len(entry) + 2
        if room < 0:
            break
        kept.append(entry)
    return kept, len(entries) - len(kept)


def _folded(entries: list[str]) -> list[str]:
    if not entries:
        return []
    title = f"{counted(len(entries), 'remark')} of less weight"
    return [f"<details><summary>{title}</summary>", *entries, "</details>"]


def _left(number: int) -> list[str]:
    return [f"{counted(number, 'remark')} more, for which there is no room here."] if number else []
