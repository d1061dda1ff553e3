# Everything but main() is in a library that the unit tests and fuzzers link too.
# The layers, from the bottom; each includes only from the ones above it in this list.

# What compiles a catalog, on the build machine too: see src/embed/local.mk. No library is called.
COMPILER_FILES = \
	%D%/base/arena.c %D%/base/arena.h \
	%D%/base/buf.c %D%/base/buf.h \
	%D%/base/mismatch.h \
	%D%/base/pages.c %D%/base/pages.h \
	%D%/base/quota.c %D%/base/quota.h \
	%D%/base/repeat.c %D%/base/repeat.h \
	%D%/base/slab.c %D%/base/slab.h \
	%D%/base/sort.c %D%/base/sort.h \
	%D%/base/span.h \
	%D%/base/status.c %D%/base/status.h \
	\
	%D%/text/ascii.h \
	%D%/text/budget.c %D%/text/budget.h \
	%D%/text/decimal.c %D%/text/decimal.h \
	%D%/text/dtoa.c %D%/text/dtoa.h %D%/text/dtoa_powers.h \
	%D%/text/hash.c %D%/text/hash.h \
	%D%/text/hash_long.c %D%/text/hash_long.h \
	%D%/text/hex.h \
	%D%/text/jcs.c %D%/text/jcs.h \
	%D%/text/keys.c %D%/text/keys.h \
	%D%/text/lookup.c %D%/text/lookup.h \
	%D%/text/names.c %D%/text/names.h \
	%D%/text/number.c %D%/text/number.h \
	%D%/text/plain.h \
	%D%/text/utf8.c %D%/text/utf8.h \
	\
	%D%/record/carried.c %D%/record/carried.h \
	%D%/record/catalog.c %D%/record/catalog.h \
	%D%/record/catalog_assemble.c \
	%D%/record/catalog_digest.c \
	%D%/record/catalog_directives.c \
	%D%/record/catalog_draft.h \
	%D%/record/catalog_excludes.c \
	%D%/record/catalog_lines.c %D%/record/catalog_lines.h \
	%D%/record/catalog_rows.c \
	%D%/record/extract.c %D%/record/extract.h \
	%D%/record/fold.c %D%/record/fold.h \
	%D%/record/json.c %D%/record/json.h %D%/record/json_node.h \
	%D%/record/json_read.c %D%/record/json_read.h \
	%D%/record/locate.c %D%/record/locate.h \
	%D%/record/members.c %D%/record/members.h \
	%D%/record/normalize.c %D%/record/normalize.h \
	%D%/record/outline.h \
	%D%/record/pointer.c %D%/record/pointer.h \
	%D%/record/reading.h \
	%D%/record/signal.c %D%/record/signal.h \
	%D%/record/steps.c %D%/record/steps.h \
	%D%/record/steps_color.c %D%/record/steps_color.h \
	%D%/record/steps_gpu.c %D%/record/steps_gpu.h \
	%D%/record/steps_hints.c %D%/record/steps_hints.h \
	%D%/record/steps_list.c %D%/record/steps_list.h \
	%D%/record/steps_locale.c %D%/record/steps_locale.h \
	%D%/record/steps_mime.c %D%/record/steps_mime.h \
	%D%/record/steps_net.c %D%/record/steps_net.h \
	%D%/record/steps_number.c %D%/record/steps_number.h \
	%D%/record/steps_text.c %D%/record/steps_text.h \
	%D%/record/steps_ua.c %D%/record/steps_ua.h \
	%D%/record/steps_web.c %D%/record/steps_web.h \
	%D%/record/table.c %D%/record/table.h \
	%D%/record/trie.c %D%/record/trie.h \
	%D%/record/validate.c %D%/record/validate.h \
	%D%/record/value.c %D%/record/value.h \
	%D%/record/vector.c %D%/record/vector.h

