/*
 * Makes the disk of a PostgreSQL server slow or full while it runs. Loaded into the server by LD_PRELOAD.
 *
 * A server works in its data directory. Beside that, a file with the directory's name and the suffix ".disk" says what is wrong:
 * "fsync 150" makes every flush take another 150 ms, "full" refuses every write with ENOSPC. Without the file nothing is wrong.
 * Processes that do not work in a data directory are left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* What is wrong with the disk now, as an empty string when nothing is. */
static void fault(char *text, size_t size)
{
    static char control[PATH_MAX];
    text[0] = 0;
    if (!control[0]) {
        char directory[PATH_MAX - 8];
        if (access("PG_VERSION", F_OK) != 0 || !getcwd(directory, sizeof directory))
            return;
        snprintf(control, sizeof control, "%s.disk", directory);
    }
    int file = open(control, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    ssize_t length = read(file, text, size - 1);
    text[length > 0 ? length : 0] = 0;
    close(file);
}

static void delay(void)
{
    char text[32];
    int before = errno;
    fault(text, sizeof text);
    errno = before;
    long milliseconds = strncmp(text, "fsync ", 6) == 0 ? atol(text + 6) : 0;
    if (milliseconds > 0) {
        struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
        nanosleep(&time, NULL);
    }
}

static int full(void)
{
    char text[32];
    int before = errno;
    fault(text, sizeof text);
    errno = before;
    return strncmp(text, "full", 4) == 0;
}

/* The function of the C library that this one stands before. */
#define NEXT(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

#define SLOW(name)                           \
    int name(int file)                       \
    {                                        \
        delay();                             \
        return NEXT(name)(file);             \
    }

#define REFUSED(type, name, parameters, arguments) \
    type name parameters                           \
    {                                              \
        if (full()) {                              \
            errno = ENOSPC;                        \
            return -1;                             \
        }                                          \
        return NEXT(name) arguments;               \
    }

/* These return the error. */
#define REFUSED_BY_CODE(name)                              \
    int name(int file, off_t offset, off_t length)         \
    {                                                      \
        return full() ? ENOSPC : NEXT(name)(file, offset, length); \
    }

SLOW(fsync)
SLOW(fdatasync)
REFUSED(ssize_t, pwrite, (int file, const void *bytes, size_t count, off_t offset), (file, bytes, count, offset))
REFUSED(ssize_t, pwrite64, (int file, const void *bytes, size_t count, off_t offset), (file, bytes, count, offset))
REFUSED(ssize_t, pwritev, (int file, const struct iovec *parts, int count, off_t offset), (file, parts, count, offset))
REFUSED(ssize_t, pwritev64, (int file, const struct iovec *parts, int count, off_t offset), (file, parts, count, offset))
REFUSED_BY_CODE(posix_fallocate)
REFUSED_BY_CODE(posix_fallocate64)
