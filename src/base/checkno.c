#include "base/checkno.h"
#include "base/text.h"
#include <string.h>

#define REASON_LENGTH "length"
#define REASON_CHARSET "charset"
#define REASON_CHECKSUM "checksum"
#define REASON_DATE "date"

#define DIGITS "0123456789"
/* GB 32100-2015: no I, O, S, V, Z. The place in this text is the value of the character. */
#define CREDIT_CHARSET "0123456789ABCDEFGHJKLMNPQRTUWXY"
#define CREDIT_LENGTH 18
#define ID_LENGTH 18
#define OLD_ID_LENGTH 15

static CheckResult
begin(void)
{
    return (CheckResult){ .birth_on = DAY_NONE };
}

static CheckResult
refuse(CheckResult result, const char *reason)
{
    result.valid = FALSE;
    result.reason = reason;
    return result;
}

/* Copies @text half-width and upper case without spaces and without any of @drop. FALSE if it does
 * not fit: nothing valid is that long. */
static gboolean
normalise(CheckResult *result, const char *text, const char *drop)
{
    if (!text || !g_utf8_validate(text, -1, NULL))
        return FALSE;
    g_autofree char *half = text_normalise(text);
    gsize length = 0;
    for (const char *p = half; *p; p++) {
        if (*p == ' ' || *p == '\n' || strchr(drop, *p))
            continue;
        if (length == sizeof result->normalised - 1) {
            result->normalised[0] = '\0'; /* rather nothing than half a character */
            return FALSE;
        }
        result->normalised[length++] = g_ascii_toupper(*p);
    }
    result->normalised[length] = '\0';
    return TRUE;
}

/* The check character that belongs behind the 17 characters at @body; 0 if one is not in the
 * set. */
static char
credit_check_char(const char *body)
{
    static const int weights[] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28 };
    int sum = 0;
    for (int i = 0; i < CREDIT_LENGTH - 1; i++) {
        const char *found = strchr(CREDIT_CHARSET, body[i]);
        if (!found)
            return '\0';
        sum += weights[i] * (int) (found - CREDIT_CHARSET);
    }
    return CREDIT_CHARSET[(31 - sum % 31) % 31];
}

CheckResult
check_credit_code(const char *text)
{
    CheckResult result = begin();
    if (!normalise(&result, text, "") || strlen(result.normalised) != CREDIT_LENGTH)
        return refuse(result, REASON_LENGTH);
    const char *code = result.normalised;
    result.check_char = credit_check_char(code);
    if (strspn(code, CREDIT_CHARSET) != CREDIT_LENGTH || strspn(code + 2, DIGITS) < 6)
        return refuse(result, REASON_CHARSET);
    if (code[CREDIT_LENGTH - 1] != result.check_char)
        return refuse(result, REASON_CHECKSUM);
    result.valid = TRUE;
    return result;
}

/* ISO 7064 MOD 11-2 over the 17 digits at @body. */
static char
id_check_char(const char *body)
{
    static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;
    for (int i = 0; i < ID_LENGTH - 1; i++)
        sum += weights[i] * (body[i] - '0');
    return "10X98765432"[sum % 11];
}

/* "110105491231002" to "11010519491231002" and the check character it would have today. */
static void
upgrade_old_id(char *number)
{
    memmove(number + 8, number + 6, OLD_ID_LENGTH - 6);
    memcpy(number + 6, "19", 2);
    number[ID_LENGTH - 1] = id_check_char(number);
    number[ID_LENGTH] = '\0';
}

CheckResult
check_id_number(const char *text)
{
    CheckResult result = begin();
    gboolean fits = normalise(&result, text, "");
    char *number = result.normalised;
    gsize length = strlen(number);
    if (!fits || (length != ID_LENGTH && length != OLD_ID_LENGTH))
        return refuse(result, REASON_LENGTH);
    gsize digits = strspn(number, DIGITS);
    gboolean ends_in_x = digits == ID_LENGTH - 1 && number[ID_LENGTH - 1] == 'X';
    if (digits != length && !ends_in_x)
        return refuse(result, REASON_CHARSET);
    if (length == OLD_ID_LENGTH)
        upgrade_old_id(number);
    result.check_char = id_check_char(number);
    char date[DAY_TEXT_SIZE];
    g_snprintf(date, sizeof date, "%.4s-%.2s-%.2s", number + 6, number + 10, number + 12);
    Day birth_on = day_parse(date);
    if (birth_on == DAY_NONE)
        return refuse(result, REASON_DATE);
    if (number[ID_LENGTH - 1] != result.check_char)
        return refuse(result, REASON_CHECKSUM);
    result.birth_on = birth_on;
    result.sex = (number[16] - '0') % 2 == 1 ? 'M' : 'F';
    result.valid = TRUE;
    return result;
}

/* Luhn digit for the @length digits at @digits. */
static char
luhn_digit(const char *digits, gsize length)
{
    guint sum = 0;
    for (gsize i = 0; i < length; i++) {
        guint value = (guint) (digits[length - 1 - i] - '0') * (i % 2 == 0 ? 2 : 1);
        sum += value / 10 + value % 10;
    }
    return DIGITS[(10 - sum % 10) % 10];
}

char
check_luhn_digit(const char *digits)
{
    gsize length = strlen(digits);
    if (length == 0 || strspn(digits, DIGITS) != length)
        return '\0';
    return luhn_digit(digits, length);
}

gboolean
check_luhn(const char *digits)
{
    gsize length = strlen(digits);
    return length > 1 && strspn(digits, DIGITS) == length
           && digits[length - 1] == luhn_digit(digits, length - 1);
}

