# make demo   builds the corpus into out/
# make test   runs every check
# make lock   pins the newest releases of all dependencies
# make bench  measures speed and memory beside named peers; with BENCH=full, of 1,000 documents in all
# make pictures  renews the pictures of the README
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Tests start the program many hundred times: without its byte code, each compiles it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test bench lock pictures clean

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
	@$(BIN)/python -m benchmarks

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

# The pictures of the README, from a fresh demo. Needs pdftoppm and chromium.
pictures: demo
	pdftoppm -png -r 75 -f 4 -l 4 -singlefile out/the-cold-nun-papers.pdf docs/pictures/notes
	pdftoppm -png -r 75 -f 23 -l 23 -singlefile out/the-cold-nun-papers.pdf docs/pictures/thread
	rm -rf build/epub && mkdir -p build/epub && unzip -q out/the-cold-nun-papers.epub -d build/epub
	chromium --headless --no-sandbox --disable-gpu --disable-background-networking \
	    --hide-scrollbars --user-data-dir=build/chromium --window-size=620,1420 \
	    --screenshot=docs/pictures/epub.png \
	    "file://$(CURDIR)/$$(ls build/epub/EPUB/*-11-*.xhtml)" 2>/dev/null
