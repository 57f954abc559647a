/* moveout.c - the way of a move-out: applied, inspected by two departments, settled, signed by three and by the merchant, paid, closed. */
#include "base/json_out.h"
#include "db/catalogue.h"
#include "domain/moveout/moveout_flow.h"
#include "store/services.h"

#include <string.h>

enum { NOTICE_DAYS = 30 };

/* -- what it must be -------------------------------------------------------------- */

static gboolean
is_editable(const Record *rec)
{
    return record_is(rec, "state", "applied") || record_is(rec, "state", "inspecting") || record_is(rec, "state", "settling");
}

/* From the signatures on nothing changes but by its own steps. */
static gboolean
check_frozen(const Ctx *ctx, const Record *rec, const Record *old, GError **error)
{
    if (!old || !ctx->access || is_editable(old) || !record_is(rec, "state", record_text(old, "state")))
        return TRUE;
    for (guint i = 0; i < rec->def->n_fields; i++) {
        const FieldDef *f = &rec->def->fields[i];
        if (!(f->flags & FF_READONLY) && !value_equal(f, &old->values[i], &rec->values[i]))
            return app_error_set(error, APP_ERROR_CONFLICT, "move_out.frozen", "结算单已提交会签，不能再修改", "the statement is being signed or settled; nothing changes any more");
    }
    return TRUE;
}

static void
check_days(Ctx *ctx, Record *rec, const Record *lease, GError **error)
{
    Day last = record_day(rec, "last_on"), end = record_day(lease, "to_on");

    if (record_is(rec, "kind", "expiry") && last != end)
        app_error_field(error, "last_on", "expiry", "到期退租的终止日应为合同到期日", "at expiry the last day is that of the lease");
    if (!record_is(rec, "kind", "expiry") && last >= end)
        app_error_field(error, "last_on", "early", "提前退租的终止日应早于合同到期日", "leaving early means before the lease ends");
    if (last < record_day(lease, "from_on"))
        app_error_field(error, "last_on", "range", "终止日不在租期之内", "is not within the term");
    if (record_is_null(rec, "notice_agreed"))
        record_set_int(rec, "notice_agreed", setting_int(ctx, "move_out_notice_days", NOTICE_DAYS));
    record_set_int(rec, "notice_days", last - record_day(rec, "applied_on"));
    record_set_int(rec, "short_notice", !record_is(rec, "kind", "expiry") && record_int(rec, "notice_days") < record_int(rec, "notice_agreed"));
}

static void
check_agreed(const Record *rec, GError **error)
{
    static const char *const sums[][2] = { { "penalty", "penalty_clause" }, { "compensation", "compensation_clause" } };

    for (guint i = 0; i < G_N_ELEMENTS(sums); i++) {
        if (record_int(rec, sums[i][0]) > 0 && record_is_null(rec, sums[i][1]))
            app_error_field(error, sums[i][1], "required", "请写明合同条款", "name the clause");
    }
    if (record_int(rec, "penalty") > 0 && record_is(rec, "breach", "none"))
        app_error_field(error, "penalty", "no_breach", "无违约不能收取违约金", "there is no penalty without a breach");
    if (record_is(rec, "breach", "found") && record_is_null(rec, "breach_note"))
        app_error_field(error, "breach_note", "required", "请写明违约情况", "say what was breached");
}

static gboolean
take_lease(Ctx *ctx, Record *rec, const Record *lease, GError **error)
{
    static const char *const in_force[] = { "effective", "expiring", "expired", "terminated", NULL };

    if (!g_strv_contains(in_force, record_text(lease, "state")))
        return app_error_field(error, "lease_id", "state", "只有履约中或已到期的合同可以退租", "only a lease in force or ended can be moved out of");
    record_set_id(rec, "merchant_id", record_int(lease, "merchant_id"));
    record_set_id(rec, "unit_id", record_int(lease, "unit_id"));
    record_set_text(rec, "unit_nos", record_text(lease, "unit_nos"));
    g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, lease->id);
    g_autoptr(Record) there = record_find_by(ctx, "move_out", "live_key", key, error);
    if (there)
        return app_error_set(error, APP_ERROR_CONFLICT, "move_out.exists", "该合同已有退租 %s", "the lease has move-out %s already", record_text(there, "no"));
    record_set_text(rec, "live_key", key);
    return TRUE;
}

