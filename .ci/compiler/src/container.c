/*
 * Stands in for libsvm_container: tells the executable how much memory and how many processors the cgroups of its process
 * grant, so that heap and threads fit into the limits of a pod. The declarations are in
 * com.oracle.svm.core.container.ContainerLibrary, the meaning of the values in Container.
 *
 * The limits of a cgroup and of all those above it hold. Hierarchies are expected where systemd and container runtimes
 * mount them, below /sys/fs/cgroup. A container may see only its own cgroup there, as the root of the hierarchy, while
 * /proc/self/cgroup gives the path on the host: folders that do not exist have no limit.
 */
#define _GNU_SOURCE
#include <jni.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A test compiles this file with another folder. */
#ifndef ROOT
#define ROOT ""
#endif

#define INTERFACE_VERSION 240100
#define NOT_CONTAINERIZED 0
#define CONTAINERIZED 1
#define LIBRARY_TOO_OLD 2
#define LIBRARY_TOO_NEW 3

#define UNLIMITED (-1)

struct cgroup {
  int version;
  size_t mount_length; /* of the beginning of the folder, where the hierarchy is mounted */
  char folder[2 * PATH_MAX];
};

static int contains(const char *list, const char *name) {
  size_t length = strlen(name);
  for (const char *at = list; (at = strstr(at, name)) != NULL; at += length) {
    int begins = at == list || at[-1] == ',';
    int ends = at[length] == '\0' || at[length] == ',';
    if (begins && ends) {
      return 1;
    }
  }
  return 0;
}

static void enter(struct cgroup *group, int version, const char *controller, const char *path) {
  group->version = version;
  if (version == 1) {
    group->mount_length = snprintf(group->folder, PATH_MAX, ROOT "/sys/fs/cgroup/%s", controller);
  } else {
    group->mount_length = snprintf(group->folder, PATH_MAX, ROOT "/sys/fs/cgroup");
  }
  /* The process may have come from a cgroup outside of what its namespace shows: then only the root can be read. */
  int outside = strncmp(path, "/..", 3) == 0;
  if (!outside && strcmp(path, "/") != 0) {
    strncat(group->folder, path, PATH_MAX);
  }
}

/* Finds the cgroup of this process that the controller applies to. A line of /proc/self/cgroup is number:controllers:path,
 * without controllers if it is of version 2. A controller of version 1 is not one of version 2 at the same time. */
static int find_cgroup(struct cgroup *group, const char *controller) {
  FILE *file = fopen(ROOT "/proc/self/cgroup", "r");
  if (file == NULL) {
    return 0;
  }
  int found = 0;
  char line[PATH_MAX + 256];
  while (found != 1 && fgets(line, sizeof line, file) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    char *controllers = strchr(line, ':');
    char *path = controllers == NULL ? NULL : strchr(controllers + 1, ':');
    if (path == NULL) {
      continue;
    }
    *path++ = '\0';
    controllers++;
    if (contains(controllers, controller)) {
      found = 1;
      enter(group, 1, controller, path);
    } else if (*controllers == '\0') {
      found = 2;
      enter(group, 2, controller, path);
    }
  }
  fclose(file);
  return found != 0;
}

/* Goes to the cgroup above; 0 if there is none. */
static int leave(struct cgroup *group) {
  if (strlen(group->folder) <= group->mount_length) {
    return 0;
  }
  *strrchr(group->folder, '/') = '\0';
  return 1;
}

/* Reads the first line of a file of the cgroup; 0 if it does not exist. */
static int read_line(const struct cgroup *group, const char *name, char *line, int size) {
  char path[sizeof group->folder + 64];
  snprintf(path, sizeof path, "%s/%s", group->folder, name);
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    return 0;
  }
  int read = fgets(line, size, file) != NULL;
  fclose(file);
  return read;
}

static long number(const char *text) {
  char *end;
  long value = strtol(text, &end, 10);
  return end == text || value <= 0 ? UNLIMITED : value;
}

static long read_number(const struct cgroup *group, const char *name) {
  char line[64];
  return read_line(group, name, line, sizeof line) ? number(line) : UNLIMITED;
}

static long lower(long one, long other) {
  if (one == UNLIMITED) {
    return other;
  }
  return other == UNLIMITED || one < other ? one : other;
}

static long memory_of_machine(void) {
  return sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
}

static long memory_limit(void) {
  struct cgroup group;
  long limit = UNLIMITED;
  for (int more = find_cgroup(&group, "memory"); more; more = leave(&group)) {
    limit = lower(limit, read_number(&group, group.version == 1 ? "memory.limit_in_bytes" : "memory.max"));
  }
  /* Version 1 says unlimited by a number that no machine has. */
  return limit < memory_of_machine() ? limit : UNLIMITED;
}

/* The processors that a quota of CPU time is worth, rounded up. */
static long quota_of(const struct cgroup *group) {
  long quota;
  long period;
  if (group->version == 1) {
    quota = read_number(group, "cpu.cfs_quota_us");
    period = read_number(group, "cpu.cfs_period_us");
  } else {
    char line[64];
    if (!read_line(group, "cpu.max", line, sizeof line)) {
      return UNLIMITED;
    }
    quota = number(line);
    period = number(line + strcspn(line, " "));
  }
  return quota == UNLIMITED || period == UNLIMITED ? UNLIMITED : (quota + period - 1) / period;
}

static int processors_of_machine(void) {
  cpu_set_t usable;
  return sched_getaffinity(0, sizeof usable, &usable) == 0 ? CPU_COUNT(&usable) : (int)sysconf(_SC_NPROCESSORS_ONLN);
}

static int processors(void) {
  struct cgroup group;
  long limit = processors_of_machine();
  for (int more = find_cgroup(&group, "cpu"); more; more = leave(&group)) {
    limit = lower(limit, quota_of(&group));
  }
  return (int)limit;
}

static int is_limited(void) {
  return memory_limit() != UNLIMITED || processors() != processors_of_machine();
}

int svm_container_initialize(int version) {
  if (version > INTERFACE_VERSION) {
    return LIBRARY_TOO_OLD;
  }
  if (version < INTERFACE_VERSION) {
    return LIBRARY_TOO_NEW;
  }
  return is_limited() ? CONTAINERIZED : NOT_CONTAINERIZED;
}

long svm_container_physical_memory(void) {
  return lower(memory_limit(), memory_of_machine());
}

long svm_container_memory_limit_in_bytes(void) {
  return memory_limit();
}

int svm_container_active_processor_count(void) {
  return processors();
}

/* What the library declares besides, and nothing of the builder calls. */
#define UNKNOWN(name) \
  long svm_container_##name(void) { \
    return UNLIMITED; \
  }
UNKNOWN(memory_and_swap_limit_in_bytes)
UNKNOWN(memory_soft_limit_in_bytes)
UNKNOWN(memory_usage_in_bytes)
UNKNOWN(memory_max_usage_in_bytes)
UNKNOWN(rss_usage_in_bytes)
UNKNOWN(cache_usage_in_bytes)

/* The JDK's own classes for cgroups ask the virtual machine. */
jboolean JVM_IsUseContainerSupport(void) {
  return JNI_TRUE;
}

jboolean JVM_IsContainerized(void) {
  return is_limited() ? JNI_TRUE : JNI_FALSE;
}
