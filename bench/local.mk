# What scripts/bench measures with, and the programs that it compares whorl with.

EXTRA_DIST += \
	%D%/budget.py \
	%D%/diff.py \
	%D%/floor.c \
	%D%/gunzip.c \
	%D%/library_ids.py \
	%D%/match.py \
	%D%/measure.py \
	%D%/moments.py \
	%D%/probe.c \
	%D%/rivals/Cargo.toml \
	%D%/rivals/jsmn.c \
	%D%/rivals/library-ids.js \
	%D%/rivals/rival.go \
	%D%/rivals/rival.js \
	%D%/rivals/rival.rs \
	%D%/rivals/survey-duckdb.js \
	%D%/survey.py
