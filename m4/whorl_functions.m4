# WHORL_FUNCTIONS: what whorl uses of the C library beyond C11 and the base of POSIX.1-2008. There
# are no replacements: each must be there. What whorl can do without is looked for where it is
# used: MADV_HUGEPAGE, O_TMPFILE, and mallopt() of malloc.h.
#
# All are looked for before configure gives up, so that one run names all that is missing.
AC_DEFUN([WHORL_FUNCTIONS], [
whorl_missing=
AC_CHECK_HEADERS([endian.h getopt.h sys/mman.h sys/random.h], [],
  [whorl_missing="$whorl_missing $ac_header"])
AC_CHECK_FUNCS([aligned_alloc getopt_long getrandom memmem memrchr mkostemp posix_fadvise ppoll \
                sched_getaffinity sigtimedwait], [],
  [whorl_missing="$whorl_missing $ac_func()"])
m4_foreach_w([whorl_name], [CPU_COUNT_S htobe64 htole16 htole32 htole64 le32toh le64toh],
  [AC_CHECK_DECL(whorl_name, [], [whorl_missing="$whorl_missing whorl_name"],
     [[#include <sched.h>
#ifdef HAVE_ENDIAN_H
#include <endian.h>
#endif]])
])
AS_IF([test -n "$whorl_missing"],
  [AC_MSG_ERROR([the C library lacks:$whorl_missing
whorl needs all of them, as Linux has them with glibc 2.25 or musl 1.1.20, or later.
Install such a library and its headers (libc6-dev or musl-dev), or set CC to a compiler for one.])])
])
