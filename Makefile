# Two commands do all the set-up: `make demo` and `make test`. `make help` lists the rest.

CC ?= cc
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
MODE ?= release
PKG_CONFIG ?= pkg-config
# Where `make NOTE=file demo` takes its note from; empty: the sample.
NOTE ?=

BUILD := build/$(MODE)
PROGRAM_DIR := $(if $(filter release,$(MODE)),build,$(BUILD))

# What the programs are made of. atelier-merge is what git is told to call: it
# links neither libgit2 nor anything else whose loading would cost more than a merge.
CORE := $(wildcard core/*.c)
MERGE := $(wildcard merge/*.c)
CMD := $(filter-out cmd/main.c cmd/driver_main.c,$(wildcard cmd/*.c))
# Style and script of the pages, put into C.
PAGE_ASSETS := $(BUILD)/cmd/page_assets
LIBRARY := $(BUILD)/libatelier.a
COMMANDS := $(BUILD)/libcommands.a

PACKAGES_BUILD := gcc libc6-dev pkg-config gettext libgit2-dev libyaml-dev libxxhash-dev \
	libutf8proc-dev libstemmer-dev libjansson-dev libpopt-dev libcmark-gfm-dev \
	libcmark-gfm-extensions-dev
PACKAGES_TEST := $(PACKAGES_BUILD) bats dpkg-dev mandoc libcmocka-dev libcmark-dev python3 strace
PACKAGES_LINT := $(PACKAGES_TEST) clang clang-tidy clang-format cppcheck
PACKAGES_PAGE := $(PACKAGES_BUILD) chromium fonts-dejavu-core git python3
PACKAGES_FUZZ := $(PACKAGES_TEST) clang libclang-rt-14-dev

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wpointer-arith \
	-Wcast-qual -Wswitch-enum $(if $(DEV),-Werror)
HARDENING := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
SANITIZERS := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
MODE_FLAGS_release := $(HARDENING)
MODE_FLAGS_sanitize := $(SANITIZERS)
MODE_FLAGS_fuzz := $(SANITIZERS) -fsanitize=fuzzer-no-link
MODE_LDFLAGS_release := -pie -Wl,-z,relro,-z,now
MODE_LDFLAGS_sanitize := $(SANITIZERS)
MODE_LDFLAGS_fuzz := $(SANITIZERS)

LIBS_TEXT := libutf8proc yaml-0.1 jansson
LIBS_ALL := $(LIBS_TEXT) libgit2 popt
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -I. $(WARNINGS) $(MODE_FLAGS_$(MODE)) \
	-DLOCALE_DIR='"$(PREFIX)/share/locale"' $(CFLAGS_ALL)
# Asked once, and not before they are installed.
CFLAGS_ALL = $(eval CFLAGS_ALL := $(shell $(PKG_CONFIG) --cflags $(LIBS_ALL) 2>/dev/null))$(CFLAGS_ALL)
LINK_TEXT = $(eval LINK_TEXT := $(shell $(PKG_CONFIG) --libs --static $(LIBS_TEXT)))$(LINK_TEXT)
LINK_ALL = $(eval LINK_ALL := $(shell $(PKG_CONFIG) --libs $(LIBS_ALL)) -lstemmer)$(LINK_ALL)
# Markdown as HTML, for pages. Tests against cmark, which has the same names in it, do without.
LINK_PAGE := -lcmark-gfm-extensions -lcmark-gfm
# A static driver starts in a third of the time; sanitizers need the dynamic C library.
DRIVER_LDFLAGS ?= $(if $(filter release,$(MODE)),-static)

# Once what it takes is installed, on all processors unless a number was asked for.
PARALLEL = --no-print-directory -s $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

.DELETE_ON_ERROR:
.PHONY: all
all: $(PROGRAM_DIR)/atelier $(PROGRAM_DIR)/atelier-merge catalogues manual

$(PROGRAM_DIR)/atelier: $(BUILD)/cmd/main.o $(COMMANDS) $(LIBRARY)
	$(CC) $(CFLAGS) $(MODE_LDFLAGS_$(MODE)) $(LDFLAGS) -o $@ $^ $(LINK_ALL) $(LINK_PAGE)

$(PROGRAM_DIR)/atelier-merge: $(BUILD)/cmd/driver_main.o $(COMMANDS) $(LIBRARY)
	$(CC) $(CFLAGS) $(filter-out -pie,$(MODE_LDFLAGS_$(MODE))) $(DRIVER_LDFLAGS) $(LDFLAGS) -o $@ $^ $(LINK_TEXT)

$(LIBRARY): $(CORE:%.c=$(BUILD)/%.o) $(MERGE:%.c=$(BUILD)/%.o)
	@mkdir -p $(@D)
	rm -f $@ && $(AR) rcs $@ $^

$(COMMANDS): $(CMD:%.c=$(BUILD)/%.o) $(PAGE_ASSETS).o
	@mkdir -p $(@D)
	rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(PAGE_ASSETS).c: cmd/page/embed.sh cmd/page/page.css cmd/page/page.js
	@mkdir -p $(@D)
	sh $^ >$@

$(PAGE_ASSETS).o: $(PAGE_ASSETS).c Makefile
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(CFLAGS) -c -o $@ $<

-include $(wildcard $(BUILD)/*/*.d)

