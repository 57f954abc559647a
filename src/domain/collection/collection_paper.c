/* collection_paper.c - dunning letters on paper: what is owed line by line, the late fee with its working, the deadline, the account. It says
 * 违约金, for that is what contract law knows. */
#include "base/words.h"
#include "domain/collection/collection_internal.h"
#include "domain/lease/lease.h"
#include "print/pdf.h"

#include <string.h>

typedef struct {
    GPtrArray *lines;
    Day as_of, deadline_on;
    gint64 deadline_days, principal_fen, fee_fen;
    char *title, *bank, *contact, *owner, *merchant, *property, *unit, *lease, *words;
} Letter;

static void
letter_clear(Letter *l)
{
    char **texts[] = { &l->title, &l->bank, &l->contact, &l->owner, &l->merchant, &l->property, &l->unit, &l->lease, &l->words };

    g_clear_pointer(&l->lines, g_ptr_array_unref);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Letter, letter_clear)

static const char *
text_or(const Record *rec, const char *field, const char *other)
{
    const char *text = rec ? record_text(rec, field) : NULL;

    return text ? text : other;
}

static void
letter_names(Ctx *zh, const Record *notice, Letter *l)
{
    g_autoptr(Record) property = record_find(zh, "property", zh->property_id, NULL);
    g_autoptr(Record) person = record_is_null(notice, "staff_id") ? NULL : record_find(zh, "staff", record_int(notice, "staff_id"), NULL);

    l->property = record_ref_label(zh, "property", zh->property_id);
    l->owner = g_strdup(text_or(property, "owner_name", l->property));
    l->merchant = record_ref_label(zh, "merchant", record_int(notice, "merchant_id"));
    l->lease = record_is_null(notice, "lease_id") ? g_strdup("—") : record_ref_label(zh, "lease", record_int(notice, "lease_id"));
    l->unit = record_is_null(notice, "unit_id") ? g_strdup("—") : record_ref_label(zh, "unit", record_int(notice, "unit_id"));
    l->bank = g_strdup_printf("户名 %s，开户行 %s，账号 %s", l->owner, text_or(property, "bank_name", "（以合同为准）"),
                              text_or(property, "bank_account", "（以合同为准）"));
    l->contact = g_strdup_printf("%s %s", text_or(person, "name", ""), text_or(property, "phone", ""));
}

static gboolean
letter_load(Ctx *ctx, const Record *notice, Letter *l, GError **error)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);
    g_autoptr(Record) stage = record_get(ctx, "dunning_stage", record_int(notice, "stage_id"), NULL, error);
    gboolean sent = !record_is_null(notice, "sent_on");

    l->lines = stage ? notice_lines(ctx, notice, error) : NULL;
    if (!l->lines)
        return FALSE;
    l->title = g_strdup(record_text(stage, "name"));
    l->as_of = sent ? record_day(notice, "sent_on") : ctx->today;
    l->deadline_days = sent ? record_int(notice, "deadline_days") : record_int(stage, "deadline_days");
    l->deadline_on = sent ? record_day(notice, "deadline_on") : ctx->today + l->deadline_days;
    for (guint i = 0; i < l->lines->len; i++) {
        l->principal_fen += ((NoticeLine *) l->lines->pdata[i])->open_fen;
        l->fee_fen += ((NoticeLine *) l->lines->pdata[i])->fee_fen;
    }
    l->words = words_amount(l->principal_fen + l->fee_fen);
    letter_names(&zh, notice, l);
    return TRUE;
}

static char *
period_text(const NoticeLine *line)
{
    g_autofree char *from = line->from == DAY_NONE ? NULL : day_dup(line->from);
    g_autofree char *to = line->to == DAY_NONE ? NULL : day_dup(line->to);

    return from && to ? g_strdup_printf("%s 至 %s", from, to) : g_strdup("—");
}

/* The steps of the working one after the other. */
static char *
working_text(const char *working)
{
    json_auto_t *steps = working ? json_loads(working, 0, NULL) : NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    gsize i;
    json_t *step;

    json_array_foreach (steps, i, step) {
        const char *one = json_string_value(json_object_get(step, "text_zh"));
        if (one)
            g_string_append_printf(text, "%s%s", text->len ? "；" : "", one);
    }
    return g_strdup(text->str);
}

