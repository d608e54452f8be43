/*
 * Part of what stands in for libchelper: the user's locale, from the environment. Language and country only, no script and
 * no variant. Declared in com.oracle.svm.core.c.locale.LocaleCHelper.
 */
#include <locale.h>
#include <stddef.h>
#include <string.h>

#include "../include/svm_locale.h"

static svm_locale_props_t locale_of_user;

/* A name is language_COUNTRY.encoding@modifier, or C or POSIX, which stand for English. */
static int parse(int category, const char **language, const char **country) {
  const char *name = setlocale(category, NULL);
  *language = "en";
  *country = NULL;
  if (name == NULL || strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0 || strncmp(name, "C.", 2) == 0) {
    return SVM_LOCALE_INITIALIZATION_SUCCEEDED;
  }
  char *copy = strdup(name);
  if (copy == NULL) {
    return SVM_LOCALE_INITIALIZATION_OUT_OF_MEMORY;
  }
  copy[strcspn(copy, ".@")] = '\0';
  char *underscore = strchr(copy, '_');
  if (underscore != NULL) {
    *underscore = '\0';
    if (underscore[1] != '\0') {
      *country = underscore + 1;
    }
  }
  if (*copy != '\0') {
    *language = copy;
  }
  return SVM_LOCALE_INITIALIZATION_SUCCEEDED;
}

int svm_initialize_locale(void) {
  svm_locale_props_t *user = &locale_of_user;
  setlocale(LC_ALL, "");
  int result = parse(LC_MESSAGES, &user->display_language, &user->display_country);
  if (result == SVM_LOCALE_INITIALIZATION_SUCCEEDED) {
    result = parse(LC_CTYPE, &user->format_language, &user->format_country);
  }
  return result;
}

const svm_locale_props_t *svm_get_locale(void) {
  return &locale_of_user;
}
