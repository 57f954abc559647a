/* lease_review.c - the countersign review: what the program finds by itself, and what people check point by point. */
#include "base/text.h"
#include "db/catalogue.h"
#include "domain/lease/lease_internal.h"
#include "domain/space/space.h"

#include <string.h>

const ReviewPoint lease_review_points[] = {
    { "parties", "双方名称、证照与主体资格一致", "Parties, licences and standing agree" },
    { "unit", "铺位编号与平面图一致", "Unit numbers agree with the plan" },
    { "area", "计租面积与铺位档案一致，差异有说明", "Rent area agrees with the unit file, differences explained" },
    { "dates", "租期、交付、免租、计租日期正确", "Term, handover, free and rent dates are right" },
    { "price", "租金不低于底价，或差异已获更高一级批准", "Rent is not below the floor price, or approved one level higher" },
    { "clauses", "标准条款齐备，特别约定已审", "Standard clauses are complete, special terms are reviewed" },
    { "deposits", "保证金性质、金额与退还约定明确", "Kind, amount and refund of deposits are clear" },
    { "total", "收费明细与合同总额核对一致", "Schedule and total agree" },
    { NULL, NULL, NULL },
};

const ReviewPoint lease_standard_clauses[] = {
    { "use", "用途与品牌", "Use and brand" },
    { "fitout", "装修与进场", "Fit-out and entry" },
    { "operation", "经营管理", "Operation" },
    { "sublet", "转租与转让", "Sublet and transfer" },
    { "safety", "消防与安全", "Fire and safety" },
    { "return", "交还与退租", "Return of the premises" },
    { "default", "违约责任", "Default" },
    { "force_majeure", "不可抗力", "Force majeure" },
    { "dispute", "通知与争议", "Notice and disputes" },
    { NULL, NULL, NULL },
};

typedef struct {
    Ctx *ctx;
    Record *lease;
    guint n;
    GError *error;
} Judge;

static void G_GNUC_PRINTF(4, 6) G_GNUC_PRINTF(5, 6)
found(Judge *j, const char *code, const char *severity, const char *zh, const char *en, ...)
{
    va_list a, b;
    g_autoptr(Record) finding = record_new(registry_def(j->ctx->registry, "finding"));

    if (j->error)
        return;
    va_start(a, en);
    va_copy(b, a);
    g_autofree char *zh_text = g_strdup_vprintf(zh, a);
    g_autofree char *en_text = g_strdup_vprintf(en, b);
    va_end(a);
    va_end(b);
    record_set_id(finding, "lease_id", j->lease->id);
    record_set_int(finding, "round", record_int(j->lease, "round"));
    record_set_text(finding, "code", code);
    record_set_text(finding, "severity", severity);
    record_set_text(finding, "zh", zh_text);
    record_set_text(finding, "en", en_text);
    record_save(j->ctx, finding, &j->error);
    j->n++;
}

static void
judge_free_days(Judge *j, const Record *part, const Record *unit)
{
    g_autoptr(DbStmt) stmt = db_named(j->ctx->db, "lease.overlap", &j->error);
    gboolean row = FALSE;

    if (!stmt)
        return;
    db_bind_int(stmt, "property_id", j->ctx->property_id);
    db_bind_int(stmt, "unit_id", record_int(part, "unit_id"));
    db_bind_int(stmt, "lease_id", j->lease->id);
    db_bind_day(stmt, "from_on", record_day(part, "from_on"));
    db_bind_day(stmt, "to_on", record_day(part, "to_on"));
    if (!db_step(stmt, &row, &j->error) || !row)
        return;
    g_autofree char *from = day_dup(db_day(stmt, 2));
    g_autofree char *to = day_dup(db_day(stmt, 3));
    found(j, "unit_let", "block", "铺位 %s 在 %s 至 %s 已由合同 %s 租用", "Unit %s is let from %s to %s by lease %s",
          record_text(unit, "no"), from, to, db_text(stmt, 0));
}

static void
judge_hold(Judge *j, const Record *part, const Record *unit)
{
    g_autoptr(DbStmt) stmt = db_named(j->ctx->db, "lease.other_hold", &j->error);
    gboolean row = FALSE;

    if (!stmt)
        return;
    db_bind_int(stmt, "property_id", j->ctx->property_id);
    db_bind_int(stmt, "unit_id", record_int(part, "unit_id"));
    db_bind_int(stmt, "now", j->ctx->now_us);
    db_bind_int(stmt, "lead_id", record_int(j->lease, "lead_id"));
    if (db_step(stmt, &row, &j->error) && row)
        found(j, "unit_held", "block", "铺位 %s 正为其他客户“%s”预留", "Unit %s is held for another lead, %s",
              record_text(unit, "no"), db_text(stmt, 1) ? db_text(stmt, 1) : "");
}

