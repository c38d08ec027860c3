# make run: the assistant on http://127.0.0.1:7860 · make test: the tests · make demo: the three jobs without a page
# make lint: linter and type checker · make coverage: the tests with the lines they reach (half as slow again)
PYTHON ?= python3
ENV := .venv
BIN := $(ENV)/bin
PORT ?= 7860
# the lock file leaves torch out: its CPU and CUDA builds have different hashes
TORCH := torch==2.13.0
PIP := $(BIN)/python -m pip install --disable-pip-version-check --no-input --quiet --no-deps

.PHONY: run test coverage demo lint knowledge clean

run: $(ENV)/ready
	$(BIN)/python -m ui --port $(PORT)

test: $(ENV)/ready-dev
	$(BIN)/python -m pytest

coverage: $(ENV)/ready-dev
	$(BIN)/python -m pytest --cov=assistant --cov=ui --cov-report=term:skip-covered

demo: $(ENV)/ready knowledge
	$(BIN)/python -m assistant demo -o artefacts/demo

lint: $(ENV)/ready-dev
	$(BIN)/ruff check .
	@# text opened without an encoding is read by the code page of the office's Windows
	$(BIN)/ruff check --preview --select PLW1514 .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

knowledge: $(ENV)/ready
	$(BIN)/python ingest.py --builtin

$(ENV)/ready: requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(ENV)
	$(PIP) $(TORCH)
	$(PIP) --require-hashes -r requirements.lock
	touch $@

$(ENV)/ready-dev: $(ENV)/ready requirements-dev.lock
	$(PIP) --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf $(ENV) artefacts .pytest_cache .mypy_cache .ruff_cache .hypothesis
