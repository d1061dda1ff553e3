# The catalogues, compiled into the library, and the sample that quickstart runs.

CATALOGS = %D%/browser.catalog
EXTRA_DIST += $(CATALOGS) %D%/sample.ndjson

# Real browsers' records.
EXTRA_DIST += \
	%D%/captures/README.md \
	%D%/captures/fpjs.ndjson.zst \
	%D%/captures/manifest.ndjson \
	%D%/captures/raw.ndjson.zst \
	%D%/captures/thumbmark.ndjson.zst

nodist_libwhorl_a_SOURCES = %D%/builtin.c
CLEANFILES += %D%/builtin.c %D%/builtin.tmp
%D%/builtin.c: $(CATALOGS) scripts/embed
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	$(SHELL) $(top_srcdir)/scripts/embed \
		browser=$(top_srcdir)/%D%/browser.catalog >%D%/builtin.tmp && \
	mv %D%/builtin.tmp $@
