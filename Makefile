# The verbs. A newcomer needs two: `make run` and `make test`.
SHELL := /bin/bash
JOBS ?= $(shell nproc)
ROOT := $(CURDIR)
STAGE := tools/test/stage
WEB_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' 2>/dev/null)
BIN = build/$(1)/src/app/yingsheng
CMAKE_ENV := CCACHE_BASEDIR=$(ROOT) CCACHE_SLOPPINESS=pch_defines,time_macros

.PHONY: setup setup-test run check test test-long format sim e2e bench web prompts build-% clean

## run: install what is missing, build, start on loopback (LAN=1: on this machine's address)
run: setup web prompts build-release
	@exec $(call BIN,release) serve --prompts build/prompts $(if $(LAN),--lan) $(ARGS)

setup:
	@tools/setup/install build

setup-test:
	@tools/setup/install test

web: build/web.stamp
build/web.stamp: $(WEB_SOURCES)
	@mkdir -p build
	@export PATH="$$(tools/setup/node):$$PATH"; cd web && npm ci --no-audit --no-fund --silent && npm run build --silent
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
	@export PATH="$$(tools/setup/node):$$PATH"; cd web && npm run check --silent

## test: everything, <= 25 minutes on two cores with warm caches; .ci/run calls this
test: setup-test
	@$(STAGE) check $(MAKE) --no-print-directory web prompts check
	@$(STAGE) web export-test
	@$(STAGE) --summary

clean:
	rm -rf build web/dist
