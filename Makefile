# Needs only Python 3.10 or newer and make; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo test lint types pytest docs clean

help:
	@echo "make demo   set up, run the whole job on the sample, say where the report is"
	@echo "make test   set up, lint, check types, run the tests"
	@echo "make docs   set up, build the documentation into docs/_build"
	@echo "make clean  remove what these made"

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Python 3.10 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --upgrade "pip>=25.1"
	$(PIP) --editable ".[all]"
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(PIP) --group dev --group docs
	@touch $@

demo: $(VENV)/installed
	$(BIN)/hmis-standards demo

test: lint types pytest

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

pytest: $(VENV)/installed-dev
	$(BIN)/pytest -n auto --dist loadgroup

docs: $(VENV)/installed-dev
	$(BIN)/sphinx-build -q -W -n --keep-going docs docs/_build
	@echo "docs/_build/index.html"

clean:
	rm -rf $(VENV) docs/_build docs/generated hmis-standards-demo
