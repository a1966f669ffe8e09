"""Data as text: YAML that reads like a form, and JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import yaml


def as_json(data: object) -> str:
    """JSON with one entry a line."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_yaml(services: Sequence[Mapping[str, Any]]) -> str:
    """YAML, one document a service. A value with its source stands on one line."""
    return "---\n".join(_one(data) for data in services)


def _one(data: Mapping[str, Any]) -> str:
    text: str = yaml.dump(
        dict(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000, default_flow_style=False
    )
    return text


class _Dumper(yaml.SafeDumper):
    """Groups of plain values on one line, whatever they stand under; no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists stand to the right of their key."""
        super().increase_indent(flow, False)


def _mapping(dumper: yaml.SafeDumper, data: Mapping[str, Any]) -> yaml.Node:
    flat = ("value" in data or "share" in data) and not any(isinstance(value, dict) for value in data.values())
    flat = flat and not any(
        isinstance(one, dict) for value in data.values() if isinstance(value, list) for one in value
    )
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=flat)


def _list(dumper: yaml.SafeDumper, data: Sequence[Any]) -> yaml.Node:
    flat = not any(isinstance(one, dict) for one in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=flat)


_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)
