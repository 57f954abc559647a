/* http_internal.h - what the files of this folder share; not for others. */
#pragma once
#include "http/server.h"
#include <microhttpd.h>

/* Memory of libmicrohttpd per connection: request line, headers and the buffers. */
#define POOL_BYTES ((size_t) 32 * 1024)

/* A request that is refused before the handler sees it; all of them are static. */
typedef struct {
    int status;
    const char *code, *zh, *en;
} HttpRefusal;

typedef enum { BODY_NONE, BODY_BYTES, BODY_FILE, BODY_STREAM } HttpBodyKind;

struct HttpReply {
    int status;
    HttpBodyKind kind;
    GBytes *bytes;         /* BODY_BYTES */
    int fd;                /* BODY_FILE; -1 otherwise */
    guint64 file_size;     /* BODY_FILE */
    HttpProducer producer; /* BODY_STREAM */
    gpointer state;
    GDestroyNotify free_state;
    GPtrArray *headers; /* name, value, name, value …, owned */
    char request_id[24];
};

/* What a connection is waiting for; each phase has its own deadline. */
typedef enum {
    PHASE_HEADERS, /* also: idle between requests */
    PHASE_BODY,
    PHASE_HANDLER, /* ours: no deadline */
    PHASE_REPLY,
    PHASE_LINGER, /* refused early, letting the client read why */
} ConnPhase;

/* One TCP connection. Members below @remote are guarded by the server's lock. */
typedef struct {
    HttpServer *server;
    int fd;
    char remote[46];
    ConnPhase phase;
    gint64 since_us; /* monotonic, begin of the phase */
    guint64 bytes;   /* received or handed over in this phase */
    gboolean cut;    /* shut down for its deadline */
} Conn;

struct HttpServer {
    HttpOptions options; /* defaults filled in; the texts are not kept */
    char **proxies;      /* NULL-terminated addresses */
    HttpHandler handler;
    gpointer app;
    struct MHD_Daemon *daemon;
    int listen_fd;
    guint16 port;
    guint32 nonce;     /* first half of request ids */
    gint next_request; /* atomic */
    GThread *reaper;
    GMutex lock;             /* guards all below, and the connections' phases */
    GCond wake;              /* a request ended, or stopping */
    GHashTable *connections; /* of Conn, owned */
    HttpMetrics metrics;
    gboolean stopping; /* no new connections, replies close theirs */
    gboolean drained;  /* nothing in flight any more: a request that begins now is not begun */
};

/* One request from its first line to the last byte of its reply. */
typedef struct {
    HttpServer *server;
    Conn *conn;
    HttpRequest request;
    HttpReply *reply;
    char *raw_target;
    gsize target_end;               /* where the raw target ended in libmicrohttpd's buffer */
    char *query_text, *cookie_text; /* storage of the decoded texts */
    GByteArray *received;
    gsize max_body;
    gsize discarded;    /* bytes thrown away after @max_body was passed */
    gboolean counted;   /* in flight */
    gboolean too_large; /* the body passed @max_body */
    gboolean refused;   /* before its body was read */
    gboolean close;     /* the connection ends with this reply */
} Exchange;

/* parse.c: pure checks; NULL means fine. @storage keeps the texts that the params point to. */
const HttpRefusal *http_parse_target(const char *raw, char **path, GArray *query, char **storage);
const HttpRefusal *http_check_headers(const GArray *headers, gboolean is_1_1);
void http_parse_cookies(const GArray *headers, GArray *cookies, char **storage);
gboolean http_parse_method(const char *text, HttpMethod *method, gboolean *is_head);
/* TRUE if Accept-Encoding allows @coding by name. */
gboolean http_accepts(const HttpRequest *request, const char *coding);
const char *http_param_find(const GArray *params, const char *name, gboolean any_case);

/* reply.c */
void http_reply_refuse(HttpReply *reply, const HttpRefusal *refusal, Lang lang);
gboolean http_reply_has_header(const HttpReply *reply, const char *name);

/* listen.c: a bound, listening, non-blocking socket and its port, or -1. */
int http_listen(const char *listen_text, guint16 *port, GError **error);
/* Numeric text of an address; an IPv4 address in IPv6 form becomes plain. */
void http_address_text(const struct sockaddr *address, char *out, gsize size);

/* conn.c */
void conn_notify(void *cls, struct MHD_Connection *connection, void **socket_context,
                 enum MHD_ConnectionNotificationCode code);
void conn_phase(Conn *conn, ConnPhase phase);
void conn_bytes(Conn *conn, guint64 more);
void conn_linger(Conn *conn);
gpointer conn_reaper(gpointer data);
/* Shuts down what is not in a handler. Called with the lock held. */
void conn_cut_waiting(HttpServer *server);

/* exchange.c: the callbacks of libmicrohttpd. */
void *exchange_on_target(void *cls, const char *uri, struct MHD_Connection *connection);
enum MHD_Result exchange_on_data(void *cls, struct MHD_Connection *connection, const char *url,
                                 const char *method, const char *version, const char *data,
                                 size_t *size, void **state);
void exchange_on_completed(void *cls, struct MHD_Connection *connection, void **state,
                           enum MHD_RequestTerminationCode why);

/* send.c: fills in the headers that every reply has and hands the reply to libmicrohttpd. */
enum MHD_Result http_send(Exchange *ex, struct MHD_Connection *connection);
