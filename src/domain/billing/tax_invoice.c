/* tax_invoice.c - the register of invoices: which charges were invoiced, by rate and line; red letters take an invoice back. The invoices themselves are
 * issued in the tax bureau's system; nothing is ever invoiced for more than it was charged. */
#include "db/catalogue.h"
#include "domain/billing/invoice.h"

#include <string.h>

static const EnumItem kinds[] = {
    { "special", "增值税专用发票", "Special VAT invoice", TONE_BLUE },
    { "ordinary", "增值税普通发票", "Ordinary VAT invoice", TONE_GRAY },
    { "digital_special", "数电专票", "Digital special invoice", TONE_VIOLET },
    { "digital_ordinary", "数电普票", "Digital ordinary invoice", TONE_VIOLET },
    { NULL, NULL, NULL, 0 },
};
static const EnumItem states[] = {
    { "registered", "已登记", "Registered", TONE_GREEN },
    { "reversed", "已红冲", "Taken back", TONE_RED },
    { "red", "红字发票", "Red letter", TONE_RED },
    { NULL, NULL, NULL, 0 },
};

/* clang-format off */
#define SIGNED .min = -MONEY_MAX_FEN, .max = MONEY_MAX_FEN
static const FieldDef fields[] = {
    F_TEXT("number", 30, "发票号码", "Number", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_SEARCH | FF_SORT),
    F_TEXT("code", 20, "发票代码", "Code", .flags = FF_IMMUTABLE, .doc = "Paper invoices only; digital ones have a number of twenty digits"),
    F_TEXT("full_no", 50, "代码与号码", "Code and number", .flags = FF_READONLY, .doc = "Stands for one invoice"),
    F_ENUM("kind", kinds, "票种", "Kind", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER, .preset = "digital_special"),
    F_REF("merchant_id", "merchant", "商户", "Merchant", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_FILTER),
    F_DAY("issued_on", "开票日期", "Issued on", .flags = FF_REQUIRED | FF_IMMUTABLE | FF_SORT | FF_FILTER),
    F_TEXT("buyer_name", 120, "购买方名称", "Buyer", .flags = FF_IMMUTABLE, .doc = "From the merchant's invoice data if left empty"),
    F_TEXT("buyer_tax_no", 20, "购买方税号", "Buyer's tax number", .flags = FF_IMMUTABLE),
    F_TEXT("buyer_address", 200, "购买方地址电话", "Buyer's address", .flags = FF_IMMUTABLE),
    F_TEXT("buyer_bank", 200, "购买方开户行账号", "Buyer's bank", .flags = FF_IMMUTABLE),
    F_JSON("choice", "款项", "Charges", .flags = FF_IMMUTABLE, .doc = "[{charge_id, amount}]: what is invoiced, gross; amount null: all that was not invoiced yet"),
    F_MONEY("net", "金额", "Net", .flags = FF_READONLY, SIGNED),
    F_MONEY("tax", "税额", "Tax", .flags = FF_READONLY, SIGNED),
    F_MONEY("gross", "价税合计", "Gross", .flags = FF_READONLY | FF_SORT, SIGNED),
    F_REF("red_of_id", "tax_invoice", "对应蓝字发票", "Takes back", .flags = FF_READONLY),
    F_TEXT("remarks", 200, "备注", "Remarks"),
    F_REF("registered_by", "staff", "登记人", "Registered by", .flags = FF_READONLY),
    F_ENUM("state", states, "状态", "State", .preset = "registered", .flags = FF_REQUIRED | FF_FILTER),
};
static const EntityDef def = {
    .name = "tax_invoice",
    .zh = "发票登记",
    .en = "Tax invoice",
    .doc = "An invoice issued to a merchant: the charges it is about, net and tax by line; a red letter takes one back",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
    .title = "number",
    .subtitle = "buyer_name",
    .uniques = (const char *const[]){ "full_no", NULL },
    .state_field = "state",
    .frozen = "number merchant_id net tax gross",
    .list_columns = "number kind merchant_id buyer_name issued_on net tax gross red_of_id state",
    .list_filters = "kind issued_on merchant_id",
    .list_sort = "-issued_on",
    .mobile_lines = "merchant_id gross issued_on",
    .flags = EF_NO_IMPORT,
};
static const FieldDef line_fields[] = {
    F_REF("invoice_id", "tax_invoice", "发票", "Invoice", .flags = FF_REQUIRED | FF_IMMUTABLE),
    F_INT("seq", 1, 9999, "序号", "No.", .flags = FF_REQUIRED),
    F_REF("charge_id", "charge", "应收", "Charge", .flags = FF_REQUIRED | FF_FILTER),
    F_TEXT("name", 80, "项目", "What for", .flags = FF_REQUIRED),
    F_PERCENT("tax_rate", "税率 %", "Tax rate %", .flags = FF_REQUIRED),
    F_MONEY("net", "金额", "Net", .flags = FF_REQUIRED, SIGNED),
    F_MONEY("tax", "税额", "Tax", .flags = FF_REQUIRED, SIGNED),
    F_MONEY("gross", "价税合计", "Gross", .flags = FF_REQUIRED, SIGNED),
};
static const EntityDef line_def = {
    .name = "tax_invoice_line",
    .zh = "发票明细",
    .en = "Invoice line",
    .doc = "What of a charge an invoice is about",
    .fields = line_fields,
    .n_fields = G_N_ELEMENTS(line_fields),
    .title = "name",
    .uniques = (const char *const[]){ "invoice_id seq", NULL },
    .scope = { .parent = "invoice_id" },
    .list_columns = "invoice_id name tax_rate net tax gross",
    .list_filters = "charge_id",
    .flags = EF_NO_CREATE | EF_NO_UPDATE | EF_NO_IMPORT | EF_APPEND_ONLY,
};
/* clang-format on */

