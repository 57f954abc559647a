/* LS-17: a letter of intent holds the unit, becomes the lease in one step, and is printed from the company's own template. */
#include "support/duty.h"
#include "support/money.h"

#include "base/ids.h"

#include <string.h>
#include <zip.h>

static void
it_needs_the_managers_yes(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    gint64 lead = lead_at(mall, ls, "云上咖啡", "13800138000", "negotiating");
    gint64 intent = intent_draft(mall, ls, lead, 0, "200");

    deny(ls, 409, "intent.wrong_state", "POST", NULL, "/api/intent/%" ID "/sign", intent); /* no stage is skipped */
    deny(ls, 409, "intent.wrong_state", "POST", NULL, "/api/intent/%" ID "/convert", intent);
    deny(ls2, 404, "intent.not_found", "GET", NULL, "/api/intent/%" ID, intent);
    deny(ls2, 404, "intent.not_found", "POST", NULL, "/api/intent/%" ID "/submit", intent);
    client_post(ls, 200, NULL, "/api/intent/%" ID "/submit", intent);
    gint64 approval = approval_id(mall, "intent", intent);
    todo_of(mall, "approval", approval, "lm");
    may_not_decide(mall, "ls", approval, "agree", 403, "approval.own");
    may_not_decide(mall, "lsup", approval, "agree", 403, "approval.forbidden");
    deny(ls, 409, "intent.wrong_state", "POST", NULL, "/api/intent/%" ID "/sign", intent);
    decides(mall, "lm", approval, "agree", NULL, NULL);
    client_post(ls, 200, NULL, "/api/intent/%" ID "/sign", intent);
    says(ls, "state", "signed");
    says(ls, "signed_on", "2026-03-02");
    client_get(ls, "/api/lead/%" ID, lead);
    says(ls, "stage", "approved");
}

static void
what_was_approved_is_what_is_signed(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 intent = intent_draft(mall, ls, lead_at(mall, ls, "云上咖啡", "13800138000", "negotiating"), 0, "200");

    client_post(ls, 200, NULL, "/api/intent/%" ID "/submit", intent);
    gint64 approval = approval_id(mall, "intent", intent);
    g_autofree char *cheaper = quoted("{'version':%" ID ",'price':'120'}", client_int(ls, "version"));
    client_patch(ls, 200, cheaper, "/api/intent/%" ID, intent);
    approval_is(mall, approval, "void");
    client_get(ls, "/api/intent/%" ID, intent);
    says(ls, "state", "draft");
    g_assert_cmpuint(news(mall, "lm", "approval.void"), ==, 1);
    may_not_decide(mall, "lm", approval, "agree", 409, "approval.closed");
    /* and after the yes nothing of it can be changed but the day until which it holds */
    client_post(ls, 200, NULL, "/api/intent/%" ID "/submit", intent);
    mall_approve(mall, "intent", intent);
    client_get(ls, "/api/intent/%" ID, intent);
    says(ls, "state", "approved");
    g_autofree char *again = quoted("{'version':%" ID ",'price':'100'}", client_int(ls, "version"));
    g_autofree char *other = quoted("{'version':%" ID ",'unit_id':'%" ID "'}", client_int(ls, "version"), mall->units[1]);
    g_autofree char *longer = quoted("{'version':%" ID ",'valid_until_on':'2026-04-15'}", client_int(ls, "version"));
    deny_field(ls, "price", "PATCH", again, "/api/intent/%" ID, intent);
    deny_field(ls, "unit_id", "PATCH", other, "/api/intent/%" ID, intent);
    client_patch(ls, 200, longer, "/api/intent/%" ID, intent);
    client_post(ls, 200, NULL, "/api/intent/%" ID "/sign", intent);
    g_autofree char *later = quoted("{'version':%" ID ",'price':'100'}", client_int(ls, "version"));
    deny_field(ls, "price", "PATCH", later, "/api/intent/%" ID, intent);
}

