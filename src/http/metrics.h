/* metrics.h - counters of the server and their Prometheus text. */
#pragma once
#include <glib.h>

#define HTTP_LATENCY_BUCKETS 12
/* Upper bounds in microseconds; the last bucket of HttpMetrics.latency is "more". */
extern const gint64 http_latency_bounds_us[HTTP_LATENCY_BUCKETS];

typedef struct {
    guint64 by_class[6]; /* replies by first digit of the status; [0] broken off before a reply */
    guint64 bytes_in;    /* bodies received */
    guint64 bytes_out;   /* bodies sent, of known length or streamed */
    guint64 cut;         /* connections closed for a deadline */
    gint64 in_flight;    /* requests between headers and the last byte of the reply */
    gint64 connections;  /* open now */
    guint64 latency[HTTP_LATENCY_BUCKETS + 1]; /* not cumulative; time in the handler */
    guint64 latency_sum_us;
} HttpMetrics;

/* Appends Prometheus text, names lanting_http_…. */
void http_metrics_print(const HttpMetrics *m, GString *out);
