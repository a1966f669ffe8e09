"""Every rule held against every service: what fails, what nobody can tell, what is waived, what will bind later.

Judgements are remembered by the lines that they rest on. Equal lines are one value in a run, so a rule is judged once
for all services that say the same about what it asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from carespec.coming import responsible
from carespec.guidance.derived import INCENTIVE, OF_TEXT, joined
from carespec.guidance.docket import Docket
from carespec.guidance.findings import Failed, Hearing, Teller
from carespec.guidance.force import Turn, last_day
from carespec.guidance.judge import CANNOT_TELL, FAILS
from carespec.guidance.law import Law
from carespec.guidance.memo import Known, Memo, asked_by, judge_afresh
from carespec.guidance.model import Comparison, Pack, Rule
from carespec.guidance.register import Waived
from carespec.model.conditions import Test, tests
from carespec.model.facts import Service, Waiver
from carespec.quantities.sets import WordSet
from carespec.records import BEGINS, OUTCOMES, Coming, Finding, Later, NotChecked
from carespec.rules.asked import UNANALYSED, Spoken, Subject
from carespec.tuples import NamedTuple
from carespec.vocabulary import PAY, Vocabulary

if TYPE_CHECKING:
    from carespec.guidance.waivers import Named, Told


class Derived(NamedTuple):
    """What an engine knows of a path that no line can say, the figures that a message may name, and whose line shows
    it: the path of a payment, "" for the first.
    """

    spoken: Spoken
    figures: Mapping[str, str] = {}
    place: str = ""


class Asked(NamedTuple):
    """The incentives that rules ask for, by name, None among them for all; and those of which a rule asks more than
    whether the text proves them.
    """

    names: frozenset[str | None]
    beyond_text: frozenset[str | None] = frozenset()


Derive = Callable[[Service, Asked], Mapping[str, Derived]]
"""What engines know of the incentives asked for, by path ("incentive stop-at-minimum"). The service has payments."""

NOT_IN_FORCE, WAIVED = "not-in-force", "waived"


class Ruling(NamedTuple):
    """What came of holding all rules against one service. `outcomes` counts them in the order of `OUTCOMES`; `ahead`
    are rules that will begin to bind and that it fails.
    """

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    outcomes: tuple[int, ...]
    later: tuple[Later, ...]
    ahead: tuple[Coming, ...] = ()


NOTHING = Ruling((), (), (0,) * len(OUTCOMES), ())


class Bench:
    """Holds the rules of a law against services; one for a run.

    With `several` what comes of a rule is remembered for the services that say the same. `checks` gives the names of
    what is no rule.
    """

    def __init__(
        self,
        law: Law,
        derive: Derive | None = None,
        several: bool = True,
        checks: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self.law, self.checks = law, checks
        self._derive = derive
        self.docket = Docket(law)
        self.chosen = self.docket.chosen
        self.teller = Teller(several)
        self.judge_of = Memo(self.chosen).judge_of if several else judge_afresh
        self._asked = _incentives_asked(self.chosen)
        self._vocabularies: dict[str, Vocabulary] = {}

    def rule(self, service: Service) -> Ruling:
        """What the rules say of a service, by the law of its own day."""
        if not self.law.packs:
            return NOTHING
        derived = self._derived(service)
        spoken = {path: one.spoken for path, one in derived.items()}
        return _Sitting(self, Subject(service, self._vocabulary_of(service), spoken), derived).ruling()

    def _vocabulary_of(self, service: Service) -> Vocabulary:
        """The service's vocabulary with the fields that engines derive."""
        name = service.vocabulary.name
        found = self._vocabularies.get(name)
        if found is None:
            found = self._vocabularies[name] = joined(service.vocabulary)
        return found

    def _derived(self, service: Service) -> Mapping[str, Derived]:
        """Worked out only where a rule asks for it and there is something to work with."""
        asked = self._asked.get(service.vocabulary.name)
        if self._derive is None or not asked:
            return {}
        if service.family(PAY):
            return self._derive(service, asked)
        paths = [f"{INCENTIVE} {name}" for name in sorted(filter(None, asked.names))]
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
    found: dict[str, list[Test]] = {}
    for pack, rule in chosen:
        clauses = (*rule.applies, *rule.unless, *rule.requires)
        asked = [test for clause in clauses for test in tests(clause.condition) if test.field == INCENTIVE]
        if asked:
            found.setdefault(pack.vocabulary, []).extend(asked)
    return {
        vocabulary: Asked(frozenset(t.key for t in asked), frozenset(t.key for t in asked if not _is_of_text(t)))
        for vocabulary, asked in found.items()
    }


def _is_of_text(test: Test) -> bool:
    """Whether the text alone always answers, if anything does."""
    words = test.operand.members if isinstance(test.operand, WordSet) else (test.operand,)
    return test.operator in ("is", "one of") and OF_TEXT.issuperset(words)


_TOLD = frozenset((FAILS, CANNOT_TELL))


