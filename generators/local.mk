# Programs that make records: to measure with, and to compare two engines with.

EXTRA_DIST += \
	%D%/bench-inputs \
	%D%/bench_kinds.py \
	%D%/bench_records.py \
	%D%/bench_visitors.py \
	%D%/hard-records \
	%D%/hard_field.py \
	%D%/hard_shapes.py \
	%D%/hard_values.py
