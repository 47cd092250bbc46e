# khobao: `make run` does the main job on the project's own samples, `make test` passes the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -q --no-deps

.PHONY: run test test-server test-time lint docs readme tour floors weights bench bench-clean bench-extract bench-validate bench-reports golden gains compat corpus lock ci-deps clean
.DEFAULT_GOAL := run

$(VENV)/run.done: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit("khobao needs Python 3.11 to 3.13; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12" if not (3, 11) <= sys.version_info < (3, 14) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked packages into $(VENV) (about a minute, once)"
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-build-isolation -e .
	@touch $@

$(VENV)/dev.done: requirements/dev.txt $(VENV)/run.done
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/bench.done: requirements/bench.txt $(VENV)/run.done
	@$(PIP) --require-hashes -r requirements/bench.txt
	@touch $@

run: $(VENV)/run.done
	@$(BIN)/khobao run samples/news

test: $(VENV)/dev.done lint
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

test-server: $(VENV)/dev.done
	@$(BIN)/python -m pytest -m server -n 0

test-time: $(VENV)/dev.done
	@$(BIN)/python -m pytest -m timed -n 0

lint: $(VENV)/dev.done
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

docs: $(VENV)/run.done
	@$(BIN)/python -m tools.dictionary > docs/data_dictionary.md

readme: $(VENV)/run.done
	@$(MAKE) -s run && $(BIN)/python -m tools.readme warehouse/data

tour: $(VENV)/run.done
	@$(MAKE) -s run && $(BIN)/python -m tools.tour warehouse/data

floors: $(VENV)/dev.done
	@$(BIN)/python -m tools.floors

weights: $(VENV)/dev.done
	@OMP_NUM_THREADS=1 $(BIN)/python -m tools.fit_sentences

bench: $(VENV)/bench.done $(VENV)/dev.done
	@$(BIN)/python -m tools.bench
	@$(BIN)/python -m tools.bench_clean build/bench/clean.json
	@$(BIN)/python -m tools.bench_extract build/bench/extract.json
	@$(BIN)/python -m tools.bench_validate build/bench/validate.json

bench-validate: $(VENV)/run.done
	@$(BIN)/python -m tools.bench_validate build/bench/validate.json

bench-clean: $(VENV)/bench.done
	@$(BIN)/python -m tools.bench_clean build/bench/clean.json

bench-extract: $(VENV)/bench.done
	@$(BIN)/python -m tools.bench_extract build/bench/extract.json

golden: $(VENV)/run.done
	@$(BIN)/python -m tools.golden

bench-reports: $(VENV)/run.done
	@$(BIN)/python -m tools.bench_reports

gains: $(VENV)/run.done
	@$(BIN)/python -m tools.gains $(or $(OLD),HEAD) $(NEW)

compat: $(VENV)/run.done
	@test -e warehouse/data/khobao.duckdb || $(MAKE) run
	@$(BIN)/python -m tools.compat warehouse/data

corpus: $(VENV)/dev.done
	@$(BIN)/python -m pytest -m corpus -n 0

lock:
	@cd requirements && for f in run dev bench; do uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header $$f.in -o $$f.txt; done

# Debian packages that tests use where they are there: Chromium opens the pages.
CI_PACKAGES := chromium
ci-deps:
	@command -v chromium >/dev/null || { \
		as_root=$$(test "$$(id -u)" = 0 || echo sudo); \
		$$as_root apt-get update -q && \
		$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends $(CI_PACKAGES); }

clean:
	rm -rf $(VENV) warehouse/data
