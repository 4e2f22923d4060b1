PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# a worker keeps the tests of a file together, which share what is costly, and takes from the other's when it has none left; the many processes that
# tests start find their modules compiled
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist worksteal -q

.PHONY: demo serve test test-fast check bench study docs screenshots clean setup

setup: .venv/.ready-dev

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "zonesim needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .venv

.venv/.ready: requirements.lock pyproject.toml | .venv/bin/pip  ## what running needs
	$(BIN)/pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-compile --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.ready-dev: requirements-dev.lock .venv/.ready  ## what tests, documentation, exports and the application need beside
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: .venv/.ready  ## compare Lanzhou with and without its plan of 2015: 20 pairs, tables, one HTML report
	$(BIN)/zonesim compare scenarios/lanzhou/baseline.yaml scenarios/lanzhou/plan_2015.yaml --replications 20 --out results/lanzhou

serve: .venv/.ready-dev  ## the application for planners, on http://127.0.0.1:8050/
	$(BIN)/zonesim serve --data results/data

test: .venv/.ready-dev  ## every test
	$(PYTEST)

test-fast: .venv/.ready-dev  ## all but the slow ones
	$(PYTEST) -m "not slow"

check: .venv/.ready-dev  ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.ready-dev  ## speed and memory, as ratios in one run
	$(BIN)/python -m tests.benchmarks.bench

study: .venv/.ready-dev  ## the headline study: which levers move Lanzhou's eight targets (about 10 minutes on two free cores, resumes when stopped), and its page
	$(BIN)/zonesim rank experiments/lanzhou_levers.yaml --store results/study/store-levers --out results/study/levers
	$(BIN)/zonesim rank results/study/store-levers --of met --out results/study/met
	$(BIN)/zonesim rank experiments/lanzhou_targets.yaml --store results/study/store-targets --out results/study/targets
	$(BIN)/python docs/studies/write_lanzhou_levers.py results/study

docs: .venv/.ready-dev  ## build docs/_build/html
	$(BIN)/sphinx-build -q -W -b html docs docs/_build/html

screenshots: .venv/.ready-dev  ## a picture of every page and figure of the application, and those of the planners' tour
	$(BIN)/python -m tests.web.screenshots docs/_build/screenshots

clean:
	rm -rf .venv results docs/_build
