/* lease_change.c - what is refused of a change, and what it does to the lease once it is approved. */
#include "base/ids.h"
#include "db/catalogue.h"
#include "domain/lease/lease_change.h"
#include "domain/terms/terms_json.h"

#include <stdlib.h>
#include <string.h>

/* -- what is refused --------------------------------------------------------------- */

static gboolean
find_text(Ctx *ctx, const char *statement, const Record *change, char **text, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, statement, error);

    *text = NULL;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", record_int(change, "lease_id"));
    if (db_has_param(stmt, "change_id"))
        db_bind_int(stmt, "change_id", change->id);
    if (db_has_param(stmt, "from_on"))
        db_bind_day(stmt, "from_on", lease_change_from(change));
    if (!db_step(stmt, &row, error))
        return FALSE;
    *text = row ? g_strdup(db_text(stmt, 0)) : NULL;
    return TRUE;
}

/* Which day a change may take effect on. Prices may be agreed for days that have gone by; who holds which area may not. */
static void
check_day(const Ctx *ctx, const Record *change, const Record *lease, GError **error)
{
    Day on = record_day(change, "effective_on"), from = record_day(lease, "from_on"), to = record_day(lease, "to_on");
    gboolean renewal = record_is(change, "kind", "renewal"), termination = record_is(change, "kind", "termination");

    if (on == DAY_NONE)
        return;
    if (renewal && on != to + 1)
        app_error_field(error, "effective_on", "follows", "续租自原租期止的次日起", "a renewal begins on the day after the lease ends");
    else if (!renewal && (on < from || on > to || (termination && on == to)))
        app_error_field(error, "effective_on", "range", "生效日期应在租期之内", "must lie within the term of the lease");
    else if (!renewal && !record_is(change, "kind", "amendment") && on < ctx->today)
        app_error_field(error, "effective_on", "past", "影响铺位的变更不能早于今天生效", "what changes who holds the unit cannot take effect before today");
}

static void
check_kind(Ctx *ctx, const Record *change, const Record *lease, GError **error)
{
    if (record_is(change, "kind", "renewal")) {
        if (record_is_null(change, "to_on"))
            app_error_field(error, "to_on", "required", "请填写续租至哪一天", "say until when it is renewed");
        lease_check_term_days(record_day(change, "effective_on"), record_day(change, "to_on"), error);
    }
    if ((record_is(change, "kind", "amendment") || record_is(change, "kind", "renewal")) && record_is_null(change, "proposal"))
        app_error_field(error, "proposal", "required", "请填写新条款", "write the new terms");
    if (!record_is(change, "kind", "transfer"))
        return;
    g_autoptr(Record) merchant = record_find(ctx, "merchant", record_int(change, "merchant_id"), NULL);
    if (!merchant)
        app_error_field(error, "merchant_id", "required", "请选择受让商户", "choose the merchant who takes over");
    else if (merchant->id == record_int(lease, "merchant_id"))
        app_error_field(error, "merchant_id", "same", "受让商户不能是原商户", "must be another merchant");
    else if (record_int(merchant, "is_blacklisted"))
        app_error_field(error, "merchant_id", "blacklisted", "受让商户在黑名单中", "the merchant is blacklisted");
}

static gboolean
lease_may_change(const Record *change, const Record *lease)
{
    return record_is(lease, "state", "effective") || record_is(lease, "state", "expiring")
           || (record_is(lease, "state", "expired") && record_is(change, "kind", "renewal"));
}

/* What other changes and settled periods forbid. */
static gboolean
check_others(Ctx *ctx, const Record *change, GError **fields, GError **error)
{
    g_autofree char *running = NULL, *later = NULL, *settled = NULL;

    if (!find_text(ctx, "lease.change_running", change, &running, error) || !find_text(ctx, "lease.change_later", change, &later, error)
        || !find_text(ctx, "lease.settled_after", change, &settled, error))
        return FALSE;
    if (running)
        app_error_field(fields, "lease_id", "running", "合同已有变更 %s 在审批中", "change %s of this lease is in approval", running);
    if (later)
        app_error_field(fields, "effective_on", "before_last", "不能早于已生效的变更 %s", "cannot be before change %s, which was applied", later);
    if (settled)
        app_error_field(fields, "effective_on", "settled", "该日所在期间的提成租金已结算（%s）", "turnover rent of that day is settled (%s)", settled);
    return TRUE;
}

