/* statement.c - what is between the two sides on a day, line by line, each with its working. It foots: balance = sum of the lines. */
#include "db/catalogue.h"
#include "domain/moveout/moveout_internal.h"

#include <string.h>

static void
line_free(gpointer data)
{
    StatementLine *line = data;

    g_free(line->name);
    g_free(line->item);
    g_free(line->clause);
    g_free(line->working);
    g_free(line);
}

void
statement_free(Statement *statement)
{
    if (!statement)
        return;
    g_ptr_array_unref(statement->lines);
    g_array_unref(statement->problems);
    g_free(statement);
}

StatementLine *
statement_add(Statement *statement, const char *group, const char *name, gint64 gross_fen)
{
    StatementLine *line = g_new0(StatementLine, 1);

    *line = (StatementLine){ .group = group, .name = g_strdup(name), .from = DAY_NONE, .to = DAY_NONE, .due_on = DAY_NONE, .net_fen = gross_fen,
                             .gross_fen = gross_fen };
    g_ptr_array_add(statement->lines, line);
    return line;
}

void
statement_problem(Statement *statement, const char *token, const char *zh, const char *en)
{
    const StatementProblem problem = { token, zh, en };

    for (guint i = 0; i < statement->problems->len; i++) {
        if (strcmp(g_array_index(statement->problems, StatementProblem, i).token, token) == 0)
            return;
    }
    g_array_append_val(statement->problems, problem);
}

char *
statement_step(const char *zh, const char *en, ...)
{
    g_autoptr(JsonOut) out = json_out_new();
    va_list args, again;

    va_start(args, en);
    va_copy(again, args);
    g_autofree char *zh_text = g_strdup_vprintf(zh, args);
    g_autofree char *en_text = g_strdup_vprintf(en, again);
    va_end(again);
    va_end(args);
    json_begin_array(out);
    json_begin_object(out);
    json_kv_text(out, "text_zh", zh_text);
    json_kv_text(out, "text_en", en_text);
    json_end_object(out);
    json_end_array(out);
    return g_string_free(json_out_steal(out), FALSE);
}

DbStmt *
moveout_stmt(Ctx *ctx, const char *name, gint64 lease_id, GError **error)
{
    DbStmt *stmt = db_named(ctx->db, name, error);

    if (stmt) {
        db_bind_int(stmt, "property_id", ctx->property_id);
        db_bind_int(stmt, "lease_id", lease_id);
    }
    return stmt;
}

/* -- what was billed and is not settled --------------------------------------- */

static gboolean
add_unpaid(Ctx *ctx, gint64 lease_id, Statement *statement, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = moveout_stmt(ctx, "moveout.open", lease_id, error);

    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        gint64 gross_fen = db_int(stmt, 5), paid_fen = db_int(stmt, 6);
        StatementLine *line = statement_add(statement, "unpaid", db_text(stmt, 1), gross_fen - paid_fen);
        g_autofree char *gross = money_format_grouped(gross_fen);
        g_autofree char *paid = money_format_grouped(paid_fen);
        g_autofree char *open = money_format_grouped(gross_fen - paid_fen);
        line->charge_id = db_int(stmt, 0);
        line->from = db_day(stmt, 2);
        line->to = db_day(stmt, 3);
        line->due_on = db_day(stmt, 4);
        line->working = statement_step("应收 %s − 已收 %s = %s 元", "billed %s − received %s = %s yuan", gross, paid, open);
    }
    return ok;
}

/* -- readings that were not billed yet ----------------------------------------- */

static void
add_meter_line(const MeterDue *due, gpointer data)
{
    Statement *statement = data;

    if (due->problem) {
        statement_problem(statement, due->problem, "有读数尚不能计费（未审核、无单价或缺变更日读数），请先处理",
                          "a reading cannot be billed yet (not checked, no price, or a reading is missing); mend it first");
        return;
    }
    StatementLine *line = statement_add(statement, "utility", due->name, due->gross_fen);
    line->net_fen = due->net_fen;
    line->tax_fen = due->tax_fen;
    line->tax_rate_ppm = due->tax_rate_ppm;
    line->from = due->from;
    line->to = due->to;
    line->unit_id = due->unit_id;
    line->working = g_strdup(due->working);
}

static gboolean
check_readings(Ctx *ctx, const Record *move_out, Statement *statement, GError **error)
{
    gboolean row = FALSE;
    Day end = record_is_null(move_out, "returned_on") ? record_day(move_out, "last_on") : record_day(move_out, "returned_on");
    g_autoptr(DbStmt) stmt = moveout_stmt(ctx, "moveout.unread", record_int(move_out, "lease_id"), error);

    if (!stmt)
        return FALSE;
    db_bind_day(stmt, "end_on", end);
    if (!db_step(stmt, &row, error))
        return FALSE;
    if (row)
        statement_problem(statement, "unread", "铺位表计还没有交还日的最终读数", "a meter of the unit has no final reading of the day it was given back");
    return TRUE;
}

