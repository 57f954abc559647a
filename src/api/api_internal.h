/* api_internal.h - the dispatcher's own state. Only inside api/. */
#pragma once
#include "api/api.h"
#include "domain/org/org.h"

/* A session as the last requests saw it, so that not every request reads rights anew. */
typedef struct {
    OrgSession session;
    Access *access;
    gint64 loaded_us; /* monotonic */
} CachedSession;

struct Api {
    ApiOptions options;
    GPtrArray *routes; /* of const Route * */
    GMutex lock;       /* guards sessions */
    GHashTable *sessions; /* token digest -> CachedSession */
    gint64 write_ok_us;   /* monotonic time of the last write that worked, for /readyz */
};

/* Session of the request's cookie; NULL with "session.none" if there is none or it has ended. transfer full. */
CachedSession *session_find(Api *api, const char *token, GError **error);
void session_free(gpointer session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CachedSession, session_free)
/* Rights of an account, of the house or of a merchant (@merchant_id not 0). transfer full. */
Access *session_access(DbConn *conn, gint64 account_id, gint64 merchant_id, gint64 property_id, GError **error);
/* Rights may have changed: forget what was read. */
void session_forget_all(Api *api);

/* Replies with a refusal whose consequences (a counted failure) must be committed all the same. */
void reply_refusal(Request *rq, const GError *refusal);
