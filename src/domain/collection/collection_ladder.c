/* collection_ladder.c - the ladder of demands: its stages, where a merchant stands on it, which step may be taken next and by whom. */
#include "db/catalogue.h"
#include "domain/collection/collection_internal.h"
#include "domain/lease/lease.h"

#include <string.h>

static const struct {
    const char *kind, *name, *name_en, *senders;
    gint64 from_days, deadline_days;
} ladder_seed[] = {
    { "reminder", "催缴提醒", "Reminder", "operations_specialist operations_supervisor operations_manager finance", 1, 3 },
    { "dunning_1", "催缴函", "First letter", "operations_specialist operations_supervisor operations_manager", 7, 7 },
    { "dunning_2", "第二次催缴函", "Second letter", "operations_supervisor operations_manager", 15, 7 },
    { "lawyer", "律师函", "Lawyer's letter", "operations_manager director", 30, 10 },
    { "terminate", "解除合同通知书", "Notice of termination", "director general_manager", 45, 5 },
};

static gboolean
seed_stage(Ctx *ctx, guint n, GError **error)
{
    g_autoptr(Record) stage = record_new(registry_def(ctx->registry, "dunning_stage"));

    record_set_text(stage, "kind", ladder_seed[n].kind);
    record_set_text(stage, "name", ladder_seed[n].name);
    record_set_text(stage, "name_en", ladder_seed[n].name_en);
    record_set_int(stage, "seq", n + 1);
    record_set_int(stage, "from_days", ladder_seed[n].from_days);
    record_set_int(stage, "deadline_days", ladder_seed[n].deadline_days);
    record_set_text(stage, "senders", ladder_seed[n].senders);
    return record_save(ctx, stage, error);
}