static void
money_has_a_legal_kind(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lead = mall_lead(mall, ls, "云上咖啡", "13800138000");
    g_autofree char *common = quoted("'lead_id':'%" ID "','merchant_id':'%" ID "','unit_id':'%" ID "','area':'100','from_on':'2026-04-01',"
                                     "'to_on':'2029-03-31','price':'200','valid_until_on':'2026-03-31'",
                                     lead, merchant_of_lead(ls, lead), mall->units[0]);
    g_autofree char *no_kind = quoted("{%s,'deposit_kind':'none','deposit_amount':'5000'}", common);
    g_autofree char *no_amount = quoted("{%s,'deposit_kind':'earnest'}", common);
    g_autofree char *missing = quoted("{%s}", common);
    g_autofree char *twenty = quoted("{%s,'deposit_kind':'none','to_on':'2046-04-01'}", common);
    g_autofree char *none = quoted("{%s,'deposit_kind':'none'}", common);

    deny_field(ls, "deposit_kind", "POST", no_kind, "/api/intent");
    deny_field(ls, "deposit_amount", "POST", no_amount, "/api/intent");
    deny_field(ls, "deposit_kind", "POST", missing, "/api/intent");
    client_send(ls, "POST", "/api/intent", twenty); /* "to_on" twice: not JSON that can be trusted */
    g_assert_cmpint(ls->status, ==, 422);
    client_post(ls, 201, none, "/api/intent");
}

static void
the_hold_ends_by_itself(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    gint64 intent = intent_signed(mall, ls, lead_at(mall, ls, "云上咖啡", "13800138000", "negotiating"), 0);
    gint64 rival = mall_lead(mall, ls2, "隔壁茶饮", "13900139000");
    g_autofree char *hold = quoted("{'unit_id':'%" ID "','lead_id':'%" ID "','reason':'客户很急'}", mall->units[0], rival);

    client_get(ls, "/api/intent/%" ID, intent);
    g_autofree char *hold_id = g_strdup(client_text(ls, "hold_id.id"));
    client_get(ls, "/api/unit/%" ID, mall->units[0]);
    says(ls, "status", "locked");
    deny(ls2, 409, "unit_hold.taken", "POST", hold, "/api/unit_hold");
    go_to("2026-03-31");
    run_jobs(mall);
    g_autoptr(Client) last = client_new(mall->world, "ls");
    client_get(last, "/api/unit_hold/%s", hold_id); /* the last day still counts */
    says(last, "state", "active");
    go_to("2026-04-01");
    g_autoptr(Client) after = client_new(mall->world, "ls");
    g_autoptr(Client) after2 = client_new(mall->world, "ls2");
    client_get(after, "/api/unit_hold/%s", hold_id); /* over at once, before anything has run */
    g_assert_true(json_is_false(json_object_get(after->reply, "is_active")));
    deny(after, 404, "action.not_found", "POST", NULL, "/api/unit_hold/%s/expire", hold_id);
    run_jobs(mall);
    client_get(after, "/api/intent/%" ID, intent);
    says(after, "state", "expired");
    client_get(after, "/api/unit/%" ID, mall->units[0]);
    says(after, "status", "vacant");
    deny(after, 409, "intent.wrong_state", "POST", NULL, "/api/intent/%" ID "/convert", intent);
    client_post(after2, 201, hold, "/api/unit_hold"); /* the next one in the queue */
    client_get(after2, "/api/unit/%" ID, mall->units[0]);
    says(after2, "status", "reserved");
}

static void
a_past_intent_is_not_signed(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 intent = intent_draft(mall, ls, lead_at(mall, ls, "云上咖啡", "13800138000", "negotiating"), 0, "200");

    client_post(ls, 200, NULL, "/api/intent/%" ID "/submit", intent);
    mall_approve(mall, "intent", intent);
    go_to("2026-04-01");
    g_autoptr(Client) late = client_new(mall->world, "ls");
    deny(late, 409, "intent.past", "POST", NULL, "/api/intent/%" ID "/sign", intent);
}

