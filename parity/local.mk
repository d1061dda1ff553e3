# The program that compares two engines, whorl-parity(7).

EXTRA_DIST += \
	%D%/compare.py \
	%D%/parity \
	%D%/reduce.py \
	%D%/run.py
