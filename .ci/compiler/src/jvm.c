/*
 * Stands in for libjvm: the functions of a virtual machine that the JDK's static libraries call in an executable. Those
 * that are never called there are in jvm_missing.c.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <jni.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NANOSECONDS 1000000000LL
#define WEAK __attribute__((weak))

/* Refers to this library from com.oracle.svm.core.jdk.Jvm. */
void initialize(void) {
}

int JVM_ActiveProcessorCount(void) {
  cpu_set_t usable;
  return sched_getaffinity(0, sizeof usable, &usable) == 0 ? CPU_COUNT(&usable) : (int)sysconf(_SC_NPROCESSORS_ONLN);
}

int jio_vsnprintf(char *text, size_t size, const char *format, va_list values) {
  if (size == 0) {
    return -1;
  }
  int length = vsnprintf(text, size, format, values);
  if (length < 0 || (size_t)length >= size) {
    text[size - 1] = '\0';
    return -1;
  }
  return length;
}

int jio_snprintf(char *text, size_t size, const char *format, ...) {
  va_list values;
  va_start(values, format);
  int length = jio_vsnprintf(text, size, format, values);
  va_end(values);
  return length;
}

int jio_vfprintf(FILE *file, const char *format, va_list values) {
  return vfprintf(file, format, values);
}

int jio_fprintf(FILE *file, const char *format, ...) {
  va_list values;
  va_start(values, format);
  int length = vfprintf(file, format, values);
  va_end(values);
  return length;
}

static struct timespec now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time;
}

jlong JVM_CurrentTimeMillis(JNIEnv *environment, jclass ignored) {
  struct timespec time = now(CLOCK_REALTIME);
  return (jlong)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

jlong JVM_NanoTime(JNIEnv *environment, jclass ignored) {
  struct timespec time = now(CLOCK_MONOTONIC);
  return (jlong)time.tv_sec * NANOSECONDS + time.tv_nsec;
}

/* -1 if the difference to the given second is too large. */
jlong JVM_GetNanoTimeAdjustment(JNIEnv *environment, jclass ignored, jlong second) {
  struct timespec time = now(CLOCK_REALTIME);
  jlong difference = (jlong)time.tv_sec - second;
  if (difference > 0x100000000LL || difference < -0x100000000LL) {
    return -1;
  }
  return difference * NANOSECONDS + time.tv_nsec;
}

char *JVM_NativePath(char *path) {
  return path;
}

void *JVM_RawMonitorCreate(void) {
  pthread_mutex_t *monitor = malloc(sizeof *monitor);
  if (monitor != NULL) {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(monitor, &attributes);
    pthread_mutexattr_destroy(&attributes);
  }
  return monitor;
}

void JVM_RawMonitorDestroy(void *monitor) {
  pthread_mutex_destroy(monitor);
  free(monitor);
}

jint JVM_RawMonitorEnter(void *monitor) {
  return pthread_mutex_lock(monitor);
}

void JVM_RawMonitorExit(void *monitor) {
  pthread_mutex_unlock(monitor);
}

void *JVM_FindLibraryEntry(void *library, const char *name) {
  return dlsym(library, name);
}

jboolean JVM_IsSupportedJNIVersion(jint version) {
  return version >= JNI_VERSION_1_1;
}

jboolean JVM_IsContinuationsSupported(void) {
  return JNI_TRUE;
}

static const struct {
  const char *name;
  int number;
} SIGNALS[] = {
    {"ABRT", SIGABRT}, {"ALRM", SIGALRM}, {"BUS", SIGBUS}, {"CHLD", SIGCHLD}, {"CONT", SIGCONT}, {"FPE", SIGFPE},
    {"HUP", SIGHUP}, {"ILL", SIGILL}, {"INT", SIGINT}, {"IO", SIGIO}, {"KILL", SIGKILL}, {"PIPE", SIGPIPE},
    {"POLL", SIGPOLL}, {"PROF", SIGPROF}, {"PWR", SIGPWR}, {"QUIT", SIGQUIT}, {"SEGV", SIGSEGV}, {"STOP", SIGSTOP},
    {"SYS", SIGSYS}, {"TERM", SIGTERM}, {"TRAP", SIGTRAP}, {"TSTP", SIGTSTP}, {"TTIN", SIGTTIN}, {"TTOU", SIGTTOU},
    {"URG", SIGURG}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2}, {"VTALRM", SIGVTALRM}, {"WINCH", SIGWINCH},
    {"XCPU", SIGXCPU}, {"XFSZ", SIGXFSZ},
};

/* By its name, with or without SIG; -1 if there is none. */
jint JVM_FindSignal(const char *name) {
  if (strncmp(name, "SIG", 3) == 0) {
    name += 3;
  }
  for (size_t i = 0; i < sizeof SIGNALS / sizeof *SIGNALS; i++) {
    if (strcmp(SIGNALS[i].name, name) == 0) {
      return SIGNALS[i].number;
    }
  }
  return -1;
}

jboolean JVM_RaiseSignal(jint signal) {
  return raise(signal) == 0;
}

void JVM_BeforeHalt(void) {
}

void JVM_Halt(jint code) {
  fflush(NULL);
  _exit(code);
}

/* JDK 25.0.3 asks for this. Static libraries of 25.0.2 have Java_java_io_Console_istty instead; later ones have it. */
WEAK jint Java_java_io_Console_ttyStatus(JNIEnv *environment, jclass ignored) {
  return (isatty(0) ? 1 : 0) | (isatty(1) ? 2 : 0) | (isatty(2) ? 4 : 0);
}
