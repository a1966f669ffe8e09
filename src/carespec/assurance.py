"""A record of a run that can be held to account: what was checked, against what, on which day, and what came of it.

Two files, the same bytes wherever they are made: `report.json`, what was found, and `record.json`, the digests of all
that bears on it. Whoever keeps them can show later that neither they nor what they speak of has changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from carespec.assumptions import Assumptions, default
from carespec.built import built
from carespec.guidance.register import Register
from carespec.model.facts import Service
from carespec.records import Report

RECORD, REPORT = "record.json", "report.json"
_VERSION = 1


class NoRecord(Exception):
    """A folder that holds no record, with a sentence that says why."""


def digest(data: bytes) -> str:
    """SHA-256, as 64 hexadecimal digits."""
    return sha256(data).hexdigest()


def relocated(report: Report, place: Callable[[str], str]) -> Report:
    """The report with every path as `place` gives it, so that it does not tell where it was made."""

    def moved(entries: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(entry._replace(path=place(entry.path)) for entry in entries)

    def with_related(findings: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(finding._replace(related=moved(finding.related)) for finding in moved(findings))

    return report._replace(
        services=moved(report.services), findings=with_related(report.findings),
        accepted=with_related(report.accepted), not_checked=moved(report.not_checked), later=moved(report.later),
        coming=moved(report.coming),
    )  # fmt: skip


def record(
    report: Report,
    told: str,
    services: Sequence[Service],
    register: Register,
    corpus: Mapping[str, str],
    asked: Mapping[str, Any],
    figures: Mapping[str, Assumptions],
) -> str:
    """The text of `record.json`.

    `told` is the text of `report.json`, `corpus` the digest of each file by its place, `asked` what a run needs to be
    made again: paths, settings and the folder from which they count. `figures`, by vocabulary, are those given in
    place of the ones that ship.
    """
    data = {
        "carespec-record": _VERSION,
        "carespec": report.version,
        "today": report.today,
        "asked": asked,
        "corpus": [{"path": path, "sha256": corpus[path]} for path in sorted(corpus)],
        "guidance": [ref._asdict() for ref in report.guidance],
        "vocabularies": vocabularies(services),
        "assumptions": assumptions(services, figures),
        "waivers": waivers(services, register),
        "report": {"file": REPORT, "sha256": digest(told.encode("utf-8", "backslashreplace"))},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def vocabularies(services: Iterable[Service]) -> list[dict[str, str]]:
    """The vocabularies in which the services are written, with their digests."""
    names = sorted({service.vocabulary.name for service in services})
    data = built()["vocabularies"]
    texts = {name: json.dumps(data[name], sort_keys=True, ensure_ascii=False) for name in names}
    return [{"name": name, "sha256": digest(texts[name].encode())} for name in names]


def assumptions(services: Iterable[Service], given: Mapping[str, Assumptions]) -> list[dict[str, str]]:
    """The digests of the figures that incentives in these services are judged by, for each vocabulary that has some."""
    names = sorted({service.vocabulary.name for service in services})
    used = {name: given.get(name) or default(name) for name in names}
    texts = {name: json.dumps([one._asdict() for one in each.values()]) for name, each in used.items() if each}
    return [{"name": name, "sha256": digest(text.encode())} for name, text in texts.items()]


def waivers(services: Iterable[Service], register: Register) -> list[dict[str, Any]]:
    """Every waiver of these services, wherever it stands: of what, until when, why, who agreed, and if it counted."""
    return [
        {
            "service": service.name,
            "rule": waiver.rule,
            "field": " ".join(filter(None, waiver.field)) if waiver.field else None,
            "until": waiver.until.show() if waiver.until else None,
            "reason": waiver.reason,
            "agreed-by": waiver.agreed_by,
            "registered": bool(waiver.path),
            "counts": register.counts(waiver, service),
        }
        for service in services
        for waiver in register.of(service)
    ]


def parsed(text: str) -> dict[str, Any]:
    """The data of a `record.json`. Raises NoRecord."""
    try:
        data = json.loads(text)
    except ValueError:
        raise NoRecord(f"its {RECORD} is not written as JSON") from None
    if not isinstance(data, dict) or data.get("carespec-record") != _VERSION:
        raise NoRecord(f"its {RECORD} is no record that this version of carespec reads")
    wrong = [*_unlike(data, _HOLDS), *_unlike(data.get("asked"), _ASKED, "asked.")]
    if wrong:
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        named = ", ".join(f"`{name}`" for name in wrong[:3])
        raise NoRecord(
            f"its {RECORD} does not say {named}{more} as this carespec does: an earlier one made it, or somebody has "
            "changed it; `carespec check --record DIR` makes a new one"
        )
    return data


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _entries(key: str) -> Callable[[Any], bool]:
    """Whether a value is a list of which each entry is known by a text under that key."""
    return lambda value: (
        isinstance(value, list) and all(isinstance(one, dict) and _is_text(one.get(key)) for one in value)
    )


_HOLDS: Mapping[str, Callable[[Any], bool]] = {
    "carespec": _is_text,
    "today": _is_day,
    "corpus": _entries("path"),
    "guidance": _entries("name"),
    "vocabularies": _entries("name"),
    "assumptions": _entries("name"),
    "waivers": _entries("rule"),
    "report": lambda value: isinstance(value, dict) and _is_text(value.get("sha256")),
}
_ASKED: Mapping[str, Callable[[Any], bool]] = {
    "paths": lambda value: isinstance(value, list) and all(map(_is_text, value)),
    "until": lambda value: value is None or _is_day(value),
    "folder": _is_text,
    "configured": lambda value: isinstance(value, bool),
    "waivers-from": lambda value: value is None or (isinstance(value, dict) and {*value} == {"since", "commit"}),
    "settings": lambda value: isinstance(value, dict),
}


def _unlike(data: Any, kinds: Mapping[str, Callable[[Any], bool]], under: str = "") -> list[str]:
    """What of a record is missing, or is not of its kind."""
    if not isinstance(data, dict):
        return [under.rstrip(".")]
    return [f"{under}{name}" for name, fits in kinds.items() if name not in data or not fits(data[name])]


_NAMED = (
    ("guidance", "the guidance pack"),
    ("vocabularies", "the vocabulary"),
    ("assumptions", "the set of figures about"),
)


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What bears on the findings and is not as it was, a sentence each; empty where all is the same."""
    told = []
    if then["carespec"] != now["carespec"]:
        told.append(f"the record was made with carespec {then['carespec']}, and this is {now['carespec']}")
    told += _of_corpus(_by(then["corpus"], "path"), _by(now["corpus"], "path"))
    for what, one in _NAMED:
        before, after = _by(then[what], "name"), _by(now[what], "name")
        told += [f"{one} `{name}` is not the one of then" for name in before if before[name] != after.get(name)]
        told += [f"{one} `{name}` judges now and did not then" for name in after if name not in before]
    if then["waivers"] != now["waivers"] and not told:
        told.append("the waivers are not those of then")
    return told


def _by(entries: Iterable[Mapping[str, Any]], key: str) -> dict[str, Mapping[str, Any]]:
    return {entry[key]: entry for entry in entries}


def _of_corpus(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    told = [f"`{path}` is there no more" for path in before if path not in after]
    told += [f"`{path}` has changed" for path in before if path in after and before[path] != after[path]]
    return told + [f"`{path}` was not there then" for path in after if path not in before]