class _Sitting:
    """One service before the bench."""

    def __init__(self, bench: Bench, subject: Subject, derived: Mapping[str, Derived]) -> None:
        law = self._law = bench.law
        self._bench, self._chosen, self._derived = bench, bench.chosen, derived
        self._judge = bench.judge_of(subject)
        self._hearing = Hearing(subject)
        self._service = service = subject.service
        own = service.as_at()[0]
        today = law.today or law.as_at or own or date.today()
        self._day = law.as_at or own or today
        self._end = last_day(service)
        self._today = min(today, self._end) if self._end is not None else today
        self._name = self._hearing.name
        self._findings: list[Finding] = []
        self._not_checked: list[NotChecked] = []
        self._waivers = law.register.of(service)
        self._used: dict[Waiver, list[str]] = {}
        self._later: list[Later] = []
        self._ahead: list[Coming] = []

    def ruling(self) -> Ruling:
        """Everything together."""
        last = self._end or self._law.until
        listed = self._bench.docket.on(self._service.vocabulary.name, self._day, last)
        name, path = self._name, self._service.path
        self._not_checked += [NotChecked(one.name, name, one.because, path, one.group) for one in listed.left_out]
        counts = dict.fromkeys(OUTCOMES, 0)
        counts[NOT_IN_FORCE] = listed.not_in_force
        judge, chosen = self._judge, self._chosen
        for number in listed.judged:
            pack, rule = chosen[number]
            known = judge(number, rule)
            outcome = known.judgement.outcome
            if outcome in _TOLD:
                outcome = self._tell(number, pack, rule, known)
            counts[outcome] += 1
        for number, turn in listed.turns:
            self._look_ahead(number, turn)
        self._findings += [self._of_waiver(told) for told in self._flags()]
        found, unsure = tuple(self._findings), tuple(self._not_checked)
        return Ruling(found, unsure, tuple(counts.values()), tuple(self._later), tuple(self._ahead))

    def _tell(self, number: int, pack: Pack, rule: Rule, known: Known) -> str:
        """Report what fails or cannot be told, as far as it is not waived; the outcome that is left."""
        paths: tuple[str, ...] = known.paths or ("",)
        left = paths
        if self._waivers:
            left, used = self._unwaived(pack, rule, paths, self._today)
            for waiver in used:
                self._used.setdefault(waiver, []).extend(path for path in paths if path not in left)
        outcome = known.judgement.outcome if left else WAIVED
        if known.judgement.outcome == FAILS:
            self._findings.append(self._failed(Failed(number, pack, rule, known, left or known.paths, outcome)))
        elif left:
            self._not_checked.append(
                NotChecked(rule.name, self._name, known.because, self._service.path, known.group, known.paths)
            )
        return outcome

    def _failed(self, failed: Failed) -> Finding:
        derived = self._derived.get(failed.paths[0])
        if derived is not None:
            failed = failed._replace(figures=derived.figures, place=derived.place)
        return self._bench.teller.finding(failed, self._hearing)

    def _unwaived(self, pack: Pack, rule: Rule, paths: tuple[str, ...], day: date) -> Waived:
        """The paths that no waiver covers that is live on a day, and those that are used."""
        if not self._waivers or not rule.waivable:
            return Waived(paths, ())
        from carespec.guidance.waivers import counting, waive  # few documents have any

        about = counting(self._waivers, self._service, self._law.register, pack.name, rule.name)
        return waive(paths, about, day) if about else Waived(paths, ())

    def _look_ahead(self, number: int, turn: Turn) -> None:
        """What changes while the contract runs, for a rule that the service fails; without an end, as far as asked."""
        pack, rule = self._chosen[number]
        known = self._judge(number, rule)
        if known.judgement.outcome != FAILS:
            return
        if self._end is not None:
            what = BEGINS if turn.begins else " no longer binds"
            message = f"`{pack.name}.{rule.name}`{what}, and the document does not meet it: {rule.title}"
            self._later.append(Later(turn.day.isoformat(), rule.name, self._name, message, self._service.path))
        if turn.begins:
            self._begins(turn.day, number, pack, rule, known)

    def _begins(self, day: date, number: int, pack: Pack, rule: Rule, known: Known) -> None:
        """A rule that begins to bind within the time that was asked about, on lines that no waiver covers then."""
        today, until = self._law.today, self._law.until
        if today is None or until is None or not today < day <= until:
            return
        left = self._unwaived(pack, rule, known.paths or ("",), day).paths
        if left:
            found = self._failed(Failed(number, pack, rule, known, left))
            message = f"`{pack.name}.{rule.name}`{BEGINS}: {found.message}"
            fix = found.fix.text if found.fix is not None else ""
            who = responsible(self._service)
            self._ahead.append(
                Coming(day.isoformat(), found.path, found.span, self._name, found.field, message, who, fix)
            )

    def _flags(self) -> list[Told]:
        if not self._waivers or not self._law.packs:
            return []
        from carespec.guidance.waivers import Bearing, flags

        named = self._named()
        used = {waiver: tuple(dict.fromkeys(paths)) for waiver, paths in self._used.items()}
        known = [name for name, one in named.items() if "." not in name and one.kind != "check"]
        bearing = Bearing(self._today, lambda w: used.get(w, ()), named.get, known)
        return list(flags(self._service, self._law.register, bearing))

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
        from carespec.guidance.registered import finding

        register, own = self._law.register, self._service
        path, lines = (register.path, register.lines) if told.waiver.path else (own.path, own.lines)
        return finding(told, self._name, path, lines)