static void
refuse_edited(const Record *change, const Record *old, GError **error)
{
    static const char *const written[] = { "effective_on", "reason", "merchant_id", "to_on", "proposal" };

    for (guint i = 0; !record_is(old, "state", "draft") && i < G_N_ELEMENTS(written); i++) {
        int f = entity_field_index(change->def, written[i]);
        if (!value_equal(&change->def->fields[f], &old->values[f], &change->values[f]))
            app_error_field(error, written[i], "frozen", "已送审的变更不能修改，请先撤回", "it was submitted; withdraw it first");
    }
}

gboolean
lease_change_validate(Ctx *ctx, Record *change, const Record *old, GError **error)
{
    g_autoptr(Record) lease = record_find(ctx, "lease", record_int(change, "lease_id"), NULL);

    if (old)
        refuse_edited(change, old, error);
    else
        record_set_id(change, "requested_by", ctx->staff_id);
    if (!lease || !record_is(change, "state", "draft"))
        return TRUE;
    if (!lease_may_change(change, lease))
        app_error_field(error, "lease_id", "state", "只有履约中的合同可以变更", "only a lease in force can be changed");
    if (record_is(change, "kind", "renewal") && record_is_null(change, "effective_on"))
        record_set_day(change, "effective_on", record_day(lease, "to_on") + 1);
    check_day(ctx, change, lease, error);
    check_kind(ctx, change, lease, error);
    return TRUE;
}

/* -- before approval ----------------------------------------------------------------- */

typedef struct {
    const Record *change;
    const Record *lease;
    const LeaseChangePlan *plan;
} Doing;

/* Another lease that holds one of the units in the days of the successor. */
static gboolean
refuse_overlap(Ctx *ctx, const Doing *d, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = d->plan->next ? db_named(ctx->db, "lease.change_overlap", error) : NULL;

    if (!d->plan->next)
        return TRUE;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", d->lease->id);
    db_bind_day(stmt, "from_on", d->plan->next->from);
    db_bind_day(stmt, "to_on", d->plan->next->to);
    if (!db_step(stmt, &row, error))
        return FALSE;
    return !row
           || app_error_set(error, APP_ERROR_CONFLICT, "lease.overlap", "铺位 %s 在续租或转让期间已由合同 %s 租用",
                            "unit %s is let by lease %s in those days", db_text(stmt, 0), db_text(stmt, 1));
}

static char *
preview_text(Ctx *ctx, const LeaseChangePlan *plan, Record *change, GError **error)
{
    g_autoptr(JsonOut) out = json_out_new();
    gint64 difference_fen = 0;

    json_begin_object(out);
    gboolean ok = lease_change_preview(ctx, plan, change, out, &difference_fen, error);
    json_end_object(out);
    record_set_int(change, "difference", difference_fen);
    return ok ? g_string_free(json_out_steal(out), FALSE) : NULL;
}

gboolean
lease_change_submit(Ctx *ctx, Record *change, const Record *input, GError **error)
{
    Ctx zh = ctx_in(ctx, LANG_ZH); /* kept, and read by others */
    g_autoptr(GError) fields = NULL;
    g_autoptr(Record) lease = record_get(ctx, "lease", record_int(change, "lease_id"), NULL, error);

    (void) input;
    if (!lease || !check_others(ctx, change, &fields, error))
        return FALSE;
    check_day(ctx, change, lease, &fields);
    if (!lease_may_change(change, lease))
        app_error_field(&fields, "lease_id", "state", "只有履约中的合同可以变更", "only a lease in force can be changed");
    if (fields) {
        g_propagate_error(error, g_steal_pointer(&fields));
        return FALSE;
    }
    g_autoptr(LeaseChangePlan) plan = lease_change_plan(ctx, change, lease, error);
    const Doing d = { change, lease, plan };
    g_autofree char *preview = plan && refuse_overlap(ctx, &d, error) ? preview_text(&zh, plan, change, error) : NULL;
    if (!preview)
        return FALSE;
    record_set_text(change, "preview", preview);
    record_set_day(change, "old_to_on", record_day(lease, "to_on"));
    return approval_start(ctx, change, error) != 0;
}

