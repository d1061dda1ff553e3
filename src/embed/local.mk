# What makes data/builtin.c: a program of the machine on which whorl is built, which may be another
# one than that on which it will run, from the compiler of catalogs and the files below.

EMBED_FILES = \
	%D%/config.h \
	%D%/literal.c %D%/literal.h \
	%D%/main.c \
	%D%/tables.c %D%/tables.h \
	%D%/unicode.c
EXTRA_DIST += $(EMBED_FILES)

EMBED = %D%/embed
CLEANFILES += $(EMBED)
$(EMBED): $(COMPILER_FILES) $(EMBED_FILES) data/tables.c
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	sources= && for file in $(COMPILER_FILES) $(EMBED_FILES); do \
		case $$file in *.c) sources="$$sources $(top_srcdir)/$$file" ;; esac; \
	done && \
	$(CC_FOR_BUILD) -std=gnu11 -I$(top_srcdir)/%D% -I$(top_srcdir)/src \
		$(CPPFLAGS_FOR_BUILD) $(WARN_CFLAGS_FOR_BUILD) $(CFLAGS_FOR_BUILD) \
		$(LDFLAGS_FOR_BUILD) -o $@ $$sources data/tables.c -lm
