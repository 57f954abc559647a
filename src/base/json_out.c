#include "base/json_out.h"
#include "base/clock.h"
#include "base/money.h"
#include <string.h>

#define DEPTH_MAX 63
#define INITIAL_SIZE 8192 /* half a page of a list */
#define INT_SIZE 24

JsonOut *
json_out_new(void)
{
    JsonOut *out = g_new0(JsonOut, 1);
    out->buf = g_string_sized_new(INITIAL_SIZE);
    return out;
}

void
json_out_free(JsonOut *out)
{
    if (!out)
        return;
    if (out->buf)
        g_string_free(out->buf, TRUE);
    g_free(out);
}

GString *
json_out_steal(JsonOut *out)
{
    GString *text = out->buf;
    *out = (JsonOut){ .buf = g_string_sized_new(INITIAL_SIZE) };
    return text;
}

/* Room for @more bytes and the NUL; returns where they go. Callers then move buf->len themselves:
 * GString's own append costs a call per piece, and a list reply is thousands of pieces. */
static char *
reserve(JsonOut *out, gsize more)
{
    GString *buf = out->buf;
    if (G_UNLIKELY(buf->allocated_len - buf->len <= more)) {
        gsize len = buf->len;
        g_string_set_size(buf, len + more);
        buf->len = len;
    }
    return buf->str + buf->len;
}

static void
commit(JsonOut *out, char *end)
{
    *end = '\0';
    out->buf->len = (gsize) (end - out->buf->str);
}

/* Writes the comma that is due before a value or key. */
static char *
separate(JsonOut *out, char *at)
{
    guint64 bit = G_GUINT64_CONSTANT(1) << out->depth;
    if (out->after_key)
        out->after_key = FALSE;
    else if (out->has_item & bit)
        *at++ = ',';
    out->has_item |= bit;
    return at;
}

static void
begin(JsonOut *out, char bracket)
{
    g_assert(out->depth < DEPTH_MAX);
    char *at = separate(out, reserve(out, 2));
    *at++ = bracket;
    out->depth++;
    out->has_item &= ~(G_GUINT64_CONSTANT(1) << out->depth);
    commit(out, at);
}

static void
end(JsonOut *out, char bracket)
{
    g_assert(out->depth > 0 && !out->after_key);
    char *at = reserve(out, 1);
    *at++ = bracket;
    out->depth--;
    commit(out, at);
}

void
json_begin_object(JsonOut *out)
{
    begin(out, '{');
}

void
json_end_object(JsonOut *out)
{
    end(out, '}');
}

void
json_begin_array(JsonOut *out)
{
    begin(out, '[');
}

void
json_end_array(JsonOut *out)
{
    end(out, ']');
}

static gboolean
needs_escape(guchar c)
{
    return c < 0x20 || c == '"' || c == '\\';
}

/* Length of the run at @text that can be copied as it is: eight bytes at a time while none of them
 * is a control character, a quote or a backslash (the zero-byte trick, per condition). */
static gsize
plain_run(const char *text, gsize len)
{
    const guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101);
    const guint64 tops = G_GUINT64_CONSTANT(0x8080808080808080);
    gsize i = 0;
    for (; i + 8 <= len; i += 8) {
        guint64 word;
        memcpy(&word, text + i, 8);
        guint64 quote = word ^ (ones * '"');
        guint64 backslash = word ^ (ones * '\\');
        guint64 hit = ((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote)
                      | ((backslash - ones) & ~backslash);
        if (hit & tops)
            break;
    }
    while (i < len && !needs_escape((guchar) text[i]))
        i++;
    return i;
}

static char *
write_escape(char *at, guchar c)
{
    static const char hex[] = "0123456789abcdef";
    static const char named[] = "\b\f\n\r\t\"\\";
    static const char letter[] = "bfnrt\"\\";
    *at++ = '\\';
    const char *found = c ? strchr(named, c) : NULL;
    if (found) {
        *at++ = letter[found - named];
        return at;
    }
    const char code[] = { 'u', '0', '0', hex[c >> 4], hex[c & 15] };
    memcpy(at, code, sizeof code);
    return at + sizeof code;
}

