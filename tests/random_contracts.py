"""Contracts that nobody chose, with everything in them that payments and courses of treatment can hang on."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

READINGS = ("last reading", "any reading", "first reading", "2 readings in a row")
STOPS = ("none", *(f"recovered at {reading}" for reading in READINGS), "recovered after 3 sessions")


def contract(random: Random) -> str:
    """The lines of a service with two steps."""
    return "\n".join([*_course(random), *_payments(random)])


def _maybe(random: Random, share: float, line: str) -> list[str]:
    return [line] if random.random() < share else []


def _course(random: Random) -> Iterator[str]:
    choice = random.choice
    yield from _maybe(random, 0.7, "steps-offered: step-2, step-3")
    yield from _maybe(random, 0.5, f"steps-each-provider-must-offer: {choice(('all', 'one-or-more'))}")
    for step in ("step-2", "step-3"):
        yield from _maybe(random, 0.8, f"indicated-sessions {step}: {random.randint(1, 9)}")
        yield from _maybe(random, 0.2, f"session-cap {step}: {random.randint(1, 12)}")
    yield from _maybe(random, 0.6, f"stop-when: {choice(STOPS)}")
    yield from _maybe(random, 0.5, f"step-up-when: not recovered after {random.randint(1, 6)} sessions")
    yield from _maybe(random, 0.5, "outcome-measure phq-9: every-session")
    yield from _maybe(random, 0.2, "unpaired-scores: not-paid")
    yield from _maybe(random, 0.2, "measured-by: provider")
    yield from _maybe(random, 0.5, f"overlapping-payments: {choice(('all-are-paid', 'highest-only'))}")


def _payments(random: Random) -> Iterator[str]:
    pounds = random.uniform
    yield from _maybe(random, 0.2, f"pay assessment: £{pounds(1, 90):.2f} per assessment")
    if random.random() < 0.2:
        yield f"pay missed: £{pounds(1, 40):.2f} per missed-appointment"
        yield from _maybe(random, 0.5, "  at most 1 per 6 booked")
    for step in ("step-2", "step-3"):
        yield from _price(random, step)
        if random.random() < 0.15:
            yield f"pay treatment: £{pounds(50, 400):.2f} per course for {step}"
        if random.random() < 0.3:
            yield f"pay recovery-{step}: £{pounds(5, 500):.2f} per course"
            yield f"  when {random.choice(('', 'not '))}recovered at {random.choice(READINGS)}"


def _price(random: Random, step: str) -> Iterator[str]:
    kind = random.random()
    if kind < 0.4:
        yield f"pay {step}: £{random.uniform(20, 240):.2f} per session"
        yield from _maybe(random, 0.6, f"  at most {random.randint(1, 12)} per course")
    elif kind < 0.85:
        yield f"pay {step}: £{random.uniform(50, 800):.2f} per course"
        yield from _maybe(random, 0.6, f"  when sessions is at least {random.randint(1, 9)}")
        share = f"  {random.choice((25, 50, 100))}% only when recovered at {random.choice(READINGS)}"
        yield from _maybe(random, 0.4, share)
