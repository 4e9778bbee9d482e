# Undazzle: every command sets itself up first. Only Python 3.11+ with venv is needed to begin.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help demo test check fmt bench docs lock clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

$(VENV)/.run: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock requirements-images.lock
	@tools/install-system-packages
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-images.lock || echo "No compiler for pdqhash: its tests will be skipped."
	@touch $@

demo: $(VENV)/.run ## Set up and run the main job on a neutral synthetic corpus
	$(BIN)/undazzle demo --overwrite

test: $(VENV)/.dev ## Set up (browser included) and run every test
	$(BIN)/python -m pytest

check: $(VENV)/.dev ## Lint, types, import rules, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell src tests docs benchmarks README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md

fmt: $(VENV)/.dev ## Format the code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## Run the benchmarks, of speed and of detection (real data is used where it exists)
	$(BIN)/python -m benchmarks
	$(BIN)/undazzle bench detection -o bench

docs: $(VENV)/.dev ## Build the documentation into site
	$(BIN)/python -m docs.generate
	$(BIN)/mkdocs build --strict --quiet

lock: ## Resolve the dependencies anew into the lock files
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --group dev --extra charts --extra pandas --extra polars -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --extra images -o requirements-images.lock

clean: ## Remove what was built
	rm -rf $(VENV) site dist undazzle-demo .mypy_cache .ruff_cache .hypothesis
