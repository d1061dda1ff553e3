# What a checkout or a tarball is set up, checked and made with.

EXTRA_DIST += \
	%D%/bench \
	%D%/check \
	%D%/embed \
	%D%/fuzz \
	%D%/make-dtoa-powers \
	%D%/make-unicode-assigned \
	%D%/quickstart \
	%D%/renew-example \
	%D%/setup.sh
