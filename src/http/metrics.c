#include "http/metrics.h"

const gint64 http_latency_bounds_us[HTTP_LATENCY_BUCKETS] = {
    1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000, 500000, 1000000, 2000000, 5000000,
};

static void
print_latency(const HttpMetrics *m, GString *out)
{
    guint64 count = 0;
    g_string_append(out, "# TYPE lanting_http_seconds histogram\n");
    for (int i = 0; i <= HTTP_LATENCY_BUCKETS; i++) {
        count += m->latency[i];
        if (i == HTTP_LATENCY_BUCKETS) {
            g_string_append(out, "lanting_http_seconds_bucket{le=\"+Inf\"} ");
        } else {
            gint64 us = http_latency_bounds_us[i];
            g_string_append_printf(out, "lanting_http_seconds_bucket{le=\"%d.%03d\"} ",
                                   (int) (us / 1000000), (int) (us % 1000000 / 1000));
        }
        g_string_append_printf(out, "%" G_GUINT64_FORMAT "\n", count);
    }
    g_string_append_printf(
        out, "lanting_http_seconds_sum %" G_GUINT64_FORMAT ".%06" G_GUINT64_FORMAT "\n",
        m->latency_sum_us / 1000000, m->latency_sum_us % 1000000);
    g_string_append_printf(out, "lanting_http_seconds_count %" G_GUINT64_FORMAT "\n", count);
}

void
http_metrics_print(const HttpMetrics *m, GString *out)
{
    g_string_append(out, "# TYPE lanting_http_requests_total counter\n");
    for (int i = 0; i < 6; i++) {
        g_autofree char *class = i ? g_strdup_printf("%dxx", i) : g_strdup("broken");
        g_string_append_printf(out,
                               "lanting_http_requests_total{status=\"%s\"} %" G_GUINT64_FORMAT "\n",
                               class, m->by_class[i]);
    }
    g_string_append_printf(out,
                           "# TYPE lanting_http_bytes_total counter\n"
                           "lanting_http_bytes_total{way=\"in\"} %" G_GUINT64_FORMAT "\n"
                           "lanting_http_bytes_total{way=\"out\"} %" G_GUINT64_FORMAT "\n",
                           m->bytes_in, m->bytes_out);
    g_string_append_printf(out,
                           "# TYPE lanting_http_cut_total counter\n"
                           "lanting_http_cut_total %" G_GUINT64_FORMAT "\n",
                           m->cut);
    g_string_append_printf(out,
                           "# TYPE lanting_http_in_flight gauge\n"
                           "lanting_http_in_flight %" G_GINT64_FORMAT "\n"
                           "# TYPE lanting_http_connections gauge\n"
                           "lanting_http_connections %" G_GINT64_FORMAT "\n",
                           m->in_flight, m->connections);
    print_latency(m, out);
}