static void
the_lease_comes_in_one_step(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    gint64 lead = lead_at(mall, ls, "云上咖啡", "13800138000", "negotiating");
    gint64 intent = intent_signed(mall, ls, lead, 0);

    client_post(ls, 200, NULL, "/api/intent/%" ID "/convert", intent);
    says(ls, "state", "converted");
    deny(ls, 409, "intent.wrong_state", "POST", NULL, "/api/intent/%" ID "/convert", intent);
    client_get(ls, "/api/lease?intent_id=%" ID, intent);
    counts(ls, "total", 1);
    client_get(ls, "/api/lease/%s", client_text(ls, "items.0.id"));
    says(ls, "state", "draft");
    says(ls, "merchant_id.label", "云上咖啡");
    says(ls, "owner_id.label", "刘专员");
    says(ls, "from_on", "2026-04-01");
    says(ls, "to_on", "2029-03-31");
    says(ls, "rent_from_on", "2026-05-01");
    says(ls, "area", "100.00");
    says(ls, "unit_nos", "A1");
    says(ls, "category_id.label", "咖啡茶饮/烘焙甜品");
    says(ls, "terms.0.clause.price", "200.0000");
    says(ls, "terms.0.clause.free.0.from", "2026-04-01");
    says(ls, "terms.0.clause.free.0.to", "2026-04-30");
    says(ls, "terms.0.clause.steps.0.percent", "5");
    says(ls, "terms.0.clause.steps.0.first_on", "2027-04-01");
    counts(ls, "terms.0.clause.cycle_months", 3);
    says(ls, "terms.1.item", "property_fee");
    says(ls, "terms.1.clause.price", "30.0000");
    says(ls, "deposits.0.amount", "60000.00");
    gint64 lease = id_parse(client_text(ls, "id"));
    client_get(ls, "/api/lead/%" ID, lead);
    says(ls, "stage", "contracting");
    /* the hold is the lease's own: it is no obstacle, and ends with the review */
    client_post(ls, 200, NULL, "/api/lease/%" ID "/submit", lease);
    tick_all(mall, "lm", lease);
    mall_approve(mall, "lease", lease);
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "state", "approved");
    client_get(ls, "/api/unit_hold?unit_id=%" ID, mall->units[0]);
    says(ls, "items.0.state", "converted");
}

/* The text of word/document.xml. transfer full. */
static char *
document_text(GBytes *docx)
{
    gsize size = 0;
    const void *data = g_bytes_get_data(docx, &size);
    zip_source_t *source = zip_source_buffer_create(data, size, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
    zip_stat_t stat;

    g_assert_nonnull(zip);
    g_assert_cmpint(zip_stat(zip, "word/document.xml", 0, &stat), ==, 0);
    char *text = g_malloc0(stat.size + 1);
    zip_file_t *file = zip_fopen(zip, "word/document.xml", 0);
    g_assert_cmpint(zip_fread(file, text, stat.size), ==, (gint64) stat.size);
    zip_fclose(file);
    zip_discard(zip);
    return text;
}

static void
papers_come_from_the_template(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    gint64 intent = intent_signed(mall, ls, lead_at(mall, ls, "云上咖啡", "13800138000", "negotiating"), 0);

    client_get(ls, "/api/intent/%" ID "/document.docx", intent);
    g_autofree char *letter = document_text(ls->bytes);
    g_assert_nonnull(strstr(letter, "云上咖啡"));
    g_assert_nonnull(strstr(letter, "定金"));
    g_assert_null(strstr(letter, "{{"));
    client_post(ls, 200, NULL, "/api/intent/%" ID "/convert", intent);
    client_get(ls, "/api/lease?intent_id=%" ID, intent);
    g_autofree char *lease = g_strdup(client_text(ls, "items.0.id"));
    client_get(ls, "/api/lease/%s/document.docx", lease);
    g_autofree char *text = document_text(ls->bytes);
    g_assert_nonnull(strstr(text, "云上咖啡"));
    g_assert_nonnull(strstr(text, "A1"));
    g_assert_null(strstr(text, "{{"));
    deny(ls2, 404, "lease.not_found", "GET", NULL, "/api/lease/%s/document.docx", lease);
}

/* A document of the standard one's kind with another text. transfer full. */
static GBytes *
with_text(GBytes *docx, const char *body)
{
    g_autofree char *xml = g_strdup_printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/"
                                           "wordprocessingml/2006/main\"><w:body>%s</w:body></w:document>", body);
    gsize size = 0;
    const void *data = g_bytes_get_data(docx, &size);
    zip_source_t *source = zip_source_buffer_create(data, size, 0, NULL);
    zip_stat_t stat;

    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, 0, NULL);
    g_assert_nonnull(zip);
    zip_int64_t at = zip_name_locate(zip, "word/document.xml", 0);
    g_assert_cmpint(zip_file_replace(zip, (zip_uint64_t) at, zip_source_buffer(zip, xml, strlen(xml), 0), 0), ==, 0);
    g_assert_cmpint(zip_close(zip), ==, 0);
    zip_source_stat(source, &stat);
    char *out = g_malloc(stat.size);
    zip_source_open(source);
    g_assert_cmpint(zip_source_read(source, out, stat.size), ==, (gint64) stat.size);
    zip_source_close(source);
    zip_source_free(source);
    return g_bytes_new_take(out, stat.size);
}

