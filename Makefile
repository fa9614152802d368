# make demo   builds the corpus into out/
# make test   runs every check
# make lock   pins the newest releases of all dependencies
# make bench  measures, beside a named peer
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint bench lock clean

demo: $(VENV)/installed
	@.ci/system-packages demo $(PYTHON)
	$(BIN)/converter build corpus/edition.toml -o out

test: $(VENV)/installed
	@.ci/system-packages test $(PYTHON)
	$(BIN)/ruff format --check converter tests benchmarks
	$(BIN)/ruff check converter tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto

bench: $(VENV)/installed
	@for script in benchmarks/*.py; do $(BIN)/python $$script; done

# Hashes of all platforms; the file names no index, so pip takes the one it is set up with.
lock: $(VENV)/installed
	$(BIN)/uv pip compile pyproject.toml --extra test --universal --upgrade \
	    --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock

$(VENV)/installed: requirements.lock pyproject.toml
	@.ci/system-packages demo $(PYTHON)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) out/*
