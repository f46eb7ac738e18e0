# Needs make and Python 3.11 or newer; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
HOME_DIR := .demo
RECOURSE := $(BIN)/recourse --home $(HOME_DIR)

.PHONY: browser score help install demo test check static bench neo4j golden wheel clean

help: ## list the targets
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than 3.11: make install PYTHON=python3.11" >&2; exit 2; }
	$(PYTHON) -m venv .venv

.venv/.installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[pictures]'
	@touch $@

.venv/.dev: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

.venv/.test: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

.venv/.bench: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@

install: .venv/.installed ## make .venv with the command `recourse` in it

demo: install ## answer a real case, draw it, serve the pages and the interface on this machine
	$(RECOURSE) init
	$(RECOURSE) forums docs/cases/moldova.yaml
	$(RECOURSE) snapshot docs/cases/moldova.yaml -o $(HOME_DIR)/moldova.html
	@if [ -t 0 ] && [ -t 1 ]; then $(RECOURSE) serve; else $(RECOURSE) serve --check; fi

browser: ## install what the browser tests need, where it is missing
	@tests/browser/install.sh

test: .venv/.test browser ## run the tests
	$(BIN)/python -m pytest

static: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy tests
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/test_shape.py

check: static test ## every gate: format, lint, types, import arrows, YAML, tests

bench: .venv/.bench ## print how fast it is, beside the limits, OpenFisca-Core, Strawberry and REST
	PYTHONPATH=. $(BIN)/python tests/bench/run.py $(BENCH)
	$(BIN)/python -m tests.bench.graphql

neo4j: .venv/.test ## run a real Neo4j on a free port until Ctrl-C; prints how to reach it
	$(BIN)/python tests/neo4j/server.py

score: install ## print the score on the decided cases in ../shared/cases
	$(RECOURSE) --quiet init
	$(RECOURSE) --quiet forums ../shared/cases/batch.jsonl --format jsonl --detail verdicts > $(HOME_DIR)/answers.jsonl
	$(BIN)/python ../shared/cases/score.py $(HOME_DIR)/answers.jsonl -v

golden: .venv/.test ## rewrite tests/data/golden and api/schema.graphql; review the diff
	$(BIN)/python -m pytest --golden

wheel: .venv/.installed
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean: ## remove what the other targets made
	rm -rf $(HOME_DIR) dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
