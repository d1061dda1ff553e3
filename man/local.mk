# The manual. The pages are the specification of record.

dist_man_MANS += %D%/whorl.1
