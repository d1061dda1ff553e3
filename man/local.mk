# The manual. The pages are the specification of record.

dist_man_MANS += %D%/whorl.1 %D%/whorl-diff.1 %D%/whorl-match.1 %D%/whorl-survey.1 \
	%D%/whorl-catalog.5 %D%/whorl-record.5 %D%/whorl-vector.5 \
	%D%/whorl-identify.7 %D%/whorl-parity.7
