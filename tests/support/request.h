/* request.h - a made-up thing to approve, for tests of approvals: a request with a total, and what became of it. */
#pragma once
#include "support/world.h"

/* org, approval and request alone. */
World *request_world(Dialect dialect);
extern const EntityModule request_module;
extern const ApprovalSubject request_subject;

/* A new draft of @login; its id. */
gint64 request_new(World *world, const char *login, const char *title, gint64 total_fen);
/* Takes "submit" as @login; id of the approval, 0 with @error. */
gint64 request_submit(World *world, const char *login, gint64 id, GError **error);
/* Its state now. transfer full. */
char *request_state(World *world, gint64 id);
/* Sets the total as @login through the ordinary update. */
gboolean request_set_total(World *world, const char *login, gint64 id, gint64 total_fen,
                           GError **error);
/* A new request of @login, submitted: id of its approval. */
gint64 submitted(World *world, const char *login, gint64 total_fen, gint64 *request_id);
/* Aborts the test unless the request is in @state. */
void assert_request(World *world, gint64 id, const char *state);
