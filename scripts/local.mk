# What a checkout or a tarball is set up, checked and made with.

EXTRA_DIST += \
	%D%/bench \
	%D%/check \
	%D%/embed \
	%D%/embed-tables \
	%D%/freeze \
	%D%/fuzz \
	%D%/make-dtoa-powers \
	%D%/make-timezone \
	%D%/make-unicode-assigned \
	%D%/quickstart \
	%D%/read-vectors.py \
	%D%/renew-example \
	%D%/renew-manual \
	%D%/renew-steps-table \
	%D%/setup.sh
