# Everything that a newcomer or CI does. `make` alone lists it.

PYTHON ?= python3
BIN := .venv/bin
GITHUB := https://raw.githubusercontent.com
OASIS := $(GITHUB)/oasis-tcs/sarif-spec/e0583813964ec43cea53b6b531b402866095ed1f/sarif-2.1/schema/sarif-schema-2.1.0.json
REVIEWDOG := $(GITHUB)/reviewdog/reviewdog/6c307503194f0f32bf1956c7fcd2877636338db6/proto/rdf/jsonschema/DiagnosticResult.json

help:  ## list what there is
	@sed -n 's/^\([a-z]*\):.*  ## \(.*\)/  make \1\t\2/p' Makefile

run: .venv/installed  ## set up, and check the specifications that ship
	$(BIN)/carespec check specs/

test: .venv/tested lint  ## set up, and run everything that CI runs
	$(BIN)/python -m carespec.generate --check
	$(BIN)/python -m pytest -n 2

lint: .venv/tested  ## style, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

generate: .venv/tested  ## make pages, schemas and the calendar again
	$(BIN)/python -m carespec.generate

schemas: .venv/tested  ## hold formats to the schemas that OASIS and reviewdog publish, fetched from there
	curl --fail --silent --show-error --location --create-dirs -o .venv/schemas/sarif.json $(OASIS)
	curl --fail --silent --show-error --location --create-dirs -o .venv/schemas/rdjson.json $(REVIEWDOG)
	CARESPEC_SCHEMAS=.venv/schemas $(BIN)/python -m pytest tests/reporters/test_published_schemas.py

bench: .venv/tested  ## speed against peers, as ratios in one run
	$(BIN)/python -m benchmarks

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "carespec needs Python 3.11 or newer; set PYTHON=")'
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/tested: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ .venv/installed

.PHONY: help run test lint generate schemas bench
