# Needs make and Python 3.11 or newer; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
HOME_DIR := .demo
RECOURSE := $(BIN)/recourse --home $(HOME_DIR)

.PHONY: score help install demo test check static bench golden wheel clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than 3.11: make install PYTHON=python3.11" >&2; exit 2; }
	$(PYTHON) -m venv .venv

.venv/.installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
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

demo: install ## answer a real case in the terminal
	$(RECOURSE) init
	$(RECOURSE) forums docs/cases/moldova.yaml

test: .venv/.test ## run the tests
	$(BIN)/python -m pytest

static: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy tests
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/test_shape.py

check: static test ## every gate: format, lint, types, import arrows, YAML, tests

bench: .venv/.bench ## print how fast it is, beside the limits and OpenFisca-Core
	PYTHONPATH=. $(BIN)/python tests/bench/run.py $(BENCH)

score: install ## print the score on the decided cases in ../shared/cases
	$(RECOURSE) --quiet init
	$(RECOURSE) --quiet forums ../shared/cases/batch.jsonl --format jsonl --detail verdicts > $(HOME_DIR)/answers.jsonl
	$(BIN)/python ../shared/cases/score.py $(HOME_DIR)/answers.jsonl -v

golden: .venv/.test ## rewrite the expected outputs under tests/data/golden; review the diff
	$(BIN)/python -m pytest --golden

wheel: .venv/.installed
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean: ## remove what the other targets made
	rm -rf $(HOME_DIR) dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
