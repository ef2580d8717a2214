# The targets are listed by make help.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
SYSCONFDIR ?= /etc

# The debug build is shared by the demo and the tests. The release build is the one that is installed; it contains
# Swift's own libraries, so that it runs without a toolchain.
DEBUG := .build/debug/crm-voip
RELEASE := .build/release/crm-voip
RELEASE_FLAGS := -c release --static-swift-stdlib -Xlinker -s --disable-local-rpath

.DEFAULT_GOAL := help
.PHONY: help deps build release demo demo-board demo-clean test check examples sanitize fuzz lint format snapshots docs bench install deb deb-test clean

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

deps: ## Install missing Debian packages with apt-get.
	@.ci/deps build

build: deps ## Build for debugging.
	$(SWIFT) build --product crm-voip

release: deps ## Build the program to install: optimised, and independent of the toolchain.
	$(SWIFT) build $(RELEASE_FLAGS) --product crm-voip

demo: build ## Load a fortnight of a fictional call centre, and make a page and a workbook about it.
	@$(SWIFT) build --product demo-centre
	@.ci/demo $(DEBUG)

demo-board: demo ## Show the demo's busiest hour as a board in a browser.
	@.ci/demo $(DEBUG) --board

demo-clean: build ## Remove the demo.
	@.ci/demo $(DEBUG) --clean

test: ## Lint, build and test everything.
	@.ci/deps build test
	@.ci/asterisk
	$(MAKE) lint
	$(SWIFT) build --build-tests $(ROOMS)
	$(MAKE) examples
	$(SWIFT) test --skip-build $(WIDTH) --skip '$(WAITING_TESTS)'
	$(SWIFT) test --skip-build $(WIDTH) --filter '$(WAITING_TESTS)' --skip '$(LOAD_TESTS)'
	$(SWIFT) test --skip-build --no-parallel --filter '$(LOAD_TESTS)'

# Targets whose tests wait for programs and connections, with time limits. Swift runs tests on as many threads as there are processors;
# tests that compute, or that use libpq and libmariadb without another thread, would keep these for many seconds.
WAITING_TESTS := ^(AMIClientTests|AlertsTests|EndToEndTests|LiveTests|ServeTests|ServicesTests|SwitchboardTests|WarehouseTests)\.

# Tests that keep the whole machine busy, and would make others miss their time limits; and tests that measure seconds themselves or
# rely on the program's own limits, which others would delay on a slow machine.
LOAD_TESTS := ^(EndToEndTests\.(StayUpTests|MisbehavingPBXTests|ClosedTerminalTests|FrozenServerTests|SignalTests)|AlertsTests\.(KillTests|DeliveryTests|ReceiverTests))/

# Tests start servers and programs: hundreds at once would slow each other down beyond their time limits. Ten did so on two slow cores.
WIDTH := --experimental-maximum-parallelization-width 6

# A module imports only what docs/architecture.md allows.
ROOMS := --explicit-target-dependency-import-check error

# Targets whose tests start servers or the program itself.
SERVER_TESTS := ^(IntegrationTests|LiveTests|EndToEndTests|MariaDBTests|PostgresTests|LoadTests|ReportingTests|WarehouseTests)\.

check: lint ## Lint, and run the tests that need no server.
	$(SWIFT) build --build-tests $(ROOMS)
	$(SWIFT) test --skip-build $(WIDTH) --skip '$(SERVER_TESTS)' --skip '$(LOAD_TESTS)'

# In the project's own build folder, so that the libraries are not compiled a second time.
examples: ## Build the programs of Examples, a separate package that uses only the public API of the libraries.
	$(SWIFT) build --package-path Examples --scratch-path .build

# Leaks are not checked: memory that is used until the process ends is not freed.
sanitize: ## Run the tests that need no server under AddressSanitizer, then under ThreadSanitizer.
	$(SWIFT) build --build-tests --sanitize address --scratch-path .build-address
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --skip-build --sanitize address --scratch-path .build-address \
		--skip '$(SERVER_TESTS)'
	$(SWIFT) build --build-tests --sanitize thread --scratch-path .build-thread
	$(SWIFT) test --skip-build --sanitize thread --scratch-path .build-thread --skip '$(SERVER_TESTS)'

fuzz: ## Fuzz every decoder for ten minutes each, with AddressSanitizer.
	Fuzz/run

lint: ## Check the style of the code.
	$(SWIFT) format lint --strict --recursive Sources Tests Plugins Demo Fuzz/Sources Fuzz/Package.swift \
		Examples/Sources Examples/Package.swift Package.swift

format: ## Correct the style of the code.
	$(SWIFT) format --in-place --recursive Sources Tests Plugins Demo Fuzz/Sources Fuzz/Package.swift \
		Examples/Sources Examples/Package.swift Package.swift

snapshots: ## Rewrite the snapshots with which the tests compare the help of every command.
	-RECORD_SNAPSHOTS=1 $(SWIFT) test --filter HelpTests

docs: build ## Write the pages that are generated from the code.
	$(DEBUG) config reference > docs/configuration.md

bench: release ## Measure the performance, and compare it with other tools.
	Benchmarks/run

install: release ## Install under PREFIX (/usr/local), below DESTDIR if it is set.
	DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" SYSCONFDIR="$(SYSCONFDIR)" .ci/install $(RELEASE)

deb: ## Make a Debian package in dist/.
	@.ci/deps build package
	$(SWIFT) build $(RELEASE_FLAGS) --product crm-voip
	.ci/deb $(RELEASE)

deb-test: deb ## Install, upgrade, remove and purge the package in a fresh Debian, as root.
	@.ci/deps test package
	.ci/try-deb dist/crm-voip_*.deb

clean: ## Remove all build products.
	rm -rf .build dist
