/* problem.h - errors as RFC 9457 problem documents, the form in docs/api.md. */
#pragma once
#include "http/http.h"

/* Replies with a problem document. @fields_json is a JSON array or NULL for none. */
void http_reply_problem(HttpReply *reply, int status, const char *code, const char *message,
                        const char *fields_json);
/* Replies with @error in @lang: INVALID 422, FORBIDDEN 403, NOT_FOUND 404, CONFLICT 409, BUSY 503
 * with Retry-After: 2; INTERNAL and foreign errors 500, logged and told without detail. Tokens
 * "session.none" and "session.refused" give 401, "http.too_large" 413. */
void http_reply_error(HttpReply *reply, const GError *error, Lang lang);
/* The status http_reply_error() would give. */
int http_error_status(const GError *error);
