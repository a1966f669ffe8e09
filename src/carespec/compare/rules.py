"""Comparisons that guidance asks for, judged over all services: one finding a group, and the tests that they carry.

`taken.measured` is the first phase, service by service; `judge` the second, over all that was taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from carespec.compare.asking import (
    Numbers,
    Reading,
    asks_about_each,
    asks_about_figures,
    holds,
    numbers_of,
    sides,
)
from carespec.compare.gather import Said
from carespec.compare.measures import Measure, measure, shown_on
from carespec.compare.periods import together
from carespec.compare.said import said_of_value
from carespec.compare.taken import Held, Taken, field_label
from carespec.guidance.findings import sources_of
from carespec.guidance.library import with_words
from carespec.guidance.model import Comparison, Pack, Sample
from carespec.guidance.wording import OF_COMPARISONS
from carespec.model.facts import Value
from carespec.quantities.money import Money, ratio
from carespec.quantities.waits import Wait
from carespec.records import Finding, Fix, Related
from carespec.rules.compare_values import Side
from carespec.rules.text import field_named
from carespec.source import span_of
from carespec.tuples import NamedTuple
from carespec.vocabulary import Field, Vocabulary, load

_RELATED = 20
"""So many other services are named with a finding."""
_AFFECTS = "people whose service is the one that differs"
_FIX = "Nothing, if there is a reason for it that is written down; else agree one figure."
_NO_SCALE = ("number", "age", "percentage")


class Flagged(NamedTuple):
    """A group that a comparison flags: its figures on one scale, and those flagged, the most extreme first."""

    name: str
    takers: tuple[Taken, ...]
    extreme: tuple[Taken, ...]
    numbers: Numbers
    waived: bool = False


def judge(
    taken: Iterable[Taken], comparisons: Sequence[Held], named: frozenset[str] | None = None
) -> tuple[Finding, ...]:
    """The findings of all comparisons over all services, in the order of the comparisons and of the groups' names.

    `named` are the paths of a run that looks at some files of a corpus only: a finding is then placed at the most
    extreme of those, and a group in which none of them is flagged or measured gives none.
    """
    by_comparison: dict[str, list[Taken]] = {}
    for one in taken:
        by_comparison.setdefault(one.comparison, []).append(one)
    return tuple(
        finding
        for of in comparisons
        for flagged in _flagged(of, by_comparison.get(of.name, []))
        if (finding := _finding(of, flagged, named)) is not None
    )


def _flagged(of: Held, taken: list[Taken]) -> Iterator[Flagged]:
    """The groups that are flagged; where groups overlap in time, each extreme service once."""
    by_group: dict[tuple[str, ...], list[Taken]] = {}
    for one in sorted(taken, key=lambda one: (one.service, one.path)):
        by_group.setdefault(one.group, []).append(one)
    for group in sorted(by_group):
        members = by_group[group]
        seen: set[tuple[str, str]] = set()
        for _, indexes in sorted(together([one.period for one in members]), key=lambda part: -len(part[1])):
            for flagged in _left(of, ", ".join(group), [members[index] for index in indexes]):
                extremes = (flagged.name, flagged.extreme[0].path)
                if extremes not in seen:
                    seen.add(extremes)
                    yield flagged


def _left(of: Held, name: str, members: list[Taken]) -> Iterator[Flagged]:
    """What is flagged among those that have not agreed to differ; if nothing is, what would be with them: waived."""
    bound = [one for one in members if not one.waived]
    found = list(_of_group(of, name, bound))
    if not found and len(bound) < len(members):
        found = [flagged._replace(waived=True) for flagged in _of_group(of, name, members)]
    yield from found


def _of_group(of: Held, name: str, members: list[Taken]) -> Iterator[Flagged]:
    """One group, scale by scale: figures in different units are never put in order."""
    vocabulary = load(of.pack.vocabulary)
    field, condition = _field(of.comparison, vocabulary), of.comparison.flag
    assert condition is not None
    answered = sum(one.answers for one in members)
    for scale, takers in _by_scale(members, asks_about_figures(condition.condition)):
        readings = [Reading(one.content, one.said.measure) for one in takers if one.said.measure]
        numbers = numbers_of(readings, answered, len(members))
        hit = flags(of.comparison, numbers, [one.content for one in takers], field, vocabulary)
        if hit is None:
            continue
        full = name if scale in ("", *_NO_SCALE) else f"{name}, {scale}"
        chosen = [takers[index] for index in hit] if readings else _quiet_first(members)
        yield Flagged(full, tuple(takers), tuple(_extreme_first(chosen, numbers, field)), numbers)


def _by_scale(members: list[Taken], figures: bool) -> list[tuple[str, list[Taken]]]:
    """The figures of each scale; nothing but one empty scale where the condition asks only how many say something."""
    by_scale: dict[str, list[Taken]] = {}
    for one in members:
        if figures and one.said.measure is not None:
            by_scale.setdefault(one.said.measure.scale, []).append(one)
    return sorted(by_scale.items()) or [("", [])]


def _quiet_first(members: list[Taken]) -> list[Taken]:
    """Those that say nothing, for they are what a share of services that say something is about; else all."""
    return [one for one in members if not one.answers] or members


def flags(
    comparison: Comparison, numbers: Numbers, contents: Sequence[object], field: Field, vocabulary: Vocabulary
) -> list[int] | None:
    """Which of the figures are flagged, by index; None if the group is not flagged.

    All of them are where the condition asks about the group and not about each service.
    """
    assert comparison.flag is not None
    condition = comparison.flag.condition
    if (numbers.n if contents else numbers.members) < comparison.least:
        return None
    known = sides(numbers, field)
    if not asks_about_each(condition):
        return list(range(len(contents))) if holds(condition, known, vocabulary) is True else None
    hit = [
        index
        for index, content in enumerate(contents)
        if holds(condition, {**known, "this": Side(content, field)}, vocabulary) is True
    ]
    return hit or None


def _extreme_first(chosen: list[Taken], numbers: Numbers, field: Field) -> list[Taken]:
    """The worst for the patient first, where the vocabulary has a better end; else the furthest from the median."""

    def how_far(one: Taken) -> tuple[Decimal, Decimal]:
        low = Decimal(one.said.measure.low if one.said.measure else 0)
        if field.better in ("lower", "higher"):
            return (-low if field.better == "lower" else low), Decimal(0)
        middle = Decimal(numbers.median if numbers.median is not None else low)
        far = max(low / middle, middle / low) if low and middle else abs(low - middle)
        return -far, -low

    return sorted(chosen, key=lambda one: (*how_far(one), one.service, one.path))


def _field(comparison: Comparison, vocabulary: Vocabulary) -> Field:
    assert comparison.measures is not None
    found = field_named(comparison.measures.field, vocabulary)
    assert found is not None, "a comparison of a field that does not exist is not whole"
    return found


def _finding(of: Held, flagged: Flagged, named: frozenset[str] | None) -> Finding | None:
    """The finding of a group, at the most extreme of the services of the run."""
    placed = [one for one in flagged.extreme if named is None or one.path in named]
    if not placed:
        return None
    first, words = placed[0], with_words(of.comparison, of.pack)
    doubted = any(one.doubted for one in flagged.extreme)
    return Finding(
        f"{of.name}/{flagged.name}/{of.path}", "comparison", words.name, "waived" if flagged.waived else "fails",
        severity_of(words), "possible" if doubted else "certain", words.authority, first.service, of.path, first.path,
        first.span, _message(words, of, flagged), first.said.text, words.said("affects") or _AFFECTS,
        Fix(words.said("fix") or _FIX), sources_of(words.laws, of.pack),
        tuple(_related(one) for one in _others(flagged, first)), title=words.title[:1].lower() + words.title[1:],
    )  # fmt: skip


def severity_of(comparison: Comparison) -> str:
    """As written; but that others do otherwise is `must` only where a national source says that they may not."""
    backed = comparison.authority == "national" and bool(comparison.laws)
    return comparison.severity if comparison.severity != "must" or backed else "should"


def _others(flagged: Flagged, first: Taken) -> list[Taken]:
    """The other services of the group, those furthest from the first before the rest, and no more than can be read."""
    others = [one for one in (*flagged.extreme, *flagged.takers) if one is not first]
    ends = sorted(dict.fromkeys(others), key=lambda one: (-_distance(one, first), one.service, one.path))
    return ends[:_RELATED]


def _distance(one: Taken, other: Taken) -> Decimal:
    a, b = one.said.measure, other.said.measure
    return abs(Decimal(a.low) - Decimal(b.low)) if a and b else Decimal(0)


def _related(one: Taken) -> Related:
    says = f"`{one.said.text}`" if one.said.text else "nothing"
    return Related(one.path, one.span, f"{says} in {one.service}")


def _message(words: Comparison, of: Held, flagged: Flagged) -> str:
    """The author's own words with the figures in them; how many services they are of is always said."""
    numbers, takers = flagged.numbers, flagged.takers
    usual = f"{field_label(of)}: {{count}} comparable services, {{lowest}} to {{highest}}"
    n = numbers.n if takers else numbers.answered
    values = dict.fromkeys(OF_COMPARISONS, "not known") | {"count": str(n)}
    if takers and numbers.lowest and numbers.highest:
        low, high = _taker(takers, numbers.lowest), _taker(takers, numbers.highest)
        times = _times(numbers.lowest.measure, numbers.highest.measure)
        values |= {"lowest": low.said.value, "highest": high.said.value, "ratio": times or "not known"}
        values |= {"lowest-service": low.service, "highest-service": high.service}
        scale = numbers.lowest.measure.scale
        values["median"] = "not known" if numbers.median is None else shown_on(scale, numbers.median)
    text = words.said("message") or usual
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text if f"{n} " in text and n == numbers.members else f"{text.rstrip('.')} (n = {n} of {numbers.members})"


