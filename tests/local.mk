# The tests. `make check`: C tests of the modules, then the program by bats.
# `make check-suites SUITES=DIR`: published vectors from elsewhere.

UNIT_TESTS = \
	%D%/unit/test-base \
	%D%/unit/test-arrow \
	%D%/unit/test-binary \
	%D%/unit/test-builtin \
	%D%/unit/test-catalog \
	%D%/unit/test-catalog-cost \
	%D%/unit/test-damage \
	%D%/unit/test-dictionary \
	%D%/unit/test-diff \
	%D%/unit/test-diff-cost \
	%D%/unit/test-diff-faults \
	%D%/unit/test-diff-rules \
	%D%/unit/test-diff-sorter \
	%D%/unit/test-distinct \
	%D%/unit/test-dtoa \
	%D%/unit/test-embed \
	%D%/unit/test-workers \
	%D%/unit/test-extract \
	%D%/unit/test-fold \
	%D%/unit/test-fields \
	%D%/unit/test-foreign \
	%D%/unit/test-frequent \
	%D%/unit/test-gunzip \
	%D%/unit/test-hash \
	%D%/unit/test-keys \
	%D%/unit/test-limits \
	%D%/unit/test-pointer-at \
	%D%/unit/test-members \
	%D%/unit/test-murmur \
	%D%/unit/test-stringify \
	%D%/unit/test-library \
	%D%/unit/test-log2 \
	%D%/unit/test-value-cache \
	%D%/unit/test-nodes \
	%D%/unit/test-options \
	%D%/unit/test-pipeline \
	%D%/unit/test-population \
	%D%/unit/test-cache \
	%D%/unit/test-cache-bounds \
	%D%/unit/test-cache-forget \
	%D%/unit/test-cache-guards \
	%D%/unit/test-cache-paths \
	%D%/unit/test-cache-random \
	%D%/unit/test-reshape \
	%D%/unit/test-row-members \
	%D%/unit/test-sha256 \
	%D%/unit/test-spill \
	%D%/unit/test-steps \
	%D%/unit/test-steps-gpu \
	%D%/unit/test-steps-locale \
	%D%/unit/test-steps-net \
	%D%/unit/test-steps-ua \
	%D%/unit/test-stream \
	%D%/unit/test-cut \
	%D%/unit/test-symptom \
	%D%/unit/test-text \
	%D%/unit/test-timestamp \
	%D%/unit/test-tsv \
	%D%/unit/test-unicode \
	%D%/unit/test-utf8 \
	%D%/unit/test-validate \
	%D%/unit/test-value \
	%D%/unit/test-vector \
	%D%/unit/test-visitors
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)

# The C tests alone, and below those of the program by bats: parts of `make check`, for sanitizers.
.PHONY: check-unit check-cli
check-unit: $(UNIT_TESTS)
	$(AM_V_at)$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS='$(UNIT_TESTS)'

# Each C test is one file, with these headers and the library.
EXTRA_DIST += \
	%D%/unit/chooser.h \
	%D%/unit/comparison.h \
	%D%/unit/comparisons.h \
	%D%/unit/embed.catalog \
	%D%/unit/fail.h \
	%D%/unit/faults.h \
	%D%/unit/cache-catalog.h \
	%D%/unit/cache-mutant.h \
	%D%/unit/cache-mutate.h \
	%D%/unit/cache-pair.h \
	%D%/unit/cache-random.h \
	%D%/unit/cache-rows.h \
	%D%/unit/record.h \
	%D%/unit/same-catalog.h %D%/unit/signals.h \
	%D%/unit/splitmix64.h \
	%D%/unit/steps.h \
	%D%/unit/survey-model.py \
	%D%/unit/survey-pair.h \
	%D%/unit/unit.h
