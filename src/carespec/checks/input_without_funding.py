"""Something must be provided, and nobody pays for it.

What it flags: a `required-input` that is `unfunded` or of which the document does not say who pays; interpreters that
people are to have, with no line on who pays; a system that the provider must pay for, where `price-covers` leaves
systems out.

Why it matters: what is required and not paid for is in the end not provided. One area could find nobody to run courses
for new mothers, because the price left out the crèche.

Instead: `required-input creche: funded` with a price that covers it, or a `pay other-creche` line.

Exceptions: an input with a payment of its own name.

Source: study, Chapter Three (the post-natal depression tariff "not having, accounted for crèche provisions").
"""

from __future__ import annotations

from collections.abc import Iterator

from carespec.flags import Also, Flag, flag_name, flag_value
from carespec.model.certain import always, exactly, is_held, missing, never
from carespec.model.facts import Fact, Service, State

TITLE = "something required that nothing funds"
SEVERITY = "should"
NEEDS_WHOLE = "document"
AFFECTS = "people who cannot be treated without it, and small providers who cannot carry the cost"
BAD = (
    "required-input creche: unfunded  #! `unfunded`",
    "required-input transport: not stated  #! `not stated`",
    "interpreters: sign-language  #! `interpreters`",
    "required-system iaptus: provider-pays  #! `required-system iaptus`\nprice-covers: administration, premises",
)
GOOD = (
    "required-input creche: funded",
    "required-input creche: none",
    "required-input creche: unfunded\npay other-creche: £20.00 per session",
    "interpreters: sign-language\nrequired-input interpreter: funded",
    "interpreters: none",
    "required-system iaptus: provider-pays\nprice-covers: administration, systems",
    "required-system iaptus: provider-pays",
    "required-system iaptus: commissioner-pays\nprice-covers: premises",
    "status: published-extract\ninterpreters: sign-language\nrequired-input transport: not stated",
    "interpreters: sign-language\nrequired-input interpreter funded",
)


def check(service: Service) -> Iterator[Flag]:
    """Flag what must be provided and is paid for by no line."""
    for fact in service.family("required-input"):
        if fact.key and f"pay other-{fact.key}" not in service.by_path and not service.damaged:
            yield from _input(fact, service)
    yield from _interpreters(service)
    yield from _systems(service)


def _input(fact: Fact, service: Service) -> Iterator[Flag]:
    fix = f"Write `{fact.path}: funded` once the price covers it, or a `pay other-{fact.key}` line."
    if always(fact) == "unfunded":
        yield flag_value(fact, f"`{fact.key}` is required, and the provider is not paid for it", fix)
    elif fact.value.state == State.NOT_STATED and is_held(service):
        yield flag_value(fact, f"`{fact.key}` is required, and the document does not say who pays for it", fix)


def _interpreters(service: Service) -> Iterator[Flag]:
    fact = service.fact("interpreters")
    if fact is None or fact.value.state != State.STATED or "required-input interpreter" in service.by_path:
        return
    if "pay other-interpreter" not in service.by_path and missing(service, ("required-input",)):
        message = "people are to have an interpreter, and no line says who pays"
        yield flag_name(fact, message, "Write `required-input interpreter:` with `funded` or `unfunded`.")


def _systems(service: Service) -> Iterator[Flag]:
    covers = service.fact("price-covers")
    costs = exactly(covers)
    if covers is None or costs is None or "systems" in costs or never(covers):
        return
    for fact in service.family("required-system"):
        if fact.key and always(fact) == "provider-pays":
            message = f"the provider must pay for `{fact.key}`, and the price does not cover systems"
            fix = "Add `systems` to `price-covers` once the price includes them, or write who pays instead."
            also = (Also(covers.line, covers.value.start, covers.value.end, "what the price covers"),)
            yield flag_name(fact, message, fix)._replace(also=also)