static void
print_lines(Pdf *pdf, const Letter *l)
{
    static const PdfColumn columns[] = {
        { "款项", 20, PDF_LEFT },       { "所属期", 32, PDF_LEFT },      { "应交日期", 17, PDF_LEFT }, { "逾期天数", 12, PDF_RIGHT },
        { "欠款（元）", 19, PDF_RIGHT }, { "违约金（元）", 18, PDF_RIGHT }, { "小计（元）", 19, PDF_RIGHT },
    };
    g_autofree char *principal = money_format_grouped(l->principal_fen);
    g_autofree char *fees = money_format_grouped(l->fee_fen);
    g_autofree char *total = money_format_grouped(l->principal_fen + l->fee_fen);

    pdf_table_begin(pdf, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < l->lines->len; i++) {
        const NoticeLine *line = l->lines->pdata[i];
        g_autofree char *period = period_text(line);
        g_autofree char *due = day_dup(line->due_on);
        g_autofree char *days = g_strdup_printf("%" G_GINT64_FORMAT, line->days);
        g_autofree char *open = money_format_grouped(line->open_fen);
        g_autofree char *fee = money_format_grouped(line->fee_fen);
        g_autofree char *sum = money_format_grouped(line->open_fen + line->fee_fen);
        pdf_table_row(pdf, (const char *const[]){ line->name, period, due, days, open, fee, sum });
    }
    pdf_table_total(pdf, (const char *const[]){ "合计", "", "", "", principal, fees, total });
    pdf_table_end(pdf);
}

static void
print_workings(Pdf *pdf, const Letter *l)
{
    pdf_heading(pdf, "违约金计算过程");
    for (guint i = 0; i < l->lines->len; i++) {
        const NoticeLine *line = l->lines->pdata[i];
        g_autofree char *working = line->fee_fen ? working_text(line->working) : NULL;
        g_autofree char *text = working ? g_strdup_printf("%s：%s", line->name, working) : NULL;
        if (text)
            pdf_paragraph(pdf, text, PDF_LEFT);
    }
}

/* What happens otherwise, by the step of the ladder. */
static const char *
consequence(const char *kind)
{
    static const struct {
        const char *kind, *text;
    } texts[] = {
        { "reminder", "如已付款，请将付款凭证发送给我方核对，并忽略本提醒。" },
        { "dunning_1", "逾期仍未付清的，我方将依照合同约定继续计收违约金，并保留依法主张权利的权利。" },
        { "dunning_2", "我方已书面催告。期满仍未付清的，我方将委托律师处理，并依照合同约定从保证金中扣除欠款、要求贵方补足保证金。" },
        { "lawyer", "承租人无正当理由未支付或者迟延支付租金，经催告在合理期限内仍不支付的，出租人可以解除合同（民法典第七百二十二条）。"
                    "期满仍未付清的，将依法解除合同并通过诉讼追究违约责任。" },
        { "terminate", "我方此前已书面催告并已送达，贵方在催告期限内仍未付清。依据民法典第七百二十二条及合同约定，上述期限届满仍未付清的，"
                       "租赁合同于该期限届满时解除。" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (strcmp(texts[i].kind, kind) == 0)
            return texts[i].text;
    }
    return "";
}

static void
print_demand(Pdf *pdf, const Record *notice, const Letter *l)
{
    g_autofree char *deadline = day_dup(l->deadline_on);
    g_autofree char *as_of = day_dup(l->as_of);
    g_autofree char *words = g_strdup_printf("合计人民币（大写）：%s（违约金计至 %s，此后按合同约定另计）", l->words, as_of);
    g_autofree char *days = g_strdup_printf("%" G_GINT64_FORMAT, l->deadline_days);
    g_autofree char *demand = g_strdup_printf("请贵方于 %s 前付清；本函送达日距该日不足 %s 日的，自送达之日起 %s 日内付清。", deadline, days, days);
    g_autofree char *bank = g_strdup_printf("收款账户：%s。", l->bank);
    g_autofree char *contact = g_strdup_printf("联系人及电话：%s。", l->contact);

    pdf_paragraph(pdf, words, PDF_LEFT);
    pdf_paragraph(pdf, demand, PDF_LEFT);
    pdf_paragraph(pdf, consequence(record_text(notice, "kind")), PDF_LEFT);
    if (record_text(notice, "special"))
        pdf_paragraph(pdf, record_text(notice, "special"), PDF_LEFT);
    pdf_paragraph(pdf, bank, PDF_LEFT);
    pdf_paragraph(pdf, contact, PDF_LEFT);
}

GBytes *
dunning_notice_pdf(Ctx *ctx, const Record *notice, GError **error)
{
    g_auto(Letter) l = { 0 };

    if (!letter_load(ctx, notice, &l, error))
        return NULL;
    const PdfOptions options = { .title = l.title, .header = l.property, .header_right = record_text(notice, "no"),
                                 .watermark = record_is(notice, "state", "draft")       ? "草稿"
                                              : record_is(notice, "state", "withdrawn") ? "已撤回"
                                                                                        : NULL };
    g_autofree char *as_of = day_dup(l.as_of);
    g_autofree char *deadline = day_dup(l.deadline_on);
    g_autofree char *intro = g_strdup_printf("%s：\n贵方与我方就 %s %s 号铺位签订了编号为 %s 的租赁合同。截至 %s，贵方尚有下列到期款项未付：",
                                             l.merchant, l.property, l.unit, l.lease, as_of);
    const PdfPair pairs[] = { { "编号", record_text(notice, "no") }, { "商户", l.merchant }, { "合同编号", l.lease }, { "铺位", l.unit },
                              { "计算至", as_of },                   { "付款期限", deadline } };
    g_autoptr(Pdf) pdf = pdf_new(&options);
    pdf_title(pdf, l.title);
    pdf_pairs(pdf, pairs, G_N_ELEMENTS(pairs), 2);
    pdf_space(pdf, 2);
    pdf_paragraph(pdf, intro, PDF_LEFT);
    print_lines(pdf, &l);
    print_demand(pdf, notice, &l);
    print_workings(pdf, &l);
    g_autofree char *signature = g_strdup_printf("%s（盖章）\n%s", l.owner, as_of);
    pdf_paragraph(pdf, signature, PDF_RIGHT);
    pdf_signatures(pdf, (const char *const[]){ "送达方式及凭证号", "签收人", "签收日期" }, 3);
    return pdf_finish(pdf, error);
}

/* -- the company's own wording --------------------------------------------------- */

static void
set_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, json_string(text ? text : ""));
}

