/*
 * The functions of a virtual machine that the JDK's static libraries refer to and an executable never calls: the builder
 * substitutes the Java methods that would. `build` writes jvm_names.h: MISSING(name) for each function of which the
 * libraries have no definition. Those of jvm.c and container.c take precedence.
 */
#include <stdio.h>
#include <stdlib.h>

#define MISSING(name) \
  __attribute__((weak)) void name(void) { \
    fputs(#name " was called, which an executable does not have\n", stderr); \
    abort(); \
  }

#include "jvm_names.h"
