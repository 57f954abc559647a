#include <string.h>
#include <zip.h>

#include "base/error.h"
#include "print/docx.h"

/* Every standard template with all the names that README.md promises, each with a value that shows. */
static const char common[] =
    "property.name property.owner_name property.tax_code property.address property.phone "
    "property.bank_name "
    "property.bank_account merchant.name merchant.credit_code merchant.legal_rep merchant.address "
    "merchant.mail_address merchant.email contact.name contact.mobile brand.name category.name "
    "lease.no";
static const char of_lease[] = "lease.sign_on lease.handover_on lease.rent_from_on lease.open_on "
                               "lease.from_on lease.to_on lease.area "
                               "lease.total lease.special";
static const char of_intent[] =
    "intent.no intent.area intent.from_on intent.to_on intent.free_days intent.price "
    "intent.price_basis "
    "intent.turnover_percent intent.step_percent intent.fee_price intent.cycle_months "
    "intent.deposit_months "
    "intent.handover_on intent.open_on intent.deposit_amount intent.deposit_amount_words "
    "intent.valid_until_on intent.special unit.no unit.floor";
static const char of_order[] = "payment_order.no payment_order.issued_on payment_order.due_on "
                               "payment_order.issued_by total total_words";

static GBytes *
load(const char *name)
{
    g_autofree char *path = g_build_filename(SOURCE_DIR, "src", "data", name, NULL);
    char *data;
    gsize len;
    g_assert_true(g_file_get_contents(path, &data, &len, NULL));
    return g_bytes_new_take(data, len);
}

/* "a.b" gets the value "<a.b>". */
static void
fill(json_t *values, const char *names)
{
    g_auto(GStrv) list = g_strsplit(names, " ", -1);
    for (char **name = list; *name != NULL; name++) {
        g_auto(GStrv) parts = g_strsplit(*name, ".", 2);
        g_autofree char *shown = g_strdup_printf("[%s]", *name);
        if (parts[1] == NULL) {
            json_object_set_new(values, parts[0], json_string(shown));
            continue;
        }
        if (json_object_get(values, parts[0]) == NULL)
            json_object_set_new(values, parts[0], json_object());
        json_object_set_new(json_object_get(values, parts[0]), parts[1], json_string(shown));
    }
}

static void
fill_rows(json_t *values, const char *array, const char *names)
{
    g_auto(GStrv) list = g_strsplit(names, " ", -1);
    json_t *rows = json_array();
    for (int i = 1; i <= 3; i++) {
        json_t *row = json_object();
        for (char **name = list; *name != NULL; name++) {
            g_autofree char *shown = g_strdup_printf("[%s.%s.%d]", array, *name, i);
            json_object_set_new(row, *name, json_string(shown));
        }
        json_array_append_new(rows, row);
    }
    json_object_set_new(values, array, rows);
}

static char *
document_of(GBytes *file)
{
    gsize len;
    gconstpointer data = g_bytes_get_data(file, &len);
    zip_t *zip =
        zip_open_from_source(zip_source_buffer_create(data, len, 0, NULL), ZIP_RDONLY, NULL);
    g_assert_nonnull(zip);
    zip_stat_t stat;
    g_assert_cmpint(zip_stat(zip, "word/document.xml", 0, &stat), ==, 0);
    zip_file_t *in = zip_fopen(zip, "word/document.xml", 0);
    char *text = g_malloc0(stat.size + 1);
    g_assert_cmpint(zip_fread(in, text, stat.size), ==, (zip_int64_t) stat.size);
    zip_fclose(in);
    zip_discard(zip);
    return text;
}

static char *
merge(const char *name, const json_t *values)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) template = load(name);
    g_autoptr(GBytes) merged = docx_merge(template, values, &error);
    g_assert_no_error(error);
    char *text = document_of(merged);
    g_assert_null(strstr(text, "{{"));
    g_assert_null(strstr(text, "}}"));
    return text;
}

static void
assert_all_shown(const char *text, const char *names)
{
    g_auto(GStrv) list = g_strsplit(names, " ", -1);
    for (char **name = list; *name != NULL; name++) {
        g_autofree char *shown = g_strdup_printf("[%s]", *name);
        if (strstr(text, shown) == NULL)
            g_error("%s is not in the document", shown);
    }
}

static void
test_lease(void)
{
    json_t *values = json_object();
    fill(values, common);
    fill(values, of_lease);
    fill_rows(values, "units", "no floor area period");
    fill_rows(values, "terms", "seq item period price cycle due late");
    fill_rows(values, "deposits", "kind amount amount_words due_on refund_rule");
    g_autofree char *text = merge("template_lease.docx", values);
    assert_all_shown(text, of_lease);
    assert_all_shown(text, common);
    assert_all_shown(text, "units.no.1 units.no.3 terms.late.2 deposits.amount_words.3");
    static const char *const clauses[] = { "用途与品牌", "装修与进场",     "经营管理", "转租与转让",
                                           "消防与安全", "租赁场所的交还", "违约责任", "不可抗力",
                                           "争议解决",   "特别约定" };
    for (gsize i = 0; i < G_N_ELEMENTS(clauses); i++)
        g_assert_nonnull(strstr(text, clauses[i]));
    /* Without special terms there is no such clause; without deposits the heading stays alone. */
    json_object_set_new(json_object_get(values, "lease"), "special", json_null());
    json_object_set_new(values, "deposits", json_array());
    g_autofree char *plain = merge("template_lease.docx", values);
    g_assert_null(strstr(plain, "第十八条"));
    g_assert_nonnull(strstr(plain, "退还约定"));
    json_decref(values);
}

static void
test_intent(void)
{
    static const char *const kinds[] = { "is_earnest", "is_sincerity", "is_intention", "is_none" };
    static const char *const effects[] = { "双倍返还定金", "本款项的性质为【诚意金】",
                                           "本款项的性质为【意向金】", "不就本意向书收取任何款项" };
    for (gsize kind = 0; kind < G_N_ELEMENTS(kinds); kind++) {
        json_t *values = json_object();
        fill(values, common);
        fill(values, of_intent);
        json_t *intent = json_object_get(values, "intent");
        for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
            json_object_set_new(intent, kinds[i], json_boolean(i == kind));
        json_object_set_new(intent, "step_percent", json_null());
        g_autofree char *text = merge("template_intent.docx", values);
        /* The one legal effect that was agreed is printed, and no other. */
        for (gsize i = 0; i < G_N_ELEMENTS(effects); i++)
            g_assert_cmpint(strstr(text, effects[i]) != NULL, ==, i == kind);
        g_assert_nonnull(strstr(text, "两者取高"));
        g_assert_null(strstr(text, "租金递增"));
        g_assert_nonnull(strstr(text, "[intent.valid_until_on]"));
        json_decref(values);
    }
}

static void
test_payment_order(void)
{
    json_t *values = json_object();
    fill(values, of_order);
    fill(values, "property.name merchant.name lease.no");
    fill_rows(values, "lines", "name period due_on net tax gross working");
    g_autofree char *text = merge("template_payment_order.docx", values);
    assert_all_shown(text, of_order);
    assert_all_shown(text, "lines.name.1 lines.gross.3 lines.working.2 merchant.name");
    json_decref(values);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/templates/the-lease-has-all-clauses-and-shows-all-values", test_lease);
    g_test_add_func("/templates/the-intent-states-the-effect-of-the-agreed-kind-only", test_intent);
    g_test_add_func("/templates/the-payment-order-shows-lines-total-and-capitals",
                    test_payment_order);
    return g_test_run();
}