#define P(t) "<w:p><w:r><w:t>" t "</w:t></w:r></w:p>"
#define ROW(t) "<w:tbl><w:tr><w:tc>" P(t) "</w:tc></w:tr></w:tbl>"

/* The template of that kind as it is now. transfer full. */
static GBytes *
template_now(Client *c, const char *kind, char **id)
{
    client_get(c, "/api/document_template?kind=%s", kind);
    *id = g_strdup(client_text(c, "items.0.id"));
    client_get(c, "/api/document_template/%s/file.docx", *id);
    return g_bytes_ref(c->bytes);
}

/* Puts a text of one's own in the place of the standard template; the status that comes back. */
static int
upload_template(Client *c, const char *kind, const char *body)
{
    g_autofree char *id = NULL;
    g_autoptr(GBytes) standard = template_now(c, kind, &id);
    g_autoptr(GBytes) own = with_text(standard, body);
    g_autofree char *path = g_strdup_printf("/api/file?entity=document_template&record_id=%s&category=template&name=%s.docx", id, kind);

    client_raw(c, "POST", path, own, "application/octet-stream");
    return c->status;
}

static void
has_text(Client *c, const char *path, const char *text)
{
    client_get(c, "%s", path);
    g_autofree char *xml = document_text(c->bytes);
    if (!strstr(xml, text))
        g_error("no \"%s\" in %s", text, xml);
}

static void
the_companys_own_template_is_used(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 intent = intent_signed(mall, ls, lead_at(mall, ls, "云上咖啡", "13800138000", "negotiating"), 0);

    g_assert_cmpint(upload_template(lm, "intent", P("我司意向书 {{intent.no}} 致 {{merchant.name}}：{{unit.no}}")), ==, 201);
    g_assert_cmpint(upload_template(lm, "lease", P("我司合同 {{lease.no}}") ROW("铺位{{units.no}}面积{{units.area}}") ROW("{{terms.item}}/{{terms.item_en}}")), ==, 201);
    g_assert_cmpint(upload_template(lm, "payment_order", P("我司交款单 {{payment_order.no}} {{lease.no}} {{merchant.name}}") ROW("{{lines.name}}={{lines.gross}}")), ==, 201);
    g_autofree char *letter = g_strdup_printf("/api/intent/%" ID "/document.docx", intent);
    has_text(ls, letter, "致 云上咖啡：A1");
    client_post(ls, 200, NULL, "/api/intent/%" ID "/convert", intent);
    client_get(ls, "/api/lease?intent_id=%" ID, intent);
    gint64 lease = id_parse(client_text(ls, "items.0.id"));
    g_autofree char *paper = g_strdup_printf("/api/lease/%" ID "/document.docx", lease);
    has_text(ls, paper, "我司合同 HT-2026-0001");
    has_text(ls, paper, "铺位A1面积100.00");
    has_text(ls, paper, "租金/Rent");
    has_text(ls, paper, "物业管理费/Property management fee"); /* one row for each term */
    client_post(ls, 200, NULL, "/api/lease/%" ID "/submit", lease);
    tick_all(mall, "lm", lease);
    mall_approve(mall, "lease", lease);
    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    g_autofree char *order = g_strdup_printf("/api/payment_order/%s/document.docx", client_text(lm, "id"));
    has_text(lm, order, "我司交款单 JK-");
    has_text(lm, order, "HT-2026-0001 云上咖啡");
    has_text(lm, order, "租金=");
    /* a newer file is the next version and counts from then on */
    g_assert_cmpint(upload_template(lm, "intent", P("第二版 {{intent.no}}")), ==, 201);
    has_text(ls, letter, "第二版");
    deny(ls, 404, "payment_order.not_found", "GET", NULL, "%s", order);
}

