#include "support/request.h"

#include "domain/org/org.h"

static const EnumItem state_items[] = {
    { "draft", "草稿", "Draft", TONE_GRAY },
    { "approving", "审批中", "In approval", TONE_BLUE },
    { "approved", "已批准", "Approved", TONE_GREEN },
    { "rejected", "已拒绝", "Rejected", TONE_RED },
    { NULL, NULL, NULL, TONE_GRAY },
};

/* clang-format off */
static const FieldDef fields[] = {
    F_TEXT("title", 100, "事由", "Title", .flags = FF_REQUIRED),
    F_MONEY("total", "金额", "Total", .flags = FF_REQUIRED),
    F_TEXT("phone", 40, "电话", "Phone", .flags = FF_MASKED),
    F_BOOL("is_below_floor", "低于底价", "Below floor", .preset = "false"),
    F_REF("owner_id", "staff", "负责人", "Owner", .flags = FF_REQUIRED),
    F_TEXT("remark", 100, "内部备注", "Remark", .flags = FF_DERIVED),
    F_ENUM("state", state_items, "状态", "State", .preset = "draft"),
};
/* clang-format on */

static const EntityDef request_def = {
    .name = "request",
    .zh = "申请",
    .en = "Request",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "title",
    .state_field = "state",
    .scope = { .owner = "owner_id" },
};

static gboolean
submit(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    (void) input;
    return approval_start(ctx, rec, error) != 0;
}

static const Transition flow[] = {
    { .from = "draft",
      .action = "submit",
      .to = "approving",
      .zh = "提交",
      .en = "Submit",
      .effect = submit },
    { .from = "approving",
      .action = "approve",
      .to = "approved",
      .zh = "通过",
      .en = "Pass",
      .internal = TRUE },
    { .from = "approving",
      .action = "refuse",
      .to = "rejected",
      .zh = "拒绝",
      .en = "Refuse",
      .internal = TRUE },
    { .from = "approving",
      .action = "reopen",
      .to = "draft",
      .zh = "退回",
      .en = "Reopen",
      .internal = TRUE },
};

static gboolean
after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    return !old || approval_subject_changed(ctx, "request", rec->id, error);
}

const EntityModule request_module = {
    .def = &request_def, .flow = flow, .n_flow = G_N_ELEMENTS(flow), .after_save = after_save
};

static gboolean
on_agreed(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "approve", NULL, error);
}

static gboolean
on_rejected(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "refuse", NULL, error);
}

static gboolean
on_back(Ctx *ctx, Record *rec, gint64 approval_id, GError **error)
{
    (void) approval_id;
    return flow_apply(ctx, rec, "reopen", NULL, error);
}

const ApprovalSubject request_subject = { .entity = "request",
                                          .on_agreed = on_agreed,
                                          .on_rejected = on_rejected,
                                          .on_returned = on_back,
                                          .on_withdrawn = on_back,
                                          .on_void = on_back };

World *
request_world(Dialect dialect)
{
    static const EntityModule *const modules[] = {
        &property_module,    &department_module,
        &post_module,        &role_module,
        &staff_module,       &role_grant_module,
        &role_unmask_module, &staff_role_module,
        &delegation_module,  &zone_module,
        &session_module,     &login_throttle_module,
        &staff_reach_module, &notification_module,
        &list_view_module,   &setting_module,
        &flow_module,        &flow_step_module,
        &approval_module,    &approval_task_module,
        &request_module,     NULL,
    };
    static const ApprovalSubject *const subjects[] = { &request_subject, NULL };

    return world_open(dialect, modules, subjects);
}

typedef struct {
    const char *title;
    gint64 id, total;
    char *text;
} Call;

static gboolean
add(Ctx *ctx, gpointer data, GError **error)
{
    Call *call = data;
    g_autoptr(Record) rec = record_new(registry_def(ctx->registry, "request"));

    record_set_text(rec, "title", call->title);
    record_set_int(rec, "total", call->total);
    record_set_text(rec, "phone", "13812345678");
    record_set_id(rec, "owner_id", ctx->staff_id);
    if (!record_save(ctx, rec, error))
        return FALSE;
    call->id = rec->id;
    return TRUE;
}

gint64
request_new(World *world, const char *login, const char *title, gint64 total_fen)
{
    Call call = { .title = title, .total = total_fen };

    world_must(world, login, add, &call);
    return call.id;
}

static gboolean
send(Ctx *ctx, gpointer data, GError **error)
{
    Call *call = data;
    g_autoptr(Record) rec = record_get(ctx, "request", call->id, NULL, error);

    if (!rec || !flow_apply(ctx, rec, "submit", NULL, error))
        return FALSE;
    call->id = approval_running(ctx, "request", rec->id);
    return TRUE;
}

gint64
request_submit(World *world, const char *login, gint64 id, GError **error)
{
    Call call = { .id = id };

    return world_write(world, login, send, &call, error) ? call.id : 0;
}

static gboolean
look(Ctx *ctx, gpointer data, GError **error)
{
    Call *call = data;
    g_autoptr(Record) rec = record_get(ctx, "request", call->id, NULL, error);

    call->text = rec ? g_strdup(record_text(rec, "state")) : NULL;
    return rec != NULL;
}

char *
request_state(World *world, gint64 id)
{
    Call call = { .id = id };

    world_must(world, NULL, look, &call);
    return call.text;
}

static gboolean
change(Ctx *ctx, gpointer data, GError **error)
{
    const Call *call = data;
    g_autoptr(Record) rec = record_get(ctx, "request", call->id, NULL, error);

    if (!rec)
        return FALSE;
    record_set_int(rec, "total", call->total);
    return record_save(ctx, rec, error);
}

gboolean
request_set_total(World *world, const char *login, gint64 id, gint64 total_fen, GError **error)
{
    Call call = { .id = id, .total = total_fen };

    return world_write(world, login, change, &call, error);
}

gint64
submitted(World *world, const char *login, gint64 total_fen, gint64 *request_id)
{
    GError *error = NULL;

    *request_id = request_new(world, login, "购置展架", total_fen);
    gint64 id = request_submit(world, login, *request_id, &error);
    g_assert_no_error(error);
    return id;
}

void
assert_request(World *world, gint64 id, const char *state)
{
    g_autofree char *is = request_state(world, id);

    g_assert_cmpstr(is, ==, state);
}
