# Everything that people run. A fresh machine needs Python 3.11 or later (venv and pip), git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: help setup browser demo test chance soak check benchmark sample notebook policy lock clean
.DEFAULT_GOAL := help

help:  ## Show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(INSTALLED)  ## Make the environment in .venv

$(INSTALLED): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "hedui needs Python 3.11 or later; set PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	@echo 'Installing some 150 packages into .venv: 1.5 GB, about a minute ...'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

browser:  ## Install what browser tests need (Debian; needs root): Chromium and Chinese fonts
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk

demo: $(INSTALLED)  ## Run a night on a made city of 20,000 residents
	$(BIN)/hedui demo

test: $(INSTALLED)  ## Run the tests (some eleven minutes on 2 cores)
	$(BIN)/python -m pytest -m "not soak" -n 2

SEED := $(or $(SEED),$(strip $(shell od -An -N4 -tu4 /dev/urandom)))

chance: $(INSTALLED)  ## Try new examples in the tests that take any (four minutes); SEED=... tries the same again
	@echo 'make chance SEED=$(SEED) tries the same again'
	$(BIN)/python -m pytest -m "hypothesis and not soak" -n 2 --hypothesis-profile chance --hypothesis-seed $(SEED)

soak: $(INSTALLED)  ## Run the long tests
	$(BIN)/python -m pytest -m soak

check: $(INSTALLED)  ## Lint, types, architecture, Dagster's definitions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports
	$(BIN)/dg check toml
	$(BIN)/dg check defs

benchmark: $(INSTALLED)  ## Measure nights of 200,000 and 1,000,000 residents beside the floor (20 minutes)
	$(BIN)/python -m benchmarks.night

linkage: $(INSTALLED)  ## Measure the matcher beside exact joins and Splink (an hour, 20 GB)
	$(BIN)/python -m benchmarks.linkage

sample: $(INSTALLED)  ## Score the sample city and five made ones with plants of every rule, where ../shared lies beside (8 minutes)
	$(BIN)/python -m benchmarks.sample
	$(BIN)/python -m benchmarks.plants

NIGHT ?= demo/warehouse/published/analyst/current.duckdb

notebook: $(INSTALLED)  ## Open five questions of docs/analysts.md with charts; NIGHT=.../current.duckdb
	$(BIN)/marimo edit docs/analysts_notebook.py -- --night $(abspath $(NIGHT))

policy: $(INSTALLED)  ## Write the tables of figures in docs/policy.md anew
	$(BIN)/python -m policy.markdown docs/policy.md

lock:  ## Write requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-annotate --no-strip-extras --no-emit-index-url --quiet --output-file requirements.lock

clean:  ## Remove what was made
	rm -rf $(VENV) demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