CheckResult
check_bank_card(const char *text)
{
    CheckResult result = begin();
    gboolean fits = normalise(&result, text, "-");
    gsize length = strlen(result.normalised);
    if (!fits || length < 12 || length > 19)
        return refuse(result, REASON_LENGTH);
    if (strspn(result.normalised, DIGITS) != length)
        return refuse(result, REASON_CHARSET);
    result.check_char = luhn_digit(result.normalised, length - 1);
    if (result.normalised[length - 1] != result.check_char)
        return refuse(result, REASON_CHECKSUM);
    result.valid = TRUE;
    return result;
}

/* Drops +86 and 0086, and a bare 86 that only a whole mobile number can stand behind. */
static void
drop_country(char *number)
{
    gsize drop = 0;
    if (g_str_has_prefix(number, "+86"))
        drop = 3;
    else if (g_str_has_prefix(number, "0086"))
        drop = 4;
    else if (g_str_has_prefix(number, "861") && strspn(number, DIGITS) == 13)
        drop = 2;
    memmove(number, number + drop, strlen(number + drop) + 1);
}

CheckResult
check_mobile(const char *text)
{
    CheckResult result = begin();
    if (!normalise(&result, text, "-"))
        return refuse(result, REASON_LENGTH);
    char *number = result.normalised;
    drop_country(number);
    if (strspn(number, DIGITS) != strlen(number))
        return refuse(result, REASON_CHARSET);
    if (strlen(number) != 11)
        return refuse(result, REASON_LENGTH);
    if (number[0] != '1' || number[1] < '3')
        return refuse(result, REASON_CHARSET);
    result.valid = TRUE;
    return result;
}

/* Cuts the extension off @number and returns its digits: behind 转, "ext", "x" or "#", or behind
 * a last dash that follows a complete number. "" if there is none, NULL if it is not one to six
 * digits. */
static const char *
cut_extension(char *number)
{
    static const char *const marks[] = { "转", "EXT.", "EXT", "X", "#" };
    char *at = NULL;
    gsize width = 0;
    for (guint i = 0; i < G_N_ELEMENTS(marks) && !at; i++) {
        at = strstr(number, marks[i]);
        width = strlen(marks[i]);
    }
    if (!at) {
        char *dash = strrchr(number, '-');
        g_autofree char *before = dash ? g_strndup(number, (gsize) (dash - number)) : NULL;
        g_autofree char *digits = before ? text_digits(before) : NULL;
        if (!digits || strlen(digits) < 10)
            return "";
        at = dash;
        width = 1;
    }
    *at = '\0';
    const char *extension = at + width;
    while (*extension == '-' || *extension == '.')
        extension++;
    gsize length = strlen(extension);
    return length >= 1 && length <= 6 && strspn(extension, DIGITS) == length ? extension : NULL;
}

/* Digits in the area code, with its zero: 010 and 02x have three, the others four. */
static gsize
area_length(const char *digits)
{
    return digits[1] == '1' || digits[1] == '2' ? 3 : 4;
}

static gboolean
is_service_number(const char *digits)
{
    return g_str_has_prefix(digits, "400") || g_str_has_prefix(digits, "800");
}

/* The digits of @number with the zero of the area code, which +86 21 ... is written without. */
static char *
landline_digits(const char *number, gboolean had_country)
{
    g_autofree char *digits = text_digits(number);
    if (had_country && *digits != '0' && !is_service_number(digits))
        return g_strconcat("0", digits, NULL);
    return g_steal_pointer(&digits);
}

/* Area code, dash, number; or the ten digits of a 400/800 number. NULL with @reason if it is
 * neither. */
static char *
format_landline(const char *digits, const char **reason)
{
    gsize length = strlen(digits);
    *reason = REASON_LENGTH;
    if (is_service_number(digits))
        return length == 10 ? g_strdup(digits) : NULL;
    if (digits[0] != '0' || digits[1] == '0') {
        *reason = length < 10 ? REASON_LENGTH : REASON_CHARSET;
        return NULL;
    }
    gsize area = area_length(digits);
    if (length < area + 7 || length > area + 8)
        return NULL;
    return g_strdup_printf("%.*s-%s", (int) area, digits, digits + area);
}

CheckResult
check_landline(const char *text)
{
    CheckResult result = begin();
    if (!normalise(&result, text, "()"))
        return refuse(result, REASON_LENGTH);
    char *number = result.normalised;
    gsize before = strlen(number);
    drop_country(number);
    gboolean had_country = strlen(number) != before;
    const char *extension = cut_extension(number);
    if (!extension || strspn(number, DIGITS "-") != strlen(number))
        return refuse(result, REASON_CHARSET);
    g_autofree char *digits = landline_digits(number, had_country);
    const char *reason = NULL;
    g_autofree char *whole = format_landline(digits, &reason);
    if (!whole)
        return refuse(result, reason);
    g_autofree char *full = g_strconcat(whole, *extension ? "-" : "", extension, NULL);
    g_strlcpy(result.normalised, full, sizeof result.normalised);
    result.valid = TRUE;
    return result;
}

CheckResult
check_phone(const char *text)
{
    CheckResult mobile = check_mobile(text);
    if (mobile.valid)
        return mobile;
    CheckResult landline = check_landline(text);
    /* Eleven digits that begin with 1 were meant as a mobile number: its reason is the helpful
     * one. */
    return landline.valid || mobile.normalised[0] != '1' ? landline : mobile;
}