/* -- what can be invoiced ------------------------------------------------------------- */

static void
invoiceable_free(gpointer data)
{
    Invoiceable *i = data;

    for (guint n = 0; n < INVOICE__TEXTS; n++)
        g_free(i->text[n]);
    g_free(i);
}

GPtrArray *
invoice_todo(Ctx *ctx, const InvoiceTodo *what, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(invoiceable_free);
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "invoice.todo", error);

    if (!stmt)
        return NULL;
    db_bind_int(stmt, "merchant_id", what->merchant_id);
    db_bind_int(stmt, "paid_only", what->paid_only);
    db_bind_day(stmt, "due_by", what->due_by);
    while (db_each(stmt, &ok, error)) {
        Invoiceable *i = g_new0(Invoiceable, 1);
        *i = (Invoiceable){ .charge_id = db_int(stmt, 0), .merchant_id = db_int(stmt, 1), .from = db_day(stmt, 2), .to = db_day(stmt, 3),
                            .due_on = db_day(stmt, 4), .rate_ppm = db_int(stmt, 5), .gross_fen = db_int(stmt, 6), .tax_fen = db_int(stmt, 7),
                            .done_fen = db_int(stmt, 8), .done_tax_fen = db_int(stmt, 9), .left_fen = db_int(stmt, 10), .area_dm2 = db_int(stmt, 11) };
        for (int n = 0; n < INVOICE__TEXTS; n++)
            i->text[n] = g_strdup(db_text(stmt, 12 + n));
        g_ptr_array_add(list, i);
    }
    return ok ? g_steal_pointer(&list) : NULL;
}

gint64
invoice_tax(const Invoiceable *i, gint64 amount_fen)
{
    return billing_part_tax(i->gross_fen, i->tax_fen, 0, i->done_fen + amount_fen) - i->done_tax_fen;
}

static const Invoiceable *
find_todo(const GPtrArray *todo, gint64 charge_id)
{
    for (guint i = 0; i < todo->len; i++) {
        const Invoiceable *one = todo->pdata[i];
        if (one->charge_id == charge_id)
            return one;
    }
    return NULL;
}

/* The choice out of everything of the merchant that was not invoiced, paid or not. */
static GArray *
chosen(const Record *rec, const GPtrArray *todo, GError **error)
{
    g_autoptr(GArray) open = billing_shares_new();

    for (guint i = 0; i < todo->len; i++) {
        const Invoiceable *one = todo->pdata[i];
        Share share = { .charge_id = one->charge_id, .amount_fen = one->left_fen };
        g_array_append_val(open, share);
    }
    return billing_choose(open, record_is_null(rec, "choice") ? "[]" : record_text(rec, "choice"), CHOICE_STRICT, error);
}

static GPtrArray *
todo_of(Ctx *ctx, const Record *rec, GError **error)
{
    const InvoiceTodo what = { .merchant_id = record_int(rec, "merchant_id"), .due_by = DAY_MAX };

    return invoice_todo(ctx, &what, error);
}

