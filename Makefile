# Every daily command of the house. `make help` lists them; CI calls the same ones.
.DEFAULT_GOAL := help
SHELL := /bin/sh

# Which Python makes .venv, and where `make run` serves.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
# How many processes share the suite, and what else pytest is told: make test ARGS="-k signing".
WORKERS ?= auto
ARGS ?=

BIN := .venv/bin
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal \
	--python-version 3.11 --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ## set up, play the worked example and serve it on http://127.0.0.1:8000 (PORT=8001 for another)
	@$(PYTHON) tools/prepare.py runtime
	@$(BIN)/python locale/compile.py >/dev/null
	@exec $(BIN)/python manage.py serve --set-up --host "$(HOST)" --port "$(PORT)"

.PHONY: setup
setup: ## make .venv with the development tools
	@$(PYTHON) tools/prepare.py development

.PHONY: test
test: setup ## the whole suite in parallel, with the browser where a Chromium is found
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

.PHONY: check
check: setup messages ## lint, layers, types, migrations: everything but the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING

.PHONY: fix
fix: setup ## let ruff repair and format what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: browser
browser: setup ## only the journeys through a Chromium
	@$(BIN)/pytest -m browser -n 0 $(ARGS)

.PHONY: races
races: setup ## only the races, one after the other
	@$(BIN)/pytest -m races -n 0 $(ARGS)

.PHONY: miner
miner: ## make var/miner, the other judge of cases (half a gigabyte, a minute, once)
	@cmp -s requirements/mining.txt var/miner/pins || { rm -rf var/miner && \
	$(PYTHON) -m venv var/miner && var/miner/bin/python -m pip install --quiet --no-input \
	--disable-pip-version-check --require-hashes -r requirements/mining.txt && \
	cp requirements/mining.txt var/miner/pins; }

.PHONY: messages
messages: ## merge and compile the Vietnamese sentences
	@$(BIN)/python locale/compile.py

.PHONY: verify
verify: ## check the audit, the papers and the files of the local installation
	@$(BIN)/python manage.py verify_audit
	@$(BIN)/python manage.py verify_papers
	@$(BIN)/python manage.py verify_files

.PHONY: lock
lock: setup ## pin the dependencies anew from requirements/*.in (UPGRADE=1 takes newer versions)
	$(LOCK) requirements/runtime.in -o requirements.txt
	$(LOCK) requirements/development.in -o requirements/development.txt
	$(LOCK) requirements/mining.in -o requirements/mining.txt
