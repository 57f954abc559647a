/* lease_change_plan.c - old and new terms of a change side by side, and the difference between their schedules. */
#include "base/ids.h"
#include "domain/lease/lease_change.h"
#include "domain/terms/terms_json.h"

#include <string.h>

void
lease_change_plan_free(LeaseChangePlan *plan)
{
    if (!plan)
        return;
    g_clear_pointer(&plan->before, term_set_free);
    g_clear_pointer(&plan->after, term_set_free);
    g_clear_pointer(&plan->next, term_set_free);
    g_free(plan);
}

Day
lease_change_from(const Record *change)
{
    return record_day(change, "effective_on") + (record_is(change, "kind", "termination") ? 1 : 0);
}

/* A list of the proposal. New reference; empty where it has none. */
static json_t *
proposed(const Record *change, const char *list)
{
    json_t *proposal = record_is_null(change, "proposal") ? NULL : json_loads(record_text(change, "proposal"), 0, NULL);
    json_t *found = json_object_get(proposal, list);
    json_t *copy = json_is_array(found) ? json_incref(found) : json_array();

    json_decref(proposal);
    return copy;
}

GPtrArray *
lease_change_terms(Ctx *ctx, const Record *change, const Record *lease, GError **error)
{
    g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func((GDestroyNotify) charge_term_free);
    g_autoptr(GError) all = NULL;
    Day from = lease_change_from(change), to = record_is(change, "kind", "renewal") ? record_day(change, "to_on") : record_day(lease, "to_on");
    json_t *list = proposed(change, "terms"), *clause;
    gsize n;

    json_array_foreach (list, n, clause) {
        g_autofree char *prefix = g_strdup_printf("proposal.terms[%" G_GSIZE_FORMAT "].", n);
        g_autofree char *at = g_strconcat(prefix, "from", NULL);
        g_autoptr(GError) bad = NULL;
        g_autoptr(Record) item = lease_clause_complete(ctx, clause, from, to, prefix, &all);
        ChargeTerm *term = item ? charge_term_from_json(clause, prefix, &bad) : NULL;
        if (bad)
            app_error_take_fields(&all, "", g_steal_pointer(&bad));
        if (!term)
            continue;
        if (term->from < from || term->to > to)
            app_error_field(&all, at, "range", "新条款应在生效日期与租期止之间", "new terms lie between the effective day and the end of the lease");
        g_ptr_array_add(terms, term);
    }
    json_decref(list);
    if (!all)
        return g_steal_pointer(&terms);
    g_propagate_error(error, g_steal_pointer(&all));
    return NULL;
}

