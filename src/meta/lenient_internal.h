/* lenient_internal.h - what messy spreadsheets write for a value, turned into its strict form. */
#pragma once
#include "meta/meta.h"

/* The strict JSON form of @text for @field ("1,234.50元" -> "1234.50"), or a copy of the cleaned text where nothing is
 * known to be wrong with it. transfer full. */
char *lenient_clean(const FieldDef *field, const char *text);