gboolean
lease_change_preview_write(Ctx *ctx, const json_t *input, JsonOut *out, GError **error)
{
    g_autoptr(GError) fields = NULL;
    g_autoptr(Record) change = record_new(registry_def(ctx->registry, "lease_change"));

    if (!record_apply_json(ctx, change, input, error))
        return FALSE;
    g_autoptr(Record) lease = record_get(ctx, "lease", record_int(change, "lease_id"), "read", error);
    if (!lease)
        return FALSE;
    record_set_text(change, "state", "draft");
    if (!lease_change_validate(ctx, change, NULL, &fields) || fields) {
        g_propagate_error(error, g_steal_pointer(&fields));
        return FALSE;
    }
    g_autoptr(LeaseChangePlan) plan = lease_change_plan(ctx, change, lease, error);
    g_autofree char *preview = plan ? preview_text(ctx, plan, change, error) : NULL;
    if (preview)
        json_raw(out, preview, strlen(preview));
    return preview != NULL;
}

gboolean
lease_change_write_more(Ctx *ctx, const Record *change, JsonOut *out, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(Record) lease = record_find(ctx, "lease", record_int(change, "lease_id"), NULL);
    g_autoptr(Record) copy = record_copy(change);
    g_autoptr(LeaseChangePlan) plan = lease && record_is(change, "state", "draft") ? lease_change_plan(ctx, change, lease, &fault) : NULL;
    g_autofree char *preview = plan ? preview_text(ctx, plan, copy, &fault) : NULL;

    (void) error; /* a draft that cannot be calculated yet is still read */
    json_key(out, "draft_preview");
    if (preview)
        json_raw(out, preview, strlen(preview));
    else
        json_nil(out);
    return TRUE;
}

/* -- applying ------------------------------------------------------------------------- */

/* An old clause ends on @last. */
static gboolean
end_term(Ctx *ctx, Record *term, Day last, GError **error)
{
    char day[DAY_TEXT_SIZE];
    json_t *clause = json_loads(record_text(term, "clause"), 0, NULL);

    json_object_set_new(clause, "to", json_string(day_format(last, day)));
    char *text = json_dumps(clause, JSON_COMPACT);
    json_decref(clause);
    record_set_day(term, "to_on", last);
    record_set_text(term, "clause", text);
    free(text);
    return record_save_as(ctx, term, "amend", error);
}

static gboolean
end_old_terms(Ctx *ctx, const Doing *d, const GPtrArray *fresh, guint *seq, GError **error)
{
    Day from = lease_change_from(d->change);
    g_autoptr(GPtrArray) terms = lease_children(ctx, "charge_term", d->lease->id, error);

    for (guint i = 0; terms && i < terms->len; i++) {
        Record *row = terms->pdata[i];
        json_t *clause = json_loads(record_text(row, "clause"), 0, NULL);
        gboolean gives_way = record_day(row, "to_on") >= from
                             && lease_change_replaces(fresh, json_string_value(json_object_get(clause, "item")), json_string_value(json_object_get(clause, "unit")));
        json_decref(clause);
        *seq = MAX(*seq, (guint) record_int(row, "seq"));
        if (!gives_way)
            continue;
        if (record_day(row, "from_on") >= from) {
            record_set_day(row, "dropped_on", ctx->today);
            if (!record_save_as(ctx, row, "amend", error))
                return FALSE;
        } else if (!end_term(ctx, row, from - 1, error))
            return FALSE;
    }
    return terms != NULL;
}

static gboolean
add_terms(Ctx *ctx, const Record *lease, const GPtrArray *fresh, guint seq, GError **error)
{
    for (guint i = 0; i < fresh->len; i++) {
        const ChargeTerm *term = fresh->pdata[i];
        g_autoptr(JsonOut) out = json_out_new();
        charge_term_write(out, term);
        g_autofree char *text = g_string_free(json_out_steal(out), FALSE);
        json_t *clause = json_loads(text, 0, NULL);
        GError *all = NULL;
        gboolean ok = lease_term_add(ctx, lease, clause, seq + i + 1, "", &all);
        json_decref(clause);
        if (all) {
            g_propagate_error(error, all);
            return FALSE;
        }
        if (!ok)
            return FALSE;
    }
    return TRUE;
}

static gboolean
apply_amendment(Ctx *ctx, const Doing *d, GError **error)
{
    guint seq = 0;
    g_autoptr(GPtrArray) fresh = lease_change_terms(ctx, d->change, d->lease, error);

    return fresh && end_old_terms(ctx, d, fresh, &seq, error) && add_terms(ctx, d->lease, fresh, seq, error);
}

