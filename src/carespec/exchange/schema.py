"""The JSON Schema of a service's data, derived from a vocabulary: what an editor completes, explains and underlines.

It knows which keys there are and the words of a choice. What a quantity may be is the language's own business, and
`carespec check` tells that with more words than a schema has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from carespec.model.types import TYPES
from carespec.vocabulary import PAY, Field, Vocabulary

Schema = dict[str, Any]
_NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
_OPEN_VALUE = "^(in words|by local agreement|to be confirmed|elsewhere|about |usually )"
_SETTLED = {
    "none": "A definite answer: there is none.",
    "not stated": "Someone looked: the document does not say.",
}
_UNDER = {
    "when": ("limit", "The value holds, or the payment is made, only then: a condition on one person's case."),
    "except": ("exception", "Another value in some case, or for some time."),
    "in-words": ("words", "The document's own phrase beside a typed value."),
    "at-most": ("limit", "A limit of a payment: `12 per course`, or `1 per 6 booked`."),
    "only-when": ("share", "A share of the payment that is withheld otherwise."),
    "for": ("limit", "Whom or what the payment is for."),
    "doubt": ("text", "The reading is uncertain, and why."),
    "differs": ("limit", "What another source says instead."),
}


def service_schema(vocabulary: Vocabulary) -> Schema:
    """The schema of services written with that vocabulary (draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{vocabulary.title}: a service specification",
        "description": f"A service as YAML or JSON, in the fields of {vocabulary.name} {vocabulary.version}.",
        "$ref": "#/$defs/part",
        "required": ["service"],
        "not": {"required": ["section"]},
        "$defs": {
            "part": _part(vocabulary),
            "section": {
                "$ref": "#/$defs/part",
                "required": ["section"],
                "not": {"anyOf": [{"required": ["service"]}, {"required": ["sections"]}]},
            },
            **_SHAPES,
            **_facts(vocabulary),
            **{f"words-{name}": _words(words) for name, words in _word_lists(vocabulary).items()},
        },
    }


def _part(vocabulary: Vocabulary) -> Schema:
    """What a service and a section of it have in common: an entry for each line."""
    return {
        "type": "object",
        "properties": {
            "$schema": {"type": "string", "description": "Where this schema is, for an editor."},
            "service": {"type": "string", "pattern": f"^{_NAME}$", "description": "The service's name: one word."},
            "section": {"type": "string", "description": "The heading of this part of the document."},
            "sections": {
                "type": "array",
                "items": {"$ref": "#/$defs/section"},
                "description": "The parts of the document, in order.",
            },
            **_lines(vocabulary),
        },
        "patternProperties": _patterns(vocabulary),
        "additionalProperties": False,
    }


def _lines(vocabulary: Vocabulary) -> Schema:
    """Every key that a line may have, with its label and help."""
    lines: Schema = {}
    for name, field in vocabulary.fields.items():
        shape = f"#/$defs/{_shape(field)}"
        lines[name] = {"$ref": shape, "description": _told(field)}
        for key in vocabulary.keys(field):
            label = vocabulary.label(name, key)
            lines[f"{name} {key}"] = {"$ref": shape, "description": f"{label}. {field.help}"}
    for name, payment in vocabulary.payments.items():
        lines[f"{PAY} {name}"] = {"$ref": "#/$defs/fact", "description": f"Payment: {payment.label}."}
    return lines


def _told(field: Field) -> str:
    """What an editor shows: the label, the help, what kind of value, an example, and what `none` means."""
    text = f"{field.label}. {field.help} Takes {TYPES[field.type].label}, such as {field.example}."
    return f"{text} `none`: {field.none_means}." if field.none_means else text


def _patterns(vocabulary: Vocabulary) -> Schema:
    """Keys that are no list: open keys, payments given by a pattern, sources, definitions and waivers."""
    patterns: Schema = {
        f"^source {_NAME}$": {"$ref": "#/$defs/source", "description": "Something to cite."},
        f"^define {_NAME}$": {"$ref": "#/$defs/words", "description": "What a word means in this document."},
        f"^waive {_NAME}(\\.{_NAME})?$": {
            "$ref": "#/$defs/waiver",
            "description": "An agreed departure from one rule.",
        },
    }
    for field in vocabulary.fields.values():
        if field.keyed_by and field.open_keys:
            patterns[f"^{field.name} {_NAME}$"] = {
                "$ref": f"#/$defs/{_shape(field)}",
                "description": f"{field.label}. {field.help}",
            }
    for pattern, payment in vocabulary.payment_patterns:
        patterns[f"^{PAY} ({pattern})$"] = {"$ref": "#/$defs/fact", "description": f"Payment: {payment.label}."}
    return patterns


