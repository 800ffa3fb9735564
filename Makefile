# Two commands matter: `make demo` and `make test`. `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
RESET ?=
WORKERS ?= 2
PY := .venv/bin/python

.PHONY: help demo test setup python lint types migrations tests format clean bench-bundle walk
.DEFAULT_GOAL := help

help:
	@echo "make demo    start the demo on http://127.0.0.1:$(PORT)/ (PORT=8123 moves it, RESET=1 starts over)"
	@echo "make test    everything: lint, types, migrations, unit tests, browser journeys"
	@echo "make lint    ruff only            make types   mypy only"
	@echo "make tests   pytest only          make format  let ruff rewrite the code"
	@echo "make bench-bundle   times whole bundles of 50 to 20,000 pages (SIZES=\"50 1000\" for the small ones)"
	@echo "make walk    takes CASES=1000 whole cases through every path; fails where one was not reached"

demo: python
	@exec $(PYTHON) .ci/setup.py demo --port "$(PORT)" $(if $(filter-out 0 no false,$(RESET)),--reset)

test: setup lint types migrations tests

# The first thing of all, so that an old Python is told in words rather than by a syntax error.
python:
	@version="$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)"; \
	case "$$version" in \
	  3.1[1-9]|3.[2-9][0-9]) ;; \
	  "") echo "Recourse needs Python 3.11 or newer, and $(PYTHON) could not be run. Choose another one: make PYTHON=python3.12" >&2; exit 1 ;; \
	  *) echo "Recourse needs Python 3.11 or newer, and $(PYTHON) is $$version. Choose another one: make PYTHON=python3.12" >&2; exit 1 ;; \
	esac

setup: python
	@$(PYTHON) .ci/setup.py test

lint: setup
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: setup
	$(PY) -m mypy boards tracker

migrations: setup
	RECOURSE_DEMO=true DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations --check --dry-run

tests: setup
	$(PY) -m pytest -n $(WORKERS) --dist worksteal --timeout 300 $(PYTEST_ARGS)

format: setup
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

# Times whole bundles; the large ones take an hour and 15 GB below var/bench. SIZES="50 1000" chooses.
SIZES ?= 50 1000 5000 20000
bench-bundle: setup
	$(PY) -m bench.bundle --pages $(SIZES)

# Drives whole cases by dice over all hosted boards, on the database of DATABASE_URL or SQLite.
CASES ?= 1000
walk: setup
	$(PY) -m tests.walk --cases $(CASES)

clean:
	rm -rf .venv node_modules var/static var/setup var/test .mypy_cache .ruff_cache .pytest_cache .hypothesis
