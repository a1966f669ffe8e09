"""A document gives a meaning of its own to a word that already has one.

What it flags: a `define` line for a field, a unit, an event, a payment or a word of a list, with other words than the
vocabulary's own.

Why it matters: the definition is printed in reports and changes nothing that is checked. A price "per course" is
compared as a price for a course in the usual sense, whatever this document means by it.

Instead: another name for what the document means; or nothing, if it means the usual.

Exceptions: names that a document may choose itself, such as those of targets and of reasons not to be seen, are there
to be defined.
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Flag
from carespec.model.facts import Definition, Service
from carespec.vocabulary import Vocabulary

TITLE = "a definition of a word that has a meaning"
SEVERITY = "may"
AFFECTS = "whoever compares this document with another: the same word means two things"
BAD = (
    'define course: "All contacts between assessment and discharge."  #! `course`',
    'define maximum-age: "The age at referral."  #! `maximum-age`',
    'define self-referral: "A call from the person or a relative."  #! `self-referral`',
)
GOOD = (
    'define engagement: "At least two sessions attended."',
    'define recovery-rate: "Of people who finished treatment."',
    'define course: "Each course of treatment at one step."',
)


def check(service: Service) -> Iterator[Flag]:
    """Flag each definition of a word that the vocabulary explains in other words."""
    for definition in service.definitions:
        meaning = _meaning(definition.name, service.vocabulary)
        if meaning is not None and _plain(meaning) != _plain(definition.text):
            yield _flag(definition, meaning, service)


def _meaning(name: str, vocabulary: Vocabulary) -> str | None:
    """What the vocabulary calls it; None for a word that it does not have, or leaves to the author."""
    if name in vocabulary.fields:
        return vocabulary.fields[name].label
    if name in vocabulary.per:
        return vocabulary.per[name]
    if name in vocabulary.all_clocks:
        return "an event that a wait is counted from"
    open_lists = {field.keyed_by for field in vocabulary.fields.values() if field.open_keys}
    lists = (words for list_name, words in vocabulary.words.items() if list_name not in open_lists)
    found = next((words[name] for words in lists if name in words), None)
    payment = vocabulary.payments.get(name)
    return found or (payment.label if payment else None)


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".")


def _flag(definition: Definition, meaning: str, service: Service) -> Flag:
    start = service.lines[definition.line - 1].lower().index(definition.name, definition.start + len("define"))
    message = f'`{definition.name}` has a meaning here already, "{meaning}", and is checked in that sense'
    fix = "Choose another name for what this document means, or delete the line."
    return Flag(message, fix, definition.line, start, start + len(definition.name))
