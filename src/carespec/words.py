"""The words of a vocabulary and what they belong to: the pages of all names that are neither a check nor a field.

A word such as `step-2` stands in several lists and means something a little different in each. Its page tells every
place where it may stand; `docs/words.md` tells the same list by list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from carespec.model.types import TYPES
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, Field, Vocabulary

PER = "per"
CLOCK = "clock"
_SCOPE = "scope"


class WordList(NamedTuple):
    """One list of words: its name, each word with its label, and where its words may stand, `WORD` for the word."""

    name: str
    words: Mapping[str, str]
    places: tuple[str, ...]


def word_lists(vocabulary: Vocabulary) -> tuple[WordList, ...]:
    """Every list of words of a vocabulary: those of its fields, its payments, what is paid per, and its clocks."""
    scales = {name: {word: f"{name}, {n} of {len(ws)}" for n, word in enumerate(ws, 1)}
              for name, ws in vocabulary.scales.items()}  # fmt: skip
    named = {**vocabulary.words, **scales}
    clocks = {word: f"the {word.replace('-', ' ')}" for word in vocabulary.all_clocks}
    return (
        *(WordList(name, words, tuple(_places(name, vocabulary))) for name, words in named.items()),
        WordList(PAY, {name: p.label for name, p in vocabulary.payments.items()}, (f"{PAY} WORD: £50.00",)),
        WordList(PER, vocabulary.per, (f"{PAY} …: £50.00 per WORD",)),
        WordList(CLOCK, clocks, ("wait …: within 10 working days of WORD",)),
    )


def _places(name: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Where the words of a list may stand: as a key, as a value, in a condition, behind an amount."""
    for field in vocabulary.fields.values():
        if field.keyed_by == name:
            yield f"{field.name} WORD: …"
        if field.of == name:
            yield f"{_key(field)}: WORD"
    for field in vocabulary.case_fields.values():
        if field.keyed_by == name:
            yield f"when {field.name} WORD is …"
        if field.of == name:
            yield f"when {field.name} {'includes' if field.type == 'set' else 'is'} WORD"
    if name == _SCOPE:
        yield f"{PAY} …: £1,000.00 per year for WORD"


def _key(field: Field) -> str:
    return f"{field.name} {field.keyed_by.upper()}" if field.keyed_by else field.name


def word_page(word: str, vocabulary: Vocabulary) -> str:
    """Everywhere that a word may stand, and what it means there."""
    rows: dict[str, list[str]] = {}
    for each in word_lists(vocabulary):
        if word in each.words:
            rows.setdefault(each.words[word], []).extend(place.replace("WORD", word) for place in each.places)
    table = [f"| {label} | {', '.join(f'`{place}`' for place in places)} |" for label, places in rows.items()]
    return "\n".join([f"# {word}", "", _of(vocabulary), "", "| means | may stand in |", "| --- | --- |", *table])


def _of(vocabulary: Vocabulary) -> str:
    return f"*A word of the vocabulary `{vocabulary.name} {vocabulary.version}`.*"


def list_page(each: WordList, level: str = "#") -> str:
    """A list of words: where they may stand, and what each means."""
    rows = [f"| `{word}` | {label} |" for word, label in each.words.items()]
    places = ", ".join(f"`{place}`" for place in each.places)
    head = [f"{level} {each.name}", "", f"May stand in: {places}."]
    return "\n".join([*head, "", "| word | means |", "| --- | --- |", *rows])


def words_page(vocabularies: tuple[Vocabulary, ...]) -> str:
    """Every word of every list of the vocabularies that ship."""
    parts = ["# Words", "The words that a line or a condition may use, list by list. `WORD` stands for the word."]
    for vocabulary in vocabularies:
        parts.append(f"## {vocabulary.title}: `{vocabulary.name} {vocabulary.version}`")
        parts += [list_page(each, "###") for each in word_lists(vocabulary)]
    return "\n\n".join(parts)


def pay_page(vocabulary: Vocabulary) -> str:
    """How a payment is written, which there may be, and per what."""
    parts = [
        f"# {PAY}",
        "*A payment.* What is paid, for what. The lines under it say when it is paid, how often, and for whom.",
        "```care\npay assessment: £50.00 per assessment\n```",
        _table("payment", {name: payment.label for name, payment in vocabulary.payments.items()}),
    ]
    for pattern, payment in vocabulary.payment_patterns:
        parts.append(f"{payment.label}: any name that fits `{pattern}`.")
    return "\n\n".join([*parts, _table("per", vocabulary.per)])


def payment_page(name: str, vocabulary: Vocabulary) -> str:
    """One payment: what it is for, and what it is compared with."""
    payment = vocabulary.payment(name)
    assert payment is not None
    compared = f"\n\nCompared under: {payment.category}." if payment.category else ""
    return f"# {PAY} {name}\n\n*{payment.label}.*{compared}\n\n```care\n{PAY} {name}: £50.00 per course\n```"


def case_field_page(field: Field, vocabulary: Vocabulary) -> str:
    """What a condition may ask about a person's case."""
    path = f"{field.name} {next(iter(vocabulary.keys(field)))}" if field.keyed_by else field.name
    judged = " Somebody has to judge it, and two people may judge it otherwise." if field.judged else ""
    label = f"{field.label[:1].upper()}{field.label[1:]}"
    parts = [
        f"# {path if field.keyed_by else field.name}",
        f"*{label}.* What a condition under a line may ask of a person's case, as `when {path} …`.{judged}",
        f"It takes {TYPES[field.type].label}.",
    ]
    words = vocabulary.words.get(field.of or "") or dict.fromkeys(vocabulary.scales.get(field.of or "", ()), "")
    return "\n\n".join([*parts, *([_table("word", words)] if words else [])])


def fields_page(name: str, title: str, fields: list[Field]) -> str:
    """A topic or a section: the fields that belong to it."""
    return "\n\n".join([f"# {name}", f"*{title}.*", _table("field", {field.name: field.label for field in fields})])


def _table(head: str, words: Mapping[str, str]) -> str:
    rows = [f"| `{word}` | {label} |" for word, label in words.items()]
    return "\n".join([f"| {head} | means |", "| --- | --- |", *rows])