def _taker(takers: Sequence[Taken], reading: Reading) -> Taken:
    return next(one for one in takers if one.said.measure == reading.measure)


def _times(low: Measure, high: Measure) -> str | None:
    times = ratio(Decimal(high.low), Decimal(low.low)) if low.exact and high.exact else None
    return None if times is None else str(times)


class Ran(NamedTuple):
    """What came of a test that a comparison carries: whether it flagged the values, and whether that was expected."""

    sample: Sample
    flagged: bool
    holds: bool


def run(comparison: Comparison, pack: Pack) -> tuple[Ran, ...]:
    """The tests of a comparison, each run: one value a service, in one group."""
    ran = ((sample, _runs(Held(pack, comparison), sample)) for sample in comparison.samples)
    return tuple(Ran(sample, flagged, flagged is sample.flags) for sample, flagged in ran)


def _runs(of: Held, sample: Sample) -> bool:
    vocabulary, measures = load(of.pack.vocabulary), of.comparison.measures
    assert measures is not None
    field, taken = _field(of.comparison, vocabulary), []
    for number, value in enumerate(each for given in sample.values for each in _each(given, measures.per)):
        found, said = measure(value, measures.field), said_of_value(value, field, vocabulary)
        spoken = Said(value.state, said, said, found)
        content, span = value.content if found else None, span_of(sample.line, value.start, value.end)
        name = str(number)
        taken.append(Taken(of.name, name, name, (), (None, None), spoken, content, False, False, span))
    return any(True for _ in _of_group(of, "", taken))


def _each(value: Value, per: str | None) -> Iterator[Value]:
    """The values of a test. An amount is per what the comparison measures, unless it says otherwise; waits with commas
    between them are read as one of several parts, and here are one a service.
    """
    content = value.content
    if isinstance(content, Wait):
        yield from (value._replace(content=Wait((part,))) for part in content.parts)
    elif isinstance(content, Money) and content.per is None and per is not None:
        yield value._replace(content=content._replace(per=per))
    else:
        yield value