gboolean
moveout_validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    if (record_is_null(rec, "lease_id") || record_is_null(rec, "last_on") || record_is_null(rec, "applied_on"))
        return TRUE;
    if (!check_frozen(ctx, rec, old, error))
        return FALSE;
    if (old && !is_editable(old))
        return TRUE;
    g_autoptr(Record) lease = record_find(ctx, "lease", record_int(rec, "lease_id"), error);
    if (!lease || (!old && !take_lease(ctx, rec, lease, error)))
        return lease != NULL && error && app_error_is(*error, APP_ERROR_INVALID);
    check_days(ctx, rec, lease, error);
    check_agreed(rec, error);
    return TRUE;
}

gboolean
moveout_after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    return !old || !record_is(old, "state", "signing") || approval_subject_changed(ctx, "move_out", rec->id, error);
}

gboolean
moveout_item_validate(Ctx *ctx, Record *item, const Record *old, GError **error)
{
    gboolean is_charged = record_int(item, "amount") > 0;
    gboolean is_damage = record_is(item, "result", "damaged") || record_is(item, "result", "missing");

    (void) old;
    if (record_is_null(item, "move_out_id"))
        return TRUE;
    g_autoptr(Record) move_out = record_find(ctx, "move_out", record_int(item, "move_out_id"), error);
    if (!move_out)
        return FALSE;
    if (!record_is(move_out, "state", "inspecting") && !record_is(move_out, "state", "settling"))
        return app_error_set(error, APP_ERROR_CONFLICT, "move_out.frozen", "不在验收或结算中，验收项不能修改", "the inspection is not open");
    if (is_charged && !is_damage)
        app_error_field(error, "amount", "wear", "完好或正常损耗不能收取赔偿（民法典第 710 条）", "what is good or worn ordinarily is not chargeable (civil code 710)");
    if (is_charged && record_is_null(item, "clause"))
        app_error_field(error, "clause", "required", "请写明合同条款", "name the clause");
    if (is_charged && record_is_null(item, "voucher"))
        app_error_field(error, "voucher", "required", "请写明凭据（报价或维修单）", "name the voucher: a quotation or bill");
    if (!record_is(item, "result", "open"))
        record_set_id(item, "inspector_id", ctx->staff_id);
    return TRUE;
}

/* -- inspection -------------------------------------------------------------------- */

gboolean
moveout_inspect(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    if (!record_save_as(ctx, rec, "inspect", error)) /* its points ask for the state */
        return FALSE;
    for (guint i = 0; move_out_item_parts[i].token && strcmp(move_out_item_parts[i].token, "other") != 0; i++) {
        g_autoptr(Record) item = record_new(registry_def(ctx->registry, "move_out_item"));
        record_set_id(item, "move_out_id", rec->id);
        record_set_int(item, "seq", i + 1);
        record_set_text(item, "part", move_out_item_parts[i].token);
        if (!record_save(ctx, item, error))
            return FALSE;
    }
    return TRUE;
}

static DbStmt *
items_of(Ctx *ctx, const Record *rec, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, "moveout.items", error);

    if (stmt) {
        db_bind_int(stmt, "property_id", ctx->property_id);
        db_bind_int(stmt, "move_out_id", rec->id);
    }
    return stmt;
}

gboolean
moveout_all_inspected(Ctx *ctx, const Record *rec, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = items_of(ctx, rec, error);

    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        const EnumItem *part = enum_find(move_out_item_parts, db_text(stmt, 1));
        if (strcmp(db_text(stmt, 2), "open") == 0)
            return app_error_set(error, APP_ERROR_CONFLICT, "move_out.uninspected", "“%s”尚未验收%.0s", "%.0s%s was not inspected yet", part->zh, part->en);
    }
    return ok;
}

gboolean
moveout_confirm_operations(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    (void) error;
    record_set_id(rec, "inspector_id", ctx->staff_id);
    return TRUE;
}

gboolean
moveout_confirm_services(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    (void) error;
    record_set_id(rec, "services_id", ctx->staff_id);
    return TRUE;
}

gboolean
moveout_both_confirmed(Ctx *ctx, const Record *rec, GError **error)
{
    if (!moveout_all_inspected(ctx, rec, error))
        return FALSE;
    return (!record_is_null(rec, "inspector_id") && !record_is_null(rec, "services_id"))
           || app_error_set(error, APP_ERROR_CONFLICT, "move_out.one_sided", "营运与物业双方确认后才能转结算", "operations and property services both confirm the inspection first");
}

