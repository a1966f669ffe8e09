"""The fields that exist, their types and words: what a line may say, apart from how a line is built.

The data is `specs/vocabulary/NAME.yaml` (checked by `specs/schemas/vocabulary.schema.json`). Adding a field is adding
one entry there; nothing here, and nothing in the grammar, knows a field by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from carespec import spelling
from carespec.built import built
from carespec.quantities.working_days import WorkingDays, from_rows
from carespec.tuples import NamedTuple

DEFAULT = "psychological-therapies"
PAY = "pay"
"""How conditions and reports call the keyed family of payments."""


class Field(NamedTuple):
    """One field of a service, or one case field of a person.

    `of` names a word list, a scale, or `cluster-number`; `numbers` is then (lowest, highest, never used).
    `keyed_by` names the word list of the keys; with `open_keys` others are allowed.
    `none_is` is what `none` compares as: "no-limit", "nothing", or None where it has no place in the order.
    `when_due` is what is so once the day of a date has come, or the last day of a period has passed; `due_fix` what is
    to be done by then.
    `expected` is None, "always", or a condition in the language.
    `bears_on` says how a field of a service bears on a person; the fields after `judged` are those of case fields.
    The vocabulary's JSON Schema describes them all.
    """

    name: str
    label: str
    type: str
    help: str = ""
    of: str | None = None
    numbers: tuple[int, int, tuple[int, ...]] | None = None
    keyed_by: str | None = None
    open_keys: bool = False
    none_means: str = ""
    none_is: str | None = None
    when_silent: str | None = None
    when_due: str = ""
    due_fix: str = ""
    topic: str | None = None
    section: str | None = None
    better: str | None = None
    expected: str | None = None
    expected_severity: str = "may"
    since: int = 1
    examples: tuple[str, ...] = ()
    bears_on: Mapping[str, Any] | None = None
    tells: bool = False
    judged: bool = False
    ordinary: str | None = None
    left_open: bool = False
    unasked: str | None = None
    within: str | None = None
    elsewhere: tuple[str, ...] = ()
    characteristic: str | None = None
    characteristics: Mapping[str, str] | None = None
    said: str | Mapping[str, str] | None = None

    @property
    def example(self) -> str:
        """A value that it may have: the first of its examples that is more than `none`; empty if it has none."""
        return next((text for text in self.examples if text != "none"), next(iter(self.examples), ""))


PAYMENT = Field(PAY, "Payment", "money", none_means="nothing is paid for it", none_is="nothing")
"""The family of payments as a field, for what reads and compares values."""


class Payment(NamedTuple):
    """One name that a payment may have: how it is called in print, and the category that it is compared in."""

    name: str
    label: str
    category: str | None


class Vocabulary(NamedTuple):
    """Everything that one programme's specifications may say."""

    name: str
    version: int
    title: str
    sections: Mapping[str, str]
    topics: Mapping[str, Mapping[str, str]]
    clocks: tuple[str, ...]
    other_clocks: tuple[str, ...]
    words: Mapping[str, Mapping[str, str]]
    stands_for: Mapping[str, Mapping[str, tuple[str, ...]]]
    scales: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, Mapping[str, Any]]
    fields: Mapping[str, Field]
    payments: Mapping[str, Payment]
    payment_patterns: tuple[tuple[str, Payment], ...]
    per: Mapping[str, str]
    case_fields: Mapping[str, Field]
    destinations: Mapping[str, Mapping[str, str]]
    characteristics: Mapping[str, str]

    def payment(self, name: str) -> Payment | None:
        """The payment of that name; names such as `cluster-3` and `other-travel` belong to a pattern."""
        found = self.payments.get(name)
        if found is not None:
            return found
        return next((p for pattern, p in self.payment_patterns if re.fullmatch(pattern, name)), None)

    def keys(self, field: Field) -> Mapping[str, str]:
        """The keys of a keyed field, with a label each; empty for a field without keys."""
        return self.words.get(field.keyed_by, {}) if field.keyed_by else {}

    def speaks_for(self, field: Field, key: str) -> str | None:
        """The key whose line speaks for a key without a line of its own, as `treatment` does for every step."""
        speaking = self.stands_for.get(field.keyed_by or "", {})
        return next((word for word, others in speaking.items() if key in others), None)

    def choices(self, field: Field) -> tuple[str, ...]:
        """The words that a choice, a set or a scale may have; empty where any word will do."""
        if field.numbers is not None:
            low, high, never = field.numbers
            return tuple(str(number) for number in range(low, high + 1) if number not in never)
        if field.of is None:
            return ()
        return self.scales.get(field.of) or tuple(self.words.get(field.of, ()))

    def label(self, field: str, key: str | None = None) -> str:
        """How a field is called in print: "Longest wait: treatment at step 2"."""
        if field == PAY:
            payment = self.payment(key or "")
            return f"Payment: {payment.label}" if payment else f"Payment: {key}"
        known = self.fields.get(field)
        if known is None:
            return field
        return f"{known.label}: {self.keys(known).get(key, key)}" if key else known.label

    @property
    def edition(self) -> str:
        """`psychological-therapies 1`."""
        return f"{self.name} {self.version}"

    @property
    def all_clocks(self) -> tuple[str, ...]:
        """Every event that a wait may be counted from."""
        return (*self.clocks, *self.other_clocks)


