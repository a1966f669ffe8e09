"""An acronym is used and never spelt out.

What it flags: the first use of a word in capitals, in the document's own texts, that no definition and no text spells
out and that not every reader of the field knows.

Why it matters: specifications are read by small organisations and by patients. A condition on "the LMHP" keeps out
those who do not know that it means them, and nobody can hold a provider to a policy that cannot be found.

Instead: the words, with the letters in brackets after them at first use; or `define lmhp: "…"`.

Exceptions: letters that every reader of the field knows (GP, NHS, CBT and the like), names of measures and systems that
the vocabulary has, Roman numerals, texts all in capitals, the name of the commissioner, codes, and what a source is
called. Nothing is concluded of reconstructions, published extracts, and documents of which a part could not be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from carespec.flags import Flag
from carespec.model.certain import is_held
from carespec.model.facts import Fact, Phrase, Service, State
from carespec.quantities.readings import Text
from carespec.tuples import NamedTuple

TITLE = "letters that nobody explains"
SEVERITY = "may"
NEEDS_WHOLE = "document"
AFFECTS = "readers who are not of the trade: patients, small providers, the board"
BAD = (
    'area: "Northshire, as covered by the LMHP"  #! `LMHP`\nlocalities: "Those of the LMHP"',
    'minimum-age: 18 years\ndefine engagement: "At least two sessions recorded in NTSR."  #! `NTSR`',
    'problems: depression\n  in words "CMHPs"  #! `CMHPs`',
    'section "The QRST pathway"  #! `QRST`\nminimum-age: 18 years',
)
GOOD = (
    'status: published-extract\narea: "Northshire, as covered by the LMHP"',
    'area: "Northshire, as covered by the Local Mental Health Partnership (LMHP)"\nlocalities: "Those of the LMHP"',
    'area: "Northshire, as covered by the LMHP"\ndefine lmhp: "Local mental health partnership."',
    'title: "NHS talking therapies: IAPT, CBT and the GP"',
    'commissioner: "NHS QRST CCG"',
    'title: "PSYCHOLOGICAL THERAPIES IN NORTHSHIRE"',
    'localities: "Areas II and IV"',
    'source page: "The QRST page", "QRST" published 2013\nminimum-age: 18 years [page]',
    'registered-with: "a practice listed at https://example.org/LMHP"',
)
_KNOWN = """
    ADHD AIDS AM AQP BABCP BACP BAME BME BPC BPS BSL CAMHS CBT CCG CMHT COPD CORE CQC CQUIN CRB DBS DH DNA DSM EMDR EU
    FAQ FOI GAD GDPR GMC GP HCPC HIV HR IAPT ICB ICD ICS ID IPT IT KPI LGBT LGBTQ MDT NHS NHSE NICE NMC OCD ONS PCT PDF
    PEQ PHQ PM PTSD PWP QOF RTT SLA TUPE TV UK UKCP VAT WSAS
    """
"""Letters that any reader of the field knows, and some that everybody does."""
_LETTERS = r"(?<![\w/@.£-])([A-Z][A-Z&]{1,7}(?:\+|s)?)(?![\w/@-])(?!\.\w)"
_ROMAN = r"[IVXLCM]+"
_NAMES = ("commissioner", "providers")
"""Fields that are the names of bodies: a name need not be explained."""


class _Words(NamedTuple):
    """A text, its line, where on the line to look for it, and the fact that it belongs to."""

    text: str
    line: int
    start: int
    path: str | None


def check(service: Service) -> Iterator[Flag]:
    """Flag the first use of each acronym that nothing explains."""
    if service.damaged or not is_held(service):
        return
    uses = [(found, words) for words in _texts(service) for found in _acronyms(words.text)]
    if not uses:
        return
    explained = _explained(service)
    seen: set[str] = set()
    for letters, (text, line, start, path) in sorted(uses, key=lambda use: use[1].line):
        plain = _plain(letters)
        known = plain in seen or plain in explained or _in_vocabulary(plain, service)
        if not known and not _spelt_out(plain, service):
            seen.add(plain)
            yield _flag(letters, text, line, start, path, service)


def _texts(service: Service) -> Iterator[_Words]:
    """The document's own words; not its sources, and not what the commissioner is called."""
    for fact in service.facts:
        if fact.under or fact.value.state == State.IN_WORDS or isinstance(fact.value.content, Text):
            yield from _of_fact(fact)
    for section in service.sections:
        yield _Words(section.title, section.line, section.start, None)
    for definition in service.definitions:
        yield _Words(definition.text, definition.line, definition.start, None)


def _of_fact(fact: Fact) -> Iterator[_Words]:
    content = fact.value.content
    if fact.field not in _NAMES:
        if isinstance(content, Text):
            yield _Words(content.text, fact.line, fact.value.start, fact.path)
        elif fact.value.state == State.IN_WORDS:
            yield _Words(str(content), fact.line, fact.value.start, fact.path)
    for under in fact.under:
        if isinstance(under, Phrase):
            yield _Words(under.text, under.line, under.start, fact.path)


@lru_cache(maxsize=4096)
def _acronyms(text: str) -> tuple[str, ...]:
    """Those in a text that not everybody knows; documents have many of their texts in common."""
    if text.upper() == text or "://" in text:
        return ()
    found = (each[1] for each in _letters().finditer(text))
    return tuple(each for each in found if not re.fullmatch(_ROMAN, each) and _plain(each) not in _known())


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(_LETTERS)


@cache
def _known() -> frozenset[str]:
    return frozenset(_KNOWN.split())


def _plain(letters: str) -> str:
    return letters.rstrip("+").removesuffix("s").upper()


def _explained(service: Service) -> set[str]:
    """Letters that a definition explains, or that are part of the commissioner's name."""
    explained = {part.upper() for d in service.definitions for part in (d.name, d.name.removesuffix("s"))}
    for field in _NAMES:
        fact = service.fact(field)
        if fact is not None and isinstance(fact.value.content, Text):
            explained |= set(re.findall(r"[A-Z&]{2,}", fact.value.content.text))
    return explained


def _in_vocabulary(plain: str, service: Service) -> bool:
    """Whether the letters are a word of the vocabulary, or a part of one."""
    letters = plain.lower()
    names = (name for words in service.vocabulary.words.values() for name in words if letters in name)
    return any(letters == name or letters in name.split("-") for name in names)


def _spelt_out(plain: str, service: Service) -> bool:
    """Whether the letters stand in brackets after words, or before words in brackets, anywhere in the file."""
    letters = re.escape(plain)
    pattern = re.compile(rf"\w\s*[(\[]{letters}s?[)\],;]|\b{letters}s?\s*[(\[]\w+\s")
    return any(pattern.search(line) for line in service.lines if plain in line)


def _flag(letters: str, text: str, line: int, start: int, path: str | None, service: Service) -> Flag:
    written = service.lines[line - 1]
    begins = max(written.find(text, start), start)
    place = max(written.find(letters, begins), begins)
    message = f"`{letters}` is not explained anywhere in this document"
    name = _plain(letters).lower().replace("&", "-and-")
    fix = f'Spell it out at first use, with the letters in brackets, or add `define {name}: "…"`.'
    return Flag(message, fix, line, place, place + len(letters), path)