/* Writes the separator and @text between quotes; two bytes of room are left behind the returned
 * end. Only a text that really holds something to escape pays for six bytes per character. */
static char *
write_quoted(JsonOut *out, const char *text, gsize len)
{
    gsize run = plain_run(text, len);
    char *at = separate(out, reserve(out, 5 + (run == len ? len : 6 * len)));
    *at++ = '"';
    memcpy(at, text, run);
    at += run;
    while (run < len) {
        at = write_escape(at, (guchar) text[run++]);
        gsize more = plain_run(text + run, len - run);
        memcpy(at, text + run, more);
        at += more;
        run += more;
    }
    *at++ = '"';
    return at;
}

void
json_key(JsonOut *out, const char *key)
{
    g_assert(!out->after_key);
    char *at = write_quoted(out, key, strlen(key));
    *at++ = ':';
    out->after_key = TRUE;
    commit(out, at);
}

void
json_text_n(JsonOut *out, const char *text, gsize len)
{
    if (!text) {
        json_nil(out);
        return;
    }
    commit(out, write_quoted(out, text, len));
}

void
json_text(JsonOut *out, const char *text)
{
    json_text_n(out, text, text ? strlen(text) : 0);
}

/* The digits of @value, written backwards from @end; returns their beginning. */
static char *
digits_before(char *end_of, gint64 value)
{
    guint64 rest = value < 0 ? 0 - (guint64) value : (guint64) value;
    char *p = end_of;
    do {
        *--p = (char) ('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        *--p = '-';
    return p;
}

static void
write_int(JsonOut *out, gint64 value, gboolean quoted)
{
    char digits[INT_SIZE];
    const char *from = digits_before(digits + INT_SIZE, value);
    gsize len = (gsize) (digits + INT_SIZE - from);
    char *at = separate(out, reserve(out, INT_SIZE + 3));
    if (quoted)
        *at++ = '"';
    memcpy(at, from, len);
    at += len;
    if (quoted)
        *at++ = '"';
    commit(out, at);
}

void
json_int(JsonOut *out, gint64 value)
{
    write_int(out, value, FALSE);
}

void
json_raw(JsonOut *out, const char *json, gsize len)
{
    char *at = separate(out, reserve(out, len + 1));
    memcpy(at, json, len);
    commit(out, at + len);
}

void
json_bool(JsonOut *out, gboolean value)
{
    if (value)
        json_raw(out, "true", 4);
    else
        json_raw(out, "false", 5);
}

void
json_nil(JsonOut *out)
{
    json_raw(out, "null", 4);
}

void
json_id(JsonOut *out, gint64 id)
{
    if (id == 0)
        json_nil(out);
    else
        write_int(out, id, TRUE);
}

void
json_decimal(JsonOut *out, gint64 value, int scale, int min_digits)
{
    g_return_if_fail(scale >= 0 && scale <= 18);
    char text[DECIMAL_TEXT_SIZE];
    json_text(out, decimal_write(text, value, scale, min_digits));
}

void
json_kv_text(JsonOut *out, const char *key, const char *text)
{
    json_key(out, key);
    json_text(out, text);
}

void
json_kv_int(JsonOut *out, const char *key, gint64 value)
{
    json_key(out, key);
    json_int(out, value);
}

void
json_kv_bool(JsonOut *out, const char *key, gboolean value)
{
    json_key(out, key);
    json_bool(out, value);
}

void
json_kv_id(JsonOut *out, const char *key, gint64 id)
{
    json_key(out, key);
    json_id(out, id);
}

void
json_kv_money(JsonOut *out, const char *key, gint64 fen)
{
    json_key(out, key);
    json_decimal(out, fen, 2, 2);
}

void
json_kv_day(JsonOut *out, const char *key, gint64 day)
{
    char text[DAY_TEXT_SIZE];
    json_key(out, key);
    day_format(day, text);
    json_text(out, *text ? text : NULL);
}

void
json_kv_us(JsonOut *out, const char *key, gint64 at_us)
{
    json_key(out, key);
    char text[CLOCK_TEXT_SIZE];
    json_text(out, at_us ? clock_write_us(at_us, text) : NULL);
}