AM_CPPFLAGS += -I$(top_srcdir)/%D%/unit
LDADD = libwhorl.a $(LIBRARY_LIBS)
WRAP_IO = --wrap=read,--wrap=pread,--wrap=write,--wrap=lseek
WRAP_MALLOC = --wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc
WRAP_MEMCMP = --wrap=memcmp,--wrap=bcmp
%C%_unit_test_catalog_cost_LDFLAGS = $(AM_LDFLAGS) -Wl,$(WRAP_MEMCMP)
%C%_unit_test_diff_cost_LDFLAGS = $(AM_LDFLAGS) -Wl,$(WRAP_MEMCMP),--wrap=memset,--wrap=memcpy
%C%_unit_test_diff_faults_LDFLAGS = $(AM_LDFLAGS) -Wl,$(WRAP_MALLOC),$(WRAP_IO)
%C%_unit_test_diff_rules_LDFLAGS = $(AM_LDFLAGS) -Wl,$(WRAP_MEMCMP)
%C%_unit_test_diff_sorter_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=write
%C%_unit_test_workers_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=pthread_create,--wrap=pthread_join,--wrap=pthread_cond_wait,--wrap=calloc
%C%_unit_test_extract_LDFLAGS = $(AM_LDFLAGS) -Wl,$(WRAP_MALLOC)
%C%_unit_test_frequent_LDFLAGS = $(AM_LDFLAGS) -Wl,$(WRAP_MALLOC)
%C%_unit_test_vector_LDFLAGS = $(AM_LDFLAGS) -Wl,$(WRAP_MALLOC)
%C%_unit_test_keys_LDFLAGS = $(AM_LDFLAGS) -Wl,$(WRAP_MEMCMP),$(WRAP_MALLOC)
%C%_unit_test_pipeline_LDFLAGS = $(AM_LDFLAGS) -Wl,$(WRAP_MALLOC)