def _shape(field: Field) -> str:
    """The name of what may stand at a field: `fact`, or one with the words of a list."""
    if field.of is None or field.numbers is not None or field.type not in ("choice", "set", "scale"):
        return "fact"
    return f"{field.type}-of-{field.of}"


def _facts(vocabulary: Vocabulary) -> Schema:
    """What may stand at fields: any value, or the words of a list; each once, however many fields share it."""
    shapes: Schema = {"fact": _fact(_PIECE)}
    for field in vocabulary.fields.values():
        words = {"$ref": f"#/$defs/words-{field.of}"}
        if field.type == "choice":
            value: list[Schema] = [words, {"$ref": "#/$defs/no-value"}]
        else:
            value = [words, _PIECE]
        if field.type == "set":
            value.append({"type": "array", "items": words, "minItems": 1})
        shapes.setdefault(_shape(field), _fact({"anyOf": value}))
    return shapes


def _fact(value: Schema) -> Schema:
    """A value alone, or a group of it with its sources and the lines under it; or a list of such, for several lines."""
    group = _group(("value",), value=value, source=_CITES, **{name: {"$ref": f"#/$defs/{name}"} for name in _UNDER})
    return {"anyOf": [value, group, {"type": "array", "items": group, "minItems": 1}]}


def _one_or_more(shape: Schema) -> Schema:
    return {"anyOf": [shape, {"type": "array", "items": shape, "minItems": 1}]}


def _several(shape: str, text: str) -> Schema:
    return {"description": text, **_one_or_more({"$ref": f"#/$defs/{shape}"})}


def _word_lists(vocabulary: Vocabulary) -> dict[str, Mapping[str, str]]:
    """The lists of words that fields take theirs from, with a label each."""
    used = {field.of for field in vocabulary.fields.values() if field.of and field.numbers is None}
    scales = {name: {word: word for word in words} for name, words in vocabulary.scales.items()}
    return {name: words for name, words in {**vocabulary.words, **scales}.items() if name in used}


def _words(words: Mapping[str, str]) -> Schema:
    return {"oneOf": [{"const": word, "description": label} for word, label in words.items()]}


def _group(required: tuple[str, ...], **properties: Schema) -> Schema:
    named = {name.replace("_", "-"): shape for name, shape in properties.items()}
    return {"type": "object", "required": list(required), "properties": named, "additionalProperties": False}


_CITES = {"$ref": "#/$defs/cites"}
_TEXT = {"$ref": "#/$defs/text"}
_PIECE = {"$ref": "#/$defs/value"}
_FLAG = {"type": "boolean"}
_SHAPES: Schema = {
    "text": {"type": ["string", "number"]},
    "value": {
        "description": "A value in the words of the language: `18 years`, `within 10 days of referral`, `none`.",
        "type": ["string", "number"],
    },
    "no-value": {
        "description": "The ways to say that no word of the list stands here.",
        "anyOf": [
            *({"const": word, "description": text} for word, text in _SETTLED.items()),
            {"type": "string", "pattern": _OPEN_VALUE},
        ],
    },
    "cites": {
        "description": "Where it is said: the name of a source, a blank, and the place in it.",
        **_one_or_more({"type": "string", "pattern": r"^[^\[\]]+$"}),
    },
    "limit": {"anyOf": [_PIECE, _group(("value",), value=_PIECE, source=_CITES)]},
    "words": {"anyOf": [_TEXT, _group(("value",), value=_TEXT, source=_CITES)]},
    **{name: _several(shape, text) for name, (shape, text) in _UNDER.items()},
    "share": _group(("share", "when"), share=_TEXT, when=_PIECE, source=_CITES),
    "exception": {
        **_group(("value",), value=_PIECE, when=_PIECE, until=_PIECE, source=_CITES, **{"from": _PIECE}),
        "oneOf": [{"required": ["when"]}, {"required": ["until"]}, {"required": ["from"]}],
    },
    "source": _one_or_more(
        _group(
            ("title",), title=_TEXT, publisher=_one_or_more(_TEXT), published=_PIECE, read=_PIECE,
            read_in_part=_FLAG, second_hand=_FLAG,
        )
    ),
    "waiver": _one_or_more(
        _group(("until", "reason", "agreed-by"), on=_TEXT, until=_PIECE, reason=_TEXT, agreed_by=_TEXT)
    ),
}  # fmt: skip
