/* portal_api.c - the merchant's own pages, the statement of account for both sides, and the logins that merchants are given. */
#include "api/api.h"
#include "base/secret.h"
#include "domain/org/org.h"
#include "domain/portal/portal.h"

/* -- the merchant's own pages: each writes one object --------------------------- */

static gboolean
home_read(Request *rq, GError **error)
{
    json_begin_object(rq->out);
    gboolean ok = portal_home_write(&rq->ctx, rq->out, error);
    json_end_object(rq->out);
    return ok;
}

/* The year asked for; this one if none is. */
static int
year_of(const Request *rq)
{
    const char *text = req_query(rq, "year", NULL);
    gint64 year = 0;

    if (!text || !g_ascii_string_to_signed(text, 10, 1990, 2190, &year, NULL))
        year = day_to_ymd(rq->ctx.today).year;
    return (int) year;
}

static gboolean
charge_list(Request *rq, GError **error)
{
    json_begin_object(rq->out);
    gboolean ok = portal_charges_write(&rq->ctx, year_of(rq), rq->out, error);
    json_end_object(rq->out);
    return ok;
}

static gboolean
charge_read(Request *rq, GError **error)
{
    gint64 id = 0;

    if (!req_arg_id(rq, 0, &id, error))
        return FALSE;
    json_begin_object(rq->out);
    gboolean ok = portal_charge_write(&rq->ctx, id, rq->out, error);
    json_end_object(rq->out);
    return ok;
}

static gboolean
receipt_list(Request *rq, GError **error)
{
    json_begin_object(rq->out);
    gboolean ok = portal_receipts_write(&rq->ctx, year_of(rq), rq->out, error);
    json_end_object(rq->out);
    return ok;
}

static gboolean
deposit_list(Request *rq, GError **error)
{
    json_begin_object(rq->out);
    gboolean ok = portal_deposits_write(&rq->ctx, rq->out, error);
    json_end_object(rq->out);
    return ok;
}

/* Hands a paper to the merchant and writes down that it did. */
static gboolean
hand_over(Request *rq, const char *no, GBytes *pdf, GError **error)
{
    g_autofree char *name = g_strdup_printf("%s.pdf", no);

    if (!portal_remember(&rq->ctx, no, error))
        return FALSE;
    reply_file(rq, HTTP_PDF, name, pdf);
    return TRUE;
}

static gboolean
receipt_print(Request *rq, GError **error)
{
    gint64 id = 0;
    g_autoptr(Record) receipt = req_arg_id(rq, 0, &id, error) ? record_get(&rq->ctx, "receipt", id, "read", error) : NULL;

    if (!receipt)
        return FALSE;
    if (!record_is(receipt, "state", "confirmed"))
        return app_error_set(error, APP_ERROR_CONFLICT, "receipt.not_confirmed", "收款确认到账后才能下载",
                             "can be downloaded once the payment is confirmed");
    g_autoptr(GBytes) pdf = billing_receipt_pdf(&rq->ctx, receipt, error);
    return pdf && hand_over(rq, record_text(receipt, "no"), pdf, error);
}

static gboolean
order_print(Request *rq, GError **error)
{
    gint64 id = 0;
    g_autoptr(Record) order = req_arg_id(rq, 0, &id, error) ? record_get(&rq->ctx, "payment_order", id, "read", error) : NULL;
    g_autoptr(GBytes) pdf = order ? billing_order_pdf(&rq->ctx, order, error) : NULL;

    return pdf && hand_over(rq, record_text(order, "no"), pdf, error);
}

/* -- statement of account -------------------------------------------------------- */

/* From the first of this month to today unless the request says otherwise. */
static gboolean
period_of(const Request *rq, Day *from, Day *to, GError **error)
{
    return req_query_day(rq, "from", day_month_start(rq->ctx.today), from, error) && req_query_day(rq, "to", rq->ctx.today, to, error);
}

