# The catalogs, compiled into the library, the default first, and installed to be read and copied;
# and the sample that quickstart runs.

CATALOGS = \
	%D%/browser.catalog \
	%D%/fingerprintjs.catalog \
	%D%/thumbmarkjs.catalog
dist_pkgdata_DATA += $(CATALOGS)
EXTRA_DIST += %D%/sample.ndjson

# What a page gives to whorl: the signals of the browser that shows it.
EXTRA_DIST += %D%/collector.js

# The tables that steps read, in the order of their names.
TABLES = \
	%D%/gpu.tsv \
	%D%/language.tsv \
	%D%/platform.tsv \
	%D%/timezone.tsv \
	%D%/ua.tsv
EXTRA_DIST += $(TABLES)

# Real browsers' records.
EXTRA_DIST += \
	%D%/captures/README.md \
	%D%/captures/changes-fpjs.ndjson.zst \
	%D%/captures/changes-manifest.ndjson \
	%D%/captures/changes-raw.ndjson.zst \
	%D%/captures/changes-thumbmark.ndjson.zst \
	%D%/captures/fpjs.ndjson.zst \
	%D%/captures/manifest.ndjson \
	%D%/captures/raw.ndjson.zst \
	%D%/captures/thumbmark.ndjson.zst

# What the captures say of each row of the catalogs.
EXTRA_DIST += \
	%D%/browser.evidence \
	%D%/fingerprintjs.evidence \
	%D%/thumbmarkjs.evidence

# What the identities of the catalog browser promise, and why.
EXTRA_DIST += \
	%D%/identities/promises.tsv \
	%D%/identities/reasons.tsv \
	%D%/identities/stability.tsv

nodist_libwhorl_a_SOURCES = %D%/builtin.c %D%/tables.c
CLEANFILES += %D%/builtin.c %D%/builtin.tmp %D%/tables.c %D%/tables.tmp
%D%/builtin.c: $(CATALOGS) $(EMBED)
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	catalogs= && for catalog in $(CATALOGS); do \
		name=`basename $$catalog .catalog`; \
		catalogs="$$catalogs $$name=$(top_srcdir)/$$catalog"; \
	done && \
	$(EMBED) $$catalogs >%D%/builtin.tmp && \
	mv %D%/builtin.tmp $@
%D%/tables.c: $(TABLES) scripts/embed-tables
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	tables= && for table in $(TABLES); do \
		tables="$$tables $(top_srcdir)/$$table"; \
	done && \
	$(SHELL) $(top_srcdir)/scripts/embed-tables $$tables >%D%/tables.tmp && \
	mv %D%/tables.tmp $@
