"""What a reader is told of a rule that a service fails: the value found, the law, who is affected, what to write.

The place is the line of the fact; where nothing is said, the end of the part of the document where it belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from carespec.guidance.blame import facts_of
from carespec.guidance.derived import INCENTIVE
from carespec.guidance.library import with_words
from carespec.guidance.memo import Known, asked_by, by_state_alone
from carespec.guidance.model import Law, Pack, Rule
from carespec.guidance.wording import STANDARD, filled, placeholders
from carespec.memory import Memory
from carespec.model.facts import Fact, Service
from carespec.model.places import MissingPlace, missing_places
from carespec.records import CONFIDENCES, Finding, Fix, Related, SourceRef
from carespec.rules.asked import Subject
from carespec.rules.text import field_named
from carespec.source import Span, span_of, stem
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, Field


class Failed(NamedTuple):
    """A rule that a service fails, or would but for a waiver: its number in the run, and the paths that count.

    `known` is what came of the rule, with the judgement and what each path was blamed for. `figures` are what an engine
    worked out for its message, and `place` the path of a line that shows it.
    """

    number: int
    pack: Pack
    rule: Rule
    known: Known
    paths: tuple[str, ...]
    outcome: str = "fails"
    figures: Mapping[str, str] = {}
    place: str = ""


class Gap(NamedTuple):
    """Where a line that is missing belongs, as an empty piece of the file and in words; what rules that miss one there
    have in common.
    """

    span: Span
    where: str
    group: str


class Hearing:
    """One service as findings about it need it: what is worked out once for all of them, and only where asked for."""

    __slots__ = ("_gaps", "_missing", "_published", "name", "service", "subject")

    def __init__(self, subject: Subject) -> None:
        self.subject, self.service = subject, subject.service
        self.name = subject.service.name or stem(subject.service.path)
        self._missing: Callable[[str], MissingPlace] | None = None
        self._gaps: dict[str, Gap] = {}
        self._published: dict[int, str] = {}

    def gap(self, section: str) -> Gap:
        """Where a line on that part of the service belongs."""
        found = self._gaps.get(section)
        if found is None:
            if self._missing is None:
                self._missing = missing_places(self.service)
            place = self._missing(section)
            span = span_of(place.line, place.end, place.end)
            found = self._gaps[section] = Gap(span, _where(place), _group(place))
        return found

    def published_since(self, pack: Pack) -> str:
        """The remark that a pack was published only after the document was signed: its author could not know it."""
        found = self._published.get(id(pack))
        if found is None:
            found = self._published[id(pack)] = _published_since(pack, self.service)
        return found


class Standing(NamedTuple):
    """What findings say of a rule and a path whatever the document: `label` is what the path is called.

    `field` and `key` are what the path leads to, if the vocabulary has it. `message` is as the rule's author wrote it;
    `is_closed` if it speaks of nothing but what the rule asks about. `section` is the part of a document where a line
    on the path belongs.
    """

    identity: str
    label: str
    brief: str
    field: Field | None
    key: str | None
    message: str
    is_closed: bool
    affects: str
    own_fix: Fix
    sources: tuple[SourceRef, ...]
    section: str
    is_incentive: bool


class Teller:
    """Makes the findings of a run; with `several` services it remembers what it says again of one after another."""

    def __init__(self, several: bool = True) -> None:
        self._several = several
        self._standing: Memory[tuple[int, str], Standing] = Memory()
        # By the identity of what came of a rule, which is kept beside it so that no other can come to have it.
        self._messages: Memory[tuple[int, str], tuple[Known, str]] = Memory()

    def finding(self, failed: Failed, hearing: Hearing) -> Finding:
        """The finding for a rule that a service fails."""
        rule, known, service, subject = failed.rule, failed.known, hearing.service, hearing.subject
        path = failed.paths[0]
        standing = self._standing_of(failed, path, subject)
        facts = _shown_by(failed, subject, standing)
        gap = None if facts else hearing.gap(standing.section)
        group = gap.group if gap is not None and known.judgement.causes else None
        message = self._message(failed, standing, subject)
        if failed.pack.published is not None:
            message += hearing.published_since(failed.pack)
        return Finding(
            f"{standing.identity}/{hearing.name}/{path}", "rule", rule.name, failed.outcome, known.judgement.severity,
            _confidence(path, known, subject) if standing.is_incentive or known.is_uncertain else "certain",
            rule.authority, hearing.name, path, service.path,
            _value_span(facts[0]) if gap is None else gap.span, message, _says(facts, service) if facts else "",
            standing.affects, standing.own_fix if gap is None else Fix(standing.own_fix.text + gap.where),
            standing.sources,
            _related(failed.paths, subject) if len(failed.paths) > 1 else (),
            group, standing.brief if group else "", rule.title,
        )  # fmt: skip

    def _standing_of(self, failed: Failed, path: str, subject: Subject) -> Standing:
        found = self._standing.get((failed.number, path))
        if found is None:
            found = _standing(failed, path, subject, self._several)
            self._standing.put((failed.number, path), found)
        return found

    def _message(self, failed: Failed, standing: Standing, subject: Subject) -> str:
        key = (id(failed.known), failed.paths[0])
        found = self._messages.get(key)
        if found is not None:
            return found[1]
        message = _message(failed, standing, subject)
        if failed.known.judgement.causes or standing.is_closed:
            self._messages.put(key, (failed.known, message))
        return message


def _shown_by(failed: Failed, subject: Subject, standing: Standing) -> Sequence[Fact]:
    """The lines that a failure is about: of an incentive, which no line says, a payment that gives rise to it."""
    if not standing.is_incentive:
        return subject.lines(standing.field, standing.key) if standing.field is not None else ()
    return facts_of(failed.place, subject) if failed.place else subject.family(PAY)[:1]


def _standing(failed: Failed, path: str, subject: Subject, several: bool) -> Standing:
    rule = with_words(failed.rule, failed.pack)
    message, (name, _, key) = rule.said("message"), path.partition(" ")
    field = subject.vocabulary.fields.get(name)
    label = subject.vocabulary.label(name, key or None)
    return Standing(
        f"{failed.pack.name}.{rule.name}",
        label,
        f"{label} (`{path}`, {rule.name})",
        field_named(name, subject.vocabulary),
        key or None,
        message,
        several and {*placeholders(message)} <= {STANDARD, *asked_by(rule)} - by_state_alone(rule),
        rule.said("affects") or "whoever the rule is there for",
        Fix(rule.said("fix") or "Change the line so that the rule holds, or have a waiver agreed."),
        sources_of(rule.laws, failed.pack),
        (field.section if field is not None else "payment") or "",
        name == INCENTIVE,
    )


def sources_of(laws: tuple[Law, ...], pack: Pack) -> tuple[SourceRef, ...]:
    """The sources that a rule cites; a quotation stands with the last source before it."""
    found = []
    for law in laws:
        for number, cite in enumerate(law.cites, 1):
            source = pack.source(cite.source)
            titles = source.titles if source is not None else (cite.source,)
            quote = law.quote if number == len(law.cites) else ""
            found.append(SourceRef(titles[0], titles[1] if len(titles) > 1 else "", cite.place, quote))
    return tuple(found)


def _message(failed: Failed, standing: Standing, subject: Subject) -> str:
    path, known, is_silent = failed.paths[0], failed.known, bool(failed.known.judgement.causes)
    if is_silent or not standing.message:
        about = f"`{path}` ({standing.label})"
        said = f"nothing is stated about {about}" if is_silent else f"{about} does not meet it"
        return f"{said}, and the rule asks: {failed.rule.title}"
    blame = next((blame for blame in known.blames if blame.path == path), None)
    return filled(standing.message, subject, blame, failed.figures)


def _group(missing: MissingPlace) -> str:
    """What the rules that a silent part of the document fails have in common."""
    if not missing.begun:
        return f'guidance asks, and no line is about "{missing.part}"'
    part = f'section "{missing.heading}" says' if missing.heading else "the first lines say"
    return f"guidance asks, and {part} nothing about"


def _published_since(pack: Pack, service: Service) -> str:
    """The remark that a pack was published only after the document was signed: its author could not know it."""
    day, origin = service.as_at()
    if pack.published is None or day is None or origin != "signed" or pack.published.first <= day:
        return ""
    return f" (Published {pack.published.show()}, after this document was signed.)"


def _confidence(path: str, known: Known, subject: Subject) -> str:
    if path.partition(" ")[0] == INCENTIVE:
        verdict = subject.derived.get(path)
        return str(verdict.content) if verdict is not None and verdict.content in CONFIDENCES else "possible"
    return "possible" if known.is_uncertain else "certain"


def _says(facts: Sequence[Fact], service: Service) -> str:
    fact = facts[0]
    return service.lines[fact.line - 1][fact.start : fact.value.end].strip()


def _where(missing: MissingPlace) -> str:
    """Where the line belongs, to be added to a fix."""
    where = f"after line {missing.line}"
    if not missing.begun:
        where = f'at the end of the file, under `section "{missing.part}"`'
    return f" The line belongs {where}."


def _value_span(fact: Fact) -> Span:
    return span_of(fact.line, fact.value.start, fact.value.end)


def _related(paths: tuple[str, ...], subject: Subject) -> tuple[Related, ...]:
    """The other lines that fail the same rule."""
    service = subject.service
    lines = {fact.line: fact for path in reversed(paths) for fact in facts_of(path, subject)[:1]}
    first = facts_of(paths[0], subject)[:1]
    return tuple(
        Related(service.path, _value_span(fact), f"so does `{_says((fact,), service)}`")
        for _, fact in sorted(lines.items())
        if fact not in first
    )
