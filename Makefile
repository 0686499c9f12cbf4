# Everything a fresh clone needs is set up by these targets, in .venv and .cache; no system package is ever installed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CACHE := .cache
OPA := $(CACHE)/bin/opa
REGAL := $(CACHE)/bin/regal
DEMO ?= demo
WORKERS ?= 2

export CLAUSEWISE_CACHE := $(CURDIR)/$(CACHE)

.PHONY: demo test check docs generated mutate servers scanner bench clean help

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(VENV)/.made: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(CACHE)/.opa: $(VENV)/.made
	$(BIN)/clausewise engine install --link $(OPA)
	touch $@

$(REGAL): $(VENV)/.made
	$(BIN)/python tools/get_tool.py regal --into $(CACHE)/bin

demo: $(CACHE)/.opa ## the main job on the fixture company
	@if [ -f $(DEMO)/run/manifest.json ]; then rm -rf $(DEMO); fi
	$(BIN)/clausewise demo --into $(DEMO)

check: $(CACHE)/.opa $(REGAL) ## format, lint, types, imports
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-cache

# real servers for the tests, and the library for directories; without them they say so
servers: $(VENV)/.made
	-@$(BIN)/python tools/servers.py synapse >/dev/null
	-@$(BIN)/python tools/servers.py scim >/dev/null
	-@$(BIN)/python tools/get_inspecjs.py --into $(CACHE)
	-@$(BIN)/python tools/servers.py sslyze cyclonedx trestle >/dev/null
	-@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-ldap.lock

scanner: ## the scanner of vulnerabilities for its test, built once from its source (some minutes)
	$(PYTHON) tools/get_trivy.py --into $(CACHE)/bin

test: check servers ## the whole test suite
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -q $(ARGS)
	$(OPA) test --timeout 60s --ignore '*.yaml' --capabilities policies/capabilities.json policies/rego

docs: $(VENV)/.made ## what is generated: docs/checks, texts in simplified Chinese, schemas
	$(BIN)/python tools/generate.py

generated: $(CACHE)/.opa ## laws, both engines and the oracle on 300 generated companies
	$(BIN)/python -m pytest -q tests/generated tests/oracle --companies 300 $(ARGS)

mutate: $(CACHE)/.opa ## which small mistakes in a rule no test notices: make mutate CHECK=5.3-a
	$(BIN)/python tools/mutation/mutate.py --keep docs/evidence.md $(CHECK)

bench: $(CACHE)/.opa ## speed, as ratios of one run
	$(BIN)/python bench/bench.py $(ARGS)
	$(BIN)/python bench/checks.py
	$(BIN)/python bench/collecting.py
	$(BIN)/python bench/reporting.py

clean: ## forget what was set up
	rm -rf $(VENV) $(CACHE) $(DEMO)
