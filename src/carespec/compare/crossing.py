"""Records on their way from the process that made them: a line that many services share crosses once.

A line is the greater part of what crosses a pipe, and most lines stand in many services.
"""

from __future__ import annotations

import os
from array import array

from carespec.compare.gather import Gathered, Line
from carespec.memory import Memory
from carespec.tuples import NamedTuple

_NUMBER = "I"


class Sent(NamedTuple):
    """A record without its lines: these are the numbers of lines that came before, or with it as `new`."""

    sender: int
    service: Gathered
    numbers: bytes
    new: tuple[Line, ...]


class Sender:
    """Takes the lines out of records; one a process."""

    def __init__(self) -> None:
        # By identity; the line is kept beside its number, so that the identity is not used again.
        self._known: Memory[int, tuple[Line, int]] = Memory()
        self._count = 0

    def __call__(self, service: Gathered) -> Sent:
        """A record, ready to be sent."""
        numbers, new = array(_NUMBER), []
        for line in service.lines:
            known = self._known.get(id(line))
            if known is None:
                known = (line, self._count)
                self._known.put(id(line), known)
                self._count += 1
                new.append(line)
            numbers.append(known[1])
        return Sent(os.getpid(), service._replace(lines=()), numbers.tobytes(), tuple(new))


class Receiver:
    """Puts the lines back; one for all senders. It must be given what a sender sent in the order of the sending."""

    def __init__(self) -> None:
        self._lines: dict[int, list[Line]] = {}

    def __call__(self, sent: Sent) -> Gathered:
        """The record as it was."""
        known = self._lines.setdefault(sent.sender, [])
        known.extend(sent.new)
        return sent.service._replace(lines=tuple([known[number] for number in array(_NUMBER, sent.numbers)]))
