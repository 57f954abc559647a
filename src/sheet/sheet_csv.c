#include "sheet/sheet_internal.h"

#include <string.h>

#include "base/text.h"

static gboolean
refuse_text(GError **error)
{
    return app_error_set(error, APP_ERROR_INVALID, "sheet.not_a_spreadsheet",
                         "无法识别文件内容，请另存为 .xlsx 或 UTF-8 编码的 .csv 再上传",
                         "The content is not a table; save it as .xlsx or as .csv in UTF-8");
}

/* UTF-16 without a mark: the high byte of Latin letters and separators is zero. A low byte may be too
 * (一 is U+4E00), but seldom. */
static const char *
guess_utf16(const char *data, gsize len)
{
    gsize n = MIN(len, 4096) & ~(gsize) 1, zero[2] = { 0 };
    for (gsize i = 0; i < n; i++)
        zero[i % 2] += data[i] == '\0' ? 1 : 0;
    if (n < 4 || len % 2 != 0 || zero[0] + zero[1] <= n / 20)
        return NULL;
    return zero[1] > 4 * zero[0] ? "UTF-16LE" : zero[0] > 4 * zero[1] ? "UTF-16BE" : NULL;
}

/* Text as UTF-8, or NULL. */
static char *
csv_decode(const char *data, gsize len, gsize *out_len)
{
    const char *charset = NULL;
    gsize skip = 0;
    if (len >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        skip = 3;
    } else if (len >= 2 && memcmp(data, "\xFF\xFE", 2) == 0) {
        charset = "UTF-16LE";
        skip = 2;
    } else if (len >= 2 && memcmp(data, "\xFE\xFF", 2) == 0) {
        charset = "UTF-16BE";
        skip = 2;
    } else {
        charset = guess_utf16(data, len);
    }
    data += skip;
    len -= skip;
    if (charset == NULL && g_utf8_validate_len(data, len, NULL)) {
        *out_len = len;
        return g_strndup(data, len);
    }
    if (charset == NULL && skip == 3)
        return NULL;
    return g_convert(data, (gssize) len, "UTF-8", charset == NULL ? "GB18030" : charset, NULL,
                     out_len, NULL);
}

static gboolean
is_text(const char *text, gsize len)
{
    for (gsize i = 0; i < len; i++)
        if (((guchar) text[i] < ' ' && strchr("\t\n\r", text[i]) == NULL) || text[i] == '\0'
            || text[i] == 0x7F)
            return FALSE;
    return g_utf8_validate_len(text, len, NULL);
}

/* "sep=;" in the first line is Excel's own way to say it. */
static char
separator_declared(const char **text)
{
    if (g_ascii_strncasecmp(*text, "sep=", 4) != 0 || strchr(",;\t", (*text)[4]) == NULL
        || (*text)[4] == '\0')
        return '\0';
    const char *end = *text + 5;
    if (*end == '\r')
        end++;
    if (*end != '\n')
        return '\0';
    char separator = (*text)[4];
    *text = end + 1;
    return separator;
}

/* The separator that stands on most of the first lines, outside quotes; then the most frequent. */
static char
separator_guess(const char *text)
{
    static const char candidates[] = { ',', ';', '\t' };
    int n_lines[3] = { 0 }, n_all[3] = { 0 }, in_line[3] = { 0 };
    gboolean in_quote = FALSE;
    int lines = 0;
    for (const char *p = text; lines < 50; p++) {
        if (*p == '"')
            in_quote = !in_quote;
        for (int i = 0; i < 3 && !in_quote; i++)
            in_line[i] += *p == candidates[i] ? 1 : 0;
        if ((*p != '\n' || in_quote) && *p != '\0')
            continue;
        for (int i = 0; i < 3; i++) {
            n_lines[i] += in_line[i] > 0 ? 1 : 0;
            n_all[i] += in_line[i];
            in_line[i] = 0;
        }
        lines++;
        if (*p == '\0')
            break;
    }
    int best = 0;
    for (int i = 1; i < 3; i++)
        if (n_lines[i] > n_lines[best] || (n_lines[i] == n_lines[best] && n_all[i] > n_all[best]))
            best = i;
    return candidates[best];
}

typedef struct {
    Sheet *sheet;
    const char *p;
    char separator;
    int row, col, line;
    GString *field;
} Csv;

/* Reads one field into csv->field; FALSE if its quotes never end. */
static gboolean
csv_field(Csv *csv)
{
    const char *p = csv->p;
    g_string_truncate(csv->field, 0);
    if (*p == '"') {
        for (p++; *p != '\0' && !(p[0] == '"' && p[1] != '"'); p++) {
            csv->line += *p == '\n' ? 1 : 0;
            p += *p == '"' ? 1 : 0;
            g_string_append_c(csv->field, *p);
        }
        if (*p == '\0')
            return FALSE;
        p++;
    }
    gsize rest = 0;
    while (p[rest] != '\0' && p[rest] != csv->separator && p[rest] != '\n' && p[rest] != '\r')
        rest++;
    g_string_append_len(csv->field, p, (gssize) rest);
    csv->p = p + rest;
    return TRUE;
}

/* Takes off what others put on to keep Excel from changing a value: ="007" and '=1+1. */
static const char *
csv_unguard(GString *field)
{
    const char *text = field->str;
    if (field->len >= 3 && g_str_has_prefix(text, "=\"") && g_str_has_suffix(text, "\"")
        && strchr(text + 2, '"') == text + field->len - 1) {
        g_string_truncate(field, field->len - 1);
        return field->str + 2;
    }
    return *text == '\'' && text_is_formula_like(text + 1) ? text + 1 : text;
}

static gboolean
csv_rows(Csv *csv, GError **error)
{
    while (*csv->p != '\0') {
        if (!csv_field(csv))
            return app_error_set(error, APP_ERROR_INVALID, "sheet.broken",
                                 "第 %d 行开始的引号没有结束",
                                 "The quotation mark opened near line %d never ends", csv->line);
        const char *text = csv_unguard(csv->field);
        if (*text != '\0') {
            const char *kept = g_string_chunk_insert(csv->sheet->chunk, text);
            Cell cell = { .text = kept, .raw = kept, .kind = CELL_TEXT };
            if (!sheet_put(csv->sheet, csv->row, csv->col, cell, error))
                return FALSE;
        }
        if (*csv->p == csv->separator) {
            csv->col++;
            csv->p++;
            continue;
        }
        if (csv->p[0] == '\r' && csv->p[1] == '\n')
            csv->p++;
        if (*csv->p != '\0')
            csv->p++;
        csv->row++;
        csv->line++;
        csv->col = 0;
    }
    return TRUE;
}

gboolean
sheet_csv_load(Sheet *sheet, const char *data, gsize len, GError **error)
{
    gsize text_len = 0;
    g_autofree char *text = csv_decode(data, len, &text_len);
    if (text == NULL || !is_text(text, text_len))
        return refuse_text(error);
    const char *start = text;
    char separator = separator_declared(&start);
    g_autoptr(GString) field = g_string_new(NULL);
    Csv csv = { .sheet = sheet,
                .p = start,
                .separator = separator != '\0' ? separator : separator_guess(start),
                .line = 1,
                .field = field };
    return csv_rows(&csv, error);
}
