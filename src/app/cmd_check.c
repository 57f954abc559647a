/* cmd_check.c - proves that the database is sound: chain, orders, receipts, units, numbers. Reads only. */
#include "app/app.h"
#include "db/catalogue.h"
#include "db/migrate.h"
#include "domain/billing/billing_run.h"
#include "store/history.h"

#include <stdio.h>
#include <string.h>

enum { FINDINGS_TOLD = 20 };

typedef struct {
    guint faults;
    guint bills, told; /* findings of the proof of billing: faults, all */
} Check;

const AppPromise app_promises[] = {
    { "app.orders_unbalanced", "payment orders equal their lines and charges" },
    { "app.charges_unbalanced", "charges equal their allocations, net + tax = gross, nothing settled by more than it is" },
    { "app.receipts_unbalanced", "receipts equal allocations + refunds + credit" },
    { "app.journals_unbalanced", "every journal balances" },
    { "app.receivables_differ", "charges equal the receivables account" },
    { "app.credits_differ", "credits of receipts equal their control account" },
    { "app.deposits_differ", "the deposit register equals its control accounts" },
    { "app.deposits_negative", "no deposit is used for more than is held" },
    { "app.offsets_differ", "what is set off equals on both sides" },
    { "app.bank_lines_differ", "a matched bank line and its receipt are one sum in one account" },
    { "app.invoices_differ", "invoices equal their lines, and nothing is invoiced for more than it was charged" },
    { "app.deposit_kinds_differ", "deposits held equal the account of their kind" },
    { "app.money_unnamed", "every entry on a money account's ledger account names the money account" },
    { "app.months_differ", "closed months' stored totals equal their journals" },
    { "app.straight_differs", "rent accrued by the books equals the straight-line schedule of each lease" },
    { "app.papers_unposted", "every paid expense, posted transfer and correction has its voucher" },
    { "app.unit_overlaps", "no two leases hold one unit on one day" },
    { "app.orders_unreviewed", "no payment order without a passed review" },
    { "app.readings_broken", "each meter reading begins where the one before ended" },
    { "app.pools_differ", "shares of a pool add up to it" },
    { "app.letters_differ", "dunning letters that were sent equal their lines" },
    { "app.fees_on_fees", "no late fee on a late fee" },
    { NULL, NULL },
};

static gboolean
check_promise(Ctx *ctx, Check *check, const AppPromise *promise, GError **error)
{
    guint found = 0;
    gboolean ok = TRUE;
    g_autoptr(GString) first = g_string_new(NULL);
    g_autoptr(DbStmt) stmt = db_named(ctx->db, promise->statement, error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    while (db_each(stmt, &ok, error)) {
        if (found++ < 5)
            g_string_append_printf(first, " %s", db_text(stmt, 0));
    }
    printf("%s %s%s%s\n", found ? "FAIL" : "ok  ", promise->promise, found ? ":" : "", first->str);
    check->faults += found ? 1 : 0;
    return ok;
}

/* A series kept in a table column must hold exactly the numbers 1..last. */
static gboolean
check_series(Ctx *ctx, Check *check, const char *kind, gint64 year, gint64 last, GError **error)
{
    const EntityModule *module = registry_find(ctx->registry, kind);

    if (!module || !module->def->number_field)
        return TRUE;
    g_autofree char *like = g_strdup_printf("%%%" G_GINT64_FORMAT "%%", year);
    g_autofree char *sql = g_strdup_printf("SELECT COUNT(*) FROM %s WHERE property_id = :property_id AND %s LIKE :pattern ESCAPE '!'",
                                           kind, module->def->number_field);
    g_autoptr(DbStmt) count = db_prepare(ctx->db, sql, error);
    gboolean row = FALSE;
    if (!count)
        return FALSE;
    db_bind_int(count, "property_id", ctx->property_id);
    db_bind_text(count, "pattern", year ? like : "%");
    if (!db_step(count, &row, error))
        return FALSE;
    if (db_int(count, 0) < last) {
        printf("FAIL numbers of %s in %" G_GINT64_FORMAT ": %" G_GINT64_FORMAT " given, %" G_GINT64_FORMAT " found\n", kind,
               year, last, db_int(count, 0));
        check->faults++;
    }
    return TRUE;
}

static gboolean
check_numbers(Ctx *ctx, Check *check, GError **error)
{
    gboolean ok = TRUE;
    guint before = check->faults;
    g_autoptr(DbStmt) stmt = db_named(ctx->db, "app.numbers", error);

    if (!stmt)
        return FALSE;
    db_bind_int(stmt, "property_id", ctx->property_id);
    while (db_each(stmt, &ok, error)) {
        if (!check_series(ctx, check, db_text(stmt, 0), db_int(stmt, 1), db_int(stmt, 2), error))
            return FALSE;
    }
    if (check->faults == before)
        printf("ok   every number series is gap-free\n");
    return ok;
}

/* Days billed twice or not at all break a promise; terms that never bill and deposits without trace are for people to judge. */
static void
tell_finding(const char *lease_no, const char *kind, const char *en, gpointer data)
{
    Check *check = data;
    gboolean is_fault = strcmp(kind, "never_bills") != 0 && strcmp(kind, "deposit_missing") != 0;

    check->bills += is_fault;
    if (check->told++ < FINDINGS_TOLD)
        printf("%s lease %s: %s\n", is_fault ? "FAIL" : "note", lease_no, en);
}

static gboolean
check_bills(Ctx *ctx, Check *check, GError **error)
{
    if (!bill_proof_each(ctx, tell_finding, check, error))
        return FALSE;
    if (check->told > FINDINGS_TOLD)
        printf("note %u findings of the proof of billing in all\n", check->told);
    if (!check->bills)
        printf("ok   every day due by the last bill run is billed once\n");
    check->faults += check->bills ? 1 : 0;
    return TRUE;
}

static gboolean
check_all(Ctx *ctx, gpointer data, GError **error)
{
    Check *check = data;
    gint64 links = 0;
    g_autoptr(GError) broken = NULL;

    if (history_verify(ctx->db, &links, &broken))
        printf("ok   history chain intact, %" G_GINT64_FORMAT " rows\n", links);
    else if (broken) {
        printf("FAIL %s\n", app_error_text(broken, LANG_EN));
        check->faults++;
    }
    for (const AppPromise *promise = app_promises; promise->statement; promise++) {
        if (!check_promise(ctx, check, promise, error))
            return FALSE;
    }
    return check_numbers(ctx, check, error) && check_bills(ctx, check, error);
}

int
cmd_check(int argc, char **argv)
{
    g_autofree char *url = NULL;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &url, "database", "URL" },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    int status = 0;
    Check check = { 0 };
    g_autoptr(GError) error = NULL;

    if (!app_options("Proves that the database is sound; exit status 1 if it is not.", entries, &argc, &argv, &status))
        return status;
    g_autoptr(App) app = app_open(url, &error);
    if (!app || !app_read(app, 0, check_all, &check, &error))
        return app_fail(error);
    printf("%s\n", check.faults ? "the database is NOT sound" : "the database is sound");
    return check.faults ? 1 : 0;
}
