"""Two documents bear the same name.

What it flags: the name in the first line of a service, where another file of the same run describes a service of that
name.

Why it matters: findings, waivers and comparisons know a document by its name. With two of one name nobody can say
which of them a waiver was agreed for, or which provider a remark is about.

Instead: a name of its own for each, such as the area and the year; or one file, if one is only a copy.

Exceptions: a file that does not name its service has a finding of its own. A file that is reached by two names, or by a
link, is one file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carespec.flags import FileFlag, Flag
from carespec.records import Related, ServiceRef

TITLE = "two documents of one name"
SEVERITY = "should"
AFFECTS = "whoever reads a report on several services: it cannot be told which of them is meant"
BAD = (
    "service northshire\nminimum-age: 18 years\n\nservice northshire  #! `northshire`\nminimum-age: 16 years",
    "service a\n\nservice b\n\nservice A  #! `A`\n\nservice a  #! `a`",
)
GOOD = ("service northshire-2012\nminimum-age: 18 years\n\nservice northshire-2013\nminimum-age: 16 years",)


def check_corpus(refs: Sequence[ServiceRef]) -> Iterator[FileFlag]:
    """Flag the name of each service that an earlier file has already."""
    first: dict[str, ServiceRef] = {}
    for ref in refs:
        if ref.kind != "service" or ref.header is None:
            continue
        known = first.setdefault(ref.name, ref)
        if known is not ref and known.header is not None:
            yield FileFlag(ref, _flag(ref), (Related(known.path, known.header, "the first service of that name"),))


def _flag(ref: ServiceRef) -> Flag:
    assert ref.header is not None
    (line, start), (_, end) = ref.header
    message = f"another file describes a service called `{ref.name}`, so a report cannot say which of them it speaks of"
    fix = "Give each a name of its own in its first line, or keep only one of the files."
    return Flag(message, fix, line, start - 1, end - 1, says=f"service {ref.name}")
