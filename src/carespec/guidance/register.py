"""The waivers that stand in a register, apart from the documents, and which of all waivers count.

A change must not be able to waive what it brings about: where a run is told which waivers were agreed before it, as on
the branch that a change is to join, only those count, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from carespec.model.facts import Service, Waiver
from carespec.tuples import NamedTuple

Agreement: TypeAlias = tuple[str, str, tuple[str, str | None] | None, str, str, str]
"""What makes two waivers the same, whichever file and line they stand on: the service, the rule, the field, until when,
why, and who agreed.
"""


class Waived(NamedTuple):
    """What of a rule is left after its waivers: the paths that still count, and the waivers that were used."""

    paths: tuple[str, ...]
    used: tuple[Waiver, ...]


class Register(NamedTuple):
    """The waivers of a register by the service that each is for, with the register's path and lines.

    `agreed` are the waivers that count, those of the documents too; None where all do. `since` is what they were found
    in, as a reader knows it: `git:main`.
    """

    path: str = ""
    lines: tuple[str, ...] = ()
    waivers: Mapping[str, tuple[Waiver, ...]] = {}
    agreed: frozenset[Agreement] | None = None
    since: str = ""

    def of(self, service: Service) -> tuple[Waiver, ...]:
        """Every waiver of a service: those of its own document, then those of the register."""
        return (*service.waivers, *self.waivers.get(service.name, ()))

    def counts(self, waiver: Waiver, service: Service) -> bool:
        """Whether a waiver of a service was agreed before this run."""
        return self.agreed is None or agreement(waiver, service.name) in self.agreed


NO_REGISTER = Register()
"""No register, and every waiver of a document counts."""


def agreement(waiver: Waiver, service: str) -> Agreement:
    """What was agreed, for which service."""
    until = waiver.until.show() if waiver.until is not None else ""
    return (waiver.service or service, waiver.rule, waiver.field, until, waiver.reason, waiver.agreed_by)


def by_service(waivers: Iterable[Waiver]) -> dict[str, tuple[Waiver, ...]]:
    """The waivers of a register by the service that each is for, in their order."""
    found: dict[str, tuple[Waiver, ...]] = {}
    for waiver in waivers:
        found[waiver.service] = (*found.get(waiver.service, ()), waiver)
    return found
