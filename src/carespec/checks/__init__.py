"""What carespec itself knows about specifications: one file a check, with its words and its cases in it.

The folder is the registry: a file here is a check. It defines `TITLE`, `SEVERITY` (and `SIGNED`, where a signed
document is judged otherwise), `CONCERNS` where few kinds of value or of line concern it, `NEEDS_WHOLE` where it
concludes from what is not there, `AFFECTS`, `BAD` and `GOOD`, and at least one of `check_fact(fact, service)`,
`check(service)` and `check_corpus(refs)`, which yield flags. Its docstring is its page. CONTRIBUTING.md walks through
adding one; a test holds every file to the shape.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module

from carespec.flags import FileFlag, Flag
from carespec.model.facts import Fact, Service
from carespec.records import ServiceRef
from carespec.tuples import NamedTuple

FactCheck = Callable[[Fact, Service], Iterator[Flag]]
ServiceCheck = Callable[[Service], Iterator[Flag]]
CorpusCheck = Callable[[Sequence[ServiceRef]], Iterator[FileFlag]]


class Check(NamedTuple):
    """A check as registered: its name, how much it matters in a draft and once signed, its page, its cases, its code.

    `of_fact` looks at one fact apart from all others, `of_service` at the whole of a service, or at what is no fact,
    `of_corpus` at all documents of a run together. At least one is there. `safe` says that what it offers to write only
    mends a name. `concerns` are the kinds of value, and of lines under a fact, on which `of_fact` may find something in
    a fact that was read without a problem; None for all kinds.

    `needs_whole` is for a check that concludes from what is not there: "file" if a line that could not be read may be
    what it misses, "document" if in addition a part of the document that nobody read may be; else None.
    """

    name: str
    title: str
    severity: str
    signed: str
    affects: str
    page: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    of_fact: FactCheck | None
    of_service: ServiceCheck | None
    of_corpus: CorpusCheck | None = None
    needs_whole: str | None = None
    safe: bool = False
    concerns: frozenset[type] | None = None


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check in the folder, by name. Raises AttributeError for a file that is not one."""
    folder = os.path.dirname(os.path.abspath(__file__))
    names = sorted(entry[:-3] for entry in os.listdir(folder) if entry.endswith(".py") and entry != "__init__.py")
    return tuple(_check(name) for name in names)


def _check(module_name: str) -> Check:
    module = import_module(f"carespec.checks.{module_name}")
    looks = [getattr(module, name, None) for name in ("check_fact", "check", "check_corpus")]
    if not any(looks):
        raise AttributeError(f"{module.__file__} defines none of check_fact, check and check_corpus")
    return Check(
        name=module_name.replace("_", "-"),
        title=module.TITLE,
        severity=module.SEVERITY,
        signed=getattr(module, "SIGNED", module.SEVERITY),
        affects=module.AFFECTS,
        page=module.__doc__ or "",
        bad=module.BAD,
        good=module.GOOD,
        of_fact=looks[0],
        of_service=looks[1],
        of_corpus=looks[2],
        needs_whole=getattr(module, "NEEDS_WHOLE", None),
        safe=getattr(module, "SAFE", False),
        concerns=frozenset(module.CONCERNS) if hasattr(module, "CONCERNS") else None,
    )