# The catalogs of the golden cases, and one that has everything, as constant tables.
%C%_unit_test_embed_SOURCES = %D%/unit/test-embed.c
nodist_%C%_unit_test_embed_SOURCES = %D%/unit/embedded.c
CLEANFILES += %D%/unit/embedded.c %D%/unit/embedded.tmp
%D%/unit/embedded.c: $(EMBED) %D%/unit/embed.catalog $(top_srcdir)/%D%/golden
	$(AM_V_GEN)$(MKDIR_P) %D%/unit && \
	catalogs= && number=0 && for file in $(top_srcdir)/%D%/unit/embed.catalog \
			$(top_srcdir)/%D%/golden/*.catalog; do \
		number=`expr $$number + 1`; \
		catalogs="$$catalogs c$$number=$$file"; \
	done && \
	$(EMBED) $$catalogs >%D%/unit/embedded.tmp && \
	mv %D%/unit/embedded.tmp $@

# What the repository promises about itself.
SELF_TESTS = %D%/check-faults %D%/check-frozen %D%/check-fuzzers %D%/check-layers \
	%D%/check-manual %D%/check-messages %D%/check-names %D%/check-population \
	%D%/identities/check-draft %D%/identities/check-evidence %D%/identities/check-libraries \
	%D%/identities/check-reasons %D%/identities/check-returns \
	%D%/identities/check-stability %D%/oracle/check-match
EXTRA_DIST += $(SELF_TESTS) %D%/FAULTS.md %D%/frozen \
	%D%/identities/captures.py %D%/identities/edits.py %D%/identities/evidence.py \
	%D%/identities/population.py %D%/identities/promises.py %D%/identities/tap.py
TESTS += $(SELF_TESTS)

# What makes the table of steps in whorl-catalog(5), for check-manual.
check_PROGRAMS += %D%/print-steps

# The program, by bats. Without bats a stand-in reports each file as skipped.
PROGRAM_TESTS = \
	%D%/cli/absent.bats \
	%D%/cli/allocations.bats \
	%D%/cli/binary.bats \
	%D%/cli/compressed.bats \
	%D%/cli/consumers.bats \
	%D%/cli/describe.bats \
	%D%/cli/diff.bats \
	%D%/cli/diff-catalogs.bats \
	%D%/cli/diff-faults.bats \
	%D%/cli/diff-memory.bats \
	%D%/cli/diff-population.bats \
	%D%/cli/edges.bats \
	%D%/cli/explain.bats \
	%D%/cli/faults-input.bats \
	%D%/cli/faults-lines.bats \
	%D%/cli/faults-options.bats \
	%D%/cli/faults-output.bats \
	%D%/cli/foreign.bats \
	%D%/cli/frozen.bats \
	%D%/cli/include.bats \
	%D%/cli/input.bats \
	%D%/cli/jobs.bats \
	%D%/cli/libraries.bats \
	%D%/cli/library-ids.bats \
	%D%/cli/limits.bats \
	%D%/cli/match.bats \
	%D%/cli/match-options.bats \
	%D%/cli/origin.bats \
	%D%/cli/output.bats \
	%D%/cli/cache.bats \
	%D%/cli/catalogs.bats \
	%D%/cli/rejects.bats \
	%D%/cli/replace.bats \
	%D%/cli/reports.bats \
	%D%/cli/rules.bats \
	%D%/cli/sketch.bats \
	%D%/cli/survey-draft.bats \
	%D%/cli/survey.bats \
	%D%/cli/symptoms.bats \
	%D%/cli/arrow.bats \
	%D%/cli/tsv.bats
# What is around it: sanitizers see nothing in these.
AROUND_TESTS = \
	%D%/cli/bench-inputs.bats \
	%D%/cli/collect.bats \
	%D%/cli/manual.bats \
	%D%/cli/parity.bats \
	%D%/cli/readme.bats
CLI_TESTS = $(PROGRAM_TESTS) $(AROUND_TESTS)
EXTRA_DIST += $(CLI_TESTS) %D%/cli/collect-browser %D%/cli/compare-vectors.py %D%/cli/describe-lines.py \
	%D%/cli/diff-edit.py \
	%D%/cli/diff-growth.py \
	%D%/cli/population-model.py \
	%D%/cli/diff-model.py %D%/cli/fail.c %D%/cli/fail-each.py %D%/cli/helper.bash \
	%D%/cli/mutate-records.py %D%/cli/peak.c %D%/cli/process.py %D%/cli/survey-model.py \
	%D%/cli/survey-records.py %D%/cli/tsv-model.py \
	%D%/cli/arrow-model.py %D%/cli/arrow_stream.py %D%/cli/stock_hashes.py \
	%D%/no-bats
TESTS += $(CLI_TESTS)

check-cli: whorl$(EXEEXT)
	$(AM_V_at)$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS='$(PROGRAM_TESTS)'

# Records in which implementations differ, a directory of small files, for cli/parity.bats.
EXTRA_DIST += %D%/parity

# The driver prefers a broken plan to an exit status, so a C test that fails in its TAP and
# by its exit status counts twice; that of bats says nothing which its TAP does not.
TEST_EXTENSIONS = .bats
TAP_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(TAP_DRIVER)
BATS_LOG_DRIVER = $(TAP_DRIVER)
AM_BATS_LOG_DRIVER_FLAGS = --ignore-exit
BATS_LOG_COMPILER = $(BATS)
AM_BATS_LOG_FLAGS = --tap

# What tests find in their environment: the program, the sources, and what compiles them.
WHORL = $(abs_top_builddir)/whorl$(EXEEXT)
AM_TESTS_ENVIRONMENT = \
	WHORL='$(WHORL)'; export WHORL; \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	CC='$(CC)'; export CC; \
	CPPFLAGS='$(CPPFLAGS) $(LIBRARY_CFLAGS)'; export CPPFLAGS;

# The program as it was installed.
INSTALLCHECK_TESTS = $(CLI_TESTS)
installcheck-local:
	$(AM_V_at)$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS='$(INSTALLCHECK_TESTS)' \
		WHORL="$(DESTDIR)$(bindir)/`echo whorl | sed '$(transform)'`$(EXEEXT)"

# Many more of the records that tests/unit/test-cache-random makes, by another seed each time. Runs
# of different seeds make different records, so that their counts add up: CACHE_RUNS of them, one
# after the other, the seed one higher each time.
CACHE_SEED = $$(date +%s)
CACHE_COUNT = 200000
CACHE_RUNS = 1

.PHONY: check-cache
check-cache: %D%/unit/test-cache-random$(EXEEXT)
	$(AM_V_at)seed=$(CACHE_SEED); runs=$(CACHE_RUNS); \
	while test $$runs -gt 0; do \
		WHORL_CACHE_SEED=$$seed WHORL_CACHE_COUNT=$(CACHE_COUNT) \
			%D%/unit/test-cache-random$(EXEEXT) || exit 1; \
		seed=`expr $$seed + 1`; runs=`expr $$runs - 1`; \
	done

# The fuzzers: here programs that run inputs from files. scripts/fuzz builds them with libFuzzer.
FUZZERS = \
	%D%/fuzz/fuzz-binary \
	%D%/fuzz/fuzz-catalog \
	%D%/fuzz/fuzz-codec \
	%D%/fuzz/fuzz-compare \
	%D%/fuzz/fuzz-diff \
	%D%/fuzz/fuzz-filter \
	%D%/fuzz/fuzz-cache \
	%D%/fuzz/fuzz-library \
	%D%/fuzz/fuzz-match \
	%D%/fuzz/fuzz-record \
	%D%/fuzz/fuzz-steps \
	%D%/fuzz/fuzz-survey
check_PROGRAMS += $(FUZZERS)
EXTRA_DIST += %D%/fuzz/fuzz.h %D%/fuzz/make-seeds %D%/fuzz/program.h %D%/fuzz/rows.h \
	%D%/fuzz/words.dict

# Published vectors. They are not in the repository: `make check-suites SUITES=DIR` runs
# each program below with DIR, through the driver of the other tests.
SUITE_TESTS = \
	%D%/suites/suite-jcs \
	%D%/suites/suite-json \
	%D%/suites/suite-numbers \
	%D%/suites/suite-unicode
EXTRA_PROGRAMS = $(SUITE_TESTS)
CLEANFILES += $(SUITE_TESTS) $(SUITE_TESTS:=.log) $(SUITE_TESTS:=.trs)

.PHONY: check-suites
check-suites: $(SUITE_TESTS)
	@if test ! -d '$(SUITES)'; then \
		echo 'check-suites: say where the published vectors are: SUITES=DIR' >&2; \
		exit 2; \
	fi; \
	for suite in $(SUITE_TESTS); do \
		$(TAP_DRIVER) --test-name $$suite --log-file $$suite.log \
			--trs-file $$suite.trs --color-tests no --enable-hard-errors yes \
			--expect-failure no -- ./$$suite '$(SUITES)'; \
	done; \
	if grep -l ':global-test-result: [FE]' $(SUITE_TESTS:=.trs); then \
		echo 'check-suites: failed, see the .log beside each file above' >&2; \
		exit 1; \
	fi

# The second implementation, from the manual pages alone, against this one: all captures, the
# golden cases and HARD_RECORDS generated records; and the decisions of --match, on POPULATIONS of
# each size. `make check` has the latter with fewer.
HARD_RECORDS ?= 10000
POPULATIONS ?= 20
EXTRA_DIST += %D%/oracle %D%/golden
CLEANFILES += %D%/oracle-compare.log %D%/oracle-compare.trs %D%/oracle-match.log \
	%D%/oracle-match.trs

.PHONY: check-oracle
check-oracle: whorl$(EXEEXT)
	@failed=; for test in 'compare --count=$(HARD_RECORDS)' 'check-match --count=$(POPULATIONS)'; do \
		set $$test; name=`echo $$1 | sed 's/^check-//'`; \
		WHORL='$(WHORL)' $(TAP_DRIVER) --test-name %D%/oracle/$$1 \
			--log-file %D%/oracle-$$name.log --trs-file %D%/oracle-$$name.trs \
			--color-tests no --enable-hard-errors yes --expect-failure no -- \
			$(top_srcdir)/%D%/oracle/$$1 $$2; \
		if grep ':global-test-result: [FE]' %D%/oracle-$$name.trs; then \
			echo "check-oracle: failed, see %D%/oracle-$$name.log" >&2; \
			failed=yes; \
		fi; \
	done; \
	test -z "$$failed"

# The ids of libraries, against the libraries themselves, which npm fetches; or from PACKAGES=DIR.
PACKAGES ?=
EXTRA_DIST += %D%/identities/check-library-ids %D%/identities/hard-components \
	%D%/identities/library-ids.js
CLEANFILES += %D%/library-ids.log %D%/library-ids.trs

.PHONY: check-library-ids
check-library-ids: whorl$(EXEEXT)
	@WHORL='$(WHORL)' PACKAGES='$(PACKAGES)' $(TAP_DRIVER) \
		--test-name %D%/identities/check-library-ids --log-file %D%/library-ids.log \
		--trs-file %D%/library-ids.trs --color-tests no --enable-hard-errors yes \
		--expect-failure no -- $(top_srcdir)/%D%/identities/check-library-ids; \
	if grep ':global-test-result: [FE]' %D%/library-ids.trs; then \
		echo 'check-library-ids: failed, see %D%/library-ids.log' >&2; \
		exit 1; \
	fi

# The tables of --describe in DuckDB and ClickHouse, and Arrow streams in readers of Arrow, which npm and apt-get
# fetch; or from DUCKDB=DIR and ARROW=DIR, each a
# directory node_modules, and CLICKHOUSE=DIR, in which the packages were unpacked.
ARROW ?=
DUCKDB ?=
CLICKHOUSE ?=
EXTRA_DIST += %D%/engines/check-engines %D%/engines/arrow.js %D%/engines/arrow.py \
	%D%/engines/compare.py %D%/engines/databases.bash %D%/engines/duckdb.js
CLEANFILES += %D%/engines.log %D%/engines.trs

.PHONY: check-engines
check-engines: whorl$(EXEEXT)
	@top_srcdir='$(abs_top_srcdir)' WHORL='$(WHORL)' ARROW='$(ARROW)' \
		DUCKDB='$(DUCKDB)' CLICKHOUSE='$(CLICKHOUSE)' \
		$(TAP_DRIVER) --test-name %D%/engines/check-engines --log-file %D%/engines.log \
		--trs-file %D%/engines.trs --color-tests no --enable-hard-errors yes \
		--expect-failure no -- $(top_srcdir)/%D%/engines/check-engines; \
	if grep ':global-test-result: [FE]' %D%/engines.trs; then \
		echo 'check-engines: failed, see %D%/engines.log' >&2; \
		exit 1; \
	fi

# The decisions of scripts/identify in DuckDB and ClickHouse, from the same places: CASES are kinds of records, and
# DEVICES the size of a population.
CASES ?=
DEVICES ?=
SEED ?=
EXTRA_DIST += %D%/engines/check-identify %D%/engines/identify.catalog %D%/engines/identify.py \
	%D%/engines/identify_cases.py %D%/engines/judge_identify.py %D%/engines/measure-identify \
	%D%/engines/recombine.py
CLEANFILES += %D%/identify.log %D%/identify.trs

.PHONY: check-identify
check-identify: whorl$(EXEEXT)
	@top_srcdir='$(abs_top_srcdir)' WHORL='$(WHORL)' ARROW='$(ARROW)' \
		DUCKDB='$(DUCKDB)' CLICKHOUSE='$(CLICKHOUSE)' \
		CASES='$(CASES)' DEVICES='$(DEVICES)' SEED='$(SEED)' \
		$(TAP_DRIVER) --test-name %D%/engines/check-identify --log-file %D%/identify.log \
		--trs-file %D%/identify.trs --color-tests no --enable-hard-errors yes \
		--expect-failure no -- $(top_srcdir)/%D%/engines/check-identify; \
	if grep ':global-test-result: [FE]' %D%/identify.trs; then \
		echo 'check-identify: failed, see %D%/identify.log' >&2; \
		exit 1; \
	fi

# Catalogs drafted from an archive of many devices, which a package makes that npm fetches; or from
# GENERATOR=DIR, a directory node_modules.
GENERATOR ?=
EXTRA_DIST += %D%/identities/check-generated-archive %D%/identities/make-generated-archive.js
CLEANFILES += %D%/generated-archive.log %D%/generated-archive.trs

.PHONY: check-generated-archive
check-generated-archive: whorl$(EXEEXT)
	@WHORL='$(WHORL)' GENERATOR='$(GENERATOR)' $(TAP_DRIVER) \
		--test-name %D%/identities/check-generated-archive \
		--log-file %D%/generated-archive.log --trs-file %D%/generated-archive.trs \
		--color-tests no --enable-hard-errors yes --expect-failure no -- \
		$(top_srcdir)/%D%/identities/check-generated-archive; \
	if grep ':global-test-result: [FE]' %D%/generated-archive.trs; then \
		echo 'check-generated-archive: failed, see %D%/generated-archive.log' >&2; \
		exit 1; \
	fi

# The devices of a large population that return, of another one with POPULATION='--seed=2'.
POPULATION ?=
EXTRA_DIST += %D%/identities/check-returns-population
CLEANFILES += %D%/returns-population.log %D%/returns-population.trs

.PHONY: check-returns-population
check-returns-population: whorl$(EXEEXT)
	@top_srcdir='$(abs_top_srcdir)' WHORL='$(WHORL)' $(TAP_DRIVER) \
		--test-name %D%/identities/check-returns-population \
		--log-file %D%/returns-population.log --trs-file %D%/returns-population.trs \
		--color-tests no --enable-hard-errors yes --expect-failure no -- \
		$(top_srcdir)/%D%/identities/check-returns-population $(POPULATION); \
	if grep ':global-test-result: [FE]' %D%/returns-population.trs; then \
		echo 'check-returns-population: failed, see %D%/returns-population.log' >&2; \
		exit 1; \
	fi

# Threads, with what finds races: in a build with --enable-sanitizers=thread, or under RUN.
RUN ?=
EXTRA_DIST += %D%/check-threads
CLEANFILES += %D%/threads.log %D%/threads.trs

.PHONY: check-threads
check-threads: whorl$(EXEEXT) %D%/unit/test-workers$(EXEEXT)
	@top_srcdir='$(abs_top_srcdir)' WHORL='$(WHORL)' RUN='$(RUN)' $(TAP_DRIVER) \
		--test-name %D%/check-threads --log-file %D%/threads.log \
		--trs-file %D%/threads.trs --color-tests no --enable-hard-errors yes \
		--expect-failure no -- $(top_srcdir)/%D%/check-threads; \
	if grep ':global-test-result: [FE]' %D%/threads.trs; then \
		echo 'check-threads: failed, see %D%/threads.log' >&2; \
		exit 1; \
	fi

# The collector in real browsers, those of Chromium and Firefox that are here.
EXTRA_DIST += %D%/check-collect
CLEANFILES += %D%/collect.log %D%/collect.trs

.PHONY: check-collect
check-collect: whorl$(EXEEXT)
	@top_srcdir='$(abs_top_srcdir)' WHORL='$(WHORL)' $(TAP_DRIVER) \
		--test-name %D%/check-collect --log-file %D%/collect.log \
		--trs-file %D%/collect.trs --color-tests no --enable-hard-errors yes \
		--expect-failure no -- $(top_srcdir)/%D%/check-collect; \
	if grep ':global-test-result: [FE]' %D%/collect.trs; then \
		echo 'check-collect: failed, see %D%/collect.log' >&2; \
		exit 1; \
	fi