/* -- registering ---------------------------------------------------------------------- */

static void
take_buyer(Record *rec, const Record *merchant)
{
    static const struct {
        const char *ours, *theirs, *other;
    } from[] = { { "buyer_name", "tax_title", "name" },
                 { "buyer_tax_no", "tax_no", "credit_code" },
                 { "buyer_address", "tax_address", "address" },
                 { "buyer_bank", "tax_bank", "bank_account" } };

    for (guint i = 0; i < G_N_ELEMENTS(from); i++) {
        const char *text = record_text(merchant, from[i].theirs);
        if (record_is_null(rec, from[i].ours))
            record_set_text(rec, from[i].ours, text ? text : record_text(merchant, from[i].other));
    }
}

static gboolean
check_buyer(const Record *rec, GError **error)
{
    gboolean special = record_is(rec, "kind", "special") || record_is(rec, "kind", "digital_special");

    return !special || !record_is_null(rec, "buyer_tax_no")
           || app_error_field(error, "buyer_tax_no", "required", "专票必须有购买方税号，请先补全商户开票资料",
                              "a special invoice needs the buyer's tax number; complete the merchant's invoice data");
}

static gboolean
validate(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    gint64 gross_fen = 0, tax_fen = 0;

    if (old)
        return TRUE;
    const char *code = record_text(rec, "code"), *number = record_text(rec, "number");
    g_autofree char *full = g_strconcat(code ? code : "", number, NULL);
    record_set_text(rec, "full_no", full);
    if (!record_is_null(rec, "red_of_id") || record_is_null(rec, "merchant_id"))
        return TRUE;
    if (!record_is_null(rec, "issued_on") && record_day(rec, "issued_on") > ctx->today)
        app_error_field(error, "issued_on", "future", "开票日期不能晚于今天", "must not be after today");
    if (!billing_lock(ctx, "merchant", record_int(rec, "merchant_id"), error))
        return FALSE;
    g_autoptr(Record) merchant = record_get(ctx, "merchant", record_int(rec, "merchant_id"), NULL, error);
    g_autoptr(GPtrArray) todo = merchant ? todo_of(ctx, rec, error) : NULL;
    g_autoptr(GArray) shares = todo ? chosen(rec, todo, error) : NULL;
    if (!shares)
        return FALSE;
    take_buyer(rec, merchant);
    for (guint i = 0; i < shares->len; i++) {
        const Share *share = &g_array_index(shares, Share, i);
        gross_fen += share->amount_fen;
        tax_fen += invoice_tax(find_todo(todo, share->charge_id), share->amount_fen);
    }
    record_set_int(rec, "gross", gross_fen);
    record_set_int(rec, "tax", tax_fen);
    record_set_int(rec, "net", gross_fen - tax_fen);
    record_set_id(rec, "registered_by", ctx->staff_id);
    return check_buyer(rec, error);
}

typedef struct {
    gint64 charge_id, rate_ppm, gross_fen, tax_fen;
    const char *name;
} Line;

static gboolean
save_line(Ctx *ctx, gint64 invoice_id, guint n, const Line *from, GError **error)
{
    g_autoptr(Record) line = record_new(&line_def);

    record_set_id(line, "invoice_id", invoice_id);
    record_set_int(line, "seq", n + 1);
    record_set_id(line, "charge_id", from->charge_id);
    record_set_text(line, "name", from->name);
    record_set_int(line, "tax_rate", from->rate_ppm);
    record_set_int(line, "net", from->gross_fen - from->tax_fen);
    record_set_int(line, "tax", from->tax_fen);
    record_set_int(line, "gross", from->gross_fen);
    return record_save(ctx, line, error);
}

static gboolean
after_save(Ctx *ctx, Record *rec, const Record *old, GError **error)
{
    if (old || !record_is_null(rec, "red_of_id"))
        return TRUE;
    g_autoptr(GPtrArray) todo = todo_of(ctx, rec, error);
    g_autoptr(GArray) shares = todo ? chosen(rec, todo, error) : NULL;
    for (guint i = 0; shares && i < shares->len; i++) {
        const Share *share = &g_array_index(shares, Share, i);
        const Invoiceable *one = find_todo(todo, share->charge_id);
        const Line line = { share->charge_id, one->rate_ppm, share->amount_fen, invoice_tax(one, share->amount_fen), one->text[INVOICE_NAME] };
        if (!save_line(ctx, rec->id, i, &line, error))
            return FALSE;
    }
    return shares != NULL;
}

