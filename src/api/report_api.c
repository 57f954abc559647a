/* report_api.c - reports on screen, as workbook and on paper. */
#include "api/api.h"
#include "domain/report/report.h"

#include <string.h>

static gboolean
report_list(Request *rq, GError **error)
{
    (void) error;
    json_begin_object(rq->out);
    json_key(rq->out, "items");
    json_begin_array(rq->out);
    for (guint i = 0; reports[i]; i++) {
        if (!access_may(rq->ctx.access, "report", reports[i]->name))
            continue;
        json_begin_object(rq->out);
        json_kv_text(rq->out, "name", reports[i]->name);
        json_kv_text(rq->out, "title", rq->ctx.lang == LANG_EN ? reports[i]->en : reports[i]->zh);
        json_kv_text(rq->out, "params", reports[i]->params);
        json_kv_text(rq->out, "group", reports[i]->group);
        json_kv_text(rq->out, "basis", rq->ctx.lang == LANG_EN ? reports[i]->basis_en : reports[i]->basis_zh);
        json_end_object(rq->out);
    }
    json_end_array(rq->out);
    json_end_object(rq->out);
    return TRUE;
}

static gboolean
query_month(const Request *rq, int *month, GError **error)
{
    const char *text = req_query(rq, "month", NULL);
    guint64 key = 0;

    *month = day_month_key(rq->ctx.today);
    if (!text)
        return TRUE;
    if (!g_ascii_string_to_unsigned(text, 10, 190001, 219912, &key, NULL) || key % 100 < 1 || key % 100 > 12)
        return app_error_field(error, "month", "form", "应为月份，例如 202603", "must be a month, e.g. 202603");
    *month = (int) key;
    return TRUE;
}

/* The report named by the path without its face, filled for the days asked for. transfer full. */
static ReportTable *
filled(Request *rq, const char *face, GError **error)
{
    g_autofree char *name = g_strdup(req_arg(rq, 0));
    Day on = DAY_NONE, from = DAY_NONE, to = DAY_NONE;
    int month = 0;

    if (face && g_str_has_suffix(name, face))
        name[strlen(name) - strlen(face)] = '\0';
    const ReportDef *def = report_find(name);
    if (!def) {
        app_error_set(error, APP_ERROR_NOT_FOUND, "report.not_found", "没有这个报表", "no such report");
        return NULL;
    }
    gboolean daily = strcmp(def->name, "daily") == 0;
    if (!req_query_day(rq, "on", rq->ctx.today, &on, error)
        || !req_query_day(rq, "from", daily ? rq->ctx.today : day_month_start(rq->ctx.today), &from, error)
        || !req_query_day(rq, "to", rq->ctx.today, &to, error) || !query_month(rq, &month, error))
        return NULL;
    return report_run(&rq->ctx, def, on, from, to, month, error);
}

static gboolean
report_face(Request *rq, GError **error)
{
    const char *name = req_arg(rq, 0);
    gboolean xlsx = g_str_has_suffix(name, ".xlsx"), pdf = g_str_has_suffix(name, ".pdf");
    g_autoptr(ReportTable) table = filled(rq, xlsx ? ".xlsx" : pdf ? ".pdf" : NULL, error);

    if (!table)
        return FALSE;
    if (!xlsx && !pdf) {
        json_begin_object(rq->out);
        report_write_json(&rq->ctx, table, rq->out);
        json_end_object(rq->out);
        return TRUE;
    }
    g_autoptr(GBytes) bytes = xlsx ? report_xlsx(&rq->ctx, table, error) : report_pdf(&rq->ctx, table, error);
    if (!bytes)
        return FALSE;
    reply_file(rq, xlsx ? HTTP_XLSX : HTTP_PDF, name, bytes);
    return TRUE;
}

static gboolean
timeline(Request *rq, GError **error)
{
    gint64 id = 0;
    g_auto(GStrv) parts = g_strsplit(rq->http->path, "/", -1);

    json_begin_object(rq->out);
    if (!req_arg_id(rq, 0, &id, error) || !report_timeline_write(&rq->ctx, parts[2], id, 100, rq->out, error))
        return FALSE;
    json_end_object(rq->out);
    return TRUE;
}

const Route report_routes[] = {
    ROUTE_SESSION(GET, "/api/lead/:id/timeline", READ, timeline, "Everything that happened with a lead."),
    ROUTE_SESSION(GET, "/api/merchant/:id/timeline", READ, timeline, "Everything that happened with a merchant, across its leads and leases."),
    ROUTE_SESSION(GET, "/api/unit/:id/timeline", READ, timeline, "Everything that happened with a unit."),
    ROUTE_SESSION(GET, "/api/lease/:id/timeline", READ, timeline, "Everything that happened with a lease: drafts, review, orders, receipts, papers, handover."),
    ROUTE_SESSION(GET, "/api/report", READ, report_list, "Reports that this person may see."),
    ROUTE_SESSION(GET, "/api/report/:name", SLOW, report_face, "A report; with .xlsx or .pdf behind the name as a file."),
    { .path = NULL },
};