gboolean
collection_seed(Ctx *ctx, GError **error)
{
    g_autoptr(Record) there = record_find_by(ctx, "dunning_stage", "kind", "reminder", NULL);

    for (guint i = 0; !there && i < G_N_ELEMENTS(ladder_seed); i++) {
        if (!seed_stage(ctx, i, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
check_role(Ctx *ctx, const char *code, GError **error)
{
    gboolean row = FALSE;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "collection.role_known", error);

    if (!stmt)
        return FALSE;
    db_bind_text(stmt, "code", code);
    if (!db_step(stmt, &row, error))
        return FALSE;
    return row || app_error_field(error, "senders", "option", "没有岗位编码“%s”", "there is no role %s", code);
}

gboolean
stage_validate(Ctx *ctx, Record *stage, const Record *old, GError **error)
{
    g_auto(GStrv) codes = g_strsplit(record_text(stage, "senders") ? record_text(stage, "senders") : "", " ", -1);

    (void) old;
    if (paper_threatens_utilities(record_text(stage, "name")))
        return paper_refuse_utilities("name", error);
    for (guint i = 0; codes[i]; i++) {
        if (*codes[i] && !check_role(ctx, codes[i], error))
            return FALSE;
    }
    return TRUE;
}

static void
stage_free(gpointer data)
{
    Stage *stage = data;

    g_free(stage->kind);
    g_free(stage->name);
    g_free(stage->name_en);
    g_free(stage->senders);
    g_free(stage);
}

GPtrArray *
dunning_stages(Ctx *ctx, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GPtrArray) stages = g_ptr_array_new_with_free_func(stage_free);
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "collection.stages", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    while (db_each(stmt, &ok, error)) {
        Stage *stage = g_new0(Stage, 1);
        stage->id = db_int(stmt, 0);
        stage->kind = g_strdup(db_text(stmt, 1));
        stage->name = g_strdup(db_text(stmt, 2));
        stage->name_en = g_strdup(db_is_null(stmt, 3) ? db_text(stmt, 2) : db_text(stmt, 3));
        stage->seq = db_int(stmt, 4);
        stage->from_days = db_int(stmt, 5);
        stage->deadline_days = db_int(stmt, 6);
        stage->senders = g_strdup(db_text(stmt, 7));
        g_ptr_array_add(stages, stage);
    }
    return ok ? g_steal_pointer(&stages) : NULL;
}

void
ladder_clear(Ladder *ladder)
{
    g_clear_pointer(&ladder->no, g_free);
    g_clear_pointer(&ladder->kind, g_free);
    g_clear_pointer(&ladder->state, g_free);
}

static void
ladder_free(gpointer data)
{
    ladder_clear(data);
    g_free(data);
}

char *
due_key(gint64 merchant_id, gint64 lease_id)
{
    return g_strdup_printf("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, merchant_id, lease_id);
}

/* A demand for payment that is proven to have arrived; a reminder by telephone is none. */
static gboolean
is_demand(const char *kind, const char *state)
{
    return strcmp(state, "delivered") == 0 && strcmp(kind, "reminder") != 0 && strcmp(kind, "terminate") != 0;
}

static void
climb(Ladder *ladder, const DbStmt *stmt)
{
    const char *kind = db_text(stmt, 2), *state = db_text(stmt, 5);
    Day deadline = db_is_null(stmt, 7) ? DAY_NONE : db_day(stmt, 7);

    if (strcmp(state, "draft") == 0)
        ladder->draft_id = db_int(stmt, 0);
    else {
        ladder->stage_seq = MAX(ladder->stage_seq, db_int(stmt, 6));
        ladder->deadline_on = MAX(ladder->deadline_on, deadline);
    }
    if (is_demand(kind, state) && (ladder->demand_over_on == DAY_NONE || deadline < ladder->demand_over_on))
        ladder->demand_over_on = deadline;
    ladder_clear(ladder);
    ladder->notice_id = db_int(stmt, 0);
    ladder->no = g_strdup(db_text(stmt, 1));
    ladder->kind = g_strdup(kind);
    ladder->state = g_strdup(state);
}

GHashTable *
dunning_ladders(Ctx *ctx, gint64 lease_id, gint64 merchant_id, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(GHashTable) ladders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, ladder_free);
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "collection.ladders", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "lease_id", lease_id);
    db_bind_int(stmt, "merchant_id", merchant_id);
    db_bind_day(stmt, "today", ctx->today);
    while (db_each(stmt, &ok, error)) {
        g_autofree char *key = due_key(db_int(stmt, 3), db_is_null(stmt, 4) ? 0 : db_int(stmt, 4));
        Ladder *ladder = g_hash_table_lookup(ladders, key);
        if (!ladder) {
            ladder = g_new0(Ladder, 1);
            ladder->deadline_on = ladder->demand_over_on = DAY_NONE;
            g_hash_table_insert(ladders, g_steal_pointer(&key), ladder);
        }
        climb(ladder, stmt);
    }
    return ok ? g_steal_pointer(&ladders) : NULL;
}

const Stage *
dunning_next(const GPtrArray *stages, const Ladder *ladder)
{
    for (guint i = 0; i < stages->len; i++) {
        const Stage *stage = stages->pdata[i];
        if (!ladder || stage->seq > ladder->stage_seq)
            return stage;
    }
    return NULL;
}

static gboolean
refuse_deadline(const Ladder *ladder, GError **error)
{
    g_autofree char *day = day_dup(ladder->deadline_on);

    return app_error_set(error, APP_ERROR_CONFLICT, "dunning_notice.deadline_runs", "上一函件的付款期限至 %s，期限内不能再发",
                         "the letter before gives until %s to pay; no other can go out before that", day);
}

/* The order of the ladder: each step once the one before has failed; the same one may be repeated. */
static gboolean
check_step(const GPtrArray *stages, const Ladder *ladder, const Stage *stage, GError **error)
{
    const Stage *next = dunning_next(stages, ladder);
    gint64 reached = ladder ? ladder->stage_seq : 0;

    if (stage->seq < reached)
        return app_error_set(error, APP_ERROR_CONFLICT, "dunning_notice.goes_back", "已发过更高一级的函件，不能再发“%s”%.0s",
                             "%.0sa later step was taken already; %s cannot follow", stage->name, stage->name_en);
    if (next && stage->seq > next->seq)
        return app_error_set(error, APP_ERROR_CONFLICT, "dunning_notice.skips_stage", "不能越级：下一步是“%s”%.0s",
                             "%.0sno stage may be skipped: the next one is %s", next->name, next->name_en);
    return TRUE;
}

gboolean
dunning_allowed(Ctx *ctx, const GPtrArray *stages, const Ladder *ladder, const Stage *stage, gint64 days, GError **error)
{
    if (days <= 0)
        return app_error_set(error, APP_ERROR_CONFLICT, "dunning_notice.nothing_overdue", "没有逾期款项，不能催缴", "nothing is overdue");
    if (ladder && ladder->deadline_on != DAY_NONE && ladder->deadline_on >= ctx->today)
        return refuse_deadline(ladder, error);
    if (!check_step(stages, ladder, stage, error))
        return FALSE;
    if (days < stage->from_days)
        return app_error_set(error, APP_ERROR_CONFLICT, "dunning_notice.too_early", "逾期满 %d 天后方可发出，目前 %d 天",
                             "it may go out after %d days overdue; now it is %d", (int) stage->from_days, (int) days);
    if (strcmp(stage->kind, "terminate") == 0 && (!ladder || ladder->demand_over_on == DAY_NONE || ladder->demand_over_on >= ctx->today))
        return app_error_set(error, APP_ERROR_CONFLICT, "dunning_notice.no_demand",
                             "解除合同前须有已送达的书面催告且其期限已过（民法典第七百二十二条）",
                             "before a lease is terminated a demand must have been delivered and its deadline must have passed (civil code 722)");
    return TRUE;
}

gboolean
dunning_may_send(Ctx *ctx, const Stage *stage, gboolean *may, GError **error)
{
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "collection.has_role", error);

    *may = ctx->staff_id == 0;
    if (!stmt)
        return FALSE;
    if (*may)
        return TRUE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    db_bind_int(stmt, "me", ctx->staff_id);
    db_bind_text(stmt, "roles", stage->senders);
    return db_step(stmt, may, error);
}