static void
set_money(json_t *object, const char *key, gint64 fen)
{
    g_autofree char *text = money_format_grouped(fen);

    set_text(object, key, text);
}

static json_t *
line_values(const NoticeLine *line)
{
    json_t *row = json_object();
    g_autofree char *period = period_text(line);
    g_autofree char *due = day_dup(line->due_on);
    g_autofree char *days = g_strdup_printf("%" G_GINT64_FORMAT, line->days);
    g_autofree char *working = line->fee_fen ? working_text(line->working) : g_strdup("无违约金");

    set_text(row, "name", line->name);
    set_text(row, "period", period);
    set_text(row, "due_on", due);
    set_text(row, "days", days);
    set_text(row, "working", working);
    set_money(row, "open", line->open_fen);
    set_money(row, "late_fee", line->fee_fen);
    set_money(row, "sum", line->open_fen + line->fee_fen);
    return row;
}

static json_t *
head_values(Ctx *zh, const Record *notice, const Letter *l)
{
    json_t *head = paper_record_values(zh, notice);
    g_autofree char *as_of = day_dup(l->as_of);
    g_autofree char *deadline = day_dup(l->deadline_on);
    g_autofree char *days = g_strdup_printf("%" G_GINT64_FORMAT, l->deadline_days);

    set_text(head, "title", l->title);
    set_text(head, "as_of", as_of);
    set_text(head, "bank", l->bank);
    set_text(head, "contact", l->contact);
    set_text(head, "deadline_on", deadline);
    set_text(head, "deadline_days", days);
    return head;
}

/* A merchant who owes without a lease has a letter with the lease's places empty. */
static json_t *
lease_values(Ctx *ctx, const Record *notice, GError **error)
{
    if (!record_is_null(notice, "lease_id")) {
        g_autoptr(Record) lease = record_get(ctx, "lease", record_int(notice, "lease_id"), NULL, error);
        return lease ? lease_document_values(ctx, lease, error) : NULL;
    }
    g_autoptr(Record) none = record_new(registry_def(ctx->registry, "lease"));
    record_set_id(none, "merchant_id", record_int(notice, "merchant_id"));
    return lease_document_values(ctx, none, NULL);
}

GBytes *
dunning_notice_document(Ctx *ctx, const Record *notice, GError **error)
{
    Ctx zh = ctx_in(ctx, LANG_ZH);
    g_auto(Letter) l = { 0 };
    const char *kind = record_text(notice, "kind");
    g_autofree char *paper = g_str_has_prefix(kind, "dunning_") ? g_strdup(kind) : g_strconcat("dunning_", kind, NULL);

    if (!letter_load(ctx, notice, &l, error))
        return NULL;
    json_t *values = lease_values(&zh, notice, error);
    if (!values)
        return NULL;
    json_t *lines = json_array();
    for (guint i = 0; i < l.lines->len; i++)
        json_array_append_new(lines, line_values(l.lines->pdata[i]));
    json_object_set_new(values, "notice", head_values(&zh, notice, &l));
    json_object_set_new(values, "lines", lines);
    set_money(values, "principal", l.principal_fen);
    set_money(values, "late_fee", l.fee_fen);
    set_money(values, "total", l.principal_fen + l.fee_fen);
    set_text(values, "total_words", l.words);
    return paper_merge(ctx, paper, 0, values, error);
}