/* -- what this move-out itself gives rise to ----------------------------------- */

static gboolean
add_damages(Ctx *ctx, const Record *move_out, Statement *statement, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "moveout.items", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "move_out_id", move_out->id);
    while (db_each(stmt, &ok, error)) {
        const EnumItem *part = enum_find(move_out_item_parts, db_text(stmt, 1));
        const char *note = db_is_null(stmt, 3) ? "" : db_text(stmt, 3), *voucher = db_is_null(stmt, 6) ? "—" : db_text(stmt, 6);
        const char *clause = db_is_null(stmt, 5) ? "" : db_text(stmt, 5);
        gint64 amount_fen = db_int(stmt, 4);
        if (amount_fen == 0)
            continue;
        g_autofree char *name = g_strdup_printf("赔偿：%s %s", part->zh, note);
        g_autofree char *amount = money_format_grouped(amount_fen);
        StatementLine *line = statement_add(statement, "damage", name, amount_fen);
        line->item = g_strdup("damage");
        line->kind = "damage";
        line->clause = g_strdup(clause);
        line->working = statement_step("验收核定 %s 元；条款：%s；凭据：%s", "found at the inspection: %s yuan; clause %s; voucher %s", amount, clause, voucher);
    }
    return ok;
}

static void
add_agreed(const Record *move_out, Statement *statement)
{
    gint64 penalty_fen = record_int(move_out, "penalty"), compensation_fen = record_int(move_out, "compensation");
    const char *penalty_clause = record_text(move_out, "penalty_clause"), *compensation_clause = record_text(move_out, "compensation_clause");
    g_autofree char *penalty = money_format_grouped(penalty_fen);
    g_autofree char *compensation = money_format_grouped(compensation_fen);

    if (penalty_fen > 0) {
        StatementLine *line = statement_add(statement, "penalty", "违约金", penalty_fen);
        line->item = g_strdup("penalty");
        line->kind = "penalty";
        line->clause = g_strdup(penalty_clause);
        line->working = statement_step("按合同 %s 计 %s 元", "by clause %s: %s yuan", penalty_clause ? penalty_clause : "—", penalty);
    }
    if (compensation_fen > 0) {
        StatementLine *line = statement_add(statement, "compensation", "商场补偿", -compensation_fen);
        line->item = g_strdup("penalty");
        line->kind = "penalty";
        line->clause = g_strdup(compensation_clause);
        line->working = statement_step("按 %s 补偿 %s 元", "agreed in %s: %s yuan", compensation_clause ? compensation_clause : "—", compensation);
    }
}

/* Each day after the last one until it is given back: 1/30 of the monthly rent times the agreed percent. Source: rules.md 9.7. */
static gboolean
add_occupation(Ctx *ctx, const Record *move_out, const Record *lease, Statement *statement, GError **error)
{
    Day last = record_day(move_out, "last_on");
    Day until = record_is_null(move_out, "returned_on") ? statement->on : record_day(move_out, "returned_on");
    gint64 days = until - last, monthly_fen = record_int(lease, "monthly_rent"), percent_ppm = record_int(move_out, "occupation_percent");

    if (days <= 0 || monthly_fen == 0)
        return TRUE;
    g_autoptr(Record) item = record_find_by(ctx, "charge_item", "code", "occupation_fee", error);
    if (!item)
        return FALSE;
    gint64 fee_fen = occupation_fee(monthly_fen, percent_ppm, days);
    StatementLine *line = statement_add(statement, "occupation", "占用费", fee_fen);
    g_autofree char *monthly = money_format_grouped(monthly_fen);
    g_autofree char *percent = percent_format(percent_ppm);
    g_autofree char *fee = money_format_grouped(fee_fen);
    line->item = g_strdup("occupation_fee");
    line->kind = "occupation";
    line->from = last + 1;
    line->to = until;
    line->tax_rate_ppm = record_int(item, "tax_rate");
    line->unit_id = record_int(move_out, "unit_id");
    tax_split_gross(fee_fen, line->tax_rate_ppm, &line->net_fen, &line->tax_fen);
    line->working = statement_step("月租金 %s ÷ 30 × %s%% × %d 天 = %s 元", "monthly rent %s ÷ 30 × %s%% × %d days = %s yuan", monthly, percent, (int) days, fee);
    return TRUE;
}

/* -- deposits ------------------------------------------------------------------ */

