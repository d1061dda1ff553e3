# What a checkout or a tarball is set up, checked and made with.

EXTRA_DIST += \
	%D%/bench \
	%D%/bench-gunzip.c \
	%D%/bench-inputs \
	%D%/bench-probe.c \
	%D%/bench-rivals/Cargo.toml \
	%D%/bench-rivals/jsmn.c \
	%D%/bench-rivals/rival.go \
	%D%/bench-rivals/rival.js \
	%D%/bench-rivals/rival.rs \
	%D%/bench_diff.py \
	%D%/bench_kinds.py \
	%D%/bench_measure.py \
	%D%/bench_moments.py \
	%D%/bench_records.py \
	%D%/bench_visitors.py \
	%D%/check \
	%D%/embed-tables \
	%D%/freeze \
	%D%/fuzz \
	%D%/hard-records \
	%D%/hard_field.py \
	%D%/hard_shapes.py \
	%D%/hard_values.py \
	%D%/make-dtoa-powers \
	%D%/make-identities-stability \
	%D%/make-timezone \
	%D%/make-unicode-assigned \
	%D%/parity \
	%D%/parity_compare.py \
	%D%/parity_reduce.py \
	%D%/parity_run.py \
	%D%/pgo-train \
	%D%/quickstart \
	%D%/read-vectors.py \
	%D%/renew-example \
	%D%/renew-manual \
	%D%/renew-parity-page \
	%D%/renew-steps-table \
	%D%/setup.sh
