"""The page of a rule, of a comparison and of a pack, as Markdown: for `explain`, and for `docs/rules/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from carespec.guidance.details import WORDS
from carespec.guidance.findings import sources_of
from carespec.guidance.model import Clause, Comparison, Law, Pack, Rule
from carespec.quantities.dates import Period


def rule_page(rule: Rule, pack: Pack, heading: str = "#") -> str:
    """What a rule asks, of whom, why, with the law that it stands on, its examples and how to meet it."""
    return "\n\n".join(
        [
            f"{heading} {rule.name}",
            f"*{rule.title}.* {_standing(rule, pack)}",
            _asks(rule),
            *_law(rule.laws, pack),
            *_said(rule),
            *_examples(rule),
            WORDS["waivable"]["yes" if rule.waivable else "no"],
        ]
    )


def comparison_page(one: Comparison, pack: Pack, heading: str = "#") -> str:
    """What a comparison puts side by side, when it speaks, and why."""
    lines = [f"measures: {_measured(one)}"]
    lines += [f"among: {', '.join(one.among)}"] if one.among else []
    lines += [f"flag-when: {one.flag.text}"] if one.flag is not None else []
    lines.append(f"least: {one.least} services")
    lines += [f"{'flags' if sample.flags else 'spares'}: {sample.text}" for sample in one.samples]
    return "\n\n".join(
        [
            f"{heading} {one.name}",
            f"*{one.title}.* {_standing(one, pack)}",
            _block(lines),
            *_law(one.laws, pack),
            *_said(one),
        ]
    )


def pack_page(pack: Pack) -> str:
    """A pack: who publishes it, when it binds, and every rule and comparison of it."""
    parts = [f"# {pack.name}", f"*{pack.title}.* {_published(pack)}", _contents(pack)]
    parts += [rule_page(rule, pack, "##") for rule in pack.rules]
    parts += [comparison_page(one, pack, "##") for one in pack.comparisons]
    return "\n\n".join(parts) + "\n"


def packs_index(packs: Iterable[Pack]) -> str:
    """The index of `docs/rules/`."""
    lines = ["# Guidance that ships", "", "Made from the packs in `specs/guidance/`.", ""]
    lines += ["| pack | what it holds | rules | comparisons | binds |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| [{pack.name}]({pack.name}.md) | {pack.title} | {len(pack.rules)} | {len(pack.comparisons)} "
        f"| {_binds(pack.in_force)} |"
        for pack in packs
    ]
    return "\n".join(lines) + "\n"


def _published(pack: Pack) -> str:
    published = f", published {pack.published.show()}" if pack.published is not None else ""
    version = f"Version {pack.version}, " if pack.version else ""
    return f"{version}{pack.publisher or 'no publisher named'}{published}. It binds {_binds(pack.in_force)}."


def _binds(period: Period | None) -> str:
    return period.show() if period is not None else "on every day"


def _contents(pack: Pack) -> str:
    lines = ["| rule | title | severity | authority |", "| --- | --- | --- | --- |"]
    both: list[Rule | Comparison] = [*pack.rules, *pack.comparisons]
    lines += [f"| [{one.name}](#{one.name}) | {one.title} | {one.severity} | {one.authority} |" for one in both]
    return "\n".join(lines)


def _standing(one: Rule | Comparison, pack: Pack) -> str:
    """How much it matters, who says so, when it binds, how its source was seen."""
    words = [
        f"Severity: **{one.severity}**. {WORDS['authority'][one.authority]}",
        f"It is part of `{pack.name}` and binds {_binds(one.in_force or pack.in_force)}.",
    ]
    confidence = WORDS["confidence"].get(one.said("confidence"))
    return " ".join([*words, *([confidence] if confidence else [])])


def _asks(rule: Rule) -> str:
    lines = [
        *_clauses("applies-when", rule.applies),
        *_clauses("unless", rule.unless),
        *_clauses("require", rule.requires),
        f"if-not-stated: {rule.if_not_stated}",
    ]
    return f"{_block(lines)}\n\n{WORDS['if-not-stated'][rule.if_not_stated]}"


def _clauses(name: str, clauses: tuple[Clause, ...]) -> Iterator[str]:
    return (f"{name}: {clause.text}" for clause in clauses)


def _block(lines: Iterable[str]) -> str:
    return "\n".join(["```text", *lines, "```"])


def _law(laws: tuple[Law, ...], pack: Pack) -> Iterator[str]:
    """Each source with its place, and the words quoted from it."""
    for source in sources_of(laws, pack):
        cited = ", ".join(filter(None, (source.title, source.publisher, source.place)))
        quote = f"\n>\n> {source.quote}" if source.quote else ""
        yield f"> {cited}{quote}"


def _said(one: Rule | Comparison) -> Iterator[str]:
    leads = (("reason", "Why"), ("affects", "Affects"), ("message", "Says"), ("fix", "How to meet it"))
    for name, lead in leads:
        text = one.said(name)
        if text:
            yield f"**{lead}.** {text[:1].upper()}{text[1:]}{'' if text.rstrip().endswith(('.', '!', '?')) else '.'}"


def _examples(rule: Rule) -> Iterator[str]:
    if rule.examples:
        lines = ["| where the document says | outcome |", "| --- | --- |"]
        lines += [f"| `{example.text}` | {example.expected} |" for example in rule.examples]
        yield "\n".join(lines)


def _measured(one: Comparison) -> str:
    if one.measures is None:
        return "nothing"
    path = f"{one.measures.field} {one.measures.key}" if one.measures.key else one.measures.field
    return f"{path} per {one.measures.per}" if one.measures.per else path