noinst_LIBRARIES += libwhorl.a
libwhorl_a_CFLAGS = $(AM_CFLAGS) $(LTO_CFLAGS) $(PGO_CFLAGS)
libwhorl_a_SOURCES = \
	$(COMPILER_FILES) \
	\
	%D%/text/escape.c %D%/text/escape.h \
	%D%/text/hash_stream.c %D%/text/hash_stream.h \
	%D%/text/unicode.c %D%/text/unicode.h %D%/text/unicode_assigned.h \
	%D%/text/unicode_data.c %D%/text/unicode_data.h \
	%D%/record/builtin.c %D%/record/builtin.h \
	%D%/record/inventory.c %D%/record/inventory.h \
	%D%/record/symptom.c %D%/record/symptom.h \
	\
	%D%/recall/cells.c %D%/recall/cells.h \
	%D%/recall/compare.c %D%/recall/compare.h \
	%D%/recall/edit.c %D%/recall/edit.h \
	%D%/recall/leaf.c %D%/recall/leaf.h \
	%D%/recall/learn.c %D%/recall/learn.h \
	%D%/recall/memo.c %D%/recall/memo.h \
	%D%/recall/place.c %D%/recall/place.h \
	%D%/recall/recall.c %D%/recall/recall.h \
	%D%/recall/settle.c %D%/recall/settle.h \
	%D%/recall/shape.c %D%/recall/shape.h \
	%D%/recall/shapes.c %D%/recall/shapes.h \
	%D%/recall/skeleton.c %D%/recall/skeleton.h \
	%D%/recall/survey.c %D%/recall/survey.h \
	%D%/recall/trace.c %D%/recall/trace.h \
	\
	%D%/format/binary.c %D%/format/binary.h \
	%D%/format/binary_header.c %D%/format/binary_header.h \
	%D%/format/binary_layout.c %D%/format/binary_layout.h \
	%D%/format/binary_plain.c %D%/format/binary_plain.h \
	%D%/format/binary_read.c %D%/format/binary_read.h \
	%D%/format/binary_read_header.c %D%/format/binary_read_header.h \
	%D%/format/dictionary.c %D%/format/dictionary.h \
	%D%/format/ndjson.c %D%/format/ndjson.h \
	%D%/format/ndjson_read.c %D%/format/ndjson_read.h \
	%D%/format/ndjson_read_schema.c %D%/format/ndjson_read_schema.h \
	%D%/format/row.h \
	%D%/format/row_maker.c %D%/format/row_maker.h \
	%D%/format/schema.c %D%/format/schema.h \
	\
	%D%/stream/block.c %D%/stream/block.h \
	%D%/stream/codec.h \
	%D%/stream/deadly.c %D%/stream/deadly.h \
	%D%/stream/decompress.c %D%/stream/decompress.h \
	%D%/stream/foreign.c %D%/stream/foreign.h \
	%D%/stream/gunzip.c %D%/stream/gunzip.h \
	%D%/stream/nameless.c %D%/stream/nameless.h \
	%D%/stream/output.c %D%/stream/output.h \
	%D%/stream/patience.c %D%/stream/patience.h \
	%D%/stream/pipe.h \
	%D%/stream/sink.c %D%/stream/sink.h \
	%D%/stream/source.c %D%/stream/source.h \
	%D%/stream/spill.c %D%/stream/spill.h \
	%D%/stream/split.c %D%/stream/split.h \
	%D%/stream/unfinished.c %D%/stream/unfinished.h \
	%D%/stream/unzstd.c %D%/stream/unzstd.h \
	%D%/stream/window.c %D%/stream/window.h \
	\
	%D%/run/batch.c %D%/run/batch.h \
	%D%/run/diff.c %D%/run/diff.h \
	%D%/run/diff_columns.c %D%/run/diff_columns.h \
	%D%/run/diff_groups.c %D%/run/diff_groups.h \
	%D%/run/diff_ids.c %D%/run/diff_ids.h \
	%D%/run/diff_input.c %D%/run/diff_input.h \
	%D%/run/diff_join.c %D%/run/diff_join.h \
	%D%/run/diff_join_parts.c %D%/run/diff_join_parts.h \
	%D%/run/diff_json.c %D%/run/diff_json.h \
	%D%/run/diff_labels.c %D%/run/diff_labels.h \
	%D%/run/diff_meetings.c %D%/run/diff_meetings.h \
	%D%/run/diff_moves.c %D%/run/diff_moves.h \
	%D%/run/diff_parts.c %D%/run/diff_parts.h \
	%D%/run/diff_row.c %D%/run/diff_row.h \
	%D%/run/diff_rule.h \
	%D%/run/diff_rule_index.c %D%/run/diff_rule_index.h \
	%D%/run/diff_rules.c %D%/run/diff_rules.h \
	%D%/run/diff_table.c %D%/run/diff_table.h \
	%D%/run/diff_tally.c %D%/run/diff_tally.h \
	%D%/run/diff_text.c %D%/run/diff_text.h \
	%D%/run/engine.c %D%/run/engine.h \
	%D%/run/pipeline.c %D%/run/pipeline.h \
	%D%/run/stats.c %D%/run/stats.h \
	\
	%D%/cmd/catalogs.c %D%/cmd/catalogs.h \
	%D%/cmd/compare.c %D%/cmd/compare.h \
	%D%/cmd/diag.c %D%/cmd/diag.h \
	%D%/cmd/feed.c %D%/cmd/feed.h \
	%D%/cmd/filter.c %D%/cmd/filter.h \
	%D%/cmd/inputs.c %D%/cmd/inputs.h \
	%D%/cmd/options.c %D%/cmd/options.h \
	%D%/cmd/options_diff.c %D%/cmd/options_help.c %D%/cmd/options_row.h \
	%D%/cmd/outputs.c %D%/cmd/outputs.h \
	%D%/cmd/progress.c %D%/cmd/progress.h \
	%D%/cmd/rejects.c %D%/cmd/rejects.h \
	%D%/cmd/runs.c %D%/cmd/runs.h

