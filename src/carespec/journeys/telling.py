"""Journeys and regions in words: what every way of telling them shares, as short texts and rows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from carespec.journeys.records import Because, Journey, Journeys, Region, RegionAnswer, StageWait
from carespec.tuples import NamedTuple

OUTCOME_WORDS = {
    "seen": "seen",
    "if-judged": "seen, if the assessor judges so",
    "by-agreement": "may be seen, by agreement",
    "cannot-tell": "cannot tell",
    "refused": "turned away",
    "sent": "sent elsewhere",
    "silent": "not said",
    "waits": "wait",
}
SHORT_WORDS = {**OUTCOME_WORDS, "if-judged": "if judged", "by-agreement": "by agreement"}
"""The same as a column."""

KIND_WORDS = {
    "seen-against-refused": "seen by some, turned away by others",
    "seen-against-sent": "seen by some, sent elsewhere by others",
    "seen-against-maybe": "seen by some, only perhaps by others",
    "sent-against-refused": "turned away by all that say, and only some say where to",
    "waits": "some wait longer",
    "silence": "some say, and others leave it open",
}
JOURNEY_HEADERS = ("Service", "What happens", "How soon, or where to", "Decided by")
HERE = "./"
"""The folder that nobody needs to be told."""
_FEW = 3


class Group(NamedTuple):
    """Services that do the same with people, for the same words: how it is said, and where each says it."""

    outcome: str
    words: str
    services: tuple[str, ...]
    places: tuple[str, ...]


def folder_of(paths: Sequence[str]) -> str:
    """The folder that all the files are in, with the mark after it; empty where there is none."""
    folders = [os.path.dirname(path) for path in paths]
    try:
        common = os.path.commonpath(folders) if len(paths) > 1 else ""
    except ValueError:  # some from the top of the disk and some from here
        return ""
    if common and common != "/":
        return f"{common}/"
    return HERE if all(path.startswith(HERE) for path in paths) else ""


def where(folder: str) -> list[str]:
    """The line that says which folder places are told from, if any needs to."""
    return [f"Places are in {folder}", ""] if folder not in ("", HERE) else []


def person_words(told: Journeys) -> tuple[str, str]:
    """The person as described, and what was taken for granted."""
    described = "; ".join(f"{name} {value}" for name, value in told.described) or "an ordinary person"
    assumed = "; ".join(f"{name} {value}" for name, value in told.assumed)
    return described, assumed


def journey_row(journey: Journey, folder: str = "") -> tuple[str, str, str, str]:
    """One journey as a row under `JOURNEY_HEADERS`; places are told from the folder."""
    because = [place_words(one, journey.path.removeprefix(folder)) for one in journey.because[:_FEW]]
    more = len(journey.because) - len(because)
    decided = "; ".join(because) + (f"; and {more} more" if more else "")
    return (journey.service, _happens(journey), _how_soon(journey), decided)


def _happens(journey: Journey) -> str:
    words = OUTCOME_WORDS[journey.outcome]
    if journey.outcome == "if-judged":
        judged = "; ".join(dict.fromkeys(one.why for one in journey.because if one.why))
        return f"seen, if it is judged: {judged}" if judged else words
    if journey.outcome == "cannot-tell":
        return f"cannot tell: {'; '.join(dict.fromkeys(_cause(one) for one in journey.because[:_FEW]))}"
    return f"{words} at {journey.step}" if journey.step and journey.outcome in ("seen", "by-agreement") else words


def _cause(one: Because) -> str:
    return f"{one.field} is {one.why}" if one.why in ("not stated", "said only in words") else f"{one.field}: {one.why}"


def _how_soon(journey: Journey) -> str:
    if journey.outcome in ("refused", "sent"):
        return _where_to(journey)
    spoken = [wait for wait in journey.waits if wait.state == "stated"]
    treatment = [wait for wait in spoken if wait.at] or spoken
    if treatment:
        return "; ".join(wait_words(wait) for wait in treatment)
    return "nothing said of waits"


def wait_words(wait: StageWait) -> str:
    """A wait in the document's words, with the calendar days that they can mean where they could mean several."""
    days = f" ({wait.days[0]} to {wait.days[1]} calendar days)" if wait.days and wait.days[0] != wait.days[1] else ""
    return f"{wait.stage or wait.label} {wait.says}{days}"


NOWHERE = "the document does not say where to"
_ELSEWHERE = "no place is named for this reason"


def _where_to(journey: Journey) -> str:
    place = f"to: {journey.destination_label}" if journey.destination else _unnamed(journey)
    if journey.leads == "back":
        place += ", back where they came from"
    # A line that names a place comes first, so that it is never among those left out.
    lines = sorted(journey.told, key=lambda one: not one.to)[:_FEW]
    told = "; ".join(f"{one.label[:1].lower()}{one.label[1:]} {one.says}" for one in lines)
    return f"{place}; {told}" if told else place


def _unnamed(journey: Journey) -> str:
    """A document may name no place for the reason why a person is turned away, and yet refer people onwards."""
    return _ELSEWHERE if any(one.to for one in journey.told) else NOWHERE


def place_words(one: Because, path: str) -> str:
    """A fact with its place: `minimum-age: 18 years (area-1.care:25)`."""
    said = f"{one.field}: {one.says}" if one.says else f"{one.field}: {one.why}"
    doubt = ", reading uncertain" if one.doubt else ""
    return f"{said} ({path}:{one.line}{doubt})" if one.line else f"{said}{doubt} ({path})"


def groups_of(answers: Iterable[RegionAnswer]) -> tuple[Group, ...]:
    """The answers of a region, those that are said in the same words together, the worst for the people first."""
    found: dict[tuple[str, str], list[RegionAnswer]] = {}
    for answer in answers:
        found.setdefault((answer.outcome, _words(answer)), []).append(answer)
    order = ("refused", "sent", "cannot-tell", "by-agreement", "if-judged", "seen", "waits", "silent")
    keys = sorted(found, key=lambda key: (order.index(key[0]), -len(found[key]), key[1]))
    return tuple(_group(key, found[key]) for key in keys)


def _group(key: tuple[str, str], answers: Sequence[RegionAnswer]) -> Group:
    places = tuple(_place(answer) for answer in answers)
    return Group(key[0], key[1], tuple(answer.service for answer in answers), places)


def _place(answer: RegionAnswer) -> str:
    at = f"{answer.path}:{answer.line}" if answer.line else answer.path
    return f"{at} (reading uncertain)" if answer.doubt else at


def _words(answer: RegionAnswer) -> str:
    if answer.outcome == "silent":
        return "nothing is said of them"
    said = answer.says or answer.why
    to = f", to {answer.destination}" if answer.destination and answer.destination != said else ""
    why = f" ({answer.why})" if answer.says and answer.why and answer.outcome != "waits" else ""
    return f"{answer.field}: {said}{why}{to}" if said else answer.field


def named(names: Sequence[str], most: int) -> str:
    """Names in a list, of many only the first with the number of the rest; one name is no longer than its number."""
    if len(names) <= most + 1:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def weight_words(region: Region) -> str:
    """How many people a region is about; empty where nothing was weighed."""
    if region.weight is None:
        return ""
    least, most = region.weight
    return f"{least:,} people" if least == most else f"between {least:,} and {most:,} people"
