"""What a journey says, as plain data: the outcome, the facts that decided it, the waits, where people are sent.

Outcomes are ordered: of several facts that bear on a person the one that goes furthest decides, and a definite refusal
goes further than anything that cannot be told.
"""

from __future__ import annotations

from carespec.cases.persons import Person
from carespec.quantities.truth import Number
from carespec.tuples import NamedTuple


class Level:
    """How far one fact goes for a person; the highest of all facts is the outcome."""

    SEEN = 0
    JUDGED = 1
    AGREEMENT = 2
    CANNOT_TELL = 3
    REFUSED = 4
    SENT = 5


OUTCOMES = ("seen", "if-judged", "by-agreement", "cannot-tell", "refused", "sent")
"""The names of the levels, in their order."""


class Because(NamedTuple):
    """One fact that bore on the answer.

    `says` is the value in the document's words; `line` is None where the document says nothing. `why` is for a reader.
    `doubt` is filled if the reading is uncertain.
    """

    field: str
    says: str
    line: int | None
    outcome: str
    why: str = ""
    doubt: str = ""


class StageWait(NamedTuple):
    """How long one stage takes at most: in the document's words, in calendar days as a range where that can be told.

    `state` is that of the fact; only a stated wait has `days`. `at` is the step that the stage is treatment at.
    """

    stage: str
    label: str
    says: str
    state: str
    line: int | None
    days: tuple[Number, Number] | None = None
    at: str | None = None


class Told(NamedTuple):
    """How somebody who is turned away is told, or helped on; `to` is the place that a line names, if it names one."""

    field: str
    label: str
    says: str
    line: int
    to: str = ""


class Journey(NamedTuple):
    """What happens to one person under one service.

    `outcome` is one of `OUTCOMES`. `step` is the step of treatment, where one is sought or only one offered. `leads` is
    `back`, `nowhere` or empty: where a destination leads that is no place; empty too where a line of `told` names one.
    `nothing_said_about` names the fields that bear on the person and of which the document says nothing, although that
    turns nobody away.
    """

    service: str
    path: str
    outcome: str
    step: str | None
    waits: tuple[StageWait, ...]
    destination: str | None
    destination_label: str
    leads: str
    told: tuple[Told, ...]
    because: tuple[Because, ...]
    nothing_said_about: tuple[str, ...]

    @property
    def wait(self) -> StageWait | None:
        """The wait for treatment, if the document speaks of it; else the first that it speaks of."""
        return next((wait for wait in self.waits if wait.at), next(iter(self.waits), None))


class Journeys(NamedTuple):
    """One person under several services. `assumed` are the case fields that nobody described, taken as usual."""

    person: Person
    described: tuple[tuple[str, str], ...]
    assumed: tuple[tuple[str, str], ...]
    journeys: tuple[Journey, ...]


KINDS = ("seen-against-refused", "seen-against-sent", "seen-against-maybe", "sent-against-refused", "waits", "silence")
"""What is at stake in a region, from most to least. `silence`: some turn people away, and the others do not say."""


class Condition(NamedTuple):
    """One thing that the people of a region have in common: the case field, its words, and for a set which word."""

    field: str
    text: str
    word: str = ""


class Weight(NamedTuple):
    """How many people of a population table are certainly in a region, and how many may be."""

    least: Number
    most: Number


class RegionAnswer(NamedTuple):
    """What one service does with the people of a region.

    `outcome` is one of `OUTCOMES`, or `silent` where the document does not speak of these people, although nothing in
    it turns them away; in a region of waits it is `waits` or `silent`. `says` is the deciding value in the document's
    words, or for waits the wait; `line` its place.
    """

    service: str
    path: str
    outcome: str
    field: str
    says: str
    line: int | None
    why: str = ""
    destination: str = ""
    doubt: str = ""


class Region(NamedTuple):
    """People whom services treat differently for one reason, with one of them as witness.

    `about` is the field that sets them apart. There are no `conditions` where everybody is meant.
    `distance` counts in how many of them the people are not ordinary. Every answer is what happens to the `witness`;
    whoever is turned away in it is turned away whatever else is so of them.
    """

    id: str
    kind: str
    about: str
    who: str
    conditions: tuple[Condition, ...]
    distance: int
    witness: tuple[tuple[str, str], ...]
    answers: tuple[RegionAnswer, ...]
    weight: Weight | None = None


class RefusedByAll(NamedTuple):
    """People whom every service certainly turns away: for one reason, or for two that some people have together."""

    who: str
    conditions: tuple[Condition, ...]
    answers: tuple[RegionAnswer, ...]


class DeadEnd(NamedTuple):
    """Where people are sent and it is no way on: `back` to whoever referred, `nowhere`, or in a `circle` of services.

    `trail` names the services and places in order, the last being where it ends.
    """

    kind: str
    service: str
    path: str
    line: int | None
    field: str
    trail: tuple[str, ...]
    says: str


class Loser(NamedTuple):
    """One row of a table for an equality assessment: who, and how many services do what with them."""

    characteristic: str
    who: str
    turned_away: tuple[str, ...]
    not_turned_away: tuple[str, ...]
    cannot_tell: tuple[str, ...]
    silent: tuple[str, ...]
    note: str = ""


class Patients(NamedTuple):
    """Everybody whom several services treat differently, and what could not be compared.

    `ordinary` describes the person from whom everything is told outwards; `weighed_by` is the source of the population
    table, None where regions are not weighed.
    """

    services: tuple[tuple[str, str], ...]
    vocabulary: str
    ordinary: tuple[tuple[str, str], ...]
    regions: tuple[Region, ...]
    refused_by_all: tuple[RefusedByAll, ...]
    losers: tuple[Loser, ...]
    not_compared: tuple[str, ...]
    weighed_by: str | None = None
