# The verbs. A newcomer needs two: `make run` and `make test`.
SHELL := /bin/bash
JOBS ?= $(shell nproc)
ROOT := $(CURDIR)
STAGE := tools/test/stage
WEB_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' 2>/dev/null)
BIN = build/$(1)/src/app/yingsheng
# One locale, so that the cache of compilations is the same in every shell.
export LANG := C.UTF-8
unexport LC_ALL
# Ends a recipe that cannot have its Node.
WITH_NODE := node=$$(tools/setup/node) || exit 1; export PATH="$$node:$$PATH"
CMAKE_ENV := CCACHE_BASEDIR=$(ROOT) CCACHE_NOHASHDIR=1

.PHONY: setup setup-test run check test test-long test-sim-long test-crashes test-wire test-hostile-words format sim e2e screens bench web prompts build-% clean

## run: install what is missing, build, start on loopback (LAN=1: on this machine's address)
run: setup web prompts
	@$(MAKE) --no-print-directory build-release TARGETS=yingsheng
	@exec $(call BIN,release) serve --prompts build/prompts $(if $(LAN),--lan) $(ARGS)

setup:
	@tools/setup/install build

setup-test:
	@tools/setup/install test

web: build/web.stamp
build/web.stamp: $(WEB_SOURCES)
	@mkdir -p build
	@$(WITH_NODE); cd web && npm ci --no-audit --no-fund --loglevel=error && npm run build --silent
	@touch $@

prompts: build/prompts.stamp
build/prompts.stamp: $(wildcard tools/prompts/* share/prompts/*)
	@mkdir -p build
	@tools/prompts/make_prompts build/prompts
	@touch $@

build-%:
	@[ -f build/$*/build.ninja ] || $(CMAKE_ENV) cmake --preset $* >/dev/null
	@$(CMAKE_ENV) ninja -C build/$* -j$(JOBS) $(TARGETS) | tools/test/quiet

## format: put every file into the house's form
format:
	@git ls-files '*.h' '*.cpp' | xargs clang-format-14 -i

## check: form, house rules, include shelves, prompts, web lint and types
check:
	@tools/tidy/check
	@tools/prompts/check
	@$(WITH_NODE); cd web && npm run check --silent

## test: everything (about 40 minutes on two cores, 25 is the aim); .ci/run calls this
test: setup-test
	@$(STAGE) check $(MAKE) --no-print-directory web prompts check
	@$(STAGE) web-unit $(MAKE) --no-print-directory test-web
	@$(STAGE) build-asan $(MAKE) --no-print-directory build-asan
	@$(STAGE) unit $(MAKE) --no-print-directory test-unit
	@$(STAGE) e2e $(MAKE) --no-print-directory e2e
	@$(STAGE) build-tsan $(MAKE) --no-print-directory build-tsan TARGETS="$(TSAN_TARGETS)"
	@$(STAGE) tsan $(MAKE) --no-print-directory test-tsan
	@$(STAGE) build-fuzz $(MAKE) --no-print-directory build-fuzz
	@$(STAGE) fuzz tools/test/fuzz 20 1
	@$(STAGE) --summary

## test-long: what takes longer, <= 75 minutes
test-long: setup-test
	@$(STAGE) check $(MAKE) --no-print-directory web prompts check
	@$(STAGE) build-asan $(MAKE) --no-print-directory build-asan
	@$(STAGE) build-tsan $(MAKE) --no-print-directory build-tsan
	@$(STAGE) tsan-all $(MAKE) --no-print-directory test-tsan TSAN_LABELS=.
	@$(STAGE) build-release $(MAKE) --no-print-directory build-release TARGETS="ys_sim yingsheng"
	@$(STAGE) sim-long $(MAKE) --no-print-directory test-sim-long
	@$(STAGE) hang-ups $(MAKE) --no-print-directory test-hang-ups
	@$(STAGE) crashes $(MAKE) --no-print-directory test-crashes
	@$(STAGE) wire $(MAKE) --no-print-directory test-wire
	@$(STAGE) hostile-words $(MAKE) --no-print-directory test-hostile-words
	@$(STAGE) build-fuzz $(MAKE) --no-print-directory build-fuzz
	@$(STAGE) fuzz tools/test/fuzz 120
	@$(STAGE) --summary

SANITIZERS := ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:abort_on_error=1 \
  UBSAN_OPTIONS=print_stacktrace=1 \
  LSAN_OPTIONS=suppressions=$(ROOT)/tests/lsan.supp:print_suppressions=0 \
  TSAN_OPTIONS=suppressions=$(ROOT)/tests/tsan.supp:halt_on_error=1:second_deadlock_stack=1
TSAN_TARGETS := ys_media_test ys_webrtc_test ys_sip_test ys_routing_test ys_task_test
TSAN_LABELS := '^(media|webrtc|sip|routing|task)$$'