/* -- red letters ---------------------------------------------------------------------- */

/* Each line of the original with the other sign. */
static gboolean
copy_lines(Ctx *ctx, gint64 from_id, gint64 to_id, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(Line));
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "invoice.lines", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "invoice_id", from_id);
    while (db_each(stmt, &ok, error)) {
        Line line = { db_int(stmt, 0), db_int(stmt, 2), -db_int(stmt, 3), -db_int(stmt, 4), g_strdup(db_text(stmt, 1)) };
        g_ptr_array_add(names, (gpointer) line.name);
        g_array_append_val(lines, line);
    }
    for (guint i = 0; ok && i < lines->len; i++)
        ok = save_line(ctx, to_id, i, &g_array_index(lines, Line, i), error);
    return ok;
}

static gboolean
take_back(Ctx *ctx, Record *rec, const Record *input, GError **error)
{
    static const char *const same[] = { "kind", "buyer_name", "buyer_tax_no", "buyer_address", "buyer_bank" };
    static const char *const sums[] = { "net", "tax", "gross" };
    g_autoptr(Record) red = record_new(&def);

    if (!billing_lock(ctx, "merchant", record_int(rec, "merchant_id"), error))
        return FALSE;
    record_set_text(red, "number", record_text(input, "number"));
    record_set_text(red, "code", record_text(input, "code"));
    record_set_day(red, "issued_on", record_day(input, "issued_on"));
    record_set_text(red, "remarks", record_text(input, "reason"));
    record_set_id(red, "merchant_id", record_int(rec, "merchant_id"));
    record_set_id(red, "red_of_id", rec->id);
    record_set_id(red, "registered_by", ctx->staff_id);
    record_set_text(red, "state", "red");
    for (guint i = 0; i < G_N_ELEMENTS(same); i++)
        record_set_text(red, same[i], record_text(rec, same[i]));
    for (guint i = 0; i < G_N_ELEMENTS(sums); i++)
        record_set_int(red, sums[i], -record_int(rec, sums[i]));
    ctx->reason = record_text(input, "reason");
    return record_save_as(ctx, red, "red", error) && copy_lines(ctx, rec->id, red->id, error);
}

static gboolean
write_more(Ctx *ctx, const Record *rec, JsonOut *out, GError **error)
{
    gboolean ok = TRUE;
    g_autoptr(DbStmt) stmt = billing_stmt(ctx, "invoice.lines", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "invoice_id", rec->id);
    json_key(out, "lines");
    json_begin_array(out);
    while (db_each(stmt, &ok, error)) {
        json_begin_object(out);
        json_kv_id(out, "charge_id", db_int(stmt, 0));
        json_kv_text(out, "name", db_text(stmt, 1));
        json_key(out, "tax_rate");
        json_decimal(out, db_int(stmt, 2), 4, 0);
        json_kv_money(out, "net", db_int(stmt, 3) - db_int(stmt, 4));
        json_kv_money(out, "tax", db_int(stmt, 4));
        json_kv_money(out, "gross", db_int(stmt, 3));
        json_end_object(out);
    }
    json_end_array(out);
    return ok;
}

static const FieldDef red_fields[] = {
    F_TEXT("number", 30, "红字发票号码", "Number of the red letter", .flags = FF_REQUIRED),
    F_TEXT("code", 20, "发票代码", "Code"),
    F_DAY("issued_on", "开票日期", "Issued on", .flags = FF_REQUIRED),
    F_TEXT("reason", 200, "红冲原因", "Reason", .flags = FF_REQUIRED),
};
static const Transition flow[] = {
    { .from = "registered",
      .action = "reverse",
      .to = "reversed",
      .zh = "红冲",
      .en = "Take back",
      .tone = TONE_RED,
      .fields = red_fields,
      .n_fields = G_N_ELEMENTS(red_fields),
      .effect = take_back },
};
const EntityModule tax_invoice_module = {
    .def = &def, .flow = flow, .n_flow = G_N_ELEMENTS(flow), .validate = validate, .after_save = after_save, .write_more = write_more,
};
const EntityModule tax_invoice_line_module = { .def = &line_def };
