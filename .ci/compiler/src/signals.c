/*
 * Part of what stands in for libchelper: counts the signals that arrive, and wakes the thread that runs their handlers in
 * Java. Declared in com.oracle.svm.core.posix.headers.CSunMiscSignal.
 */
#include <errno.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stddef.h>

#define SIGNALS 65
#define CLAIMED_BY_ANOTHER 1

static sem_t storage;
static sem_t *arrived;
static atomic_int claimed;
static atomic_long pending[SIGNALS];

int cSunMiscSignal_open(void) {
  int unclaimed = 0;
  if (!atomic_compare_exchange_strong(&claimed, &unclaimed, 1)) {
    return CLAIMED_BY_ANOTHER;
  }
  if (sem_init(&storage, 0, 0) != 0) {
    atomic_store(&claimed, 0);
    return -1;
  }
  arrived = &storage;
  for (int signal = 0; signal < SIGNALS; signal++) {
    atomic_store(&pending[signal], 0);
  }
  return 0;
}

int cSunMiscSignal_close(void) {
  if (arrived == NULL) {
    return 0;
  }
  int result = sem_destroy(arrived);
  arrived = NULL;
  atomic_store(&claimed, 0);
  return result;
}

int cSunMiscSignal_awaitSemaphore(void) {
  return sem_wait(arrived);
}

int cSunMiscSignal_signalSemaphore(void) {
  return sem_post(arrived);
}

int cSunMiscSignal_signalRangeCheck(int signal) {
  return signal > 0 && signal < SIGNALS;
}

int cSunMiscSignal_checkPendingSignal(void) {
  for (int signal = 0; signal < SIGNALS; signal++) {
    long count = atomic_load(&pending[signal]);
    while (count > 0) {
      if (atomic_compare_exchange_weak(&pending[signal], &count, count - 1)) {
        return signal;
      }
    }
  }
  return -1;
}

static void handle(int signal) {
  int saved = errno;
  if (cSunMiscSignal_signalRangeCheck(signal)) {
    atomic_fetch_add(&pending[signal], 1);
    if (arrived != NULL) {
      sem_post(arrived);
    }
  }
  errno = saved;
}

void *cSunMiscSignal_signalHandlerFunctionPointer(void) {
  return (void *)handle;
}