test-web:
	@$(WITH_NODE); cd web && npm test --silent

test-unit:
	@$(SANITIZERS) YS_RFC4475_DIR=$(ROOT)/../shared/rfc4475 \
	  ctest --test-dir build/asan -j$(JOBS) --output-on-failure --no-tests=error --repeat until-pass:2

test-tsan:
	@$(SANITIZERS) ctest --test-dir build/tsan -j$(JOBS) --output-on-failure --no-tests=error -R $(TSAN_LABELS)

E2E = *.test.mjs

## e2e: the real program with SIPp, baresip and Chromium (needs build-asan)
e2e:
	@$(WITH_NODE); cd tests/e2e && npm ci --no-audit --no-fund --loglevel=error && \
	  $(SANITIZERS) ../../tools/test/e2e $(E2E)

## screens: docs/screens anew, pictures of every screen (needs build-asan)
screens:
	@export PATH="$$(tools/setup/node):$$PATH"; cd tests/e2e && npm ci --no-audit --no-fund --silent && \
	  $(SANITIZERS) YS_SCREENS=docs/screens node --test --test-reporter=spec screens.test.mjs && \
	  for t in four_sides follow_up case_types live_cases field acting_for survey knowledge flow-editor chat live life \
	    causes knowledge_editor knowledge_import chat_live; do \
	    $(SANITIZERS) YS_SCREENS=docs/screens node --test --test-reporter=spec $$t.test.mjs || exit 1; done

test-hang-ups:
	@$(WITH_NODE); cd tests/e2e && npm ci --no-audit --no-fund --loglevel=error && \
	  for preset in asan tsan; do $(SANITIZERS) YS_BINARY=$(ROOT)/build/$$preset/src/app/yingsheng \
	  node --test --test-reporter=spec long/hang_ups.test.mjs || exit 1; done

# Words that try to be run, through the fields and screens of the house.
test-hostile-words:
	@$(WITH_NODE); cd tests/e2e && npm ci --no-audit --no-fund --loglevel=error && \
	  $(SANITIZERS) node --test --test-reporter=spec long/xss.test.mjs

# A hundred kills, power cuts and ends of PostgreSQL; the seed of the day, so that it looks elsewhere.
test-crashes:
	@$(WITH_NODE); cd tests/e2e && npm ci --no-audit --no-fund --loglevel=error && \
	  $(SANITIZERS) YS_SEED=$${YS_SEED:-$$(date +%Y%m%d)} node --test --test-reporter=spec long/case_crash.test.mjs

## test-wire: the release program and 300 desks for ten minutes; YS_DESKS, YS_MINUTES, YS_LOAD
# say otherwise (needs build-release)
test-wire:
	@$(WITH_NODE); cd tests/e2e && npm ci --no-audit --no-fund --loglevel=error && \
	  YS_BINARY=$(ROOT)/build/release/src/app/yingsheng \
	  node --test --test-reporter=spec long/three_hundred.test.mjs

# A million calls: a quarter as they come, one with a process that is killed every ten minutes, one
# with a wall clock that jumps, one in a small centre that is always short of people. Two at a time; prints its seconds.
SIM := build/release/tests/sim/ys_sim
test-sim-long:
	@begin=$$SECONDS; set -o pipefail; \
	  ($(SIM) --seed 1000 --seeds 50 --calls 5000 | tail -25 & a=$$!; \
	   $(SIM) --seed 2000 --seeds 50 --calls 5000 --crashes | tail -25; b=$$?; wait $$a && exit $$b) && \
	  ($(SIM) --seed 3000 --seeds 50 --calls 5000 --clock-steps | tail -25 & a=$$!; \
	   $(SIM) --seed 4000 --seeds 50 --calls 5000 --agents 6 | tail -25; b=$$?; wait $$a && exit $$b) && \
	  echo "sim: 1,000,000 calls in $$((SECONDS - begin)) s"

## bench: figures of the release build on this machine, a JSON line each
bench: setup-test web prompts
	@tools/setup/install bench || echo "bench: the peers' packages cannot be had; their rows are left out"
	@$(WITH_NODE); cd tests/bench/ws_peer && npm ci --no-audit --no-fund --loglevel=error || echo "bench: Node's ws cannot be had; the desks are measured without it"
	@$(MAKE) --no-print-directory build-release TARGETS="yingsheng ys_probe ys_desk_pages ys_routing_bench ys_incident_bench ys_ivr_bench ys_case_load ys_case_fill ys_search_bench"
	@$(WITH_NODE); python3 tests/bench/bench.py $(ARGS)

## sim: a simulated centre; SEED=42 repeats a run
sim: build-dev
	@build/dev/tests/sim/ys_sim --seed $(or $(SEED),1) --calls $(or $(CALLS),10000)

clean:
	rm -rf build web/dist