static void
judge_area(Judge *j, const Record *part, const Record *unit)
{
    gint64 agreed = record_int(part, "area"), file = record_int(unit, "area_leasable");
    g_autofree char *a = area_format(agreed);
    g_autofree char *b = area_format(file);

    if (agreed != file)
        found(j, "area_differs", "warn", "铺位 %s 合同面积 %s ㎡，档案面积 %s ㎡", "Unit %s: %s m2 in the lease, %s m2 in its file",
              record_text(unit, "no"), a, b);
}

static void
judge_price(Judge *j, const Record *unit)
{
    SpacePolicy policy = { 0 };
    gint64 lowest = record_int(j->lease, "lowest_price");
    Day on = record_is_null(j->lease, "sign_on") ? j->ctx->today : record_day(j->lease, "sign_on");

    if (!space_policy_find(j->ctx, unit->id, record_int(j->lease, "category_id"), on, &policy, &j->error))
        return;
    g_autofree char *have = price_format(lowest);
    g_autofree char *floor = price_format(policy.floor_price_e4);
    if (policy.floor_price_e4 == 0)
        found(j, "no_floor_price", "info", "铺位 %s 没有生效的底价，无法比较", "Unit %s has no floor price in force to compare with",
              record_text(unit, "no"));
    else if (lowest > 0 && lowest < policy.floor_price_e4) {
        record_set_int(j->lease, "is_below_floor", 1);
        found(j, "below_floor", "warn", "铺位 %s 最低租金 %s 元/㎡/月，低于底价 %s，须总经理批准",
              "Unit %s: lowest rent %s yuan/m2/month is below the floor price %s; the general manager must approve",
              record_text(unit, "no"), have, floor);
    }
}

static void
judge_unit(Judge *j, const Record *part, const Record *unit)
{
    judge_free_days(j, part, unit);
    if (!j->error)
        judge_hold(j, part, unit);
    if (!j->error)
        judge_area(j, part, unit);
    if (!j->error)
        judge_price(j, unit);
}

static void
judge_units(Judge *j)
{
    g_autoptr(GPtrArray) units = lease_children(j->ctx, "lease_unit", j->lease->id, &j->error);

    if (units && units->len == 0)
        found(j, "no_unit", "block", "合同没有铺位", "The lease has no unit");
    for (guint i = 0; units && i < units->len && !j->error; i++) {
        const Record *part = units->pdata[i];
        g_autoptr(Record) unit = record_get(j->ctx, "unit", record_int(part, "unit_id"), NULL, &j->error);
        if (!unit)
            return;
        judge_unit(j, part, unit);
    }
}

static void
judge_papers(Judge *j)
{
    const FieldDef *kind = entity_find_field(registry_def(j->ctx->registry, "lease_document"), "kind");
    g_autoptr(GString) zh = g_string_new(NULL);
    g_autoptr(GString) en = g_string_new(NULL);
    g_autoptr(DbStmt) stmt = db_named(j->ctx->db, "lease.missing_papers", &j->error);
    gboolean ok = TRUE;

    if (!stmt)
        return;
    db_bind_int(stmt, "property_id", j->ctx->property_id);
    db_bind_int(stmt, "lease_id", j->lease->id);
    while (db_each(stmt, &ok, &j->error)) {
        const EnumItem *item = enum_find(kind->items, db_text(stmt, 0));
        if (strcmp(item->token, "countersign") == 0 || strcmp(item->token, "lease") == 0)
            continue; /* these come out of the review and the seal */
        g_string_append_printf(zh, "%s%s", zh->len ? "、" : "", item->zh);
        g_string_append_printf(en, "%s%s", en->len ? ", " : "", item->en);
    }
    if (zh->len)
        found(j, "missing_paper", "warn", "缺少资料：%s%.0s", "%.0sPapers missing: %s", zh->str, en->str);
}

