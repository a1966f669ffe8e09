"""What a name in a finding stands for, as plain data: for formats that bring a help page with each kind of finding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from carespec.built import built
from carespec.checks import Check, all_checks
from carespec.guidance.library import read_shipped, shipped
from carespec.guidance.pages import comparison_page, rule_page
from carespec.pages import check_page, flaw_page, mistake_page
from carespec.records import About, Finding, rule_id

_PLACEHOLDER = re.compile(r"`?\{\w+\}`?")


def about(finding: Finding) -> About:
    """What is known of the check, flaw or mistake that a finding names; of others, what the finding itself says."""
    known = _known().get((finding.kind == "syntax", finding.name)) if finding.kind not in _OF_PACKS else None
    if known is not None:
        return known
    said, page = _from_finding(finding), _pages_of(rule_id(finding).partition(".")[0]).get(rule_id(finding))
    return said if page is None else said._replace(page=page)


_OF_PACKS = ("rule", "comparison")


@cache
def _pages_of(name: str) -> Mapping[str, str]:
    """The page of every rule and comparison of a pack, by full name; none for a pack that does not ship."""
    if name not in {pack.name for pack in shipped()}:
        return {}
    pack = read_shipped(name)
    rules = {f"{name}.{rule.name}": rule_page(rule, pack) for rule in pack.rules}
    return rules | {f"{name}.{one.name}": comparison_page(one, pack) for one in pack.comparisons}


@cache
def _known() -> Mapping[tuple[bool, str], About]:
    """Checks, flaws and mistakes; the key says whether it is a mistake, since a check may bear the same name."""
    mistakes = (*built()["mistakes"]["general"], *built()["mistakes"]["mistakes"])
    found = {(True, entry["name"]): _of_mistake(entry) for entry in mistakes}
    found |= {(unread, entry["name"]): _of_flaw(entry) for entry in built()["flaws"] for unread in (True, False)}
    return {**found, **{(False, check.name): _of_check(check) for check in all_checks()}}


def _of_check(check: Check) -> About:
    return About(check.name, check.title, " ".join(check.page.split()), check_page(check))


def _of_mistake(entry: Mapping[str, Any]) -> About:
    title = _PLACEHOLDER.sub("…", entry["message"])
    return About(entry["name"], title, f"A line that cannot be read: {title}.", mistake_page(entry))


def _of_flaw(entry: Mapping[str, Any]) -> About:
    return About(entry["name"], entry["title"], f"{entry['why']} {entry['instead']}", flaw_page(entry))


def _from_finding(finding: Finding) -> About:
    """What its findings say of a rule: its sources and whom it affects."""
    title = finding.title or finding.name.replace("-", " ")
    sources = [". ".join(filter(None, (s.title, s.publisher, s.place, s.quote))) for s in finding.sources]
    lines = [f"# {finding.name}", f"Affects {finding.affects}."]
    lines += [f"**Source.** {source}" for source in sources]
    lines += [f"**Fix.** {finding.fix.text}"] if finding.fix is not None else []
    return About(finding.name, title, " ".join([f"Affects {finding.affects}.", *sources]), "\n\n".join(lines))
