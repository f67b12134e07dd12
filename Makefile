# The two commands that matter: `make run` and `make test`. What they do is in tools/*.sh.
# ARGS are handed to the program: make run ARGS="--http-port 9000"
PRESET ?= release
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test build dev run-api run-worker lint format bench evaluate clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: ## Install what is missing, build, get models, start the server (http://127.0.0.1:8081)
	@tools/run.sh release $(ARGS)

test: ## Install what is missing, build with sanitizers, run every test
	@tools/test.sh

build: ## Build; PRESET=release (default), dev, tsan or coverage
	@tools/build.sh $(PRESET)

dev: ## Build with sanitizers and start the server with debug logs
	@LOG_LEVEL=$${LOG_LEVEL:-debug} tools/run.sh dev $(ARGS)

run-api: run ## The same as run: in this version one process does everything

run-worker: ## Says where the worker is in this version
	@tools/run-worker.sh

lint: ## Check format, co_await statements, shell scripts; clang-tidy on changed files (LINT_ALL=1: all)
	@tools/lint.sh

format: ## Format all C++ files in place
	@tools/install-packages.sh clang-format
	@git ls-files -z --cached --others --exclude-standard '*.cpp' '*.hpp' | xargs -0 clang-format -i

bench: ## Build and run the benchmarks
	@tools/bench.sh

evaluate: ## Measure the accuracy of recognition on the test photos and print it
	@tools/evaluate.sh

clean: ## Remove build/ (never the data)
	@rm -rf build