gboolean
lease_change_replaces(const GPtrArray *terms, const char *item, const char *unit)
{
    for (guint i = 0; i < terms->len; i++) {
        const ChargeTerm *term = terms->pdata[i];
        if (strcmp(term->item, item) == 0 && g_strcmp0(term->unit, unit) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Old terms end the day before, those of later days give way; the new ones follow. */
static void
amend(TermSet *set, Day from, GPtrArray *fresh)
{
    for (guint i = set->terms->len; i > 0; i--) {
        ChargeTerm *term = set->terms->pdata[i - 1];
        if (term->to < from || !lease_change_replaces(fresh, term->item, term->unit))
            continue;
        if (term->from >= from)
            g_ptr_array_remove_index(set->terms, i - 1);
        else
            term->to = from - 1;
    }
    for (guint i = 0; i < fresh->len; i++)
        g_ptr_array_add(set->terms, charge_term_dup(fresh->pdata[i]));
}

static gboolean
resize(Ctx *ctx, const Record *change, TermSet *set, GError **error)
{
    json_t *list = proposed(change, "units"), *one;
    gsize n;
    GError *all = NULL;

    json_array_foreach (list, n, one) {
        g_autofree char *at = g_strdup_printf("proposal.units[%" G_GSIZE_FORMAT "].area", n);
        const char *id = json_string_value(json_object_get(one, "unit_id")), *text = json_string_value(json_object_get(one, "area"));
        g_autofree char *no = record_ref_label(ctx, "unit", id ? id_parse(id) : 0);
        gint64 area_dm2 = 0;
        gboolean held = FALSE;
        for (guint i = 0; i < set->areas->len; i++)
            held = held || g_strcmp0(g_array_index(set->areas, TermArea, i).unit, no) == 0;
        if (!held)
            app_error_field(&all, at, "missing", "铺位不在本合同内", "the unit is not in this lease");
        else if (!text || !area_parse(text, &area_dm2) || area_dm2 <= 0)
            app_error_field(&all, at, "form", "应为大于零的面积", "must be an area above zero");
        else
            term_set_add_area(set, no, record_day(change, "effective_on"), area_dm2);
    }
    if (json_array_size(list) == 0)
        app_error_field(&all, "proposal", "required", "请填写新的计租面积", "say the new rent areas");
    json_decref(list);
    if (!all)
        return TRUE;
    g_propagate_error(error, all);
    return FALSE;
}

/* The days of @set from @from to @to under its terms, as a lease of their own. */
static void
clip(TermSet *set, Day from, Day to)
{
    set->from = from;
    set->to = to;
    for (guint i = set->terms->len; i > 0; i--) {
        ChargeTerm *term = set->terms->pdata[i - 1];
        if (term->to < from || term->from > to) {
            g_ptr_array_remove_index(set->terms, i - 1);
            continue;
        }
        term->from = MAX(term->from, from);
        term->to = MIN(term->to, to);
    }
}

static gboolean
plan_next(Ctx *ctx, LeaseChangePlan *plan, const Record *change, const Record *lease, GPtrArray *fresh, GError **error)
{
    gboolean renewal = record_is(change, "kind", "renewal");
    Day from = lease_change_from(change), to = renewal ? record_day(change, "to_on") : record_day(lease, "to_on");

    plan->next = lease_term_set(ctx, lease, to, error);
    if (!plan->next)
        return FALSE;
    clip(plan->next, from, to);
    if (!renewal)
        return TRUE;
    g_ptr_array_set_size(plan->next->terms, 0);
    g_array_set_size(plan->next->areas, 0);
    for (guint i = 0; i < plan->before->areas->len; i++) {
        const TermArea *area = &g_array_index(plan->before->areas, TermArea, i);
        if (area->from <= plan->before->to)
            term_set_add_area(plan->next, area->unit, area->from, area->area_dm2);
    }
    amend(plan->next, from, fresh);
    return TRUE;
}

LeaseChangePlan *
lease_change_plan(Ctx *ctx, const Record *change, const Record *lease, GError **error)
{
    g_autoptr(LeaseChangePlan) plan = g_new0(LeaseChangePlan, 1);
    g_autoptr(GPtrArray) fresh = lease_change_terms(ctx, change, lease, error);
    gboolean ok = TRUE;

    plan->last = record_day(lease, "to_on");
    plan->before = fresh ? lease_term_set(ctx, lease, DAY_NONE, error) : NULL;
    plan->after = plan->before ? lease_term_set(ctx, lease, DAY_NONE, error) : NULL;
    if (!plan->after)
        return NULL;
    if (record_is(change, "kind", "amendment"))
        amend(plan->after, lease_change_from(change), fresh);
    else if (record_is(change, "kind", "area"))
        ok = resize(ctx, change, plan->after, error);
    else if (record_is(change, "kind", "renewal"))
        ok = plan_next(ctx, plan, change, lease, fresh, error);
    else {
        plan->last = lease_change_from(change) - 1;
        clip(plan->after, plan->after->from, plan->last);
        ok = record_is(change, "kind", "termination") || plan_next(ctx, plan, change, lease, fresh, error);
    }
    if (!ok || !term_set_check(plan->after, error) || (plan->next && !term_set_check(plan->next, error)))
        return NULL;
    return g_steal_pointer(&plan);
}

/* -- what people see -------------------------------------------------------------- */

static void
write_terms(Ctx *ctx, const TermSet *set, JsonOut *out)
{
    json_key(out, "terms");
    json_begin_array(out);
    for (guint i = 0; i < set->terms->len; i++) {
        const ChargeTerm *term = set->terms->pdata[i];
        g_autoptr(Record) item = record_find_by(ctx, "charge_item", "code", term->item, NULL);
        g_autofree char *name = item ? record_label_in(item, ctx->lang) : g_strdup(term->item);
        json_begin_object(out);
        json_kv_text(out, "item", term->item);
        json_kv_text(out, "item_name", name);
        json_key(out, "clause");
        charge_term_write(out, term);
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_areas(const TermSet *set, JsonOut *out)
{
    json_key(out, "areas");
    json_begin_array(out);
    for (guint i = 0; i < set->areas->len; i++) {
        const TermArea *area = &g_array_index(set->areas, TermArea, i);
        g_autofree char *text = area_format(area->area_dm2);
        json_begin_object(out);
        json_kv_text(out, "unit", area->unit);
        json_kv_day(out, "from", area->from);
        json_kv_text(out, "area", text);
        json_end_object(out);
    }
    json_end_array(out);
}

static void
write_side(Ctx *ctx, const char *key, const TermSet *set, const Schedule *schedule, JsonOut *out)
{
    json_key(out, key);
    json_begin_object(out);
    json_kv_day(out, "from_on", set->from);
    json_kv_day(out, "to_on", set->to);
    json_kv_money(out, "total", schedule_total(schedule, NULL));
    write_areas(set, out);
    write_terms(ctx, set, out);
    json_end_object(out);
}

gboolean
lease_change_preview(Ctx *ctx, const LeaseChangePlan *plan, const Record *change, JsonOut *out, gint64 *difference_fen, GError **error)
{
    g_autoptr(Schedule) before = schedule_build(plan->before, error);
    g_autoptr(Schedule) after = before ? schedule_build(plan->after, error) : NULL;
    g_autoptr(Schedule) next = after && plan->next ? schedule_build(plan->next, error) : NULL;

    if (!after || (plan->next && !next))
        return FALSE;
    g_autoptr(GPtrArray) lines = schedule_difference(before->lines, after->lines, record_day(change, "effective_on"));
    *difference_fen = schedule_total(after, NULL) - schedule_total(before, NULL);
    write_side(ctx, "before", plan->before, before, out);
    write_side(ctx, "after", plan->after, after, out);
    json_key(out, "difference");
    json_begin_object(out);
    json_kv_money(out, "total", *difference_fen);
    json_key(out, "lines");
    json_begin_array(out);
    for (guint i = 0; i < lines->len; i++)
        schedule_line_write(out, lines->pdata[i]);
    json_end_array(out);
    json_end_object(out);
    if (next)
        write_side(ctx, "successor", plan->next, next, out);
    else {
        json_key(out, "successor");
        json_nil(out);
    }
    return TRUE;
}
