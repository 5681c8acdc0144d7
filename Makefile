# `make run` sets up and opens the dashboard; `make test` sets up and runs every test.
# Needs Python 3.11 or newer with venv, and a package index. Windows: see README.md.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check benchmark setup setup-dev system-tools clean

run: setup
	$(BIN)/motion dashboard

test: setup-dev system-tools
	$(BIN)/python -m pytest

check: setup-dev
	$(BIN)/ruff format --check motion dashboard tests benchmarks
	$(BIN)/ruff check motion dashboard tests benchmarks
	$(BIN)/mypy

benchmark: setup-dev
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/memory.py --minutes 2
	$(BIN)/python benchmarks/live_rate.py
	$(BIN)/python benchmarks/live_memory.py --minutes 2
	$(BIN)/python benchmarks/pages.py --patients 60 --takes 2400

setup: $(VENV)/.installed
	$(BIN)/motion model install full > /dev/null

setup-dev: $(VENV)/.installed-dev
	$(BIN)/motion model install full > /dev/null

# The stamps make the second time quick; a changed pyproject.toml installs again.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c "import sys; sys.exit('Python 3.11 or newer is needed, this is ' + sys.version.split()[0] if sys.version_info < (3, 11) else 0)"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

# Chromium, PostgreSQL and ffmpeg are for tests only: installed where this may be done (root on
# Debian); elsewhere the tests that need them are skipped, each with its reason.
system-tools:
	@sh tests/install_system_tools.sh

clean:
	rm -rf $(VENV) build dist *.egg-info