def names() -> tuple[str, ...]:
    """The vocabularies that ship."""
    return tuple(sorted(built()["vocabularies"]))


def load(name: str = DEFAULT) -> Vocabulary:
    """The vocabulary of that name, always the same object. Raises KeyError for one that does not ship (see `names`)."""
    return _load(name)


@cache
def _load(name: str) -> Vocabulary:
    return from_data(built()["vocabularies"][name])


@cache
def working_days(name: str = "england") -> WorkingDays:
    """The table of working days of that name."""
    data = built()["calendars"][name]
    return from_rows(data["name"], data["version"], data["rows"])


def from_data(data: Mapping[str, Any]) -> Vocabulary:
    """A vocabulary from the data of its file, which its schema has already passed."""
    payments = dict(data["payments"])
    patterns = payments.pop("patterns", {})
    return Vocabulary(
        name=data["vocabulary"],
        version=data["version"],
        title=data["title"],
        sections=data["sections"],
        topics=data["topics"],
        clocks=tuple(data["clocks"]),
        other_clocks=tuple(data.get("other-clocks", ())),
        words=data["words"],
        stands_for={
            name: {word: tuple(others) for word, others in entry.items()}
            for name, entry in data.get("stands-for", {}).items()
        },
        scales={name: tuple(words) for name, words in data.get("scales", {}).items()},
        phrases=data.get("phrases", {}),
        fields={name: _field(name, entry) for name, entry in data["fields"].items()},
        payments={name: _payment(name, entry) for name, entry in payments.items()},
        payment_patterns=tuple((pattern, _payment(pattern, entry)) for pattern, entry in patterns.items()),
        per=data["per"],
        case_fields={name: _field(name, entry) for name, entry in data["case-fields"].items()},
        destinations=data.get("destinations", {}),
        characteristics=data.get("characteristics", {}),
    )


def _field(name: str, entry: Mapping[str, Any]) -> Field:
    values = {key.replace("-", "_"): value for key, value in entry.items()}
    if "numbers" in values:
        numbers = values["numbers"]
        values["numbers"] = (numbers["low"], numbers["high"], tuple(numbers.get("never", ())))
    values["examples"] = tuple(values.get("examples", ()))
    values["elsewhere"] = tuple(values.get("elsewhere", ()))
    return Field(name, **values)


def _payment(name: str, entry: Mapping[str, Any]) -> Payment:
    return Payment(name, entry["label"], entry.get("category"))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelling most likely means; None if none is near."""
    found = spelling.nearest(word, known, cutoff=0.68)
    return found[0] if found else None
