# Everything that a newcomer or CI does. `make` alone lists it.

PYTHON ?= python3
BIN := .venv/bin

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

.PHONY: help run test lint generate bench