gboolean
moveout_settle(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    Day returned = record_day(input, "returned_on");

    if (returned > ctx->today)
        return app_error_field(error, "returned_on", "future", "交还日不能晚于今天", "cannot be later than today");
    if (!record_int(input, "keys_returned"))
        return app_error_field(error, "keys_returned", "required", "钥匙交还后才能转结算", "the keys come back first");
    record_set_day(rec, "returned_on", returned);
    record_set_int(rec, "keys_returned", 1);
    return TRUE;
}

/* -- settlement -------------------------------------------------------------------- */

static gboolean
refuse_problem(const Statement *statement, GError **error)
{
    const StatementProblem *problem = &g_array_index(statement->problems, StatementProblem, 0);

    return app_error_set(error, APP_ERROR_CONFLICT, "move_out.not_ready", EACH_OWN_ZH, EACH_OWN_EN, problem->zh, problem->en);
}

gboolean
moveout_submit(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    g_autoptr(Statement) statement = statement_build(ctx, rec, ctx->today, error);

    (void) input;
    if (!statement)
        return FALSE;
    if (statement->problems->len)
        return refuse_problem(statement, error);
    g_autofree char *lines = statement_lines_text(statement);
    record_set_text(rec, "statement", lines);
    record_set_day(rec, "statement_on", statement->on);
    record_set_int(rec, "credits", statement->balance.credits_fen);
    record_set_int(rec, "deductions", statement->balance.deductions_fen);
    record_set_int(rec, "refund", statement->balance.refund_fen);
    record_set_int(rec, "owed", statement->balance.owed_fen);
    return approval_start(ctx, rec, error) != 0;
}

gboolean
moveout_approve(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    (void) error;
    record_set_int(rec, "approved_at", ctx->now_us);
    return TRUE;
}

gboolean
moveout_thaw(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    static const char *const cleared[] = { "statement", "statement_on", "credits", "deductions", "refund", "owed", "approved_at" };

    (void) error;
    if (input)
        ctx->reason = record_text(input, "reason");
    for (guint i = 0; i < G_N_ELEMENTS(cleared); i++)
        record_set_null(rec, cleared[i]);
    record_set_int(rec, "round", record_int(rec, "round") + 1);
    return TRUE;
}

static gboolean
refuse_signed(GError **error)
{
    return app_error_set(error, APP_ERROR_CONFLICT, "move_out.signed", "商户已签字", "the merchant has signed already");
}

gboolean
moveout_may_recall(Ctx *ctx, const Record *rec, GError **error)
{
    if (!record_is_null(rec, "signed_on"))
        return refuse_signed(error);
    return !approval_running(ctx, "move_out", rec->id)
           || app_error_set(error, APP_ERROR_CONFLICT, "move_out.in_approval", "会签进行中，请由发起人撤回审批", "the approval is running; its drafter withdraws it");
}

gboolean
moveout_may_sign(Ctx *ctx, const Record *rec, GError **error)
{
    (void) ctx;
    if (!record_is_null(rec, "signed_on"))
        return refuse_signed(error);
    return !record_is_null(rec, "approved_at")
           || app_error_set(error, APP_ERROR_CONFLICT, "move_out.unapproved", "三方会签通过后商户才能签字", "the three departments sign before the merchant");
}

/* An early end is carried out with the signature; one at expiry has come by itself. */
static gboolean
end_lease(Ctx *ctx, const Record *rec, GError **error)
{
    g_autoptr(Record) lease = record_get(ctx, "lease", record_int(rec, "lease_id"), NULL, error);

    if (!lease)
        return FALSE;
    return record_is(rec, "kind", "expiry") || record_is(lease, "state", "terminated") || flow_apply(ctx, lease, "terminate", NULL, error);
}

