# Needs Python 3.11 or newer and make; everything else is fetched into .venv.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
STAMP := $(VENV)/.synced
export UV_PROJECT_ENVIRONMENT := $(VENV)

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: $(STAMP) ## Run it here with demo data, on http://127.0.0.1:8000 (PUUMERKKI_PORT, PUUMERKKI_DATA_DIR)
	@$(RUN)/puumerkki demo

test: $(STAMP) ## Run all tests
	@$(RUN)/pytest -n 2 --dist worksteal

check: $(STAMP) ## Check style, types, architecture, migrations and the API's description
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .
	@$(RUN)/mypy
	@$(RUN)/lint-imports --no-cache
	@$(RUN)/python scripts/check_migrations.py
	@$(RUN)/python scripts/check_generated.py

generate: $(STAMP) ## Write openapi/puumerkki.json and docs/workflows.md anew from the code
	@$(RUN)/python scripts/check_generated.py --write

format: $(STAMP) ## Format the code
	@$(RUN)/ruff check --fix .
	@$(RUN)/ruff format .

migration: $(STAMP) ## Draft a migration from the tables' declarations: make migration NAME="what changes"
	@$(RUN)/python scripts/check_migrations.py --draft "$(NAME)"

wheel: $(STAMP) ## Build the wheel into dist/
	@$(RUN)/uv build --wheel

clean: ## Remove the environment and what was built
	rm -rf $(VENV) dist .mypy_cache .ruff_cache

$(STAMP): pyproject.toml uv.lock
	@test -x $(RUN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(RUN)/uv || $(RUN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(RUN)/uv sync --quiet --frozen --inexact --extra embedded
	@touch $@

.PHONY: help demo test check generate format migration wheel clean
