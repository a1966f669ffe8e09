"""A name is a word that the language itself uses.

What it flags: a key of the author's own, a source, a definition, a code or the service itself called by a word such as
`none`, `not`, `from` or `when`.

Why it matters: `exclusion none: gp` can be read in two ways, and the two send different people away.

Instead: a name that says what it is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag, unknown_to
from carespec.model.facts import Fact, Service, State

TITLE = "a name that the language itself uses"
SEVERITY = "must"
AFFECTS = "whoever reads the line: it can be read in two ways"
BAD = (
    "exclusion none: gp  #! `none`",
    'define not: "no"  #! `not`',
    'source in: "Schedule 2"  #! `in`\nminimum-age: 18 years [in p4]',
    "service when  #! `when`",
    "follows: less  #! `less`",
)
GOOD = (
    "service nonesuch",
    "exclusion sleeping-rough: not-accepted",
    'source signed: "Schedule 2"\nminimum-age: 18 years [signed p4]',
    'follows: "less"',
)
RESERVED = frozenset(
    ("section", "pay", "source", "define", "waive", "except", "when", "for", "at", "every", "some", "no", "not", "in",
     "doubt", "differs", "none", "by", "within", "the", "from", "over", "under", "about", "usually", "elsewhere", "up",
     "more", "less")
)  # fmt: skip
"""What no field, key, word of a list, source or definition may be called."""


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag a key of the author's own, and a code, that is a word of the language."""
    if fact.key in RESERVED and not fact.is_payment and not unknown_to(service, fact):
        field = service.vocabulary.fields[fact.field]
        if field.open_keys:
            yield _flag(fact.key or "", fact.line, fact.name_end - len(fact.key or ""), fact.path)
    elif fact.value.state == State.STATED and isinstance(fact.value.content, str):
        yield from _code(fact, service)


def check(service: Service) -> Iterator[Flag]:
    """Flag every other name of the author's own that is a word of the language."""
    if service.name in RESERVED:
        yield from _header(service)
    for source in service.sources:
        yield from _named(source.name, source.line, source.start, service)
    for definition in service.definitions:
        yield from _named(definition.name, definition.line, definition.start, service)


def _named(name: str, line: int, start: int, service: Service) -> Iterator[Flag]:
    """A name after the word that begins the line."""
    if name in RESERVED:
        at = service.lines[line - 1].lower().index(name, start + len("source"))
        yield _flag(name, line, at, None)


def _code(fact: Fact, service: Service) -> Iterator[Flag]:
    """A code of that name, unless quotes leave no doubt that it is one."""
    code, start = str(fact.value.content), fact.value.start
    if code.lower() in RESERVED and service.lines[fact.line - 1].startswith(code, start):
        yield _flag(code, fact.line, start, fact.path)


def _header(service: Service) -> Iterator[Flag]:
    for number, line in enumerate(service.lines, 1):
        words = line.lower().split()
        if words[:2] == ["service", service.name]:
            yield _flag(service.name, number, line.lower().index(service.name, line.lower().index("service") + 7), None)
            return


def _flag(name: str, line: int, start: int, path: str | None) -> Flag:
    message = f"`{name}` is a word of the language, so nothing can be called by it"
    return Flag(message, "Write a name that says what it is about.", line, start, start + len(name), path)