# Catalogues stand beside the programs, so that a build speaks French without being installed.
CATALOGUES := $(patsubst cmd/po/%.po,%,$(wildcard cmd/po/*.po))
.PHONY: catalogues
catalogues: $(CATALOGUES:%=$(PROGRAM_DIR)/locale/%/LC_MESSAGES/atelier.mo)

$(PROGRAM_DIR)/locale/%/LC_MESSAGES/atelier.mo: cmd/po/%.po
	@mkdir -p $(@D)
	msgfmt --check -o $@ $<

# The manual and the completions say what the command table says, in each language.
MANUAL := $(PROGRAM_DIR)/manual
.PHONY: manual
manual: $(MANUAL)/atelier.1 $(MANUAL)/atelier.bash $(MANUAL)/_atelier $(CATALOGUES:%=$(MANUAL)/%/atelier.1)

$(MANUAL)/atelier.1: $(PROGRAM_DIR)/atelier
	@mkdir -p $(@D)
	$< --lang en help --manual >$@

$(MANUAL)/%/atelier.1: $(PROGRAM_DIR)/atelier $(PROGRAM_DIR)/locale/%/LC_MESSAGES/atelier.mo
	@mkdir -p $(@D)
	$< --lang $* help --manual >$@

$(MANUAL)/atelier.bash: $(PROGRAM_DIR)/atelier
	@mkdir -p $(@D)
	$< --lang en help --completions bash >$@

$(MANUAL)/_atelier: $(PROGRAM_DIR)/atelier | catalogues
	@mkdir -p $(@D)
	$< --lang en help --completions zsh >$@

# --- set-up -----------------------------------------------------------------

.PHONY: deps deps-build
deps: ; @sh tests/install-packages.sh $(PACKAGES_TEST)
deps-build: ; @sh tests/install-packages.sh $(PACKAGES_BUILD)

# --- trying it --------------------------------------------------------------

.PHONY: demo
demo: deps-build
	@$(MAKE) $(PARALLEL) all
	@DEMO_PAGE=$(CURDIR)/build/demo.html sh tests/demo.sh $(PROGRAM_DIR)/atelier $(if $(NOTE),"$(NOTE)")

# --- tests ------------------------------------------------------------------

TESTS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/test_*.c))
# A fuzz target runs over its seeds in the tests; under MODE=fuzz libFuzzer drives it.
FUZZERS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/fuzz_*.c))
TESTS += $(FUZZERS)
FUZZ_MAIN := $(if $(filter fuzz,$(MODE)),,$(BUILD)/tests/replay.o)
FUZZ_SECONDS ?= 60
TEST_SUPPORT := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support_*.c))

LINK_MARKDOWN = $(LINK_PAGE)
$(BUILD)/tests/test_doc_cmark: LINK_MARKDOWN = -lcmark

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(TEST_SUPPORT) $(COMMANDS) $(LIBRARY)
	$(CC) $(CFLAGS) $(MODE_LDFLAGS_$(MODE)) $(LDFLAGS) -o $@ $^ $(LINK_ALL) -lcmocka $(LINK_MARKDOWN)

$(BUILD)/tests/fuzz_%: $(BUILD)/tests/fuzz_%.o $(FUZZ_MAIN) $(TEST_SUPPORT) $(COMMANDS) $(LIBRARY)
	$(CC) $(CFLAGS) $(MODE_LDFLAGS_$(MODE)) $(if $(filter fuzz,$(MODE)),-fsanitize=fuzzer) \
		$(LDFLAGS) -o $@ $^ $(LINK_ALL) $(LINK_PAGE) -lcmocka

.PRECIOUS: $(BUILD)/tests/%.o

.PHONY: test build-tests run-tests sanitize fuzz run-fuzz
test: deps
	@$(MAKE) $(PARALLEL) run-tests

build-tests: all $(TESTS)

run-tests: build-tests
	@PROGRAMS=$(PROGRAM_DIR) sh tests/run.sh $(TESTS) $(wildcard tests/*.bats) \
		$(wildcard tests/prove_*.py) tests/layers.sh tests/messages.sh

sanitize: deps
	@$(MAKE) $(PARALLEL) MODE=sanitize run-tests

# What libFuzzer finds worth keeping stays in build/fuzz/found/NAME for the next run.
fuzz:
	@sh tests/install-packages.sh $(PACKAGES_FUZZ)
	@$(MAKE) $(PARALLEL) MODE=fuzz CC=clang run-fuzz

run-fuzz: $(FUZZERS)
	@set -e; for target in $(FUZZERS); do \
		name=$${target##*fuzz_}; \
		mkdir -p $(BUILD)/found/$$name; \
		echo "fuzz $$name, $(FUZZ_SECONDS) s"; \
		$$target -max_total_time=$(FUZZ_SECONDS) -timeout=10 -print_final_stats=1 -verbosity=0 \
			-artifact_prefix=$(BUILD)/found/$$name- \
			$(BUILD)/found/$$name fixtures/fuzz/$$name; done

# The pages in a real browser; what it saw is left in build/page.
.PHONY: page run-page
page:
	@sh tests/install-packages.sh $(PACKAGES_PAGE)
	@$(MAKE) $(PARALLEL) run-page

run-page: all
	@python3 tests/page.py $(PROGRAM_DIR)/atelier build/page

# Tests that take a number of cases, with many. SEED=n replays the one that failed.
SOAK_CASES ?= 50000
SOAKED := laws moves tables yaml_laws
.PHONY: soak run-soak
soak: deps
	@$(MAKE) $(PARALLEL) run-soak

run-soak: build-tests
	for test in $(SOAKED:%=$(BUILD)/tests/test_%); do CASES=$(SOAK_CASES) $$test || exit 1; done
	@set -e; for proof in $(wildcard tests/prove_*.py); do \
		SOAK=1 PROGRAMS=$(PROGRAM_DIR) python3 $$proof; done

# --- speed ------------------------------------------------------------------

BENCHES := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/bench_*.c))
SCENARIOS := $(firstword $(wildcard ../shared/corpus/merges) fixtures/merge)
.PHONY: bench run-bench run-report
bench: deps
	@$(MAKE) $(PARALLEL) run-bench

# Another merge of text to be measured against; without npm it is left out.
NODE_MODULES := build/node/node_modules
$(NODE_MODULES)/node-diff3:
	@mkdir -p build/node
	@command -v npm >/dev/null && \
		npm install --silent --no-save --no-package-lock --prefix build/node node-diff3 || true

run-bench: all $(BENCHES) | $(NODE_MODULES)/node-diff3
	@NODE_MODULES=$(NODE_MODULES) python3 tests/bench.py $(PROGRAM_DIR)/atelier-merge $(SCENARIOS)
	@python3 tests/bench_audit.py $(PROGRAM_DIR)/atelier
	@python3 tests/bench_sync.py $(PROGRAM_DIR)/atelier
	@python3 tests/bench_synthesis.py $(PROGRAM_DIR)/atelier
	@for bench in $(BENCHES); do $$bench || exit 1; done

# The same as one table, with figures of quality where the data is beside the project.
.PHONY: report
report: deps
	@$(MAKE) $(PARALLEL) run-report

run-report: all $(BENCHES) $(BUILD)/tests/test_moves | $(NODE_MODULES)/node-diff3
	@NODE_MODULES=$(NODE_MODULES) python3 tests/bench_report.py $(PROGRAM_DIR) ../shared

# --- looking after the code -------------------------------------------------

C_FILES := $(wildcard core/*.[ch] merge/*.[ch] cmd/*.[ch] tests/*.[ch])
.PHONY: lint format
lint:
	@sh tests/install-packages.sh $(PACKAGES_LINT)
	@$(MAKE) $(PARALLEL) run-lint

.PHONY: run-lint
run-lint:
	sh tests/layers.sh
	clang-format --dry-run --Werror $(C_FILES)
	printf '%s\n' $(wildcard core/*.c merge/*.c cmd/*.c) | \
		xargs -P 2 -n 4 sh -c 'clang-tidy --quiet "$$@" -- $(filter-out -DLOCALE_DIR%,$(ALL_CFLAGS))' -
	cppcheck --quiet --error-exitcode=1 --inline-suppr --std=c11 -D_GNU_SOURCE -I. \
		--enable=warning,performance,portability core merge cmd
	$(MAKE) $(PARALLEL) MODE=clang CC=clang DEV=1 build-tests

format:
	clang-format -i $(C_FILES)

# --- installing -------------------------------------------------------------

.PHONY: install uninstall dist clean help
SHARE := $(DESTDIR)$(PREFIX)/share
# Below share/; Debian's own packages have another place than /usr/local.
ZSH_FUNCTIONS ?= zsh/site-functions
install: all
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 build/atelier build/atelier-merge $(DESTDIR)$(PREFIX)/bin
	install -D -m 644 build/manual/atelier.1 $(SHARE)/man/man1/atelier.1
	install -D -m 644 build/manual/atelier.bash $(SHARE)/bash-completion/completions/atelier
	install -D -m 644 build/manual/_atelier $(SHARE)/$(ZSH_FUNCTIONS)/_atelier
	for language in $(CATALOGUES); do \
		install -D -m 644 build/manual/$$language/atelier.1 $(SHARE)/man/$$language/man1/atelier.1 && \
		install -D -m 644 build/locale/$$language/LC_MESSAGES/atelier.mo \
			$(SHARE)/locale/$$language/LC_MESSAGES/atelier.mo || exit 1; done

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/atelier $(DESTDIR)$(PREFIX)/bin/atelier-merge
	rm -f $(SHARE)/man/man1/atelier.1 $(CATALOGUES:%=$(SHARE)/man/%/man1/atelier.1)
	rm -f $(SHARE)/bash-completion/completions/atelier $(SHARE)/$(ZSH_FUNCTIONS)/_atelier
	rm -f $(CATALOGUES:%=$(SHARE)/locale/%/LC_MESSAGES/atelier.mo)

# A Debian package: the programs under /usr, and what they need found by their libraries.
VERSION := $(shell sed -n 's/^static const char version.*"\(.*\)";/\1/p' cmd/version.c)
DEB := build/deb
.PHONY: deb run-deb
deb:
	@sh tests/install-packages.sh $(PACKAGES_BUILD) dpkg-dev
	@$(MAKE) $(PARALLEL) run-deb

# Catalogues are found from where the program is, so the build serves any prefix.
run-deb: all
	@rm -rf $(DEB) && mkdir -p $(DEB)/files/DEBIAN $(DEB)/debian
	@$(MAKE) $(PARALLEL) PREFIX=/usr DESTDIR=$(CURDIR)/$(DEB)/files \
		ZSH_FUNCTIONS=zsh/vendor-completions install
	@strip --strip-unneeded $(DEB)/files/usr/bin/*
	@find $(DEB)/files/usr/share/man -name '*.1' -exec gzip -9n {} +
	@install -D -m 644 LICENSE $(DEB)/files/usr/share/doc/atelier/copyright
	@printf 'Source: atelier\nPackage: atelier\n' >$(DEB)/debian/control
	@printf '%s\n' 'Package: atelier' 'Version: $(VERSION)' 'Section: text' 'Priority: optional' \
		"Architecture: $$(dpkg --print-architecture)" \
		"Installed-Size: $$(du -ks $(DEB)/files/usr | cut -f1)" 'Maintainer: atelier <atelier@invalid>' \
		"Depends: git, $$(cd $(DEB) && dpkg-shlibdeps -O files/usr/bin/atelier | sed 's/^shlibs:Depends=//')" \
		'Recommends: less' 'Suggests: openssh-client, pandoc, unzip' \
		'Description: notes of workshops, written together' \
		' Several people take notes in plain text, each on their own machine; atelier joins' \
		' them point by point without losing a word, and tells who wrote what.' >$(DEB)/files/DEBIAN/control
	@dpkg-deb --root-owner-group --build $(DEB)/files build/atelier_$(VERSION)_$$(dpkg --print-architecture).deb

dist:
	@mkdir -p build
	git archive --prefix=atelier/ -o build/atelier.tar.gz HEAD
	@echo build/atelier.tar.gz

clean: ; rm -rf build

help:
	@printf '%s\n' \
		'make            build/atelier and build/atelier-merge' \
		'make demo       install what is missing, build, show three people merging a note (NOTE=file: yours)' \
		'make test       install what is missing, build, run every test' \
		'make page       the pages in a real browser (Chromium), with pictures in build/page' \
		'make sanitize   the same tests with address and undefined-behaviour sanitizers' \
		'make soak       seeded tests with many more cases' \
		'make lint       layers, formatting, clang-tidy, cppcheck, a build with clang' \
		'make format     lay the code out' \
		'make bench      speed and quality, next to git, in one run' \
		'make report     the figures of bench, and of quality, as one table' \
		'make fuzz       hostile bytes, for FUZZ_SECONDS=60 each target' \
		'make deps       install the Debian packages that are missing' \
		'make install    programs, manual, completions, catalogues under PREFIX, in DESTDIR; also uninstall' \
		'make deb        build/atelier_VERSION_ARCHITECTURE.deb' \
		'make dist       build/atelier.tar.gz' \
		'make clean      remove build/'