static void
a_template_that_cannot_be_filled_is_refused(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    static const char broken[] = "PK\003\004 this is no document";
    g_autoptr(GBytes) junk = g_bytes_new_static(broken, sizeof broken - 1);
    g_autofree char *id = NULL;
    g_autoptr(GBytes) standard = template_now(lm, "lease", &id);
    g_autofree char *path = g_strdup_printf("/api/file?entity=document_template&record_id=%s&category=template&name=x.docx", id);

    g_assert_cmpint(upload_template(lm, "lease", P("{{lease.no}} {{lease.nonsense}} {{units.colour}}")), ==, 422);
    client_refused(lm, 422, "docx.unknown_field");
    client_refused_field(lm, "lease.nonsense"); /* the missing field is named */
    client_refused_field(lm, "units.colour");
    g_assert_nonnull(strstr(lm->text, "lease.nonsense"));
    g_assert_cmpint(upload_template(lm, "lease", P("{{lease.no}}") ROW("{{units.no}}") "<w:p>"), ==, 422);
    client_refused(lm, 422, "docx.broken");
    client_raw(lm, "POST", path, junk, "application/octet-stream");
    client_refused(lm, 422, "docx.broken");
    /* a lease has no lines of an order; what a lease is printed from stays the former one */
    g_assert_cmpint(upload_template(lm, "lease", ROW("{{lines.gross}}")), ==, 422);
    client_get(lm, "/api/document_template/%s/files", id);
    g_assert_cmpuint(client_len(lm, "items"), ==, 0);
    /* who may not change the template may not attach to it */
    g_assert_cmpint(upload_template(ls, "lease", P("{{lease.no}}")), ==, 403);
    client_refused(ls, 403, "document_template.forbidden");
}

/* Civil code 944: water and power are not cut off to collect a fee, and no letter says so. */
static void
a_letter_that_threatens_utilities_is_refused(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) lm = client_new(mall->world, "lm");

    g_assert_cmpint(upload_template(lm, "dunning_1", P("{{merchant.name}}：逾期不交物业费，我方将停水停电。")), ==, 422);
    client_refused_field(lm, "file");
    g_assert_cmpint(upload_template(lm, "dunning_terminate", P("{{notice.no}}：即日起停止供电")), ==, 422);
    g_assert_cmpint(upload_template(lm, "dunning_1", P("{{notice.no}} 合计 {{total_words}}，我方不会以停水、停电方式催交物业费")), ==, 201);
    /* a lease may speak of maintenance */
    g_assert_cmpint(upload_template(lm, "lease", P("{{lease.no}}：检修需停水停电的，提前通知")), ==, 201);
}

/* The list on the page is the truth: a document that names every field of it can be filled. */
static void
every_field_of_the_list_can_be_used(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 lease = lease_approved(mall, ls, "云上咖啡", 0, "2026-04-01", "2027-03-31");
    gint64 intent = intent_draft(mall, ls, lead_at(mall, ls, "星空茶饮", "13800138001", "negotiating"), 1, "200");
    static const char *const kinds[] = { "intent", "lease", "payment_order" };

    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    g_autofree char *order = g_strdup(client_text(lm, "id"));
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
        g_autoptr(GString) body = g_string_new(NULL);
        g_autofree char *id = NULL;
        g_autoptr(GBytes) standard = template_now(lm, kinds[k], &id);
        client_get(lm, "/api/document_template/%s", id);
        g_assert_cmpuint(client_len(lm, "groups"), >, 5);
        size_t g, f;
        json_t *group, *field;
        json_array_foreach(json_object_get(lm->reply, "groups"), g, group) {
            g_string_append(body, "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>");
            json_array_foreach(json_object_get(group, "fields"), f, field)
                g_string_append_printf(body, "{{%s}} ", json_string_value(json_object_get(field, "name")));
            g_string_append(body, "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>");
        }
        g_assert_cmpint(upload_template(lm, kinds[k], body->str), ==, 201);
    }
    client_get(ls, "/api/intent/%" ID "/document.docx", intent);
    client_get(ls, "/api/lease/%" ID "/document.docx", lease);
    client_get(lm, "/api/payment_order/%s/document.docx", order);
}