/* Only what was signed is posted: if money moved since, the statement is made anew. */
gboolean
moveout_sign(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    g_autoptr(Statement) statement = statement_build(ctx, rec, record_day(rec, "statement_on"), error);
    g_autofree char *lines = statement ? statement_lines_text(statement) : NULL;

    if (!statement)
        return FALSE;
    if (record_day(input, "signed_on") > ctx->today)
        return app_error_field(error, "signed_on", "future", "签字日期不能晚于今天", "cannot be later than today");
    if (g_strcmp0(lines, record_text(rec, "statement")) != 0)
        return app_error_set(error, APP_ERROR_CONFLICT, "move_out.moved", "结算单提交后账款有变动，请撤回重算", "money has moved since; recall it and settle anew");
    record_set_text(rec, "signer", record_text(input, "signer"));
    record_set_day(rec, "signed_on", record_day(input, "signed_on"));
    return moveout_post(ctx, rec, statement, error) && end_lease(ctx, rec, error);
}

/* -- paid and closed ---------------------------------------------------------------- */

static gboolean
refuse_open(gint64 open_fen, GError **error)
{
    g_autofree char *open = money_format_grouped(open_fen);

    return app_error_set(error, APP_ERROR_CONFLICT, "move_out.open_balance", "还有 %s 元未结清，不能完成", "%s yuan are still open; it cannot be completed", open);
}

gboolean
moveout_may_pay(Ctx *ctx, const Record *rec, GError **error)
{
    MoveRest rest = { 0 };

    if (record_is_null(rec, "signed_on"))
        return app_error_set(error, APP_ERROR_CONFLICT, "move_out.unsigned", "商户签字后才能结清", "the merchant signs before anything is settled");
    if (!moveout_rest(ctx, record_int(rec, "lease_id"), &rest, error))
        return FALSE;
    return rest.open_fen == 0 || refuse_open(rest.open_fen, error);
}

gboolean
moveout_pay(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    MoveRest rest = { 0 };
    Day on = record_day(input, "paid_on");

    if (on > ctx->today)
        return app_error_field(error, "paid_on", "future", "结清日期不能晚于今天", "cannot be later than today");
    if (!moveout_rest(ctx, record_int(rec, "lease_id"), &rest, error))
        return FALSE;
    record_set_day(rec, "paid_on", on);
    record_set_text(rec, "reference", record_text(input, "reference"));
    if (rest.credit_fen + rest.held_fen == 0)
        return TRUE;
    if (record_is_null(input, "money_account_id"))
        return app_error_field(error, "money_account_id", "required", "请选择付款账户", "choose the account it is paid from");
    return moveout_refund(ctx, rec, on, record_int(input, "money_account_id"), error);
}

gboolean
moveout_may_close(Ctx *ctx, const Record *rec, GError **error)
{
    MoveRest rest = { 0 };

    if (!moveout_rest(ctx, record_int(rec, "lease_id"), &rest, error))
        return FALSE;
    return rest.open_fen + rest.credit_fen + rest.held_fen == 0 || refuse_open(rest.open_fen + rest.credit_fen + rest.held_fen, error);
}

/* Its units are held to the day they were given back, and not a day longer. */
static gboolean
end_units(Ctx *ctx, gint64 lease_id, Day end, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = moveout_stmt(ctx, "moveout.lease_units", lease_id, error);

    if (!stmt)
        return FALSE;
    db_bind_day(stmt, "end_on", end);
    while (db_each(stmt, &ok, error)) {
        gint64 id = db_int(stmt, 0);
        g_array_append_val(ids, id);
    }
    for (guint i = 0; ok && i < ids->len; i++) {
        g_autoptr(Record) unit = record_get(ctx, "lease_unit", g_array_index(ids, gint64, i), NULL, error);
        if (!unit)
            return FALSE;
        record_set_day(unit, "to_on", MAX(end, record_day(unit, "from_on")));
        ok = record_save_as(ctx, unit, "give_back", error);
    }
    return ok;
}

gboolean
moveout_close(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    g_autoptr(Record) lease = record_get(ctx, "lease", record_int(rec, "lease_id"), NULL, error);

    (void) input;
    return lease && end_units(ctx, lease->id, record_day(rec, "returned_on"), error) && flow_apply(ctx, lease, "settle", NULL, error);
}

gboolean
moveout_withdraw(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) error;
    ctx->reason = record_text(input, "reason");
    record_set_null(rec, "live_key");
    return TRUE;
}

/* -- approval ------------------------------------------------------------------------ */

