"""Small values with no arithmetic of their own: texts, editions, ranges on a scale of words, readings of a measure."""

from __future__ import annotations

from carespec.tuples import NamedTuple


class Text(NamedTuple):
    """Words in quotes; rules do not match prose, they ask only whether it is there."""

    text: str

    def show(self) -> str:
        """In straight quotes, a quote inside doubled."""
        return '"' + self.text.replace('"', '""') + '"'


class Edition(NamedTuple):
    """A name and the number of its edition: `psychological-therapies 1`."""

    name: str
    number: str

    def show(self) -> str:
        """The name, a blank, the number."""
        return f"{self.name} {self.number}"


class ScaleRange(NamedTuple):
    """From one word of a scale to another, both included; the vocabulary has their order."""

    low: str
    high: str

    def show(self) -> str:
        """`mild to moderate`, or one word."""
        return self.low if self.low == self.high else f"{self.low} to {self.high}"


class Reading(NamedTuple):
    """What a measure shows, and at which reading: `recovered at 2 readings in a row`."""

    measure: str
    negated: bool
    at: str

    def show(self) -> str:
        """As a line gives it, with `not` before a denied one."""
        return f"{'not ' if self.negated else ''}{self.measure} {self.at}"