static AccountStatement *
statement_of(Request *rq, const Record *merchant, GError **error)
{
    Day from = DAY_NONE, to = DAY_NONE;

    return merchant && period_of(rq, &from, &to, error) ? account_statement_load(&rq->ctx, merchant, from, to, error) : NULL;
}

static gboolean
write_statement(Request *rq, const Record *merchant, GError **error)
{
    g_autoptr(AccountStatement) statement = statement_of(rq, merchant, error);

    if (!statement)
        return FALSE;
    json_begin_object(rq->out);
    json_kv_text(rq->out, "merchant", record_text(merchant, "name"));
    account_statement_write(&rq->ctx, statement, rq->out);
    json_end_object(rq->out);
    return TRUE;
}

static Record *
merchant_of(Request *rq, GError **error)
{
    gint64 id = 0;

    return req_arg_id(rq, 0, &id, error) ? record_get(&rq->ctx, "merchant", id, "statement", error) : NULL;
}

static gboolean
own_statement(Request *rq, GError **error)
{
    g_autoptr(Record) merchant = portal_merchant(&rq->ctx, error);

    return merchant && write_statement(rq, merchant, error);
}

static gboolean
own_statement_print(Request *rq, GError **error)
{
    g_autoptr(Record) merchant = portal_merchant(&rq->ctx, error);
    g_autoptr(AccountStatement) statement = statement_of(rq, merchant, error);
    g_autoptr(GBytes) pdf = statement ? account_statement_pdf(&rq->ctx, merchant, statement, error) : NULL;
    g_autofree char *name = pdf ? account_statement_name(statement) : NULL;

    return pdf && hand_over(rq, name, pdf, error);
}

static gboolean
merchant_statement(Request *rq, GError **error)
{
    g_autoptr(Record) merchant = merchant_of(rq, error);

    return merchant && write_statement(rq, merchant, error);
}

static gboolean
merchant_statement_print(Request *rq, GError **error)
{
    g_autoptr(Record) merchant = merchant_of(rq, error);
    g_autoptr(AccountStatement) statement = statement_of(rq, merchant, error);
    g_autoptr(GBytes) pdf = statement ? account_statement_pdf(&rq->ctx, merchant, statement, error) : NULL;

    if (!pdf)
        return FALSE;
    g_autofree char *name = g_strdup_printf("对账单 %s.pdf", record_text(merchant, "name"));
    reply_file(rq, HTTP_PDF, name, pdf);
    return TRUE;
}

static gboolean
all_statements_print(Request *rq, GError **error)
{
    Day from = DAY_NONE, to = DAY_NONE;
    g_autoptr(GBytes) pdf = period_of(rq, &from, &to, error) ? account_statements_pdf(&rq->ctx, from, to, error) : NULL;

    if (!pdf)
        return FALSE;
    reply_file(rq, HTTP_PDF, "对账单.pdf", pdf);
    return TRUE;
}

/* -- logins of merchants ----------------------------------------------------------- */

typedef struct {
    char *password, *hash;
} FirstPassword;

static void
first_password_free(gpointer data)
{
    FirstPassword *p = data;

    g_free(p->password);
    g_free(p->hash);
    g_free(p);
}

/* Hashing takes its time: before the write transaction. */
static gboolean
first_password(Request *rq, GError **error)
{
    FirstPassword *p = g_new0(FirstPassword, 1);

    (void) error;
    if (rq->state)
        rq->state_free(rq->state);
    p->password = org_initial_password();
    p->hash = secret_password_hash(p->password);
    rq->state = p;
    rq->state_free = first_password_free;
    return TRUE;
}

/* The only time the password is told. */
static void
tell(Request *rq, gint64 id, const char *login, int status)
{
    const FirstPassword *p = rq->state;

    json_begin_object(rq->out);
    json_kv_id(rq->out, "id", id);
    json_kv_text(rq->out, "login", login);
    json_kv_text(rq->out, "password", p->password);
    json_end_object(rq->out);
    rq->status = status;
}