static void
judge_clauses(Judge *j)
{
    const char *have = record_text(j->lease, "clauses");
    g_auto(GStrv) words = g_strsplit(have ? have : "", " ", -1);
    g_autoptr(GString) zh = g_string_new(NULL);
    g_autoptr(GString) en = g_string_new(NULL);

    for (const ReviewPoint *c = lease_standard_clauses; c->code; c++) {
        if (g_strv_contains((const char *const *) words, c->code))
            continue;
        g_string_append_printf(zh, "%s%s", zh->len ? "、" : "", c->zh);
        g_string_append_printf(en, "%s%s", en->len ? ", " : "", c->en);
    }
    if (zh->len)
        found(j, "missing_clause", "warn", "缺少标准条款：%s%.0s", "%.0sStandard clauses missing: %s", zh->str, en->str);
}

static void
judge_total(Judge *j)
{
    gint64 total = record_int(j->lease, "total"), agreed = record_int(j->lease, "agreed_total");
    g_autofree char *a = money_format_grouped(agreed);
    g_autofree char *b = money_format_grouped(total);

    if (total == 0)
        found(j, "no_rent", "block", "合同没有收费条款", "The lease has no charge terms");
    if (!record_is_null(j->lease, "agreed_total") && agreed != total)
        found(j, "total_differs", "block", "约定总额 %s 元与收费明细合计 %s 元不一致", "The agreed total %s differs from the schedule's %s",
              a, b);
}

static void
judge_merchant(Judge *j)
{
    g_autoptr(Record) merchant = record_get(j->ctx, "merchant", record_int(j->lease, "merchant_id"), NULL, &j->error);

    if (!merchant)
        return;
    if (record_int(merchant, "is_blacklisted"))
        found(j, "blacklisted", "block", "商户已列入黑名单", "The merchant is on the blacklist");
    if (record_is_null(merchant, "credit_code") && record_is_null(merchant, "id_number"))
        found(j, "no_identity", "warn", "商户没有统一社会信用代码或身份证号", "The merchant has neither credit code nor identity number");
}

static void (*const judges[])(Judge *j) = { judge_units, judge_papers, judge_clauses, judge_total, judge_merchant };

gboolean
lease_review_refresh(Ctx *ctx, Record *lease, GError **error)
{
    Judge j = { .ctx = ctx, .lease = lease };
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.findings_delete", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease->id);
    if (!db_exec_stmt(stmt, NULL, error) || !lease_derive(ctx, lease, error))
        return FALSE;
    record_set_int(lease, "is_below_floor", 0);
    for (guint i = 0; i < G_N_ELEMENTS(judges) && !j.error; i++)
        judges[i](&j);
    if (j.error) {
        g_propagate_error(error, j.error);
        return FALSE;
    }
    return TRUE;
}

gboolean
lease_review_refuse_blocks(Ctx *ctx, const Record *lease, GError **error)
{
    g_autoptr(GPtrArray) findings = lease_children(ctx, "finding", lease->id, error);
    g_autoptr(GString) zh = g_string_new(NULL);
    g_autoptr(GString) en = g_string_new(NULL);

    if (!findings)
        return FALSE;
    for (guint i = 0; i < findings->len; i++) {
        if (!record_is(findings->pdata[i], "severity", "block"))
            continue;
        g_string_append_printf(zh, "%s%s", zh->len ? "；" : "", record_text(findings->pdata[i], "zh"));
        g_string_append_printf(en, "%s%s", en->len ? "; " : "", record_text(findings->pdata[i], "en"));
    }
    return zh->len == 0
           || app_error_set(error, APP_ERROR_CONFLICT, "lease.blocked", "不能送审：%s%.0s",
                            "%.0scannot go to review: %s", zh->str, en->str);
}

const ReviewPoint *
lease_review_open_point(Ctx *ctx, const Record *lease, GError **error)
{
    g_autoptr(GHashTable) checked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.review_items", error);
    gboolean ok = TRUE;

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease->id);
    db_bind_int(stmt, "round", record_int(lease, "round"));
    while (db_each(stmt, &ok, error)) {
        if (db_int(stmt, 1))
            g_hash_table_add(checked, g_strdup(db_text(stmt, 0)));
    }
    for (const ReviewPoint *p = lease_review_points; ok && p->code; p++) {
        if (!g_hash_table_contains(checked, p->code))
            return p;
    }
    return NULL;
}

static const ReviewPoint *
find_point(const char *code)
{
    for (const ReviewPoint *p = lease_review_points; p->code; p++) {
        if (g_strcmp0(p->code, code) == 0)
            return p;
    }
    return NULL;
}