/* The intent's order, issued by the manager. */
static gint64
order_of(Client *lm, gint64 intent)
{
    client_post(lm, 201, NULL, "/api/intent/%" ID "/issue_order", intent);
    says(lm, "kind", "intent");
    says(lm, "total", "5000.00");
    return id_parse(client_text(lm, "id"));
}

static void
pay_order(Client *finance, gint64 order, const char *amount)
{
    g_autofree char *pay = quoted("{'amount':'%s','received_on':'2026-03-02','way':'bank_transfer','reference':'Y%" ID "-%s'}", amount, order, amount);

    client_post(finance, 200, pay, "/api/payment_order/%" ID "/receive", order);
}

static void
its_money_is_received_and_converted(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 lead = lead_at(mall, ls, "云上咖啡", "13800138000", "negotiating");
    gint64 draft = intent_draft(mall, ls, lead, 1, "200");

    deny(lm, 409, "payment_order.intent_not_approved", "POST", NULL, "/api/intent/%" ID "/issue_order", draft);
    gint64 intent = intent_signed(mall, ls, lead, 0);
    deny(ls, 403, "intent.forbidden", "POST", NULL, "/api/intent/%" ID "/issue_order", intent);
    gint64 order = order_of(lm, intent);
    says(lm, "lines.0.name", "定金"); /* printed exactly so */
    deny(lm, 409, "payment_order.exists", "POST", NULL, "/api/intent/%" ID "/issue_order", intent);
    pay_order(finance, order, "2000.00");
    client_get(ls, "/api/lead/%" ID, lead);
    says(ls, "stage", "approved"); /* a part is not the deposit */
    pay_order(finance, order, "3000.00");
    client_get(ls, "/api/lead/%" ID, lead);
    says(ls, "stage", "deposit_paid");
    client_get(finance, "/api/deposit_entry?intent_id=%" ID, intent);
    counts(finance, "total", 2);
    says(finance, "items.0.kind", "earnest");
    money_is_sound(mall);
    /* the lease: its first order is asked for without what is held */
    client_post(ls, 200, NULL, "/api/intent/%" ID "/convert", intent);
    client_get(ls, "/api/lease?intent_id=%" ID, intent);
    gint64 lease = id_parse(client_text(ls, "items.0.id"));
    client_post(ls, 200, NULL, "/api/lease/%" ID "/submit", lease);
    tick_all(mall, "lm", lease);
    mall_approve(mall, "lease", lease);
    client_post(lm, 201, NULL, "/api/lease/%" ID "/issue_order", lease);
    says(lm, "received", "5000.00");
    says(lm, "state", "part_received");
    gint64 first = id_parse(client_text(lm, "id"));
    g_autofree char *open = g_strdup(client_text(lm, "open"));
    client_get(finance, "/api/deposit_entry?intent_id=%" ID, intent);
    g_assert_cmpstr(item_text(finance, "items", "event", "converted", "amount"), ==, "-5000.00");
    client_get(finance, "/api/deposit_entry?lease_id=%" ID, lease);
    g_assert_cmpstr(item_text(finance, "items", "event", "converted", "amount"), ==, "5000.00");
    says(finance, "items.0.kind", "performance");
    client_get(finance, "/api/journal?event=deposit_converted");
    counts(finance, "total", 1);
    money_is_sound(mall);
    pay_order(finance, first, open);
    client_get(ls, "/api/lease/%" ID, lease);
    says(ls, "state", "effective");
    money_is_sound(mall);
}

static void
earnest_money_is_lost_by_who_withdraws(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 lead = lead_at(mall, ls, "云上咖啡", "13800138000", "negotiating"), merchant = merchant_of_lead(ls, lead);
    gint64 intent = intent_signed(mall, ls, lead, 0);

    pay_order(finance, order_of(lm, intent), "5000.00");
    client_post(ls, 200, NULL, "/api/intent/%" ID "/cancel", intent);
    g_autofree char *base = quoted("'event':'forfeited','merchant_id':'%" ID "','intent_id':'%" ID "','reason':'客户违约不租'", merchant, intent);
    g_autofree char *other = quoted("{%s,'kind':'sincerity','amount':'1'}", base);
    deny_field(lm, "amount", "POST", other, "/api/deposit_move");
    gint64 move = make_as(lm, "deposit_move", "{%s,'kind':'earnest','amount':'5000'}", base);
    client_post(lm, 200, NULL, "/api/deposit_move/%" ID "/submit", move);
    gint64 approval = approval_id(mall, "deposit_move", move);
    decides(mall, "finance", approval, "agree", NULL, NULL);
    decides(mall, "director", approval, "agree", NULL, NULL);
    todo_of(mall, "approval", approval, "gm"); /* nothing is kept without the general manager */
    decides(mall, "gm", approval, "agree", NULL, NULL);
    client_get(lm, "/api/deposit_move/%" ID, move);
    says(lm, "state", "done");
    client_get(finance, "/api/journal?event=deposit_forfeited");
    counts(finance, "total", 1);
    money_is_sound(mall);
}

