# Lanting 兰亭. Each target is one line of help: make help
BUILD ?= build
JOBS ?= $(shell nproc)

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

deps: ## install what is missing (Debian packages, npm packages)
	@tools/deps.sh

web: deps ## build the web pages
	@tools/build_web.sh

build: deps web ## build the program (release)
	@cmake -S . -B $(BUILD) -G Ninja -DCMAKE_BUILD_TYPE=Release $(CMAKE_FLAGS) >$(BUILD).log 2>&1 || (cat $(BUILD).log; exit 1)
	@cmake --build $(BUILD) -j $(JOBS) --target lanting

run: build ## build, make the demo centre if there is no database, and serve
	@tools/run.sh $(BUILD)/lanting

test: deps web ## run every test; installs and starts what it needs
	@tools/test.sh

duties: ## run the acceptance tests of the duties and print the table
	@tools/duties.sh

bench: build ## measure; prints ratios
	@bench/run.sh $(BUILD)/lanting

golden: build ## rewrite the derived files under tests/golden
	@tools/golden.sh $(BUILD)/lanting write

fmt: ## format C and web sources
	@git ls-files 'src/*.c' 'src/*.h' 'tests/*.c' 'tests/*.h' | xargs clang-format -i
	@cd web && npm run --silent fmt

lint: ## layers, style, clang-tidy, web lint
	@tools/check_layers && tools/check_style && tools/tidy.sh && cd web && npm run --silent lint

clean: ## remove what was built
	@rm -rf build build-* web/dist

.PHONY: help deps web build run test duties bench golden fmt lint clean
