# Names for what devtools/portal.py does; `make help` lists them.
PYTHON ?= python3
PORTAL := $(PYTHON) devtools/portal.py
# One command with PostgreSQL, Valkey and a mail sink up, in the project's own Python.
WITH := $(PORTAL) with --
NO_BROWSER := tests --ignore tests/functional
# The permission proof asks every address as everybody; that, and the pages of the three big apps, are for `make test`.
# The pages of the app that is worked on: `make test-fast PAGES=tests/integration/portfolio`.
PAGES ?=
FAST := $(NO_BROWSER) --ignore tests/architecture/permissions \
  $(if $(PAGES),$(PAGES),$(addprefix --ignore tests/integration/,pathway portfolio sessions_catalogue))

.DEFAULT_GOAL := help
.PHONY: help run reset test test-fast lint format assets shot lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: ## the whole portal on this machine, from nothing (PORT=8001: another port); Ctrl-C ends it
	@exec $(PORTAL) run $(if $(PORT),--port $(PORT))

reset: ## start over: removes this copy's database, files, mails and logs
	@$(PORTAL) reset $(if $(YES),--yes)

test: ## everything: checks, then all tests with real servers and a real browser
	@echo "1 of 4: installing what is missing"
	@$(PORTAL) setup --tests
	@echo "2 of 4: checks"
	@$(MAKE) --no-print-directory lint
	@echo "3 of 4: tests on a real PostgreSQL and Valkey"
	@$(WITH) pytest $(NO_BROWSER) -n 2 --dist worksteal $(ARGS)
	@echo "4 of 4: journeys in Chromium on a running portal with its Celery worker"
	@$(WITH) pytest tests/functional $(ARGS)

test-fast: ## the tests for all day, without browser and slow proofs: under a minute
	@$(WITH) pytest $(FAST) -m "not slow" -n 2 --dist worksteal $(ARGS)

lint: ## ruff, mypy, djlint, import-linter, missing migrations
	@$(WITH) python devtools/lint.py

format: ## put Python and templates into shape
	@$(WITH) python devtools/lint.py --fix

assets: ## fetch and build the design system's files anew
	@rm -rf build/static
	@$(PORTAL) setup

shot: ## pictures of the main pages for the README (see devtools/shot.py)
	@$(PORTAL) setup --tests
	@.venv/bin/python devtools/shot.py $(ARGS)

lock: ## write requirements*.txt anew from pyproject.toml
	@$(PORTAL) setup
	@.venv/bin/python devtools/lock.py $(ARGS)

clean: ## remove what was installed and built (not the data)
	@$(PORTAL) clean