char *
moveout_snapshot(Ctx *ctx, const Record *rec, GError **error)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);
    g_autoptr(JsonOut) out = json_out_new();
    g_autofree char *merchant = record_ref_label(&zh, "merchant", record_int(rec, "merchant_id"));
    const char *lines = record_text(rec, "statement");

    (void) error;
    json_begin_object(out);
    json_kv_text(out, "no", record_text(rec, "no"));
    json_kv_text(out, "merchant", merchant);
    json_kv_text(out, "unit_nos", record_text(rec, "unit_nos"));
    json_kv_text(out, "reason", record_text(rec, "reason"));
    json_kv_day(out, "last_on", record_day(rec, "last_on"));
    json_kv_day(out, "returned_on", record_day(rec, "returned_on"));
    json_kv_money(out, "credits", record_int(rec, "credits"));
    json_kv_money(out, "deductions", record_int(rec, "deductions"));
    json_kv_money(out, "refund", record_int(rec, "refund"));
    json_kv_money(out, "owed", record_int(rec, "owed"));
    json_key(out, "statement");
    json_raw(out, lines ? lines : "[]", strlen(lines ? lines : "[]"));
    json_end_object(out);
    return g_string_free(json_out_steal(out), FALSE);
}

gboolean
moveout_agreed(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "approve", NULL, error);
}

gboolean
moveout_back(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "send_back", NULL, error);
}

/* -- shown ----------------------------------------------------------------------------- */

static gboolean
write_items(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = items_of(ctx, rec, error);

    if (!stmt)
        return FALSE;
    json_key(out, "items");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "id", db_int(stmt, 0));
        json_kv_text(out, "part", db_text(stmt, 1));
        json_kv_text(out, "result", db_text(stmt, 2));
        json_kv_text(out, "note", db_text(stmt, 3));
        json_kv_money(out, "amount", db_int(stmt, 4));
        json_kv_text(out, "clause", db_text(stmt, 5));
        json_kv_text(out, "voucher", db_text(stmt, 6));
        json_kv_text(out, "inspector", db_text(stmt, 7));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}

static gboolean
write_readings(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = moveout_stmt(ctx, "moveout.readings", record_int(rec, "lease_id"), error);

    if (!stmt)
        return FALSE;
    json_key(out, "readings");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_text(out, "meter", db_text(stmt, 0));
        json_kv_text(out, "kind", db_text(stmt, 1));
        json_kv_text(out, "unit", db_text(stmt, 2));
        json_kv_day(out, "read_on", db_day(stmt, 3));
        json_key(out, "reading");
        json_decimal(out, db_int(stmt, 4), 4, 0);
        json_kv_text(out, "state", db_text(stmt, 7));
        json_kv_id(out, "meter_id", db_int(stmt, 8));
        json_kv_id(out, "reading_id", db_is_null(stmt, 9) ? 0 : db_int(stmt, 9));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}

static void
write_frozen(const Record *rec, JsonOut *out)
{
    const char *lines = record_text(rec, "statement");

    json_kv_day(out, "on", record_day(rec, "statement_on"));
    json_kv_money(out, "credits", record_int(rec, "credits"));
    json_kv_money(out, "deductions", record_int(rec, "deductions"));
    json_kv_money(out, "refund", record_int(rec, "refund"));
    json_kv_money(out, "owed", record_int(rec, "owed"));
    json_key(out, "lines");
    json_raw(out, lines, strlen(lines));
    json_key(out, "problems");
    json_begin_array(out);
    json_end_array(out);
}

/* Live until it is submitted, then as it was frozen; and what is still between the two sides. */
gboolean
moveout_write(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    MoveRest rest = { 0 };
    gboolean is_frozen = !record_is_null(rec, "statement");
    g_autoptr(Statement) statement = is_frozen ? NULL : statement_build(ctx, rec, ctx->today, error);

    if ((!is_frozen && !statement) || !moveout_rest(ctx, record_int(rec, "lease_id"), &rest, error) || !write_items(ctx, rec, out, error)
        || !write_readings(ctx, rec, out, error))
        return FALSE;
    json_kv_money(out, "still_open", rest.open_fen);
    json_kv_money(out, "still_to_refund", rest.credit_fen + rest.held_fen);
    json_kv_bool(out, "is_frozen", is_frozen);
    json_key(out, "settlement");
    json_begin_object(out);
    if (is_frozen)
        write_frozen(rec, out);
    else
        statement_write(statement, ctx->lang, out);
    json_end_object(out);
    return TRUE;
}