static gboolean
access_open(Request *rq, GError **error)
{
    gint64 id = 0;
    const FirstPassword *p = rq->state;

    if (!req_has_body(rq, error) || !req_arg_id(rq, 0, &id, error))
        return FALSE;
    g_autoptr(Record) merchant = record_get(&rq->ctx, "merchant", id, "read", error);
    if (!merchant)
        return FALSE;
    const OrgNewMerchantLogin login = { .merchant_id = id, .contact_id = req_id(rq, "contact_id"), .name = req_text(rq, "name"),
                                        .login = req_text(rq, "login"), .password_hash = p->hash, .must_change_password = TRUE };
    gint64 login_id = org_merchant_login_open(&rq->ctx, &login, error);
    if (!login_id)
        return FALSE;
    tell(rq, login_id, login.login, 201);
    return TRUE;
}

static gboolean
access_reset(Request *rq, GError **error)
{
    gint64 id = 0;
    const FirstPassword *p = rq->state;
    g_autoptr(Record) login = req_arg_id(rq, 0, &id, error) ? record_get(&rq->ctx, "merchant_login", id, "reset", error) : NULL;

    if (!login || !org_password_reset(&rq->ctx, "merchant_login", id, p->hash, error))
        return FALSE;
    tell(rq, id, record_text(login, "login"), 200);
    return TRUE;
}

const Route portal_routes[] = {
    ROUTE_MERCHANT(GET, "/api/portal", "charge", "read", READ, home_read, "What the merchant owes now, its leases, deposits and how to pay."),
    ROUTE_MERCHANT(GET, "/api/portal/charge", "charge", "read", READ, charge_list, "The merchant's charges that fell due in a year (?year=)."),
    ROUTE_MERCHANT(GET, "/api/portal/charge/:id", "charge", "read", READ, charge_read, "One of the merchant's charges with its working."),
    ROUTE_MERCHANT(GET, "/api/portal/receipt", "receipt", "read", READ, receipt_list, "The merchant's payments of a year (?year=)."),
    ROUTE_MERCHANT(GET, "/api/portal/receipt/:id/print.pdf", "receipt", "read", WRITE, receipt_print, "One of the merchant's payments as PDF."),
    ROUTE_MERCHANT(GET, "/api/portal/payment_order/:id/print.pdf", "payment_order", "read", WRITE, order_print,
                   "One of the merchant's payment orders as PDF."),
    ROUTE_MERCHANT(GET, "/api/portal/deposit", "deposit_entry", "read", READ, deposit_list, "The merchant's deposits by legal kind, and each movement."),
    ROUTE_MERCHANT(GET, "/api/portal/statement", "merchant", "statement", READ, own_statement, "The merchant's statement of account (?from=&to=)."),
    ROUTE_MERCHANT(GET, "/api/portal/statement.pdf", "merchant", "statement", WRITE, own_statement_print, "The same as PDF."),
    ROUTE(GET, "/api/merchant/:id/statement", "merchant", "statement", READ, merchant_statement, "A merchant's statement of account (?from=&to=)."),
    ROUTE(GET, "/api/merchant/:id/statement.pdf", "merchant", "statement", READ, merchant_statement_print, "The same as PDF."),
    ROUTE(GET, "/api/merchant/statements.pdf", "merchant", "statement", SLOW, all_statements_print,
          "Statements of all merchants with an account in a period, in one PDF (?from=&to=)."),
    { .method = HTTP_POST, .path = "/api/merchant/:id/portal_access", .auth = AUTH_RIGHT, .entity = "merchant_login", .action = "open",
      .lane = LANE_WRITE, .prepare = first_password, .handler = access_open, .own_locks = TRUE,
      .doc = "Gives a merchant a login {name, login, contact_id}; answers its first password, once." },
    { .method = HTTP_POST, .path = "/api/merchant_login/:id/reset", .auth = AUTH_RIGHT, .entity = "merchant_login", .action = "reset",
      .lane = LANE_WRITE, .prepare = first_password, .handler = access_reset, .own_locks = TRUE,
      .doc = "Gives a merchant's login a new first password, told once." },
    { .path = NULL },
};