static gboolean
add_deposits(Ctx *ctx, gint64 lease_id, Statement *statement, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = moveout_stmt(ctx, "moveout.deposits", lease_id, error);

    if (!stmt)
        return FALSE;
    while (db_each(stmt, &ok, error)) {
        const EnumItem *kind = enum_find(deposit_kind_items, db_text(stmt, 0));
        gint64 held_fen = db_int(stmt, 1);
        g_autofree char *held = money_format_grouped(held_fen);
        StatementLine *line = statement_add(statement, "deposit", kind->zh, -held_fen);
        line->deposit_kind = kind->token;
        line->working = statement_step("保证金台账余额 %s 元", "held by the deposit register: %s yuan", held);
    }
    return ok;
}

static void
foot(Statement *statement)
{
    gint64 credits_fen = 0, deductions_fen = 0;

    for (guint i = 0; i < statement->lines->len; i++) {
        const StatementLine *line = statement->lines->pdata[i];
        *(line->gross_fen < 0 ? &credits_fen : &deductions_fen) += ABS(line->gross_fen);
    }
    statement->balance = move_out_balance(credits_fen, deductions_fen);
}

Statement *
statement_build(Ctx *ctx, const Record *move_out, Day on, GError **error)
{
    g_autoptr(Statement) statement = g_new0(Statement, 1);
    gint64 lease_id = record_int(move_out, "lease_id");

    statement->on = on;
    statement->lines = g_ptr_array_new_with_free_func(line_free);
    statement->problems = g_array_new(FALSE, FALSE, sizeof(StatementProblem));
    g_autoptr(Record) lease = record_get(ctx, "lease", lease_id, NULL, error);
    if (!lease || !add_unpaid(ctx, lease_id, statement, error) || !statement_add_rent(ctx, move_out, lease, statement, error)
        || !statement_add_late(ctx, lease, statement, error) || !meter_due_each(ctx, lease_id, on, add_meter_line, statement, error)
        || !check_readings(ctx, move_out, statement, error) || !add_damages(ctx, move_out, statement, error))
        return NULL;
    add_agreed(move_out, statement);
    if (!add_occupation(ctx, move_out, lease, statement, error) || !add_deposits(ctx, lease_id, statement, error))
        return NULL;
    if (record_is(move_out, "breach", "unchecked"))
        statement_problem(statement, "breach", "还没有核查违约情况", "the breach check was not made");
    foot(statement);
    return g_steal_pointer(&statement);
}

/* -- as JSON ------------------------------------------------------------------- */

static void
write_line(const StatementLine *line, JsonOut *out)
{
    const char *working = line->working ? line->working : "[]";

    json_begin_object(out);
    json_kv_text(out, "group", line->group);
    json_kv_text(out, "name", line->name);
    json_kv_text(out, "item", line->item);
    json_kv_text(out, "clause", line->clause);
    json_kv_text(out, "deposit_kind", line->deposit_kind);
    json_kv_id(out, "charge_id", line->charge_id);
    json_kv_day(out, "from", line->from);
    json_kv_day(out, "to", line->to);
    json_kv_day(out, "due_on", line->due_on);
    json_kv_money(out, "net", line->net_fen);
    json_kv_money(out, "tax", line->tax_fen);
    json_kv_money(out, "amount", line->gross_fen);
    json_key(out, "working");
    json_raw(out, working, strlen(working));
    json_end_object(out);
}

char *
statement_lines_text(const Statement *statement)
{
    g_autoptr(JsonOut) out = json_out_new();

    json_begin_array(out);
    for (guint i = 0; i < statement->lines->len; i++)
        write_line(statement->lines->pdata[i], out);
    json_end_array(out);
    return g_string_free(json_out_steal(out), FALSE);
}

void
statement_write(const Statement *statement, Lang lang, JsonOut *out)
{
    json_kv_day(out, "on", statement->on);
    json_kv_money(out, "credits", statement->balance.credits_fen);
    json_kv_money(out, "deductions", statement->balance.deductions_fen);
    json_kv_money(out, "refund", statement->balance.refund_fen);
    json_kv_money(out, "owed", statement->balance.owed_fen);
    json_key(out, "lines");
    json_begin_array(out);
    for (guint i = 0; i < statement->lines->len; i++)
        write_line(statement->lines->pdata[i], out);
    json_end_array(out);
    json_key(out, "problems");
    json_begin_array(out);
    for (guint i = 0; i < statement->problems->len; i++) {
        const StatementProblem *problem = &g_array_index(statement->problems, StatementProblem, i);
        json_begin_object(out);
        json_kv_text(out, "problem", problem->token);
        json_kv_text(out, "text", lang == LANG_EN ? problem->en : problem->zh);
        json_end_object(out);
    }
    json_end_array(out);
}
