"""What a rule or a comparison must have to be of use: a requirement, the law, a message, whom it affects, a fix.

Also what its words name: sources that the pack declares, placeholders that somebody can fill.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from carespec.guidance.derived import INCENTIVE
from carespec.guidance.loading.tried import asked
from carespec.guidance.model import Comparison, Pack, PackProblem, Rule
from carespec.guidance.wording import OF_COMPARISONS, OF_INCENTIVES, STANDARD, unknown_placeholders
from carespec.model.conditions import tests
from carespec.quantities.bounds import Bound
from carespec.quantities.counts import Rate
from carespec.quantities.money import Money
from carespec.vocabulary import Vocabulary, nearest

_PARTS = (
    ("message", "says nothing to the author of a service", 'Write `message: "…"`, with `{FIELD}` for what was found.'),
    ("affects", "does not say who is affected", 'Write `affects: "…"`: the people whom the rule is there for.'),
    ("fix", "does not say what to write instead", 'Write `fix: "…"`, with a line to copy.'),
)
_WITH_PLACEHOLDERS = ("message", "fix", "affects")


def flaws_of_parts(pack: Pack, vocabulary: Vocabulary) -> Iterator[PackProblem]:
    """What is missing, named wrongly or said twice. `vocabulary` knows the derived fields."""
    both: list[Rule | Comparison] = [*pack.rules, *pack.comparisons]
    yield from _of_pack(pack)
    yield from _repeated(both)
    for one in both:
        yield from _missing(one)
        yield from _cited(one, pack)
        yield from _placeholders(one, vocabulary)
    for rule in pack.rules:
        yield from _unlike(rule)


def _of_pack(pack: Pack) -> Iterator[PackProblem]:
    if not pack.version:
        message = "the pack has no version, so nobody can say which of two they were held against"
        yield PackProblem("version-missing", message, "Write `version: 1` below the title.", 1, 0, 1, severity="should")
    both: list[Rule | Comparison] = [*pack.rules, *pack.comparisons]
    # What is wrong with the only rule of a pack says by itself that nothing is judged.
    if len(both) == 1 or any(one.whole for one in both):
        return
    if both:
        message = "no rule of this pack could be read whole, so it judges nothing, and every service passes it unheard"
        fix = "Put right what is said of its lines; `carespec check` names each."
    else:
        message = "the pack has no rule and no comparison that can be read, so it asks nothing of any service"
        fix = 'Write `rule NAME "TITLE"` with `require:` below it; `carespec new guidance NAME` writes one that works.'
    yield PackProblem("pack-judges-nothing", message, fix, 1, 0, 1)


def _repeated(both: Iterable[Rule | Comparison]) -> Iterator[PackProblem]:
    seen: dict[str, Rule | Comparison] = {}
    for one in sorted(both, key=lambda one: one.line):
        first = seen.setdefault(one.name, one)
        if first is not one:
            message = f"`{one.name}` is already the name of what begins on line {first.line}"
            yield _at(one, "duplicate-rule", message, "Give it a name of its own.")


def _at(one: Rule | Comparison, name: str, message: str, fix: str, severity: str = "must") -> PackProblem:
    return PackProblem(name, message, fix, one.line, one.start, one.end, about=one.name, severity=severity)


def _missing(one: Rule | Comparison) -> Iterator[PackProblem]:
    if isinstance(one, Rule) and not one.requires and one.whole:
        yield _at(
            one, "rule-without-requirement", f"`{one.name}` asks for nothing", "Write `require:` and a condition."
        )
    if isinstance(one, Comparison) and one.whole and (one.measures is None or one.flag is None):
        fix = "Write `measures:` and a field, `flag-when:` and a condition."
        yield _at(
            one, "comparison-without-measure", f"`{one.name}` does not say what it compares, or what it flags", fix
        )
    if not one.laws:
        message = f"`{one.name}` cites no source, so nobody can look up why it asks this"
        yield _at(one, "rule-without-source", message, "Write `text: [SOURCE PLACE]`, and below it `| ` and the words.")
    for name, lacks, fix in _PARTS:
        if one.detail(name) is None and not (name == "fix" and isinstance(one, Comparison)):
            yield _at(one, f"rule-without-{name}", f"`{one.name}` {lacks}", fix, "should")


def _cited(one: Rule | Comparison, pack: Pack) -> Iterator[PackProblem]:
    """Sources that are cited and not declared."""
    known = [source.name for source in pack.sources]
    for law in one.laws:
        for cite in law.cites:
            if cite.source not in known:
                near = nearest(cite.source, known)
                message = f"the pack has no source `{cite.source}`" + (f"; did you mean `{near}`?" if near else "")
                fix = f"Write `{near}`." if near else f'Write `source {cite.source}: "TITLE", "PUBLISHER"` at the top.'
                yield PackProblem("unknown-source", message, fix, law.line, cite.start, cite.end, about=one.name)


def _placeholders(one: Rule | Comparison, vocabulary: Vocabulary) -> Iterator[PackProblem]:
    known = OF_COMPARISONS if isinstance(one, Comparison) else (STANDARD, *_of_incentives(one))
    for detail in one.details:
        text = detail.content if detail.name in _WITH_PLACEHOLDERS and isinstance(detail.content, str) else ""
        for name in unknown_placeholders(text, known, vocabulary):
            near = nearest(name, (*known, *vocabulary.fields))
            message = f"nothing can stand for `{{{name}}}`" + (f"; did you mean `{{{near}}}`?" if near else "")
            fix = f"Write `{{{near}}}`." if near else "Write a field, with its key where it has one, or `{standard}`."
            yield PackProblem(
                "unknown-placeholder", message, fix, detail.line, detail.start, detail.end, about=one.name
            )


def _of_incentives(rule: Rule) -> tuple[str, ...]:
    asks = any(path.partition(" ")[0] == INCENTIVE for path in asked(rule.requires))
    return OF_INCENTIVES if asks else ()


def _unlike(rule: Rule) -> Iterator[PackProblem]:
    """Amounts of different things for one path in one rule: at least one of the tests can never be answered."""
    seen: dict[str, str] = {}
    for clause in (*rule.applies, *rule.unless, *rule.requires):
        for test in tests(clause.condition):
            amount = test.operand.limit if isinstance(test.operand, Bound) else test.operand
            counted = _counted(amount)
            if not counted:
                continue
            path = f"{test.field} {test.key}" if test.key else test.field
            first = seen.setdefault(path, counted)
            if first != counted:
                name, amounts, of, fix = _UNLIKE[type(amount)]
                message = f"`{path}` is held to {amounts} {of} {first} and to one {of} {counted}, which never compare"
                yield PackProblem(name, message, fix, clause.line, test.start, test.end, about=rule.name)


_UNLIKE = {
    Money: ("prices-per-different-things", "a price", "per", "Write both per the same thing."),
    Rate: ("counts-of-different-things", "a count", "of", "Write both of the same thing, and per the same time."),
}


def _counted(amount: object) -> str:
    """What an amount is a number of, or is paid per; "" where it does not say."""
    if isinstance(amount, Money):
        return amount.per or ""
    if isinstance(amount, Rate):
        return f"{amount.of} per {amount.per}" if amount.per else amount.of
    return ""
