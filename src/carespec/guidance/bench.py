"""Every rule held against every service: what fails, what nobody can tell, what is waived, what will bind later.

Judgements are remembered by the lines that they rest on. Equal lines are one value in a run, so a rule is judged once
for all services that say the same about what it asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from carespec.guidance.derived import INCENTIVE
from carespec.guidance.findings import Failed, Teller
from carespec.guidance.force import binds, last_day, turns, was_known
from carespec.guidance.judge import CANNOT_TELL, FAILS, subject_of
from carespec.guidance.law import Law
from carespec.guidance.memo import Known, Memo, asked_by
from carespec.guidance.model import Comparison, Pack, Rule
from carespec.model.conditions import tests
from carespec.model.facts import Service, Waiver
from carespec.model.places import MissingPlace, missing_places
from carespec.records import OUTCOMES, Finding, Fix, Later, NotChecked
from carespec.rules.asked import UNANALYSED, Spoken, Subject
from carespec.source import span_of, stem
from carespec.vocabulary import PAY

if TYPE_CHECKING:
    from carespec.guidance.waivers import Named, Told


class Derived(NamedTuple):
    """What an engine knows of a path that no line can say, the figures that a message may name, and whose line shows
    it: the path of a payment, "" for the first.
    """

    spoken: Spoken
    figures: Mapping[str, str] = {}
    place: str = ""


Asked = frozenset[str | None]
"""The incentives that rules ask for, by name; None among them for all."""

Derive = Callable[[Service, Asked], Mapping[str, Derived]]
"""What engines know of the incentives asked for, by path ("incentive stop-at-minimum"). The service has payments."""

NOT_IN_FORCE, WAIVED = "not-in-force", "waived"


class Ruling(NamedTuple):
    """What came of holding all rules against one service. `outcomes` counts them in the order of `OUTCOMES`."""

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    outcomes: tuple[int, ...]
    later: tuple[Later, ...]


NOTHING = Ruling((), (), (0,) * len(OUTCOMES), ())


class Bench:
    """Holds the rules of a law against services; one for a run. `checks` gives the names of what is no rule."""

    def __init__(self, law: Law, derive: Derive | None = None, checks: Callable[[], Iterable[str]] = tuple) -> None:
        self.law, self.checks = law, checks
        self._derive = derive
        self.chosen = tuple(law.chosen())
        self.memo, self.teller = Memo(self.chosen), Teller()
        self._asked = _incentives_asked(self.chosen)
        # Most rules bind on every day, and need not be held against the calendar for every service.
        self.always = tuple([one.whole and not one.in_force and not pack.in_force for pack, one in self.chosen])

    def rule(self, service: Service) -> Ruling:
        """What the rules say of a service, by the law of its own day."""
        derived = self._derived(service)
        subject = subject_of(service, {path: one.spoken for path, one in derived.items()})
        return _Sitting(self, subject, derived).ruling()

    def _derived(self, service: Service) -> Mapping[str, Derived]:
        """Worked out only where a rule asks for it and there is something to work with."""
        asked = self._asked.get(service.vocabulary.name)
        if self._derive is None or not asked:
            return {}
        if service.family(PAY):
            return self._derive(service, asked)
        paths = [f"{INCENTIVE} {name}" for name in sorted(filter(None, asked))]
        return {path: Derived(Spoken(path, UNANALYSED, unsure=_NO_PAYMENT)) for path in paths}


_NO_PAYMENT = "no line says what is paid"


def _asks(one: Rule | Comparison) -> tuple[str, ...]:
    """The paths that a rule asks about, or that a comparison measures."""
    if isinstance(one, Rule):
        return tuple(asked_by(one))
    measures = one.measures
    return () if measures is None else (" ".join(filter(None, (measures.field, measures.key))),)


def _incentives_asked(chosen: tuple[tuple[Pack, Rule], ...]) -> Mapping[str, Asked]:
    """By vocabulary, the incentives that its rules ask for."""
    found: dict[str, set[str | None]] = {}
    for pack, rule in chosen:
        clauses = (*rule.applies, *rule.unless, *rule.requires)
        keys = {t.key for clause in clauses for t in tests(clause.condition) if t.field == INCENTIVE}
        found.setdefault(pack.vocabulary, set()).update(keys)
    return {vocabulary: frozenset(keys) for vocabulary, keys in found.items() if keys}


class _Sitting:
    """One service before the bench."""

    def __init__(self, bench: Bench, subject: Subject, derived: Mapping[str, Derived]) -> None:
        law = self._law = bench.law
        self._bench, self._chosen, self._memo = bench, bench.chosen, bench.memo
        self._subject, self._derived = subject, derived
        self._service = service = subject.service
        own = service.as_at()[0]
        today = law.today or law.as_at or own or date.today()
        self._day = law.as_at or own or today
        self._end = last_day(service)
        self._today = min(today, self._end) if self._end is not None else today
        self._name = service.name or stem(service.path)
        self._counts = dict.fromkeys(OUTCOMES, 0)
        self._findings: list[Finding] = []
        self._not_checked: list[NotChecked] = []
        self._used: dict[Waiver, list[str]] = {}
        self._later: list[Later] = []
        self._places: Mapping[str, MissingPlace] | None = None

    def ruling(self) -> Ruling:
        """Everything together."""
        left_out = self._left_out()
        for number, (pack, rule) in enumerate(self._chosen):
            if id(pack) not in left_out and (self._bench.always[number] or self._binds(number, pack, rule)):
                self._judge(number, pack, rule)
        self._findings += [self._of_waiver(told) for told in self._flags()]
        counts = tuple(self._counts.values())
        return Ruling(tuple(self._findings), tuple(self._not_checked), counts, tuple(self._later))

    def _left_out(self) -> set[int]:
        """The packs that do not judge this service at all, by identity; those of no version in force are told."""
        left_out = set()
        for pack in {id(pack): pack for pack, _ in self._chosen}.values():
            why = self._why_not(pack)
            if why:
                left_out.add(id(pack))
                self._not_checked.append(NotChecked(pack.name, self._name, why, self._service.path))
        return left_out

    def _why_not(self, pack: Pack) -> str:
        vocabulary = self._service.vocabulary.name
        if pack.vocabulary != vocabulary:
            return f"its rules are about {pack.vocabulary}, and the document is about {vocabulary}"
        if self._law.known_at is not None and not was_known(pack, self._law.known_at):
            return f"it was published after {self._law.known_at.isoformat()}"
        if pack.in_force is not None and not pack.in_force.contains(self._day) and not self._other_version(pack):
            self._counts[NOT_IN_FORCE] += sum(1 for other, _ in self._chosen if other is pack)
            self._look_ahead_of(pack)
            return f"no version of it is in force on {self._day.isoformat()}"
        return ""

    def _other_version(self, pack: Pack) -> bool:
        return any(
            other.name == pack.name and (other.in_force is None or other.in_force.contains(self._day))
            for other in self._law.packs
        )

    def _look_ahead_of(self, pack: Pack) -> None:
        for number, (other, rule) in enumerate(self._chosen):
            if other is pack:
                self._look_ahead(number, pack, rule)

    def _binds(self, number: int, pack: Pack, rule: Rule) -> bool:
        """Whether a rule judges on the day of this service."""
        if not rule.whole:
            because = "a line of the rule could not be read, so it judges nothing"
            self._not_checked.append(NotChecked(rule.name, self._name, because, self._service.path))
            return False
        self._look_ahead(number, pack, rule)
        if not binds(rule, pack, self._day):
            self._counts[NOT_IN_FORCE] += 1
            return False
        return True

    def _judge(self, number: int, pack: Pack, rule: Rule) -> None:
        known = self._memo.judge(number, rule, self._subject)
        outcome = known.judgement.outcome
        if outcome in (FAILS, CANNOT_TELL):
            outcome = self._tell(number, pack, rule, known)
        self._counts[outcome] += 1

    def _tell(self, number: int, pack: Pack, rule: Rule, known: Known) -> str:
        """Report what fails or cannot be told, as far as it is not waived; the outcome that is left."""
        left = self._unwaived(pack, rule, known.paths or ("",))
        outcome = known.judgement.outcome if left else WAIVED
        if known.judgement.outcome == FAILS:
            paths = left or known.paths
            failed = Failed(number, pack, rule, known, paths, outcome)
            derived = self._derived.get(paths[0])
            if derived is not None:
                failed = failed._replace(figures=derived.figures, place=derived.place)
            self._findings.append(self._bench.teller.finding(failed, self._subject, self._missing_places))
        elif left:
            self._not_checked.append(
                NotChecked(rule.name, self._name, known.because, self._service.path, known.group, known.paths)
            )
        return outcome

    def _missing_places(self) -> Mapping[str, MissingPlace]:
        if self._places is None:
            self._places = missing_places(self._service)
        return self._places

    def _unwaived(self, pack: Pack, rule: Rule, paths: tuple[str, ...]) -> tuple[str, ...]:
        """The paths that no live waiver covers."""
        waivers = self._service.waivers if rule.waivable else ()
        if not waivers:
            return paths
        from carespec.guidance.waivers import is_about, waive  # few documents have any

        about = [waiver for waiver in waivers if is_about(waiver, pack.name, rule.name)]
        left, used = waive(paths, about, self._today) if about else (paths, ())
        for waiver in used:
            self._used.setdefault(waiver, []).extend(path for path in paths if path not in left)
        return left

    def _look_ahead(self, number: int, pack: Pack, rule: Rule) -> None:
        """What changes while the contract runs, for a rule that the service fails."""
        if self._end is None or not (rule.in_force or pack.in_force) or not rule.whole:
            return
        for turn in turns(rule, pack, self._day, self._end):
            if self._memo.judge(number, rule, self._subject).judgement.outcome == FAILS:
                what = "begins to bind" if turn.begins else "no longer binds"
                message = f"`{pack.name}.{rule.name}` {what}, and the document does not meet it: {rule.title}"
                self._later.append(Later(turn.day.isoformat(), rule.name, self._name, message, self._service.path))

    def _flags(self) -> list[Told]:
        if not self._service.waivers or not self._law.packs:
            return []
        from carespec.guidance.waivers import flags

        named = self._named()
        used = {waiver: tuple(dict.fromkeys(paths)) for waiver, paths in self._used.items()}
        known = [name for name, one in named.items() if "." not in name and one.kind != "check"]
        return list(flags(self._service, self._today, lambda w: used.get(w, ()), named.get, known))

    def _named(self) -> dict[str, Named]:
        """What every name means that a waiver can bear; rules that ship are known even where they do not judge."""
        from carespec.guidance.library import shipped
        from carespec.guidance.waivers import Named

        heard = {f"{pack.name}.{rule.name}" for pack, rule in self._chosen}
        named = {name: Named("check") for name in self._bench.checks()}
        for pack in (*shipped(), *self._law.packs):
            both: list[Rule | Comparison] = [*pack.rules, *pack.comparisons]
            for one in both:
                full = f"{pack.name}.{one.name}"
                kind = "kept" if not one.waivable else "rule" if full in heard else "unheard"
                for name in (full, one.name):
                    named[name] = named.get(name, Named("")).also(kind, _asks(one))
        return named

    def _of_waiver(self, told: Told) -> Finding:
        from carespec.guidance.waivers import TITLES

        flag, service = told.flag, self._service
        text = service.lines[flag.line - 1]
        return Finding(
            f"waiver.{told.name}/{self._name}/{told.waiver.rule}", "waiver", told.name, FAILS, "should", "certain",
            "carespec", self._name, None, service.path, span_of(flag.line, flag.start, flag.end), flag.message,
            text[flag.start : flag.end].strip(), flag.affects, Fix(flag.fix), title=TITLES[told.name],
        )  # fmt: skip
