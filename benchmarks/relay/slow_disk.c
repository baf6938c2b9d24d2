/* Makes every write-through to the disk take at least SLOW_MS milliseconds longer: a spinning disk
   or a cheap virtual one. Loaded before the C library (LD_PRELOAD); nothing of it is shipped. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_ms(void) {
  const char *ms = getenv("SLOW_MS");
  long ns = ms ? atol(ms) * 1000000L : 0;
  struct timespec pause = {ns / 1000000000L, ns % 1000000000L};
  nanosleep(&pause, 0);
}
int fsync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fsync");
  wait_ms();
  return real(fd);
}
int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
  wait_ms();
  return real(fd);
}
