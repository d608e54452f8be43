/*
 * Part of what stands in for libchelper: what the executable asks the C library, in a form that it can call. Declared in
 * com.oracle.svm.core.LibCHelper, CodeSynchronizationOperations, posix.linux.LinuxLibCHelper, posix.headers.Fcntl and
 * posix.thread.PosixVMThreads.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* In the JDK's libjava. */
extern char *findJavaTZ_md(const char *java_home);

char **getEnviron(void) {
  return environ;
}

/* The mappings are of Windows. */
char *SVM_FindJavaTZmd(const char *mappings, int length) {
  (void)mappings;
  (void)length;
  return findJavaTZ_md(NULL);
}

void codeSynchronization_clearCache(long start, long size) {
  __builtin___clear_cache((char *)start, (char *)start + size);
}

int getThreadId(void) {
  return (int)syscall(SYS_gettid);
}

void *mremapP(void *old_address, size_t old_size, size_t new_size, int flags, void *new_address) {
  return mremap(old_address, old_size, new_size, flags, new_address);
}

/* In nanoseconds, -1 if unknown: the fourteenth field of the thread's stat, whose second field, the name, may have spaces
 * and ends with the last parenthesis. */
long getThreadUserTimeSlow(int thread) {
  char path[64];
  char text[2048];
  snprintf(path, sizeof path, "/proc/self/task/%d/stat", thread);
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    return -1;
  }
  size_t length = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[length] = '\0';
  char *field = strrchr(text, ')');
  for (int number = 2; field != NULL && number < 14; number++) {
    field = strchr(field + 1, ' ');
  }
  return field == NULL ? -1 : strtol(field, NULL, 10) * (1000000000L / sysconf(_SC_CLK_TCK));
}

/* With a fixed number of arguments, for functions that have a variable one. */
int openSII(const char *path, int flags, int mode) {
  return open(path, flags, mode);
}

int openatISII(int folder, const char *path, int flags, int mode) {
  return openat(folder, path, flags, mode);
}

int fprintfSD(FILE *file, const char *format, char *text, int number) {
  return fprintf(file, format, text, number);
}

/* The JDK's static libraries were compiled for a later C library than that of Debian 12, and use its new names of old
 * functions. */
#if !__GLIBC_PREREQ(2, 38)
long __isoc23_strtol(const char *text, char **end, int base) {
  return strtol(text, end, base);
}

int __isoc23_vsscanf(const char *text, const char *format, va_list values) {
  return vsscanf(text, format, values);
}

int __isoc23_sscanf(const char *text, const char *format, ...) {
  va_list values;
  va_start(values, format);
  int result = vsscanf(text, format, values);
  va_end(values);
  return result;
}

int __isoc23_fscanf(FILE *file, const char *format, ...) {
  va_list values;
  va_start(values, format);
  int result = vfscanf(file, format, values);
  va_end(values);
  return result;
}
#endif
