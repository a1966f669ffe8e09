"""Assumptions as a file holds them: our own when the program is built, and a user's when a command is given one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from carespec.assumptions import Assumptions, BadAssumption, from_data
from carespec.resources import read_folder

_PROPERTIES = "What each entry needs is in specs/assumptions/psychological-therapies.yaml."


def check_assumptions(data: Mapping[str, Any]) -> None:
    """Raise BadAssumption, naming the place, when assumptions are not as their JSON Schema says."""
    import json

    from jsonschema import Draft202012Validator

    schema = json.loads(dict(read_folder("specs/schemas", ".json"))["assumptions.schema.json"])
    errors = sorted(Draft202012Validator(schema).iter_errors(data), key=lambda error: error.json_path)
    if errors:
        place = errors[0].json_path.removeprefix("$").removeprefix(".") or "the file"
        raise BadAssumption(f"{place}: {errors[0].message}. {_PROPERTIES}")


def from_yaml(text: str) -> Assumptions:
    """Assumptions from the text of a file. Raises BadAssumption, with a sentence, for whatever is wrong with it."""
    import yaml

    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadAssumption(f"this is no YAML: {' '.join(str(error).split())}") from None
    check_assumptions(data if isinstance(data, dict) else {})
    return from_data(data)