/* The row of the unit that holds on a day gives way to one with another area. */
static gboolean
resize_unit(Ctx *ctx, Record *row, Day from, gint64 area_dm2, GError **error)
{
    g_autoptr(Record) next = record_new(row->def);

    if (record_day(row, "from_on") == from) {
        record_set_int(row, "area", area_dm2);
        return record_save_as(ctx, row, "amend", error);
    }
    record_set_id(next, "lease_id", record_int(row, "lease_id"));
    record_set_id(next, "unit_id", record_int(row, "unit_id"));
    record_set_int(next, "area", area_dm2);
    record_set_day(next, "from_on", from);
    record_set_day(next, "to_on", record_day(row, "to_on"));
    record_set_day(row, "to_on", from - 1);
    return record_save_as(ctx, row, "amend", error) && record_save(ctx, next, error);
}

static gboolean
apply_area(Ctx *ctx, const Doing *d, GError **error)
{
    Day from = record_day(d->change, "effective_on");
    g_autoptr(GPtrArray) units = lease_children(ctx, "lease_unit", d->lease->id, error);
    json_t *proposal = json_loads(record_text(d->change, "proposal"), 0, NULL), *one;
    gboolean ok = units != NULL;
    gsize n;

    json_array_foreach (json_object_get(proposal, "units"), n, one) {
        gint64 unit_id = id_parse(json_string_value(json_object_get(one, "unit_id"))), area_dm2 = 0;
        area_parse(json_string_value(json_object_get(one, "area")), &area_dm2);
        for (guint i = 0; ok && i < units->len; i++) {
            Record *row = units->pdata[i];
            if (record_int(row, "unit_id") == unit_id && record_day(row, "from_on") <= from && record_day(row, "to_on") >= from)
                ok = resize_unit(ctx, row, from, area_dm2, error);
        }
    }
    json_decref(proposal);
    return ok;
}

/* The lease and its units end on the plan's last day; days that were planned for later are no longer. */
static gboolean
end_lease(Ctx *ctx, Record *lease, Day last, GError **error)
{
    static const char *const planned[] = { "rent_from_on", "open_on" };
    g_autoptr(GPtrArray) units = lease_children(ctx, "lease_unit", lease->id, error);

    for (guint i = 0; units && i < units->len; i++) {
        Record *row = units->pdata[i];
        if (record_day(row, "to_on") <= last)
            continue;
        record_set_day(row, "to_on", last);
        if (record_day(row, "from_on") > last ? !record_delete(ctx, row, error) : !record_save_as(ctx, row, "amend", error))
            return FALSE;
    }
    record_set_day(lease, "to_on", last);
    for (guint i = 0; i < G_N_ELEMENTS(planned); i++) {
        if (record_day(lease, planned[i]) > last)
            record_set_null(lease, planned[i]);
    }
    return units != NULL;
}

static gboolean
add_unit(Ctx *ctx, const Record *lease, const Record *old, GError **error)
{
    g_autoptr(Record) unit = record_new(old->def);

    record_set_id(unit, "lease_id", lease->id);
    record_set_id(unit, "unit_id", record_int(old, "unit_id"));
    record_set_int(unit, "area", record_int(old, "area"));
    record_set_day(unit, "from_on", record_day(lease, "from_on"));
    record_set_day(unit, "to_on", record_day(lease, "to_on"));
    return record_save(ctx, unit, error);
}

static Record *
new_lease(Ctx *ctx, const Doing *d)
{
    static const char *const kept[] = { "kind", "clauses", "special" };
    static const char *const refs[] = { "merchant_id", "brand_id", "category_id", "owner_id", "template_id" };
    Record *next = record_new(d->lease->def);

    for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
        record_set_text(next, kept[i], record_text(d->lease, kept[i]));
    for (guint i = 0; i < G_N_ELEMENTS(refs); i++)
        record_set_id(next, refs[i], record_int(d->lease, refs[i]));
    if (record_is(d->change, "kind", "transfer")) {
        record_set_id(next, "merchant_id", record_int(d->change, "merchant_id"));
        record_set_null(next, "brand_id"); /* the new merchant's own is entered on the lease */
    }
    record_set_id(next, "supersedes_id", d->lease->id);
    record_set_day(next, "sign_on", ctx->today);
    record_set_day(next, "from_on", d->plan->next->from);
    record_set_day(next, "to_on", d->plan->next->to);
    return next;
}

/* The lease that follows: a record of its own with the units, terms and number of its own, approved by this change; it begins on its day. */
static gboolean
found_successor(Ctx *ctx, const Doing *d, const GPtrArray *held, Record *change, GError **error)
{
    g_autoptr(Record) next = new_lease(ctx, d);

    if (!record_save(ctx, next, error))
        return FALSE;
    for (guint i = 0; i < held->len; i++) {
        if (!add_unit(ctx, next, held->pdata[i], error))
            return FALSE;
    }
    if (!add_terms(ctx, next, d->plan->next->terms, 0, error) || !lease_derive(ctx, next, error) || !flow_apply(ctx, next, "succeed", NULL, error))
        return FALSE;
    record_set_id(change, "successor_id", next->id);
    return lease_documents_require(ctx, next, error);
}

