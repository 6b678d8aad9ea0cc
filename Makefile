# `make demo` and `make test` need Python 3.11+, git and make, and set everything else up themselves.

# A Python of your choice: `make test PYTHON=python3.12`. A name on the path may still be a shim with nothing
# behind it, so each is tried for what is needed before it is taken.
PYTHON ?=
PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3)
FITS := import sqlite3, ssl, sys, venv; sys.exit(sys.version_info < (3, 11))
JOBS ?= 2

BIN := .venv/bin
READY := .venv/ready
CODE := src migrations
# Measured as people have it: bytecode cached, output buffered.
PLAIN := env -u PYTHONDONTWRITEBYTECODE -u PYTHONUNBUFFERED

.PHONY: help demo test lint types contracts deps dead suite wheel soak cover mutants bench fmt locale completions builtin lock clean
.DEFAULT_GOAL := help

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(READY)  ## a sample desk, its overdue list, one timeline, and what to type next
	@$(BIN)/cstrack demo

test: lint types contracts deps dead suite wheel  ## all that must hold before a change goes in

lint: $(READY)  ## ruff: every rule, and the format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(READY)  ## mypy, strict
	$(BIN)/python -m mypy

contracts: $(READY)  ## which room may import which
	$(BIN)/lint-imports

deps: $(READY)  ## what is imported is declared, what is declared is imported
	$(BIN)/python -m deptry $(CODE)

dead: $(READY)  ## code that nothing uses
	$(BIN)/python -m vulture

suite: $(READY)  ## the tests, but for the wheel's and the long runs
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup --ignore=tests/test_packaging.py

wheel: $(READY)  ## build the wheel, install it in an empty folder, open a case there
	$(BIN)/python -m pytest tests/test_packaging.py

soak: $(READY)  ## the long runs, minutes each
	$(BIN)/python -m pytest -m soak

cover: $(READY)  ## coverage; anything but 100 % of domain/ fails
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest --ignore=tests/test_packaging.py
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report
	$(BIN)/python -m coverage report --include='src/cstrack/domain/*' --fail-under=100

mutants: $(READY)  ## mutants of domain/ that the tests let live
	$(BIN)/python -m mutmut run
	$(BIN)/python -m mutmut results

# An environment of its own with the locked run-time libraries only: what lies in site-packages costs every start.
bench: $(READY)  ## medians of whole processes, from an installed wheel
	rm -rf build/bench .venv-bench
	$(BIN)/python -m build --wheel --no-isolation --outdir build/bench
	@$(call venv,.venv-bench)
	sed -n '/^[a-z]/ s/ \\$$//p' requirements-dev.txt > build/bench/versions.txt
	.venv-bench/bin/python -m pip install -qq -c build/bench/versions.txt build/bench/*.whl
	$(PLAIN) .venv-bench/bin/python bench/run.py

fmt: $(READY)  ## mend what ruff can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

LOCALE := src/cstrack/locale
locale: $(READY)  ## bring the catalogues up to date with the sources, and compile them
	@mkdir -p build
	$(BIN)/pybabel -q extract -k _ --no-location --sort-output --project=cstrack \
	  -o build/cstrack.pot src/cstrack
	$(BIN)/pybabel -q update -D cstrack -i build/cstrack.pot -d $(LOCALE) -l zh_CN --no-fuzzy-matching \
	  --ignore-obsolete --ignore-pot-creation-date --no-wrap
	$(BIN)/pybabel -q compile -D cstrack -d $(LOCALE)

completions: $(READY)  ## write the completion scripts and the page of commands anew
	for s in bash:cstrack.bash zsh:_cstrack fish:cstrack.fish; do \
	  $(BIN)/cstrack completion $${s%%:*} --lang en > completions/$${s#*:}; done
	$(BIN)/python docs/commands.py > docs/commands.md

builtin: $(READY)  ## write the default policy as Python, from its TOML file
	@mkdir -p build
	$(BIN)/python docs/builtin.py > build/dealer.py
	$(BIN)/ruff format --quiet --stdin-filename dealer.py - < build/dealer.py > src/cstrack/domain/dealer.py

lock:  ## resolve pyproject.toml into requirements-dev.txt; UPGRADE=--upgrade takes newer ones
	@$(call venv,.venv-lock)
	.venv-lock/bin/python -m pip install -qq uv
	.venv-lock/bin/uv pip compile pyproject.toml --group dev --extra postgres $(UPGRADE) \
	  --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command 'make lock' --quiet --output-file requirements-dev.txt

clean:  ## remove all that make made
	rm -rf .venv .venv-bench .venv-lock build dist mutants .coverage* .hypothesis .import_linter_cache \
	  .mypy_cache .pytest_cache .ruff_cache

# Installed anew only when the project or its lock changed.
$(READY): pyproject.toml requirements-dev.txt
	@$(call venv,.venv)
	@echo 'Installing the locked dependencies into .venv'
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

# $(call venv,FOLDER): a virtual environment with pip in it, kept when it is there and works. Debian packs
# ensurepip apart from Python; without it a pip that the system has can still put one there.
define venv
$(1)/bin/python -m pip --version >/dev/null 2>&1 && exit 0; \
for python in $(PYTHONS); do \
  "$$python" -c '$(FITS)' 2>/dev/null || continue; \
  rm -rf $(1); \
  echo "Making $(1) with $$("$$python" -V), $$(command -v "$$python")"; \
  "$$python" -m venv $(1) 2>/dev/null && exit 0; \
  "$$python" -m venv --clear --without-pip $(1) && \
    "$$python" -m pip --python $(1)/bin/python install -qq pip 2>/dev/null && exit 0; \
  rm -rf $(1); \
  echo "$$python cannot make an environment with pip (Debian: apt install python3-venv)" >&2; \
done; \
echo "No Python 3.11 or later with venv, ssl and sqlite3 among: $(PYTHONS). Name one: make PYTHON=..." >&2; \
exit 1
endef
