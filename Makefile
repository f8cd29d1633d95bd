# Everything runs from .venv, which the first target that needs it builds: only Python ≥ 3.11 and make are assumed.
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# What runs from the checkout is compiled like what is installed: some machines forbid Python to keep that at a start.
COMPILE := $(BIN)/python -m compileall -q review screens store tui

# The newest suitable Python on the path that can make virtual environments.
FIND_PYTHON = for name in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	"$$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo "$$name"; break; }; done

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check format fuzz faults mutants bench clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/run.stamp ## try Closeout with a made-up team; nothing of yours is touched
	@$(BIN)/closeout demo
	@echo 'To install the command for good: pipx install .'

# A worker more than there are cores: what drives screens and terminals waits as much as it computes.
test: check ## run the checks, then the whole suite
	@$(COMPILE)
	$(BIN)/python -m pytest -q -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist loadgroup

check: $(VENV)/dev.stamp ## look at format, lint, types and import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp ## put the code into the house format
	$(BIN)/ruff check --fix --select I .
	$(BIN)/ruff format .

fuzz: $(VENV)/dev.stamp ## give every parser damaged files, RUNS exports among them (10,000 unless said)
	RUNS=$(or $(RUNS),10000) $(BIN)/python -m pytest -q -p no:xdist tests/store/test_crm_mutants.py
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest -q -p no:xdist tests/store/test_text_fuzz.py \
		tests/store/test_crm_fuzz.py tests/review/test_dates.py tests/review/test_money.py

faults: $(VENV)/dev.stamp ## kill the program RUNS times (500 unless said), fail every write, damage every file
	@$(COMPILE)
	$(BIN)/python -m tests.faults --runs $(or $(RUNS),500)

mutants: $(VENV)/dev.stamp ## make COUNT mistakes (50 unless said) in each part that must be right, and name those no test notices
	$(BIN)/python -m tests.mutants --count $(or $(COUNT),50)

bench: $(VENV)/dev.stamp ## measure what the design promises, beside its baselines; ARGS=--help says more
	@$(COMPILE) benchmarks
	$(BIN)/python -m benchmarks.bench --json build/bench.json $(ARGS)

clean: ## remove .venv and everything built or cached
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Hatchling comes first and by its exact version, so that building needs no isolated download of another one.
$(VENV)/run.stamp: pyproject.toml constraints.txt
	@if ! $(BIN)/python -c '' 2>/dev/null; then \
		python=$$($(FIND_PYTHON)); \
		if [ -z "$$python" ]; then \
			echo 'Closeout needs Python 3.11 or newer with venv. Install it, or name it: make PYTHON=/path/to/python3' >&2; \
			exit 1; \
		fi; \
		echo "Building $(VENV) with $$python …"; \
		"$$python" -m venv --clear $(VENV); \
	fi
	$(PIP) install --constraint constraints.txt hatchling
	$(PIP) install --constraint constraints.txt --no-build-isolation --editable .
	@$(COMPILE)
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	$(PIP) install --constraint constraints.txt --no-build-isolation --editable '.[dev]'
	@touch $@
