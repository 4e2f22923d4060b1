// Fails, or kills the process at, the n-th write, sync or rename of this process.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long countdown = -1, calls = 0;
static int failure = 0;

void arm(long after, int error) { countdown = after; failure = error; calls = 0; }
long seen(void) { return calls; }

static int fails(int fd) {
    if (fd >= 0 && fd <= 2) return 0;
    calls++;
    if (countdown < 0 || countdown-- > 0) return 0;
    countdown = failure == EIO ? 0 : -1;  // a broken disk stays broken; a kill needs no second
    if (failure == -1) { kill(getpid(), SIGKILL); }
    errno = failure;
    return 1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
ssize_t write(int fd, const void *b, size_t n) { return fails(fd) ? -1 : NEXT(write)(fd, b, n); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) { return fails(fd) ? -1 : NEXT(pwrite)(fd, b, n, o); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) { return fails(fd) ? -1 : NEXT(pwrite64)(fd, b, n, o); }
ssize_t writev(int fd, const struct iovec *v, int n) { return fails(fd) ? -1 : NEXT(writev)(fd, v, n); }
int fsync(int fd) { return fails(fd) ? -1 : NEXT(fsync)(fd); }
int fdatasync(int fd) { return fails(fd) ? -1 : NEXT(fdatasync)(fd); }
int ftruncate(int fd, off_t n) { return fails(fd) ? -1 : NEXT(ftruncate)(fd, n); }
int rename(const char *a, const char *b) { return fails(-1) ? -1 : NEXT(rename)(a, b); }
