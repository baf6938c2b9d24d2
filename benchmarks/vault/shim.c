/* Between a program and the C library: counts the calls that change files under one folder, makes
   one of them fail (or ends the process there), and can write all of them down for replaying.
   Built and loaded by shim.py; nothing of it is part of the program. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { KILL_BEFORE = -1, KILL_AFTER = -2 };
static char root[PATH_MAX];
static size_t root_len;
static long at_call, seen, hits;
static int how, sticky, log_fd = -1;

void shim_arm(const char *folder, long at, int error, int from_then_on, int record) {
  snprintf(root, sizeof root, "%s", folder);
  root_len = strlen(root);
  at_call = at; how = error; sticky = from_then_on; log_fd = record; seen = hits = 0;
}
void shim_disarm(void) { root_len = 0; }
long shim_seen(void) { return seen; }
long shim_hits(void) { return hits; }

static int inside(const char *path) {
  return root_len && !strncmp(path, root, root_len) && (path[root_len] == '/' || !path[root_len]);
}
static int of_fd(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, PATH_MAX - 1);
  if (size < 0) return 0;
  path[size] = 0;
  return inside(path);
}
static int of_name(int dir, const char *name, char *path) {
  if (name[0] == '/') snprintf(path, PATH_MAX, "%s", name);
  else {
    char folder[PATH_MAX];
    if (dir == AT_FDCWD) { if (!getcwd(folder, sizeof folder)) return 0; }
    else if (!of_fd(dir, folder)) return 0;
    if (snprintf(path, PATH_MAX, "%s/%s", folder, name) >= PATH_MAX) return 0;
  }
  return inside(path);
}
static void put(const char *data, size_t size) {
  while (size) {
    long done = syscall(SYS_write, log_fd, data, size);
    if (done <= 0) return;
    data += done; size -= (size_t)done;
  }
}
static void note(const char *what, const char *one, const char *two, long long offset, size_t size,
                 const void *data) {
  if (log_fd < 0 || !root_len) return;
  char line[3 * PATH_MAX];
  int length = snprintf(line, sizeof line, "%s\t%s\t%s\t%lld\t%zu\n", what, one, two, offset, size);
  put(line, (size_t)length);
  if (data) put(data, size);
}
void shim_mark(const char *what) { note("mark", what, "", 0, 0, 0); }

/* Whether this call, the next one that changes something, is to fail; ends the process if so told.
   `fits` says whether a call of this kind can meet this error at all. */
static int fails(int fits) {
  seen++;
  if (!at_call || (sticky ? seen < at_call : seen != at_call)) return 0;
  if (how == KILL_BEFORE) kill(getpid(), SIGKILL);
  if (how < 0 || !fits) return 0;
  hits++;
  errno = how;
  return 1;
}
static void after(void) {
  if (root_len && at_call && how == KILL_AFTER && seen == at_call) kill(getpid(), SIGKILL);
}
static int full(void) { return how != ENOSPC; }

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)

static int opening(const char *call, int dir, const char *name, int flags, mode_t mode) {
  static int (*real)(int, const char *, int, ...);
  if (!real) real = dlsym(RTLD_NEXT, "openat64");
  (void)call;
  char path[PATH_MAX];
  if (!(flags & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR)) || !of_name(dir, name, path))
    return real(dir, name, flags, mode);
  struct stat was;
  int there = !stat(path, &was);
  int makes = !there && (flags & O_CREAT);
  if (fails(how == ENOSPC ? makes : how == EIO ? 1 : (flags & (O_CREAT | O_WRONLY | O_RDWR)) != 0))
    return -1;
  int fd = real(dir, name, flags, mode);
  if (fd >= 0 && makes) note("create", path, "", 0, 0, 0);
  if (fd >= 0 && there && (flags & O_TRUNC)) note("truncate", path, "", 0, 0, 0);
  after();
  return fd;
}
#define MODE(flags, mode) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *name, int flags, ...) { MODE(flags, mode) return opening("open", AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags, mode) return opening("open", AT_FDCWD, name, flags, mode); }
int openat(int dir, const char *name, int flags, ...) { MODE(flags, mode) return opening("open", dir, name, flags, mode); }
int openat64(int dir, const char *name, int flags, ...) { MODE(flags, mode) return opening("open", dir, name, flags, mode); }

