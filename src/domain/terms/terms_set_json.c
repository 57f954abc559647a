#include "domain/terms/terms_json.h"

#include "domain/terms/json_in_internal.h"
#include "domain/terms/terms_internal.h"

static void
read_areas(JsonIn *set_in, TermSet *set)
{
    static const char *const names[] = { "from", "area", "unit", NULL };
    const json_t *list = json_in_array(set_in, "areas", JIN_OPTIONAL, TERM_MAX_AREAS);
    const json_t *value;
    gsize at;

    if (list == NULL)
        return;
    json_array_foreach((json_t *) list, at, value)
    {
        g_autofree char *prefix = json_in_prefix_of(set_in, "areas", at);
        g_autofree char *unit = NULL;
        Day from = DAY_MIN;
        gint64 area = 0;
        JsonIn in;
        if (json_in_begin(&in, value, prefix, names, set_in->error)) {
            json_in_day(&in, "from", JIN_OPTIONAL, &from);
            json_in_area(&in, "area", JIN_REQUIRED, &area);
            json_in_text(&in, "unit", JIN_OPTIONAL, &unit);
            term_set_add_area(set, unit, from, area);
        }
        set_in->failed = set_in->failed || in.failed;
    }
}

static void
read_sales(JsonIn *set_in, TermSet *set)
{
    static const char *const names[] = { "month", "amount", "net", NULL };
    const json_t *list = json_in_array(set_in, "sales", JIN_OPTIONAL, TERM_MAX_MONTHS);
    const json_t *value;
    gsize at;

    if (list == NULL)
        return;
    json_array_foreach((json_t *) list, at, value)
    {
        g_autofree char *prefix = json_in_prefix_of(set_in, "sales", at);
        TermSales sales = { 0 };
        JsonIn in;
        if (json_in_begin(&in, value, prefix, names, set_in->error)) {
            json_in_month(&in, "month", JIN_REQUIRED, &sales.month);
            json_in_money(&in, "amount", JIN_REQUIRED, &sales.amount_fen);
            sales.has_net = json_in_money(&in, "net", JIN_OPTIONAL, &sales.net_fen);
            g_array_append_val(set->sales, sales);
        }
        set_in->failed = set_in->failed || in.failed;
    }
}

static void
read_indexes(JsonIn *set_in, TermSet *set)
{
    static const char *const names[] = { "table", "month", "value", NULL };
    const json_t *list = json_in_array(set_in, "indexes", JIN_OPTIONAL, TERM_MAX_MONTHS);
    const json_t *value;
    gsize at;

    if (list == NULL)
        return;
    json_array_foreach((json_t *) list, at, value)
    {
        g_autofree char *prefix = json_in_prefix_of(set_in, "indexes", at);
        g_autofree char *table = NULL;
        gint64 number = 0;
        int month = 0;
        JsonIn in;
        if (json_in_begin(&in, value, prefix, names, set_in->error)) {
            json_in_text(&in, "table", JIN_REQUIRED, &table);
            json_in_month(&in, "month", JIN_REQUIRED, &month);
            if (json_in_decimal(&in, "value", JIN_REQUIRED, 4, &number)
                && (number <= 0 || number > G_GINT64_CONSTANT(10000000000)))
                json_in_bad(&in, "value", "range", "指数应为正数", "an index value is positive");
            term_set_add_index(set, table, month, number);
        }
        set_in->failed = set_in->failed || in.failed;
    }
}

TermSet *
term_set_from_json(const json_t *object, GError **error)
{
    static const char *const names[] = { "from",  "to",      "areas", "terms",
                                         "sales", "indexes", "today", NULL };
    g_autoptr(TermSet) set = term_set_new();
    const json_t *list;
    const json_t *value;
    gsize at;
    JsonIn in;

    json_in_begin(&in, object, "", names, error);
    if (!json_is_object(object))
        return NULL;
    json_in_day(&in, "from", JIN_REQUIRED, &set->from);
    json_in_day(&in, "to", JIN_REQUIRED, &set->to);
    json_in_day(&in, "today", JIN_OPTIONAL, &set->today);
    read_areas(&in, set);
    read_sales(&in, set);
    read_indexes(&in, set);
    list = json_in_array(&in, "terms", JIN_REQUIRED, TERM_MAX_TERMS);
    if (list != NULL) {
        json_array_foreach((json_t *) list, at, value)
        {
            g_autofree char *prefix = json_in_prefix_of(&in, "terms", at);
            ChargeTerm *term = charge_term_from_json(value, prefix, error);
            if (term != NULL)
                g_ptr_array_add(set->terms, term);
            else
                in.failed = TRUE;
        }
    }
    return in.failed ? NULL : g_steal_pointer(&set);
}

TermSet *
term_set_from_text(const char *text, GError **error)
{
    JSON_IN_AUTO json_t *root = json_in_load(text, error);

    return root == NULL ? NULL : term_set_from_json(root, error);
}
