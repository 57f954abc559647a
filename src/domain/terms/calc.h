/* calc.h - the calculators: JSON in, JSON out, each a thin face over the function that the product itself
 * uses. So anyone can check a clause from the shell: lanting calc KIND < input.json. */
#pragma once
#include "base/error.h"

/* Runs calculator @kind; due days respect the built-in holidays. @json_out: transfer full.
 * Errors: INVALID with one field per fault; unknown kinds are NOT_FOUND. */
gboolean calc_run(const char *kind, const char *json_in, char **json_out, GError **error);

/* One calculator as `lanting calc --help` shows it. */
typedef struct {
    const char *kind;
    const char *doc;     /* what it answers, one line */
    const char *example; /* input that it accepts, one line */
} CalcKind;
/* All kinds; ends with a NULL kind. Static. */
const CalcKind *calc_kinds(void);