static void
other_money_is_paid_back(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) finance = client_new(mall->world, "finance");
    gint64 lead = lead_at(mall, ls, "云上咖啡", "13800138000", "negotiating"), merchant = merchant_of_lead(ls, lead);
    gint64 intent = intent_draft(mall, ls, lead, 0, "200");
    client_get(ls, "/api/intent/%" ID, intent);
    g_autofree char *kind = quoted("{'version':%" ID ",'deposit_kind':'sincerity'}", client_int(ls, "version"));

    client_patch(ls, 200, kind, "/api/intent/%" ID, intent);
    client_post(ls, 200, NULL, "/api/intent/%" ID "/submit", intent);
    mall_approve(mall, "intent", intent);
    pay_order(finance, order_of(lm, intent), "5000.00");
    g_autofree char *keep = quoted("{'event':'forfeited','merchant_id':'%" ID "','intent_id':'%" ID "','kind':'sincerity','amount':'1','reason':'不租'}", merchant,
                                   intent);
    deny_field(lm, "kind", "POST", keep, "/api/deposit_move");
    gint64 refund = make_as(lm, "refund", "{'source':'deposit','merchant_id':'%" ID "','intent_id':'%" ID "','deposit_kind':'sincerity','amount':'5000',"
                            "'reason':'不租了','payee':'云上咖啡'}", merchant, intent);
    client_post(lm, 200, NULL, "/api/refund/%" ID "/submit", refund);
    mall_approve(mall, "refund", refund);
    client_get(finance, "/api/money_account?kind=bank");
    g_autofree char *pay = quoted("{'money_account_id':'%s','paid_on':'2026-03-02'}", client_text(finance, "items.0.id"));
    client_post(finance, 200, pay, "/api/refund/%" ID "/pay", refund);
    says(finance, "state", "paid");
    money_is_sound(mall);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    testdb_each("/LS-17/a-letter-of-intent-needs-the-managers-yes", it_needs_the_managers_yes);
    testdb_each("/LS-17/what-was-approved-is-what-is-signed", what_was_approved_is_what_is_signed);
    testdb_each("/LS-17/money-received-has-a-legal-kind", money_has_a_legal_kind);
    testdb_each("/LS-17/the-hold-on-the-unit-ends-by-itself", the_hold_ends_by_itself);
    testdb_each("/LS-17/an-intent-past-its-day-is-not-signed", a_past_intent_is_not_signed);
    testdb_each("/LS-17/the-lease-comes-in-one-step-with-nothing-typed-again", the_lease_comes_in_one_step);
    testdb_each("/LS-17/papers-come-from-the-companys-template", papers_come_from_the_template);
    testdb_each("/LS-17/the-companys-own-template-is-used-for-every-paper", the_companys_own_template_is_used);
    testdb_each("/LS-17/a-template-that-cannot-be-filled-is-refused-by-name", a_template_that_cannot_be_filled_is_refused);
    testdb_each("/LS-17/every-field-of-the-list-can-be-used", every_field_of_the_list_can_be_used);
    testdb_each("/LS-17/a-letter-that-threatens-utilities-is-refused", a_letter_that_threatens_utilities_is_refused);
    testdb_each("/LS-17/its-money-is-received-by-its-legal-kind-and-converted-by-its-own-entry", its_money_is_received_and_converted);
    testdb_each("/LS-17/earnest-money-is-lost-by-who-withdraws-and-only-with-the-general-manager", earnest_money_is_lost_by_who_withdraws);
    testdb_each("/LS-17/money-without-that-word-is-paid-back", other_money_is_paid_back);
    return g_test_run();
}
