# Everything but main() is in a library that the unit tests and fuzzers link too.
# The layers, from the bottom; each includes only from the ones above it in this list.

# What compiles a catalog, on the build machine too: see src/embed/local.mk. No library is called.
COMPILER_FILES = \
	%D%/base/arena.c %D%/base/arena.h \
	%D%/base/ascii.h \
	%D%/base/buf.c %D%/base/buf.h \
	%D%/base/fault.c %D%/base/fault.h \
	%D%/base/lookup.c %D%/base/lookup.h \
	%D%/base/count.h \
	%D%/base/mismatch.h \
	%D%/base/pages.c %D%/base/pages.h \
	%D%/base/quota.c %D%/base/quota.h \
	%D%/base/repeat.c %D%/base/repeat.h \
	%D%/base/slab.c %D%/base/slab.h \
	%D%/base/sort.c %D%/base/sort.h \
	%D%/base/span.h \
	%D%/base/status.c %D%/base/status.h \
	%D%/base/wide.h \
	\
	%D%/text/rounding.c %D%/text/rounding.h \
	%D%/text/dtoa.c %D%/text/dtoa.h \
	%D%/text/dtoa_powers.h \
	%D%/text/hash.c %D%/text/hash.h \
	%D%/text/hash_long.c %D%/text/hash_long.h \
	%D%/text/hex.h \
	%D%/text/jcs.c %D%/text/jcs.h \
	%D%/text/keys.c %D%/text/keys.h \
	%D%/text/names.c %D%/text/names.h \
	%D%/text/nearest.c %D%/text/nearest.h \
	%D%/text/number.c %D%/text/number.h \
	%D%/text/plain.c %D%/text/plain.h \
	%D%/text/sha256.c %D%/text/sha256.h \
	%D%/text/utf8.c %D%/text/utf8.h \
	\
	%D%/json/pointer_at.c %D%/json/pointer_at.h \
	%D%/json/members.c %D%/json/members.h \
	%D%/json/node.h \
	%D%/json/nodes.c %D%/json/nodes.h \
	%D%/json/open.c %D%/json/open.h \
	%D%/json/outline.h \
	%D%/json/pointer.c %D%/json/pointer.h \
	%D%/json/unescape.c %D%/json/unescape.h \
	%D%/json/validate.c %D%/json/validate.h \
	%D%/json/value.c %D%/json/value.h \
	%D%/json/value_read.c %D%/json/value_read.h \
	\
	%D%/steps/color.c \
	%D%/steps/data_url.c \
	%D%/steps/gpu.c \
	%D%/steps/hints.c \
	%D%/steps/list.c \
	%D%/steps/locale.c \
	%D%/steps/mime.c \
	%D%/steps/net.c \
	%D%/steps/tls.c \
	%D%/steps/normalize.c %D%/steps/normalize.h \
	%D%/steps/normalize_compile.c %D%/steps/normalize_compile.h \
	%D%/steps/number.c \
	%D%/steps/signal.c %D%/steps/signal.h \
	%D%/steps/state.c \
	%D%/steps/step.h \
	%D%/steps/steps.c %D%/steps/steps.h \
	%D%/steps/table.c %D%/steps/table.h \
	%D%/steps/text.c \
	%D%/steps/ua.c \
	\
	%D%/catalog/advice.c %D%/catalog/advice.h \
	%D%/catalog/assemble.c \
	%D%/catalog/catalog.c %D%/catalog/catalog.h \
	%D%/catalog/compile.c %D%/catalog/compile.h \
	%D%/catalog/digest.c \
	%D%/catalog/directives.c \
	%D%/catalog/draft.c %D%/catalog/draft.h \
	%D%/catalog/excludes.c \
	%D%/catalog/identity.c %D%/catalog/identity.h \
	%D%/catalog/library_name.c %D%/catalog/library_name.h \
	%D%/catalog/lines.c %D%/catalog/lines.h \
	%D%/catalog/private.c %D%/catalog/private.h \
	%D%/catalog/reshapes.c \
	%D%/catalog/sketches.c \
	%D%/catalog/rows.c \
	%D%/catalog/stages.h \
	%D%/catalog/trie.c %D%/catalog/trie.h \
	\
	%D%/vector/passthrough.c %D%/vector/passthrough.h \
	%D%/vector/extract.c %D%/vector/extract.h \
	%D%/vector/fold.c %D%/vector/fold.h \
	%D%/vector/reading.h \
	%D%/vector/reshape.c %D%/vector/reshape.h \
	%D%/vector/sketch.c %D%/vector/sketch.h \
	%D%/vector/vector.c %D%/vector/vector.h

