# What a checkout or a tarball is set up, checked and made with.

EXTRA_DIST += \
	%D%/bench \
	%D%/check \
	%D%/collect \
	%D%/embed-tables \
	%D%/freeze \
	%D%/fuzz \
	%D%/identify/clickhouse/known.sql \
	%D%/identify/clickhouse/match.sql \
	%D%/identify/clickhouse/records.sql \
	%D%/identify/constants.sql \
	%D%/identify/duckdb/known.sql \
	%D%/identify/duckdb/match.sql \
	%D%/identify/duckdb/records.sql \
	%D%/identify/duckdb/run.js \
	%D%/identify/run \
	%D%/make-dtoa-powers \
	%D%/make-evidence \
	%D%/make-identities-stability \
	%D%/make-population \
	%D%/make-timezone \
	%D%/make-unicode-assigned \
	%D%/pgo-train \
	%D%/population.tsv \
	%D%/population_devices.py \
	%D%/population_names.py \
	%D%/population_signals.py \
	%D%/quickstart \
	%D%/read-vectors.py \
	%D%/renew-example \
	%D%/renew-manual \
	%D%/renew-parity-page \
	%D%/renew-record-page \
	%D%/renew-steps-table \
	%D%/setup.sh
