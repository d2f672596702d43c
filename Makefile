# The front door. `make run` and `make test` do all the set-up on a fresh Debian 12.
BUILD := build
JOBS ?= $(shell nproc)
SHARED ?= ../shared
DATA_FILES := $(BUILD)/annalist.model $(BUILD)/annalist.gazetteer $(BUILD)/annalist.codebook

.PHONY: all deps build data run test test-desk web score bench fuzz lint format asan tsan clean
all: build

deps:
	@scripts/install_deps.sh

$(BUILD)/build.ninja: | deps
	@cmake --preset release >/dev/null

# The binary and its three data files.
build: deps $(BUILD)/build.ninja
	@cmake --build $(BUILD) -j $(JOBS) --target annalist
	@$(MAKE) --no-print-directory data

data:
	@cmp -s models/annalist.model $(BUILD)/annalist.model || { cp models/annalist.model $(BUILD)/annalist.model.part && \
	  mv $(BUILD)/annalist.model.part $(BUILD)/annalist.model; }
	@$(BUILD)/annalist data build --data-dir data -o $(BUILD)/annalist.codebook
	@scripts/build_gazetteer.sh $(BUILD)/annalist $(BUILD)/annalist.gazetteer

# Codes the samples, shows the table and writes the evidence page.
run: build
	@$(BUILD)/annalist code --format table samples/reports
	@$(BUILD)/annalist report samples/reports -o $(BUILD)/report.html
	@echo "Evidence page: $(BUILD)/report.html"

test: build
	@cmake --build $(BUILD) -j $(JOBS)
	@$(BUILD)/annalist data check --data-dir data
	@ctest --test-dir $(BUILD) --output-on-failure
	@python3 tests/realis.py $(BUILD)/annalist
	@python3 tests/senses.py $(BUILD)/annalist
	@tests/run_samples.sh $(BUILD)/annalist

# The page, built from web/src into web/dist, which is committed.
web:
	@cd web && npm ci --silent --no-audit --no-fund && npm run --silent build

# The desk in a browser: the page as committed, the API as described, end to end, accessibility, attacks.
test-desk: build
	@scripts/install_deps.sh desk
	@tests/desk/run.sh $(BUILD)

# Every task of the scorers that has output; rewrites docs/scoreboard.md.
score: build
	@scripts/install_deps.sh score
	@cmake --build $(BUILD) --target place_spans bench_lang
	@python3 eval/score.py --annalist $(BUILD)/annalist --shared $(SHARED) --out docs/scoreboard.md

bench: build
	@cmake --build $(BUILD) -j $(JOBS) --target bench_lang bench_stages bench_places_times
	@cat samples/reports/*.txt | $(BUILD)/annalist parse > $(BUILD)/bench.conllu
	@for tier in accurate fast; do $(BUILD)/bench_lang $(BUILD)/annalist.model $(BUILD)/bench.conllu 3 $$tier; done
	@$(BUILD)/bench_stages $(BUILD) samples/reports/*
	@$(BUILD)/bench_places_times $(BUILD) samples/reports/*

# The unit tests under sanitizers.
asan tsan: build
	@cmake --preset $@ >/dev/null
	@cmake --build --preset $@ -j $(JOBS)
	@for f in $(DATA_FILES); do cp -u $$f $(BUILD)/$@/; done
	@ctest --test-dir $(BUILD)/$@ --output-on-failure

fuzz:
	@scripts/install_deps.sh fuzz
	@cmake --preset fuzz >/dev/null
	@cmake --build --preset fuzz -j $(JOBS)
	@fuzz/run.sh $(BUILD)/fuzz $(or $(MINUTES),1)

lint:
	@scripts/install_deps.sh lint
	@python3 scripts/check_includes.py
	@python3 scripts/make_schema.py --check
	@git ls-files '*.h' '*.cpp' | xargs clang-format-14 --dry-run --Werror

format:
	@git ls-files '*.h' '*.cpp' | xargs clang-format-14 -i

clean:
	@rm -rf $(BUILD)