ssize_t write(int fd, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  char path[PATH_MAX];
  if (!root_len || !of_fd(fd, path)) return real(fd, data, size);
  if (fails(1)) {
    if (how == ENOSPC && size > 1) real(fd, data, size / 2); /* as much as there was room for */
    errno = how;
    return -1;
  }
  long long offset = lseek64(fd, 0, SEEK_CUR);
  ssize_t done = real(fd, data, size);
  if (done > 0) note("write", path, "", offset, (size_t)done, data);
  after();
  return done;
}
static ssize_t writing(int fd, const void *data, size_t size, off64_t offset) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  char path[PATH_MAX];
  if (!root_len || !of_fd(fd, path)) return real(fd, data, size, offset);
  if (fails(1)) {
    if (how == ENOSPC && size > 1) real(fd, data, size / 2, offset);
    errno = how;
    return -1;
  }
  ssize_t done = real(fd, data, size, offset);
  if (done > 0) note("write", path, "", offset, (size_t)done, data);
  after();
  return done;
}
ssize_t pwrite64(int fd, const void *d, size_t s, off64_t o) { return writing(fd, d, s, o); }
ssize_t pwrite(int fd, const void *d, size_t s, off_t o) { return writing(fd, d, s, o); }
static int cutting(int fd, off64_t size) {
  REAL(int, "ftruncate64", int, off64_t);
  char path[PATH_MAX];
  if (!root_len || !of_fd(fd, path)) return real(fd, size);
  if (fails(full())) return -1;
  int done = real(fd, size);
  if (!done) note("truncate", path, "", size, 0, 0);
  after();
  return done;
}
int ftruncate64(int fd, off64_t size) { return cutting(fd, size); }
int ftruncate(int fd, off_t size) { return cutting(fd, size); }
static int syncing(const char *call, int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, call);
  char path[PATH_MAX];
  if (!root_len || !of_fd(fd, path)) return real(fd);
  if (fails(1)) return -1;
  int done = real(fd);
  if (!done) note("sync", path, "", 0, 0, 0);
  after();
  return done;
}
int fsync(int fd) { return syncing("fsync", fd); }
int fdatasync(int fd) { return syncing("fdatasync", fd); }

#define TWO_NAMES(what, fits, call) \
  char one[PATH_MAX], two[PATH_MAX]; \
  if (!root_len || !of_name(from, old, one) || !of_name(to, new, two)) return call; \
  if (fails(fits)) return -1; \
  int done = call; \
  if (!done) note(what, one, two, 0, 0, 0); \
  after(); \
  return done
static int renaming(int from, const char *old, int to, const char *new) {
  REAL(int, "renameat", int, const char *, int, const char *);
  TWO_NAMES("rename", full(), real(from, old, to, new));
}
int rename(const char *old, const char *new) { return renaming(AT_FDCWD, old, AT_FDCWD, new); }
int renameat(int f, const char *old, int t, const char *new) { return renaming(f, old, t, new); }
static int linking(int from, const char *old, int to, const char *new, int flags) {
  REAL(int, "linkat", int, const char *, int, const char *, int);
  TWO_NAMES("link", 1, real(from, old, to, new, flags));
}
int link(const char *old, const char *new) { return linking(AT_FDCWD, old, AT_FDCWD, new, 0); }
int linkat(int f, const char *o, int t, const char *n, int flags) { return linking(f, o, t, n, flags); }

#define ONE_NAME(what, fits, call) \
  char path[PATH_MAX]; \
  if (!root_len || !of_name(dir, name, path)) return call; \
  if (fails(fits)) return -1; \
  int done = call; \
  if (!done) note(what, path, "", 0, 0, 0); \
  after(); \
  return done
static int removing(int dir, const char *name, int flags) {
  REAL(int, "unlinkat", int, const char *, int);
  ONE_NAME((flags & AT_REMOVEDIR) ? "rmdir" : "unlink", full(), real(dir, name, flags));
}
int unlink(const char *name) { return removing(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return removing(AT_FDCWD, name, AT_REMOVEDIR); }
int unlinkat(int dir, const char *name, int flags) { return removing(dir, name, flags); }
static int making(int dir, const char *name, mode_t mode) {
  REAL(int, "mkdirat", int, const char *, mode_t);
  ONE_NAME("mkdir", 1, real(dir, name, mode));
}
int mkdir(const char *name, mode_t mode) { return making(AT_FDCWD, name, mode); }
int mkdirat(int dir, const char *name, mode_t mode) { return making(dir, name, mode); }
