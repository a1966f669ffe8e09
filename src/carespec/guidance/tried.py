"""A pack put to its own tests: which examples do not hold, which slips nobody would notice, as findings on the pack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from carespec.guidance.examples import Ran, run
from carespec.guidance.model import Pack, Rule
from carespec.guidance.mutation.trial import Survivor, try_out
from carespec.records import Finding, Fix
from carespec.source import span_of
from carespec.tuples import NamedTuple
from carespec.vocabulary import Vocabulary, load

_AFFECTS: Final = "everyone whose service this rule would judge wrongly"
_SAYS: Final = {
    "passes": "the rule passes it",
    "fails": "the rule fails it",
    "cannot-tell": "the rule cannot tell",
    "does-not-apply": "the rule does not apply to it",
    "exempt": "the rule exempts it",
}


class Tried(NamedTuple):
    """What came of a pack's own tests; `killed` and `equivalent` count changed rules, as in `mutation.trial`.

    `damaged` rules could not be read whole, and were not tried.
    """

    findings: tuple[Finding, ...]
    rules: int = 0
    examples: int = 0
    killed: int = 0
    equivalent: int = 0
    survived: int = 0
    damaged: int = 0


def try_pack(pack: Pack, lines: tuple[str, ...]) -> Tried:
    """Run every example of every whole rule, and try every slip on the rules whose examples all hold.

    `lines` is the text of the pack. A rule that could not be read, or an example of which could not, is left out: what
    is wrong with it is a finding of loading the pack.
    """
    vocabulary = load(pack.vocabulary)
    amiss = {problem.line for problem in pack.problems}
    rules = [rule for rule in pack.rules if rule.whole and amiss.isdisjoint(one.line for one in rule.examples)]
    tried = _sum([_try_rule(rule, pack, lines, vocabulary) for rule in rules])
    return tried._replace(damaged=len(pack.rules) - len(rules))


def _sum(tried: list[Tried]) -> Tried:
    return Tried(
        tuple(finding for one in tried for finding in one.findings),
        len(tried),
        sum(one.examples for one in tried),
        sum(one.killed for one in tried),
        sum(one.equivalent for one in tried),
        sum(one.survived for one in tried),
    )


def _try_rule(rule: Rule, pack: Pack, lines: tuple[str, ...], vocabulary: Vocabulary) -> Tried:
    if not rule.examples:
        return Tried((_untested(rule, pack, lines),))
    ran = [run(rule, example, vocabulary) for example in rule.examples]
    wrong = tuple(_wrong(one, rule, pack, lines) for one in ran if not one.holds)
    if wrong:
        # A slip that no sound example notices cannot be told from one that a wrong example hides.
        return Tried(wrong, examples=len(ran))
    trial = try_out(rule, vocabulary)
    unnoticed = tuple(_unnoticed(survivors, rule, pack, lines) for survivors in _by_missing(trial.survivors))
    return Tried(unnoticed, 0, len(ran), trial.killed, trial.equivalent, len(trial.survivors))


def _by_missing(survivors: tuple[Survivor, ...]) -> Iterator[list[Survivor]]:
    """Those that the same example would notice, together; each for itself where none is known."""
    groups: dict[tuple[str, int], list[Survivor]] = {}
    for number, survivor in enumerate(survivors):
        key = (survivor.missing, 0) if survivor.missing else ("", number)
        groups.setdefault(key, []).append(survivor)
    yield from groups.values()


def _untested(rule: Rule, pack: Pack, lines: tuple[str, ...]) -> Finding:
    message = f"`{rule.name}` has no example, so nothing shows that it says what is meant"
    fix = "Write under it what passes and what fails, as in `fails: maximum-age is 65 years`."
    return _finding("rule-without-examples", message, fix, rule.line, rule, pack, lines)


def _wrong(ran: Ran, rule: Rule, pack: Pack, lines: tuple[str, ...]) -> Finding:
    outcome, causes = ran.judgement.outcome, ran.judgement.causes
    why = f", because of `{causes[0].path}`: {causes[0].why}" if causes and causes[0].path else ""
    message = f"this example expects `{ran.example.expected}`, and {_SAYS[outcome]}{why}"
    fix = f"Write `{outcome}: {ran.example.text}` if that is right; if not, change what `{rule.name}` requires."
    if outcome == "exempt":
        fix = f"Leave the example out if that is right; if not, change the `unless` of `{rule.name}`."
    return _finding("example-fails", message, fix, ran.example.line, rule, pack, lines)


def _unnoticed(survivors: list[Survivor], rule: Rule, pack: Pack, lines: tuple[str, ...]) -> Finding:
    first = survivors[0]
    more = f", nor {len(survivors) - 1} more like it" if len(survivors) > 1 else ""
    message = f"no example of `{rule.name}` would notice this slip{more}: {first.mutant.told}"
    if first.missing:
        fix = f"Write under the rule, if it is what you mean: `{first.missing}`."
    else:
        fix = "Write an example at each side of what this line decides."
    return _finding("slip-unnoticed", message, fix, first.mutant.line, rule, pack, lines)


def _finding(name: str, message: str, fix: str, line: int, rule: Rule, pack: Pack, lines: tuple[str, ...]) -> Finding:
    text = lines[line - 1]
    start = len(text) - len(text.lstrip())
    return Finding(
        f"check.{name}/{pack.name}/{rule.name}", "check", name, "fails", "must", "certain", "carespec", pack.name,
        rule.name, pack.path, span_of(line, start, len(text)), message, text.strip(), _AFFECTS, Fix(fix),
    )  # fmt: skip