bin_PROGRAMS += whorl
whorl_SOURCES = %D%/cmd/main.c
whorl_CFLAGS = $(libwhorl_a_CFLAGS)
whorl_LDFLAGS = $(SANITIZE_CFLAGS)
whorl_LDADD = libwhorl.a $(LIBRARY_LIBS)

# Profile-guided optimization: `make pgo` compiles a program that counts, has it work on records
# made from data/captures, and compiles it again with what it has counted; then without warnings,
# of which what is never done where it was not counted gives false ones.
PGO_CFLAGS =
PGO_OBJECTS = $(libwhorl_a_OBJECTS) $(whorl_OBJECTS)
CLEANFILES += $(PGO_OBJECTS:.o=.gcda)

.PHONY: pgo
pgo:
	@if $(CC) -dM -E -x c /dev/null | grep __clang__ >/dev/null; then \
		echo 'make pgo: the compiler is clang; this needs GCC' >&2; \
		exit 2; \
	fi
	rm -f $(PGO_OBJECTS) $(PGO_OBJECTS:.o=.gcda) libwhorl.a whorl$(EXEEXT)
	$(MAKE) $(AM_MAKEFLAGS) \
		PGO_CFLAGS='-fprofile-generate -fprofile-update=atomic' whorl$(EXEEXT)
	WHORL=./whorl$(EXEEXT) $(top_srcdir)/scripts/pgo-train; status=$$?; \
	rm -f $(PGO_OBJECTS) libwhorl.a whorl$(EXEEXT); exit $$status
	$(MAKE) $(AM_MAKEFLAGS) PGO_CFLAGS='-fprofile-use -fprofile-correction \
		-fprofile-partial-training -w' whorl$(EXEEXT)
