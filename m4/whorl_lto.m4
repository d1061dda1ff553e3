# WHORL_LTO: link-time optimization, by default where it works: the compiler sees the program as a
# whole, when it is linked. Sets LTO_CFLAGS, for what the program is made of and for its link,
# and LTO_NO_LDFLAGS, for programs linked with the same objects as if nothing were.
#
# Objects are fat, with code beside what link-time optimization needs: so any ar and ranlib do,
# and the tests, which are many, link in no time.
AC_DEFUN([WHORL_LTO], [
AC_ARG_ENABLE([lto],
  [AS_HELP_STRING([--disable-lto],
                  [compile file by file, which takes less time; default where
                   link-time optimization does not work, and with sanitizers])],
  [], [AS_IF([test -n "$SANITIZE_CFLAGS"], [enable_lto=no], [enable_lto=auto])])
LTO_CFLAGS=
LTO_NO_LDFLAGS=
AS_IF([test "$enable_lto" != no],
  [AC_MSG_CHECKING([whether link-time optimization works])
   whorl_lto='-flto=auto -ffat-lto-objects'
   AS_IF([WHORL_LTO_TRY([$whorl_lto], [-fno-lto])],
     [AC_MSG_RESULT([yes])
      LTO_CFLAGS=$whorl_lto
      LTO_NO_LDFLAGS=-fno-lto],
     [AC_MSG_RESULT([no])
      AS_IF([test "$enable_lto" = yes],
        [AC_MSG_ERROR([the compiler does not link with $whorl_lto, see config.log])])])])
AC_SUBST([LTO_CFLAGS])
AC_SUBST([LTO_NO_LDFLAGS])
])

# WHORL_LTO_TRY(ON, OFF): a shell command: does a program with a library link with either?
AC_DEFUN([WHORL_LTO_TRY], [{
mkdir conftest.lto &&
echo 'int one(void); int one(void) { return 1; }' >conftest.lto/one.c &&
echo 'int one(void); int main(void) { return one() - 1; }' >conftest.lto/main.c &&
(cd conftest.lto && set -x &&
  $CC $CPPFLAGS $CFLAGS $1 -Werror -c one.c && $AR $ARFLAGS libone.a one.o && $RANLIB libone.a &&
  $CC $CPPFLAGS $CFLAGS $1 -Werror -c main.c &&
  $CC $CFLAGS $1 -Werror $LDFLAGS main.o libone.a -o with &&
  $CC $CFLAGS $2 $LDFLAGS main.o libone.a -o without) >&AS_MESSAGE_LOG_FD 2>&1
whorl_status=$?
rm -rf conftest.lto
test $whorl_status -eq 0
}])
