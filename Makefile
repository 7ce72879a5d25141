# `make note` is all a reader needs; `make help` names the rest.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help note test explore lint types imports check bench bench-quick docs golden lock dist clean
SHELL := /bin/bash
export PIP_DISABLE_PIP_VERSION_CHECK := 1

V := .venv
# The first Python that runs and is new enough; PYTHON=/path/to/python chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
# uv where there is one, and pip where there is none or where a mirror is set up for pip alone.
install = { command -v uv >/dev/null && VIRTUAL_ENV='$(CURDIR)/$V' uv pip install --quiet $(1); } \
  || $V/bin/python -m pip install --quiet $(1)

help:  ## name the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

note: $V/.installed | $V/.system-note  ## write the visit report of the sample record to output/, DOCX and PDF
	@$V/bin/briefing note visit --format docx
	@$V/bin/briefing note visit --format pdf

# All tests on all cores, with the gate on what they cover; of a part, no gate and one after the other.
test: $V/.installed-dev | $V/.system-note $V/.system-test  ## run the tests; ARGS="-k fold" goes to pytest
	@$V/bin/python -m pytest $(or $(ARGS),--cov -n auto --dist loadfile)

# Other examples in each round; the first round that finds a fault is the last.
explore: $V/.installed-dev | $V/.system-note $V/.system-test  ## run the property tests on examples that no run has seen, ROUNDS=9 times; before a release, or over night
	@for round in $$(seq $(or $(ROUNDS),1)); do \
	  $V/bin/python -m pytest -n auto --hypothesis-profile explore $$(grep -rl 'from hypothesis' tests --include='test_*.py') $(ARGS) || exit; \
	done

lint: $V/.installed-dev  ## ruff, all rules
	@$V/bin/ruff check

types: $V/.installed-dev  ## mypy --strict
	@$V/bin/mypy --strict briefing

imports: $V/.installed-dev  ## a module imports only what stands to its right
	@$V/bin/lint-imports --no-logo

check: lint types imports test  ## all of the above

bench: $V/.installed-bench | $V/.system-note  ## measure the program beside its peers; see docs/benchmarks.md
	@$V/bin/python benchmarks/run.py

bench-quick: $V/.installed-bench | $V/.system-note  ## the same on records of up to 20,000 events, in fewer rounds
	@$V/bin/python benchmarks/run.py --quick

docs: $V/.installed  ## write docs/commands.md from the commands' own help
	@$V/bin/python -m typer briefing.cli.main utils docs --name briefing --output docs/commands.md

golden: $V/.installed-dev | $V/.system-note  ## keep the digests of the papers as they are now, after a look at their pages
	@$V/bin/python -m tests.render.golden

dist: $V/.installed-dev  ## build the sdist, and from it the wheel, in dist/
	@$V/bin/python -m build --no-isolation

# The build backend is locked with the rest, so that installing needs no second resolver.
# The peers of the benchmarks have a lock of their own: nobody else needs them.
named = $V/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))$(1), sep="\n")'
COMPILE = $V/bin/uv pip compile - --quiet --no-config --upgrade --universal --python-version 3.11 \
    --fork-strategy fewest --generate-hashes --no-annotate --no-strip-extras \
    --custom-compile-command 'make lock'
LOCK = $(call named,["build-system"]["requires"]) | $(COMPILE) pyproject.toml
lock: | $V/bin/python  ## resolve anew and write the requirements*.lock
	@$V/bin/python -m pip install --quiet 'uv>=0.9'
	@$(LOCK) --output-file requirements.lock
	@$(LOCK) --output-file requirements-dev.lock --constraint requirements.lock --extra bucket --extra cluster --extra test --extra lint
	@$(call named,["project"]["optional-dependencies"]["bench"]) \
	  | $(COMPILE) --output-file requirements-bench.lock --constraint requirements.lock

clean:  ## remove what make made
	rm -rf $V output dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find briefing tests -name __pycache__ -prune -exec rm -rf {} +

$V/bin/python:
	@test -n '$(PYTHON)' || { echo 'no Python 3.11 or newer here: sudo apt-get install python3 python3-venv' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo 'this Python cannot make environments: sudo apt-get install $(notdir $(PYTHON))-venv' >&2; exit 1; }
	@$(PYTHON) -m venv $V

$V/.installed: requirements.lock pyproject.toml | $V/bin/python
	@echo 'installing the libraries of requirements.lock'
	@$(call install,--require-hashes -r requirements.lock)
	@$(call install,--no-deps --no-build-isolation -e .)
	@$V/bin/python -m compileall -qq -j 0 $V/lib briefing || true  # some start-ups are twice as fast
	@touch $@

$V/.installed-bench: requirements-bench.lock $V/.installed
	@echo 'installing the peers of requirements-bench.lock'
	@$(call install,--require-hashes -r requirements-bench.lock)
	@touch $@

$V/.installed-dev: requirements-dev.lock $V/.installed
	@echo 'installing the tools of requirements-dev.lock'
	@$(call install,--require-hashes -r requirements-dev.lock)
	@touch $@

# No stamp where something is still missing: what can be made without it is made, and the next run looks again.
$V/.system-%: scripts/system-packages.sh | $V/bin/python
	@scripts/system-packages.sh $* $V/bin/python && touch $@ || true
