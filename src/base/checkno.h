/* checkno.h - numbers with check digits: unified credit code, identity number, bank card, phones.
 * Sources: GB 32100-2015, GB 11643-1999, Luhn; docs/domain/rules.md section 8. */
#pragma once
#include "base/day.h"

typedef struct {
    gboolean valid;
    char normalised[40]; /* spaces stripped, upper case, +86 dropped */
    const char *reason;  /* "length", "charset", "checksum", "date" or NULL; static */
    char check_char;     /* the right check character where computable, else 0 */
    Day birth_on;        /* identity numbers, else DAY_NONE */
    char sex;            /* 'M', 'F' or 0 */
} CheckResult;

CheckResult check_credit_code(const char *text);
CheckResult check_id_number(const char *text); /* 18 digits; 15-digit old numbers are upgraded */
CheckResult check_bank_card(const char *text); /* 12..19 digits, Luhn */
/* Luhn alone, for digits of any length: is the last digit right, and which digit belongs behind
 * (0 if @digits is empty or not all digits). */
gboolean check_luhn(const char *digits);
char check_luhn_digit(const char *digits);
CheckResult check_mobile(const char *text); /* 1[3-9] and nine digits */
/* Area code + 7-8 digits, extension, 400/800; normalised "0571-87654321-801", "4008001234". */
CheckResult check_landline(const char *text);
/* Any phone a person may type: mobile, else landline. */
CheckResult check_phone(const char *text);
