/* moveout_api.c - papers of moving out. Everything else comes through the generic routes and actions. */
#include "api/api.h"
#include "domain/moveout/moveout.h"

typedef GBytes *(*Paper)(Ctx *ctx, const Record *move_out, GError **error);

static gboolean
print(Request *rq, Paper paper, const char *title, GError **error)
{
    gint64 id = 0;
    g_autoptr(Record) rec = req_arg_id(rq, 0, &id, error) ? record_get(&rq->ctx, "move_out", id, "read", error) : NULL;
    g_autoptr(GBytes) pdf = rec ? paper(&rq->ctx, rec, error) : NULL;

    if (!pdf)
        return FALSE;
    g_autofree char *name = g_strdup_printf("%s-%s.pdf", record_text(rec, "no"), title);
    reply_file(rq, HTTP_PDF, name, pdf);
    return TRUE;
}

static gboolean
statement(Request *rq, GError **error)
{
    return print(rq, moveout_statement_pdf, "statement", error);
}

static gboolean
exit_paper(Request *rq, GError **error)
{
    return print(rq, moveout_exit_pdf, "exit", error);
}

const Route moveout_routes[] = {
    ROUTE_SESSION(GET, "/api/move_out/:id/statement.pdf", READ, statement, "The settlement statement as PDF, live until it is frozen."),
    ROUTE_SESSION(GET, "/api/move_out/:id/exit.pdf", READ, exit_paper, "The confirmation of leaving as PDF."),
    { .path = NULL },
};
