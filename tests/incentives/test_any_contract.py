"""Whatever a contract says, the full report comes out: finite figures, bounds that hold, and nothing that contradicts
what the text alone says."""

from __future__ import annotations

import math

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from carespec.assumptions import default
from carespec.engine import Engine
from carespec.incentives.episode.contract import contract_of
from carespec.incentives.episode.step import table_of
from carespec.incentives.pages.viability import pages
from carespec.incentives.report import Assessed, Options, analyse
from carespec.incentives.tell import formats, renderer
from carespec.incentives.text import NOT_STRUCTURAL, STRUCTURAL, structural
from carespec.incentives.verdicts import ABSENT, ROBUST
from carespec.incentives.viability import viability
from carespec.model.facts import Service
from carespec.source import from_text
from carespec.vocabulary import DEFAULT

ASSUMED = default(DEFAULT)


def lines_of(*choices: str) -> st.SearchStrategy[str]:
    return st.sampled_from(choices)


NUMBERS = lines_of("0", "1", "2", "6", "12", "60", "61", "1000000000")
READINGS = lines_of("at first reading", "at last reading", "at any reading", "at 2 readings in a row",
                    "at 70 readings in a row", "after 3 sessions", "at follow-up of 3 months")  # fmt: skip
TESTS = st.one_of(
    st.builds("sessions is {} {}".format, lines_of("at least", "at most", "more than", "less than"), NUMBERS),
    st.builds("booked is at least {}".format, NUMBERS),
    st.builds("{} {}".format, lines_of("recovered", "not recovered", "reliably-improved"), READINGS),
    lines_of("cluster is 3", "waited step-2 is at most 28 calendar days", "age is at least 18 years"),
)
CONDITIONS = st.one_of(TESTS, st.builds("({}) {} ({})".format, TESTS, lines_of("and", "or"), TESTS))
UNDER = st.one_of(
    st.builds("  when {}".format, CONDITIONS),
    st.builds("  {} only when {}".format, lines_of("0%", "50%", "100%", "150%"), CONDITIONS),
    st.builds("  at most {} per course".format, NUMBERS),
    st.builds("  at most {} per {} booked".format, NUMBERS, NUMBERS),
    lines_of("  for step-3", "  for group", '  in words "odd"', "  except £5.00 per session when cluster is 3"),
)
HEADS = st.builds(
    "pay {}: {}{}".format,
    lines_of("step-2", "step-3", "treatment", "recovery-step-2", "cluster-1", "cluster-3", "missed", "access",
             "assessment", "unpaired", "group", "hourly"),
    lines_of("£0.00", "£0.01", "£40.00", "£367.29", "£1,000,000,000.00", "£-40.00", "about £40.00"),
    lines_of(" per session", " per course", " per referral", " per missed-appointment", " per month", ""),
)  # fmt: skip
PAYMENTS = st.builds(lambda head, under: "\n".join((head, *under)), HEADS, st.lists(UNDER, max_size=2))
FIELDS = st.one_of(
    st.builds("indicated-sessions step-2: {}".format, NUMBERS),
    st.builds("session-cap step-2: {}".format, NUMBERS),
    st.builds("dna-limit treatment: {}".format, NUMBERS),
    st.builds("stop-when: recovered {}".format, READINGS),
    st.builds("step-up-when: not recovered {}".format, READINGS),
    st.builds("outcome-measure phq-9: {}".format, lines_of("none", "every-second-session", "discharge")),
    st.builds("unpaired-scores: {}".format, lines_of("not-paid", "flat-rate", "as-not-recovered")),
    st.builds("overlapping-payments: {}".format, lines_of("all-are-paid", "highest-only", "first-only")),
    lines_of("steps-offered: step-2, step-3", "steps-offered: step-4", "entry-point-provides: step-2",
             "volume-guarantee: none", "group-size: 0", "success-means: completed", "audit-rate: 5%"),
)  # fmt: skip
CONTRACTS = st.builds(
    lambda fields, pays: "\n".join(("service drawn", *fields, *pays, "")),
    st.lists(FIELDS, max_size=5), st.lists(PAYMENTS, min_size=1, max_size=4),
)  # fmt: skip


def read(text: str) -> Service:
    found = Engine(()).read(from_text("drawn.care", text))
    assert found is not None
    return found.service


@settings(max_examples=5, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(CONTRACTS)
def test_the_full_report_comes_out(text: str) -> None:
    service = read(text)
    # Long courses, and many missed appointments told apart, take the same way more slowly.
    assume(all(step.horizon() <= 15 and len(table_of(step).close) <= 2 for step in contract_of(service, ASSUMED).steps))
    report = analyse(service, ASSUMED, Options(effort=1, gaming=True))
    proved = structural(service, ASSUMED)
    for step in report.steps:
        for one in step.assessed:
            _is_sound(one)
            if proved[one.pattern.name].verdict != STRUCTURAL and not report.left_out:
                assert one.verdict != STRUCTURAL, one.pattern.name
    for name in formats():
        assert renderer(name)([report], 100)
    assert pages([viability(service, ASSUMED)])


def _is_sound(one: Assessed) -> None:
    """Figures are finite, nobody gains less than nothing by choosing, and bounds hold what they bound."""
    for decided in one.at.values():
        assert math.isfinite(decided.gain), one.pattern.name
        assert one.pattern.gain is not None or decided.gain >= -1e-6 * (1 + decided.material), one.pattern.name
        if decided.between is not None and decided.verdict in (ROBUST, ABSENT):
            low, high = decided.between
            slack = 1e-6 * (1 + abs(high))
            assert low - slack <= decided.gain <= high + slack, (one.pattern.name, decided)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(CONTRACTS)
def test_the_text_alone_answers_for_any_contract(text: str) -> None:
    for name, one in structural(read(text), ASSUMED).items():
        assert one.verdict in (STRUCTURAL, NOT_STRUCTURAL) or one.because, name
