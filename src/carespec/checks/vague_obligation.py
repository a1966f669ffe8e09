"""Words of obligation that oblige nobody: "reasonable", "as appropriate", "timely", "where possible".

What it flags: such words in a text, a definition, a condition or a value in words; and the value `where-possible`.

Why it matters: the person who was not called back has no promise to rely on, for whoever should have called decides
whether it was possible. In a dispute the words are worth what each side's lawyer says.

Instead: the answer to the question that the finding asks. If the words are the document's own, transcribe them, and ask
the question before anybody signs.

Exceptions: titles, names and what a source is called. A value in words where a definite one is expected is reported as
that. Words in a waiver's reason bind nobody and are left alone.

Source: study 4.7 (discharge after "two reasonable appointments").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from carespec.flags import Flag
from carespec.model.certain import always
from carespec.model.conditions import InWords, in_words
from carespec.model.facts import Except, Fact, Phrase, Service, ShareAtRisk, State, When
from carespec.quantities.readings import Text

TITLE = "words of obligation that oblige nobody"
SEVERITY = "may"
CONCERNS = (str, InWords, Phrase, Text)
AFFECTS = "people who rely on the line: whoever should act decides whether they had to"
BAD = (
    'dna-limit assessment: 2\n  in words "two reasonable appointments"  #! `reasonable`',
    'define engagement: "Sessions attended, as appropriate, in a timely way."  #! `as appropriate`  #! `timely`',
    "gp-informed: where-possible  #! `where-possible`",
    'languages: "Other languages where possible"  #! `where possible`',
    'pay improvement: £100.00 per course\n  when in words "Adequate progress"  #! `Adequate`',
    'registered-with: "a practice nearby"\n  except none when in words "reasonable grounds"  #! `reasonable`',
)
GOOD = (
    'dna-limit assessment: 2\n  in words "two appointments with seven days\' notice"',
    "gp-informed: with-consent",
    'title: "Timely and appropriate care"',
    'wait assessment: in words "promptly"',
    'source page: "Where possible", "A publisher" read in part\nminimum-age: 18 years [page]',
    'languages: "Reasonableness is a town"',
)
_QUESTIONS = {
    "as soon as possible": "By when at the latest?",
    "as soon as practicable": "By when at the latest?",
    "as appropriate": "Who decides what is appropriate, and by what?",
    "where appropriate": "Who decides when it is appropriate, and by what?",
    "if appropriate": "Who decides when it is appropriate, and by what?",
    "as necessary": "Who decides when it is necessary, and by what?",
    "where necessary": "Who decides when it is necessary, and by what?",
    "as required": "Who requires it, and when?",
    "where possible": "When is it not possible, and what happens then?",
    "if possible": "When is it not possible, and what happens then?",
    "wherever possible": "When is it not possible, and what happens then?",
    "where practicable": "When is it not practicable, and what happens then?",
    "so far as possible": "How far, at the least?",
    "best endeavours": "What must have been done for the endeavour to be enough?",
    "reasonable endeavours": "What must have been done for the endeavour to be enough?",
    "from time to time": "How often, at the least?",
    "in due course": "By when at the latest?",
    "reasonable": "Reasonable by what measure, and in whose judgement?",
    "reasonably": "Reasonable by what measure, and in whose judgement?",
    "timely": "Within what time, counted from what?",
    "promptly": "Within what time, counted from what?",
    "swiftly": "Within what time, counted from what?",
    "without delay": "Within what time, counted from what?",
    "adequate": "How much is enough?",
    "sufficient": "How much is enough?",
    "suitable": "Suitable by what measure, and in whose judgement?",
    "regular": "How often?",
    "regularly": "How often?",
    "periodically": "How often?",
    "normally": "When not?",
    "generally": "When not?",
    "wherever practicable": "When is it not practicable, and what happens then?",
}
_BEGINNINGS = frozenset(words.split()[0] for words in _QUESTIONS)
"""Few texts have one of these words, and the expression for all that may follow takes long to make."""


def check(service: Service) -> Iterator[Flag]:
    """Flag each vague word of a definition, with the question to ask."""
    for definition in service.definitions:
        yield from _in_text(definition.text, definition.line, definition.start, None, service)


def check_fact(fact: Fact, service: Service) -> Iterator[Flag]:
    """Flag each vague word of a fact and of the lines under it, with the question to ask."""
    if always(fact) == "where-possible":
        flag = _flag("where-possible", fact.line, fact.value.start, fact.path, service)
        yield flag._replace(end=fact.value.end)
    text = fact.value.content
    known = service.vocabulary.fields.get(fact.field)
    if isinstance(text, Text) and fact.field != "title":
        yield from _in_text(text.text, fact.line, fact.value.start, fact.path, service)
    elif fact.value.state == State.IN_WORDS and (known is None or known.expected is None):
        yield from _in_text(str(text), fact.line, fact.value.start, fact.path, service)
    for line in fact.under:
        if isinstance(line, Phrase):
            yield from _in_text(line.text, line.line, line.start, fact.path, service)
        elif isinstance(line, When | ShareAtRisk) or (isinstance(line, Except) and line.when is not None):
            condition = line.when if isinstance(line, Except) else line.condition
            for words in in_words(condition):
                yield from _in_text(words.text, line.line, words.start, fact.path, service)


def _in_text(text: str, line: int, start: int, path: str | None, service: Service) -> Iterator[Flag]:
    """A flag on each vague word of a text that stands on the line after `start`."""
    if _BEGINNINGS.isdisjoint(re.findall(r"\w+", text.casefold())) or not _vague().search(text):
        return
    written = service.lines[line - 1]
    begins = max(written.find(text, start), start)
    for found in _vague().finditer(written, begins, min(len(written), begins + len(text))):
        yield _flag(found[0], line, found.start(), path, service)


@cache
def _vague() -> re.Pattern[str]:
    longest_first = sorted(_QUESTIONS, key=len, reverse=True)
    words = "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in longest_first)
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def _flag(word: str, line: int, start: int, path: str | None, service: Service) -> Flag:
    question = _QUESTIONS[" ".join(word.lower().replace("-", " ").split())]
    message = f"`{word}` obliges nobody until this is answered: {question[0].lower()}{question[1:]}"
    fix = f"Write the answer to the question: {question}".removesuffix("?") + "."
    return Flag(message, fix, line, start, start + len(word), path)