/* Rows of the lease's units that hold on a day. transfer full. */
static GPtrArray *
units_on(Ctx *ctx, const Record *lease, Day day, GError **error)
{
    g_autoptr(GPtrArray) units = lease_children(ctx, "lease_unit", lease->id, error);

    for (guint i = units ? units->len : 0; i > 0; i--) {
        const Record *row = units->pdata[i - 1];
        if (record_day(row, "from_on") > day || record_day(row, "to_on") < day)
            g_ptr_array_remove_index(units, i - 1);
    }
    return g_steal_pointer(&units);
}

static gboolean
apply_to(Ctx *ctx, const Doing *d, Record *lease, Record *change, GError **error)
{
    g_autoptr(GPtrArray) held = units_on(ctx, lease, MIN(lease_change_from(change), record_day(lease, "to_on")), error);

    if (!held)
        return FALSE;
    if (record_is(change, "kind", "amendment"))
        return apply_amendment(ctx, d, error);
    if (record_is(change, "kind", "area"))
        return apply_area(ctx, d, error);
    if (d->plan->last < record_day(lease, "to_on") && !end_lease(ctx, lease, d->plan->last, error))
        return FALSE;
    return !d->plan->next || found_successor(ctx, d, held, change, error);
}

gboolean
lease_change_apply(Ctx *ctx, Record *change, const Record *input, GError **error)
{
    g_autoptr(GError) fields = NULL;
    g_autoptr(Record) lease = record_get(ctx, "lease", record_int(change, "lease_id"), NULL, error);
    g_autoptr(LeaseChangePlan) plan = lease ? lease_change_plan(ctx, change, lease, error) : NULL;
    const Doing d = { change, lease, plan };

    (void) input;
    if (!plan || !refuse_overlap(ctx, &d, error))
        return FALSE;
    check_day(ctx, change, lease, &fields);
    if (fields || !lease_may_change(change, lease))
        return app_error_set(error, APP_ERROR_CONFLICT, "lease_change.too_late", "生效日期已过或合同状态已变，请退回后重新填写",
                             "the day has gone by or the lease has changed; return it and write it anew");
    ctx->reason = record_text(change, "reason");
    if (!apply_to(ctx, &d, lease, change, error) || !lease_derive(ctx, lease, error) || !record_save_as(ctx, lease, "amend", error)
        || !lease_prices_store(ctx, lease, ctx->today, error) || !lease_units_refresh(ctx, lease, error))
        return FALSE;
    record_set_day(change, "applied_on", ctx->today);
    return TRUE;
}

/* -- what time does -------------------------------------------------------------------- */

static gboolean
take_step(Ctx *ctx, gint64 lease_id, const char *action, GError **error)
{
    g_autoptr(Record) lease = record_get(ctx, "lease", lease_id, NULL, error);

    return lease && flow_apply(ctx, lease, action, NULL, error)
           && (strcmp(action, "begin") != 0 || lease_sign_merchant(ctx, lease, error));
}

/* Successors begin on their day, leases that a change has ended leave on the day after their last. */
gboolean
lease_changes_daily(Ctx *ctx, GError **error)
{
    static const char *const statements[] = { "lease.successors_due", "lease.ended_by_change" };

    for (guint i = 0; i < G_N_ELEMENTS(statements); i++) {
        g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
        g_autoptr(GPtrArray) actions = g_ptr_array_new_with_free_func(g_free);
        gboolean ok = TRUE;
        g_autoptr(DbStmt) stmt = db_named(ctx->db, statements[i], error);
        if (!stmt)
            return FALSE;
        db_bind_int(stmt, "property_id", ctx->property_id);
        db_bind_day(stmt, "today", ctx->today);
        while (db_each(stmt, &ok, error)) {
            gint64 id = db_int(stmt, 0);
            g_array_append_val(ids, id);
            g_ptr_array_add(actions, g_strdup(db_text(stmt, 1)));
        }
        for (guint k = 0; ok && k < ids->len; k++)
            ok = take_step(ctx, g_array_index(ids, gint64, k), actions->pdata[k], error);
        if (!ok)
            return FALSE;
    }
    return TRUE;
}
