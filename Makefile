# Two commands: `make app` opens the lab, `make test` proves it. Both install what they need into .venv first.
PYTHON ?= python3.11
TORCH_INDEX ?=
BIN := .venv/bin
STAMP := .venv/installed
TEST_STAMP := .venv/installed-for-tests
DOCS_STAMP := .venv/installed-for-docs

.PHONY: install app test test-fast test-long test-peers bench lint audit docs recipes pins

install: $(STAMP)

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Parrot Lab needs Python 3.11 or newer: set PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv .venv

# torch first and alone, from its CPU builds: what comes after it must find it there and pull no other build over it.
$(STAMP): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt $(TORCH_INDEX) torch
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(TEST_STAMP): $(STAMP)
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[test]'
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.postgres
	@touch $@

app: install
	$(BIN)/lab serve --open

lint: $(TEST_STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/oxlint assets/js tests/js
	$(BIN)/oxfmt --check assets/js assets/css tests/js
	$(BIN)/mypy

# Two at once, as the lab itself. What takes long has a command of its own (tests/long.txt), and so has the parity with
# another library's PPO.
test: $(TEST_STAMP) lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not long and not peer" --durations=40 --durations-min=5

test-long: $(TEST_STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "long and not peer" -o timeout=3600

test-peers: $(TEST_STAMP)
	$(BIN)/python -m pytest -m peer -o timeout=3600

test-fast: $(TEST_STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow and not browser and not long and not peer"

# What is installed, held against the list of known weaknesses; needs the network. In a place of its own: what it needs
# is not the lab's.
audit: $(STAMP)
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/python -m pip install -q --disable-pip-version-check "pip-audit>=2.9,<3"
	$(BIN)/python -m pip freeze --exclude-editable > .venv/audit/installed.txt
	.venv/audit/bin/pip-audit --no-deps --disable-pip -r .venv/audit/installed.txt

$(DOCS_STAMP): $(STAMP)
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[docs]'
	@touch $@

docs: $(DOCS_STAMP)
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

bench: $(TEST_STAMP)
	$(BIN)/python -m tests.bench

recipes: $(STAMP)
	$(BIN)/python -m lab.recipe.drawn

pins: $(STAMP)
	$(BIN)/python -m tests.pins --write