noinst_LIBRARIES += libwhorl.a
libwhorl_a_CFLAGS = $(AM_CFLAGS) $(LTO_CFLAGS) $(PGO_CFLAGS)
libwhorl_a_SOURCES = \
	$(COMPILER_FILES) \
	\
	%D%/base/integer.c %D%/base/integer.h \
	%D%/base/log2.c %D%/base/log2.h \
	\
	%D%/text/escape.c %D%/text/escape.h \
	%D%/text/hash_stream.c %D%/text/hash_stream.h \
	%D%/text/murmur.c %D%/text/murmur.h \
	%D%/text/unicode.c %D%/text/unicode.h \
	%D%/text/unicode_assigned.h \
	%D%/text/unicode_data.c %D%/text/unicode_data.h \
	\
	%D%/json/raw.c %D%/json/raw.h \
	%D%/json/stringify.c %D%/json/stringify.h \
	%D%/json/symptom.c %D%/json/symptom.h \
	\
	%D%/catalog/builtin.c %D%/catalog/builtin.h \
	\
	%D%/vector/inventory.c %D%/vector/inventory.h \
	%D%/vector/library.c %D%/vector/library.h \
	%D%/vector/neighbors.c %D%/vector/neighbors.h \
	\
	%D%/cache/cells.c %D%/cache/cells.h \
	%D%/cache/compare.c %D%/cache/compare.h \
	%D%/cache/cursor.h \
	%D%/cache/edit.c %D%/cache/edit.h \
	%D%/cache/leaf.c %D%/cache/leaf.h \
	%D%/cache/learn.c %D%/cache/learn.h \
	%D%/cache/value_cache.c %D%/cache/value_cache.h \
	%D%/cache/path.c %D%/cache/path.h \
	%D%/cache/path_meaning.c \
	%D%/cache/cache.c %D%/cache/cache.h \
	%D%/cache/resolver.c %D%/cache/resolver.h \
	%D%/cache/template.c %D%/cache/template.h \
	%D%/cache/templates.c %D%/cache/templates.h \
	%D%/cache/skeleton.c %D%/cache/skeleton.h \
	%D%/cache/cut.c %D%/cache/cut.h \
	%D%/cache/trace.c %D%/cache/trace.h \
	\
	%D%/stream/atomic_file.c %D%/stream/atomic_file.h \
	%D%/stream/block.c %D%/stream/block.h \
	%D%/stream/cleanup.c %D%/stream/cleanup.h \
	%D%/stream/codec.c %D%/stream/codec.h \
	%D%/stream/gzip.h \
	%D%/stream/gzip_isal.c \
	%D%/stream/gzip_zlib.c \
	%D%/stream/zstd.c \
	%D%/stream/decompress.c %D%/stream/decompress.h \
	%D%/stream/fatal_signal.c %D%/stream/fatal_signal.h \
	%D%/stream/foreign.c %D%/stream/foreign.h \
	%D%/stream/pipe.h \
	%D%/stream/signal_wait.c %D%/stream/signal_wait.h \
	%D%/stream/sink.c %D%/stream/sink.h \
	%D%/stream/source.c %D%/stream/source.h \
	%D%/stream/spill.c %D%/stream/spill.h \
	%D%/stream/split.c %D%/stream/split.h \
	%D%/stream/unnamed_file.c %D%/stream/unnamed_file.h \
	%D%/stream/window.c %D%/stream/window.h \
	\
	%D%/format/arrow.c %D%/format/arrow.h \
	%D%/format/arrow_batch.c %D%/format/arrow_batch.h \
	%D%/format/arrow_layout.c %D%/format/arrow_layout.h \
	%D%/format/arrow_message.c %D%/format/arrow_message.h \
	%D%/format/arrow_row.c %D%/format/arrow_row.h \
	%D%/format/binary.c %D%/format/binary.h \
	%D%/format/binary_header.c %D%/format/binary_header.h \
	%D%/format/binary_layout.c %D%/format/binary_layout.h \
	%D%/format/binary_carry.c %D%/format/binary_carry.h \
	%D%/format/binary_read.c %D%/format/binary_read.h \
	%D%/format/binary_read_header.c %D%/format/binary_read_header.h \
	%D%/format/catalog_pair.h \
	%D%/format/cell_text.c %D%/format/cell_text.h \
	%D%/format/dictionary.c %D%/format/dictionary.h \
	%D%/format/explain.c %D%/format/explain.h \
	%D%/format/flatbuffer.c %D%/format/flatbuffer.h \
	%D%/format/line_layout.c %D%/format/line_layout.h \
	%D%/format/little_endian.h \
	%D%/format/ndjson.c %D%/format/ndjson.h \
	%D%/format/ndjson_read.c %D%/format/ndjson_read.h \
	%D%/format/ndjson_read_schema.c %D%/format/ndjson_read_schema.h \
	%D%/format/report_out.h \
	%D%/format/row.h \
	%D%/format/row_hashes.h \
	%D%/format/row_input.c %D%/format/row_input.h \
	%D%/format/row_key.h \
	%D%/format/row_maker.c %D%/format/row_maker.h \
	%D%/format/schema.c %D%/format/schema.h \
	%D%/format/share.c %D%/format/share.h \
	%D%/format/text_table.c %D%/format/text_table.h \
	%D%/format/tsv.c %D%/format/tsv.h \
	%D%/format/tsv_text.c %D%/format/tsv_text.h \
	%D%/format/writer.c %D%/format/writer.h \
	\
	%D%/describe/clickhouse.c %D%/describe/clickhouse.h \
	%D%/describe/describe.c %D%/describe/describe.h \
	%D%/describe/duckdb.c %D%/describe/duckdb.h \
	%D%/describe/json.c %D%/describe/json.h \
	%D%/describe/numpy.c %D%/describe/numpy.h \
	%D%/describe/sql.c %D%/describe/sql.h \
	%D%/describe/sqlite.c %D%/describe/sqlite.h \
	\
	%D%/survey/audit.c %D%/survey/audit.h \
	%D%/survey/decimal.c %D%/survey/decimal.h \
	%D%/survey/distinct.c %D%/survey/distinct.h \
	%D%/survey/frequent.c %D%/survey/frequent.h \
	%D%/survey/guess.c %D%/survey/guess.h \
	%D%/survey/observation.c %D%/survey/observation.h \
	%D%/survey/observe.c %D%/survey/observe.h \
	%D%/survey/personal.c %D%/survey/personal.h \
	%D%/survey/fields.c %D%/survey/fields.h \
	%D%/survey/proposal.c %D%/survey/proposal.h \
	%D%/survey/report.c %D%/survey/report.h \
	%D%/survey/rows.c %D%/survey/rows.h \
	%D%/survey/shapes.c %D%/survey/shapes.h \
	%D%/survey/signals.c %D%/survey/signals.h \
	%D%/survey/survey.c %D%/survey/survey.h \
	%D%/survey/timestamp.c %D%/survey/timestamp.h \
	%D%/survey/verdicts.c %D%/survey/verdicts.h \
	%D%/survey/visitors.c %D%/survey/visitors.h \
	\
	%D%/filter/absence.c %D%/filter/absence.h \
	%D%/filter/batch.c %D%/filter/batch.h \
	%D%/filter/workers.c %D%/filter/workers.h \
	%D%/filter/memory_fallback.c %D%/filter/memory_fallback.h \
	%D%/filter/output_order.c %D%/filter/output_order.h \
	%D%/filter/pipeline.c %D%/filter/pipeline.h \
	%D%/filter/stats.c %D%/filter/stats.h \
	\
	%D%/diff/catalogs.c %D%/diff/catalogs.h \
	%D%/diff/cells.c %D%/diff/cells.h \
	%D%/diff/clusters.c %D%/diff/clusters.h \
	%D%/diff/columns.c %D%/diff/columns.h \
	%D%/diff/diff.c %D%/diff/diff.h \
	%D%/diff/expect.c %D%/diff/expect.h \
	%D%/diff/features.c %D%/diff/features.h \
	%D%/diff/ids.c %D%/diff/ids.h \
	%D%/diff/join.c %D%/diff/join.h \
	%D%/diff/join_file.c %D%/diff/join_file.h \
	%D%/diff/json.c %D%/diff/json.h \
	%D%/diff/memory.c %D%/diff/memory.h \
	%D%/diff/moves.c %D%/diff/moves.h \
	%D%/diff/report.c %D%/diff/report.h \
	%D%/diff/row.c %D%/diff/row.h \
	%D%/diff/rule.h \
	%D%/diff/rule_index.c %D%/diff/rule_index.h \
	%D%/diff/rules.c %D%/diff/rules.h \
	%D%/diff/schema_pairs.c %D%/diff/schema_pairs.h \
	%D%/diff/sketches.c %D%/diff/sketches.h \
	%D%/diff/sorter.c %D%/diff/sorter.h \
	%D%/diff/tally.c %D%/diff/tally.h \
	%D%/diff/text.c %D%/diff/text.h \
	%D%/diff/text_clusters.c %D%/diff/text_clusters.h \
	\
	%D%/population/counts.c %D%/population/counts.h \
	%D%/population/distance.c %D%/population/distance.h \
	%D%/population/json.c %D%/population/json.h \
	%D%/population/population.c %D%/population/population.h \
	%D%/population/results.c %D%/population/results.h \
	%D%/population/sample.c %D%/population/sample.h \
	%D%/population/text.c %D%/population/text.h \
	\
	%D%/match/batch.c %D%/match/batch.h \
	%D%/match/candidates.c %D%/match/candidates.h \
	%D%/match/common.c %D%/match/common.h \
	%D%/match/components.c %D%/match/components.h \
	%D%/match/decide.c %D%/match/decide.h \
	%D%/match/entries.c %D%/match/entries.h \
	%D%/match/index.c %D%/match/index.h \
	%D%/match/index_write.c \
	%D%/match/known.c %D%/match/known.h \
	%D%/match/known_side.c \
	%D%/match/lines.c %D%/match/lines.h \
	%D%/match/match.c %D%/match/match.h \
	%D%/match/matching.c %D%/match/matching.h \
	%D%/match/new_side.c \
	%D%/match/score.c %D%/match/score.h \
	%D%/match/signature.c %D%/match/signature.h \
	%D%/match/truth.c %D%/match/truth.h \
	%D%/match/weights.c %D%/match/weights.h \
	\
	%D%/cmd/absent.c %D%/cmd/absent.h \
	%D%/cmd/catalogs.c %D%/cmd/catalogs.h \
	%D%/cmd/compare.c %D%/cmd/compare.h \
	%D%/cmd/describes.c %D%/cmd/describes.h \
	%D%/cmd/diag.c %D%/cmd/diag.h \
	%D%/cmd/examine.c %D%/cmd/examine.h \
	%D%/cmd/explains.c %D%/cmd/explains.h \
	%D%/cmd/feed.c %D%/cmd/feed.h \
	%D%/cmd/filter.c %D%/cmd/filter.h \
	%D%/cmd/guard.c %D%/cmd/guard.h \
	%D%/cmd/includes.c %D%/cmd/includes.h \
	%D%/cmd/inputs.c %D%/cmd/inputs.h \
	%D%/cmd/options.c %D%/cmd/options.h \
	%D%/cmd/options_bytes.c \
	%D%/cmd/options_describe.c \
	%D%/cmd/options_diff.c \
	%D%/cmd/options_help.c \
	%D%/cmd/options_match.c \
	%D%/cmd/options_row.h \
	%D%/cmd/options_table.c \
	%D%/cmd/option_pointer.c %D%/cmd/option_pointer.h \
	%D%/cmd/outputs.c %D%/cmd/outputs.h \
	%D%/cmd/progress.c %D%/cmd/progress.h \
	%D%/cmd/recognize.c %D%/cmd/recognize.h \
	%D%/cmd/rejects.c %D%/cmd/rejects.h \
	%D%/cmd/reject_messages.c %D%/cmd/reject_messages.h \
	%D%/cmd/row_inputs.c %D%/cmd/row_inputs.h \
	%D%/cmd/run.c %D%/cmd/run.h

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
