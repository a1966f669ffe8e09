"""Assumptions as a file holds them: our own when the program is built, and a user's when a command is given one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from carespec.assumptions import Assumptions, BadAssumption, default, from_data, known_name, not_known
from carespec.resources import read_folder

if TYPE_CHECKING:
    from jsonschema import ValidationError

_MODEL = "Our own file, specs/assumptions/psychological-therapies.yaml, shows what goes where."


def check_assumptions(data: Mapping[str, Any]) -> None:
    """Raise BadAssumption, naming the place, when assumptions are not as their JSON Schema says."""
    import json

    from jsonschema import Draft202012Validator

    schema = json.loads(dict(read_folder("specs/schemas", ".json"))["assumptions.schema.json"])
    errors = sorted(Draft202012Validator(schema).iter_errors(data), key=lambda error: error.json_path)
    if errors:
        place = ", ".join(f"`{part}`" for part in errors[0].absolute_path) or "the file"
        raise BadAssumption(f"{place}: {_sentence(errors[0])}. {_MODEL}")


def _sentence(error: ValidationError) -> str:
    """What is wrong at a place, in words."""
    found: Any = error.instance
    wanted: Any = error.validator_value
    if error.validator == "required":
        return "there is no " + " and no ".join(f"`{name}`" for name in wanted if name not in found)
    if error.validator == "additionalProperties":
        schema: Any = error.schema
        known = schema.get("properties", {})
        return "nothing here is called " + " or ".join(f"`{name}`" for name in found if name not in known)
    if error.validator == "enum":
        return f"`{found}` is none of {', '.join(map(str, wanted))}"
    if error.validator in ("minimum", "maximum"):
        return f"{found} is {'less' if error.validator == 'minimum' else 'more'} than {wanted}"
    if error.validator == "type":
        return f"`{found}` is no {_TYPES.get(str(wanted), wanted)}"
    return error.message


_TYPES = {"number": "number: write it without quotation marks", "string": "text", "object": "list of names",
          "array": "list", "integer": "whole number"}  # fmt: skip


def from_yaml(text: str) -> tuple[str, Assumptions]:
    """The vocabulary that a file is for, and its figures; of a name that it does not give, ours stay.

    A figure that it gives for all steps or kinds stands for each that it does not give by itself. Raises BadAssumption,
    with a sentence, for whatever is wrong with it.
    """
    import yaml

    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise BadAssumption(f"this is no YAML: {' '.join(str(error).split())}") from None
    if not isinstance(data, dict):
        raise BadAssumption(f"it holds no assumptions. {_MODEL}")
    check_assumptions(data)
    ours, theirs = default(data["assumptions"]), from_data(data)
    for name in theirs:
        known_name(name, {**not_known(data["assumptions"]), **(ours or theirs)})
    left = {name: one for name, one in ours.items() if not any(name.startswith(f"{given}.") for given in theirs)}
    return data["assumptions"], {**left, **theirs}
