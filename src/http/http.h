/* http.h - one request and its reply, as the program sees them. Knows HTTP only: no sessions, no
 * records. The server fills the request and sends the reply; see server.h.
 * Start at HttpHandler, http_query() and http_reply_take(). */
#pragma once
#include <gio/gio.h>

#include "base/error.h"

#define HTTP_JSON "application/json"
#define HTTP_TEXT "text/plain; charset=utf-8"
#define HTTP_HTML "text/html; charset=utf-8"
#define HTTP_XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define HTTP_PDF "application/pdf"
#define HTTP_DOCX "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

/* HEAD reaches the handler as HTTP_GET with is_head set; the server leaves the body away. */
typedef enum {
    HTTP_GET,
    HTTP_POST,
    HTTP_PATCH,
    HTTP_PUT,
    HTTP_DELETE,
    HTTP_OPTIONS,
    HTTP_METHOD__N
} HttpMethod;

/* A name and a value; the texts live as long as their request. */
typedef struct {
    const char *name;
    const char *value;
} HttpParam;

/* What the client sent, checked: the path is decoded valid UTF-8 without control characters, "..",
 * "//" or an encoded slash, and no query name comes twice. Constant while the handler runs. */
typedef struct {
    HttpMethod method;
    gboolean is_head;
    char *path;        /* decoded, begins with '/', no query */
    GArray *query;     /* of HttpParam, decoded, in the order sent; for walking over filters */
    GArray *headers;   /* of HttpParam, as sent */
    GArray *cookies;   /* of HttpParam, as sent */
    GBytes *body;      /* never NULL; empty if none */
    char remote[46];   /* address of the client, "192.0.2.7" or "2001:db8::7" */
    char id[24];       /* request id: in the log, in X-Request-Id and in problem documents */
    gint64 started_us; /* monotonic, when the headers were complete */
} HttpRequest;

typedef struct HttpReply HttpReply;

/* Answers one request by filling @reply (which begins as 404 without a body). Runs on the connection's
 * own thread and may block. @app is what was given to http_server_start(). Thread: many at once. */
typedef void (*HttpHandler)(const HttpRequest *request, HttpReply *reply, gpointer app);

/* Writes up to @max more bytes of a streamed body to @buf. Returns their number, 0 at the end, -1 on
 * failure: the connection is then cut, so that the client cannot take half a file for a whole one. */
typedef gssize (*HttpProducer)(gpointer state, char *buf, gsize max);

const char *http_method_name(HttpMethod method);
/* Decoded value of query name, header (any case) or cookie; NULL if absent. transfer none. */
const char *http_query(const HttpRequest *request, const char *name);
const char *http_header(const HttpRequest *request, const char *name);
const char *http_cookie(const HttpRequest *request, const char *name);
/* Language of "lang" in the address (links) or else of Accept-Language: the first of zh and en that is named; zh if neither. */
Lang http_lang(const HttpRequest *request);

/* A reply outside the server, for tests. @request_id is copied. transfer full. */
HttpReply *http_reply_new(const char *request_id);
void http_reply_free(HttpReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HttpReply, http_reply_free)
const char *http_reply_request_id(const HttpReply *reply);
int http_reply_status(const HttpReply *reply);
/* Body as it stands, NULL if there is none or it is a file or a stream. transfer none. */
GBytes *http_reply_peek_body(const HttpReply *reply);
/* Value of a reply header, NULL if it was not set. transfer none. */
const char *http_reply_peek_header(const HttpReply *reply, const char *name);

/* Status and body; each replaces an earlier body. @type is the Content-Type, NULL for no body.
 * take owns @body (NULL: no body); bytes takes a reference. */
void http_reply_take(HttpReply *reply, int status, const char *type, GString *body);
void http_reply_bytes(HttpReply *reply, int status, const char *type, GBytes *body);
/* 200 with the file at @path, read while it is sent. Errors: NOT_FOUND "http.no_file". */
gboolean http_reply_file(HttpReply *reply, const char *type, const char *path, GError **error);
/* 200 with a body of unknown length. @state belongs to the reply and is freed with @free_state on the
 * connection's thread, also when the client goes away early. @state must hold no borrowed request. */
void http_reply_stream(HttpReply *reply, const char *type, HttpProducer producer, gpointer state,
                       GDestroyNotify free_state);

/* Sets a header, replacing one of the same name. Line breaks in @value are our bug. */
void http_reply_header(HttpReply *reply, const char *name, const char *value);
/* Sets a cookie: Path=/, HttpOnly, SameSite=Lax, and Secure if @secure. @max_age_s < 0: until the
 * browser closes; 0 deletes it. */
void http_reply_cookie(HttpReply *reply, const char *name, const char *value, gint64 max_age_s,
                       gboolean secure);
/* Content-Disposition: attachment with a UTF-8 file name (RFC 6266). */
void http_reply_attachment(HttpReply *reply, const char *file_name);
/* The same for what the browser shows itself: the name counts when it is saved from there. Only for bytes that we made. */
void http_reply_inline(HttpReply *reply, const char *file_name);
/* Sets the ETag W/"@tag" and Cache-Control: private, no-cache, unless one is set. If the request's
 * If-None-Match names it, turns the reply into 304 without a body and returns TRUE. */
gboolean http_reply_etag(HttpReply *reply, const HttpRequest *request, const char *tag);
