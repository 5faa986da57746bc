# make decide   the answer for the example organisation; sets up .venv the first time
# make explore  the page on which the example's numbers are moved
# make test     the tests        make lint   style and types
# make bench    the speed figures      make attack   what the program must stand
# make lowest   the tests with the oldest libraries that are allowed      make newest   with the newest
# make nightly  both, the random tests 25 times over, and every attack: a night on two cores
# make study    the reference study in results/study, anew: every answer for the example, and the report
# make clean    remove .venv and caches; results stay

# The first of these that is new enough. Another: make PYTHON=/where/it/is/python decide
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
CORE := .venv/.core-installed
DEV := .venv/.dev-installed
# Half of what pip would compile is never imported: what is used is compiled below, once.
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile -c constraints.txt
USED := duckdb, jinja2, matplotlib.pyplot, mesa, numba, pandas, rich.progress, scipy.stats, typer, \
	SALib.analyze.sobol, openpyxl, sklearn.gaussian_process, uvicorn, starlette.applications

.PHONY: decide explore test lint bench attack lowest newest nightly study clean

decide: $(CORE)
	$(BIN)/rolecall decide scenarios/scaleup.yaml

explore: $(CORE)
	$(BIN)/rolecall explore scenarios/scaleup.yaml

# Two workers more than cores, for many tests wait for a process or a browser that they started. Whoever is done
# takes half of what another has left: tests of a file stay together and share what they ran.
TESTS := -n $(shell expr $$(getconf _NPROCESSORS_ONLN) + 2) --dist worksteal

test: compiled
	$(BIN)/python -m pytest $(TESTS)

# The run, once, before every process of the tests would compile it for itself.
compiled: $(DEV)
	@$(BIN)/python -c 'from sim.clocks.simulate import ensure_compiled; ensure_compiled(print)'

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(CORE)
	$(BIN)/python -m benchmarks

attack: $(CORE)
	$(BIN)/python -m benchmarks.attack

# The libraries that pyproject.toml allows: the oldest of what it names, or the newest of all.
lowest: RESOLUTION := lowest-direct
newest: RESOLUTION := highest
lowest newest:
	@echo "Installing the $@ libraries that are allowed into .venv-$@ ..."
	@rm -rf .venv-$@ && "$(PYTHON)" -m venv .venv-$@
	@.venv-$@/bin/python -m pip install -qq --disable-pip-version-check uv
	@.venv-$@/bin/uv pip install -q --python .venv-$@/bin/python --resolution $(RESOLUTION) \
		-e '.[sensitivity,imports,explore,dev]'
	.venv-$@/bin/python -m pytest $(TESTS) -p no:cacheprovider

nightly: lowest newest $(DEV)
	$(BIN)/python -m pytest $(TESTS) --hypothesis-profile nightly
	$(BIN)/python -m benchmarks.attack

STUDY := results/study
EXAMPLE := scenarios/scaleup.yaml

study: $(CORE)
	rm -rf $(STUDY)/*/ $(STUDY)/report.html
	$(BIN)/rolecall decide $(EXAMPLE) --out $(STUDY)
	$(BIN)/rolecall reorganise $(EXAMPLE) --from merged --to separated --day 60 --out $(STUDY)
	$(BIN)/rolecall tip $(EXAMPLE) --over managers=3..12 --against separated --out $(STUDY)
	$(BIN)/rolecall why $(EXAMPLE) --against separated --out $(STUDY)
	$(BIN)/rolecall trace $(EXAMPLE) --structure merged --replication 3 --out $(STUDY)
	$(BIN)/rolecall report $(STUDY)/*/ --out $(STUDY)/report.html

clean:
	rm -rf .venv .venv-lowest .venv-newest build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(CORE): pyproject.toml constraints.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Rolecall needs Python 3.11 or newer (tried: $(or $(PYTHON),python3.11 python3))." \
			"Install one, or say where it is: make PYTHON=/where/it/is/python $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/pip || "$(PYTHON)" -m venv .venv
	@echo "Installing what Rolecall needs into .venv (once) ..."
	@$(INSTALL) -e '.[sensitivity,imports,explore]'
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -c 'import $(USED)'
	@touch $@

$(DEV): $(CORE)
	@echo "Installing the tools for tests and lint into .venv (once) ..."
	@$(INSTALL) -e '.[sensitivity,imports,explore,dev]'
	@touch $@
