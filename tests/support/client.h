/* client.h - a person at the API: signs in, sends requests into the dispatcher in-process, reads JSON. The same path as over HTTP
 * but for the socket. */
#pragma once
#include "api/api.h"
#include "support/world.h"

typedef struct {
    World *world;
    Api *api;
    char *sid;  /* cookie */
    char *csrf;
    const char *key; /* Idempotency-Key to send, or NULL */
    int status; /* of the last reply */
    char *text; /* body of the last reply */
    GBytes *bytes; /* the same, raw */
    GStringChunk *texts; /* what client_text() handed out */
    json_t *reply;  /* the same, parsed; NULL if it is no JSON */
} Client;

/* A dispatcher of its own for each client, as if they met different servers on one database. transfer full. */
Api *client_api(World *world);
/* Signs @login in with WORLD_PASSWORD; aborts the test if that fails. */
Client *client_new(World *world, const char *login);
/* The same with a password of its own. */
Client *client_sign_in(World *world, const char *login, const char *password);
void client_free(Client *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Client, client_free)
/* Sends a request; @body is JSON text, NULL for none. Returns the parsed reply (NULL if it is no JSON); borrowed until the client's next call. */
json_t *client_send(Client *client, const char *method, const char *path, const char *body);
/* As above with printf for the path, expecting @status; aborts the test with the reply otherwise. */
json_t *client_get(Client *client, const char *format, ...) G_GNUC_PRINTF(2, 3);
json_t *client_post(Client *client, int status, const char *body, const char *format, ...) G_GNUC_PRINTF(4, 5);
json_t *client_patch(Client *client, int status, const char *body, const char *format, ...) G_GNUC_PRINTF(4, 5);
/* Raw upload. */
json_t *client_upload(Client *client, int status, GBytes *bytes, const char *path);
/* Any body of any type, whatever comes back. */
json_t *client_raw(Client *client, const char *method, const char *path, GBytes *bytes, const char *type);
/* The last reply must be a problem with this code. */
void client_refused(Client *client, int status, const char *code);
/* The last reply must name a field complaint. */
void client_refused_field(Client *client, const char *field);
/* Text at a path of keys and indexes of the last reply, "items.0.no"; NULL if there is none. */
const char *client_text(Client *client, const char *at);
gint64 client_int(Client *client, const char *at);
gsize client_len(Client *client, const char *at);
/* Whether the last record offers an action now. */
gboolean client_offers(Client *client, const char *action);
