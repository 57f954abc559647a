/* log.h - one line per event to stderr: time, level, request id, text; control characters escaped.
 * Never secrets or personal data. */
#pragma once
#include <glib.h>

typedef enum { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR } LogLevel;
void log_set_level(LogLevel level);
/* Request id shown on this thread's lines until set again; NULL clears. Not copied. */
void log_set_request(const char *request_id);
void log_line(LogLevel level, const char *format, ...) G_GNUC_PRINTF(2, 3);
