"""What holds of every comparison, whatever the services say."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from carespec.compare.compared import Compared, compare
from carespec.compare.findings import findings
from carespec.compare.gather import Gathered
from carespec.compare.pages import pages
from carespec.compare.periods import together
from carespec.tables import as_markdown, as_text
from compare.services import gathered

FACTS = (
    "minimum-age: 18 years", "minimum-age: 16 years", "minimum-age: over 18 years", 'minimum-age: in words "adults"',
    "maximum-age: none", "maximum-age: 65 years", "clusters: 1 to 4", "clusters: 4, 3, 2, 1", "clusters: not stated",
    "wait step-2: within 10 working days of referral", "wait step-2: within 28 days of referral", "wait: not stated",
    "wait treatment: within 18 weeks of referral", "wait treatment: within 6 weeks of referral",
    "dna-limit assessment: 2", "dna-limit assessment: 9", "pay assessment: £40.00 per assessment",
    "pay assessment: £400.00 per assessment", "pay assessment: none", "pay step-2: £40.00 per session",
    "pay step-2: £300.00 per course", "dna-outcome: discharge", "dna-outcome: discharge-to-gp",
    "number-of-tariffs: 3", "contract: from 1 April 2012 to 31 March 2014", "contract: from 1 April 2014",
)  # fmt: skip
LINES = st.lists(st.sampled_from(FACTS), min_size=1, max_size=8, unique_by=lambda line: line.partition(":")[0])
CORPUS = st.lists(LINES, min_size=1, max_size=9)
bounded = settings(max_examples=60, deadline=None, derandomize=True)


def iapt(corpus: list[list[str]]) -> list[Gathered]:
    return gathered(*(["programme: iapt", *lines] for lines in corpus))


def only(services: list[Gathered]) -> Compared:
    (one,) = compare(services)
    return one


@bounded
@given(CORPUS, st.randoms(use_true_random=False))
def test_the_order_of_files_makes_no_difference(corpus: list[list[str]], random: object) -> None:
    services = iapt(corpus)
    shuffled = list(services)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert compare(shuffled) == compare(services)


@bounded
@given(CORPUS, st.lists(LINES, min_size=1, max_size=6))
def test_services_of_another_programme_change_no_figure_price_or_finding(
    corpus: list[list[str]], others: list[list[str]]
) -> None:
    mine = iapt(corpus)
    foreign = [
        service._replace(name=f"other-{service.name}", path=f"other-{service.path}")
        for service in gathered(*(["programme: primary-care-counselling", *lines] for lines in others))
    ]
    alone, beside = only(mine), only([*mine, *foreign])
    own = {group.name for group in alone.groups}
    assert [row for row in beside.prices if row.group in own] == list(alone.prices)
    assert [found for found in beside.outliers if found.group in own] == list(alone.outliers)
    ids = {finding.id for finding in findings([alone])}
    assert [finding for finding in findings([beside]) if finding.id in ids] == list(findings([alone]))
    for view in (view for topic in alone.topics for view in topic.fields):
        same = next(v for topic in beside.topics for v in topic.fields if v.path == view.path)
        assert [group for group in same.groups if group.group in own] == list(view.groups)


@bounded
@given(CORPUS)
def test_everybody_is_counted_once_and_every_finding_says_of_how_many(corpus: list[list[str]]) -> None:
    services = iapt(corpus)
    one = only(services)
    for view in (view for topic in one.topics for view in topic.fields):
        counted = sum(len(answer.services) for answer in view.answers) + len(view.silent) + len(view.unread)
        assert counted == len(services)
        assert view.n <= counted
    found = findings([one])
    assert len({finding.id for finding in found}) == len(found)
    for finding in found:
        assert finding.severity == "may" and " among " in finding.message


@bounded
@given(CORPUS)
def test_a_page_has_a_cell_for_every_column(corpus: list[list[str]]) -> None:
    blocks = list(pages(compare(iapt(corpus)), whole=False))
    assert as_text(blocks).endswith("\n")
    for line in as_markdown(blocks).splitlines():
        assert not line.startswith("|") or line.endswith("|")


PERIODS = st.lists(st.tuples(st.none() | st.integers(2, 9), st.none() | st.integers(2, 9)), max_size=7)


@bounded
@given(PERIODS)
def test_groups_are_exactly_the_largest_sets_that_share_a_day(periods: list[tuple[int | None, int | None]]) -> None:
    days = {i: {d for d in range(1, 12) if (s or 1) <= d <= (e or 11)} for i, (s, e) in enumerate(periods)}
    sets = [
        set(chosen)
        for size in range(1, len(periods) + 1)
        for chosen in combinations(range(len(periods)), size)
        if set.intersection(*(days[i] for i in chosen))
    ]
    largest = [one for one in sets if not any(one < other for other in sets)]
    assert sorted(tuple(sorted(one)) for one in largest) == sorted(indexes for _, indexes in together(periods))