/* Id of the round's row for a point; 0 if nobody looked at it yet. */
static gboolean
find_item(Ctx *ctx, const Record *lease, const char *code, gint64 *id, GError **error)
{
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.review_items", error);
    gboolean ok = TRUE;

    *id = 0;
    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease->id);
    db_bind_int(stmt, "round", record_int(lease, "round"));
    while (db_each(stmt, &ok, error)) {
        if (strcmp(db_text(stmt, 0), code) == 0)
            *id = db_int(stmt, 5);
    }
    return ok;
}

gboolean
lease_review_check(Ctx *ctx, Record *lease, const char *code, gboolean right, const char *remarks, GError **error)
{
    gint64 id = 0;

    if (!find_point(code))
        return app_error_field(error, "code", "option", "没有这个核对项", "is not a point of the checklist");
    if (!record_is(lease, "state", "countersigning"))
        return app_error_set(error, APP_ERROR_CONFLICT, "lease.not_in_review", "合同不在会签中",
                             "the lease is not in review");
    if (record_int(lease, "owner_id") == ctx->staff_id)
        return app_error_set(error, APP_ERROR_FORBIDDEN, "lease.own_review", "经办人不能核对自己的合同",
                             "nobody checks their own lease");
    if (!find_item(ctx, lease, code, &id, error))
        return FALSE;
    g_autoptr(Record) item = id ? record_get(ctx, "review_item", id, NULL, error)
                                : record_new(registry_def(ctx->registry, "review_item"));
    if (!item)
        return FALSE;
    record_set_id(item, "lease_id", lease->id);
    record_set_int(item, "round", record_int(lease, "round"));
    record_set_text(item, "code", code);
    record_set_int(item, "ok", right);
    record_set_text(item, "remarks", remarks);
    record_set_id(item, "checked_by", ctx->staff_id);
    record_set_int(item, "checked_at", ctx->now_us);
    return record_save(ctx, item, error);
}

static void
write_findings(Ctx *ctx, const GPtrArray *findings, JsonOut *out)
{
    json_key(out, "findings");
    json_begin_array(out);
    for (guint i = 0; i < findings->len; i++) {
        const Record *f = findings->pdata[i];
        json_begin_object(out);
        json_kv_text(out, "code", record_text(f, "code"));
        json_kv_text(out, "severity", record_text(f, "severity"));
        json_kv_text(out, "text", record_text(f, ctx->lang == LANG_EN ? "en" : "zh"));
        json_end_object(out);
    }
    json_end_array(out);
}

static gboolean
write_checklist(Ctx *ctx, const Record *lease, JsonOut *out, GError **error)
{
    gboolean english = ctx->lang == LANG_EN, ok = TRUE;
    g_autoptr(GHashTable) rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "lease.review_items", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease->id);
    db_bind_int(stmt, "round", record_int(lease, "round"));
    while (db_each(stmt, &ok, error)) {
        g_autoptr(JsonOut) part = json_out_new();
        json_begin_object(part);
        json_kv_bool(part, "ok", db_int(stmt, 1) != 0);
        json_kv_text(part, "remarks", db_text(stmt, 2));
        json_kv_text(part, "checked_by", db_text(stmt, 3));
        json_kv_us(part, "checked_at", db_int(stmt, 4));
        json_end_object(part);
        g_hash_table_insert(rows, g_strdup(db_text(stmt, 0)), g_string_free(json_out_steal(part), FALSE));
    }
    json_key(out, "checklist");
    json_begin_array(out);
    for (const ReviewPoint *p = lease_review_points; p->code; p++) {
        const char *row = g_hash_table_lookup(rows, p->code);
        json_begin_object(out);
        json_kv_text(out, "code", p->code);
        json_kv_text(out, "label", english ? p->en : p->zh);
        json_key(out, "check");
        json_raw(out, row ? row : "null", strlen(row ? row : "null"));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}

gboolean
lease_review_write(Ctx *ctx, const Record *lease, JsonOut *out, GError **error)
{
    g_autoptr(GPtrArray) findings = lease_children(ctx, "finding", lease->id, error);

    if (!findings)
        return FALSE;
    write_findings(ctx, findings, out);
    if (!write_checklist(ctx, lease, out, error))
        return FALSE;
    json_key(out, "figures");
    json_begin_object(out);
    json_kv_int(out, "round", record_int(lease, "round"));
    json_kv_money(out, "total", record_int(lease, "total"));
    json_kv_money(out, "monthly_rent", record_int(lease, "monthly_rent"));
    json_key(out, "lowest_price");
    json_decimal(out, record_int(lease, "lowest_price"), 4, 4);
    json_kv_bool(out, "is_below_floor", record_int(lease, "is_below_floor") != 0);
    json_end_object(out);
    return TRUE;
}
