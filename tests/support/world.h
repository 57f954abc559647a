/* world.h - a database with the schema, one property, the seeded posts and roles, and one person per post, for tests.
 * The clock stands still at 2026-03-02 09:00 in China until world_free(); move it with clock_freeze_us(). */
#pragma once
#include "domain/approval/approval.h"
#include "store/registry.h"
#include "support/testdb.h"

#define WORLD_PASSWORD "Lanting-Test-2026"

typedef struct {
    Db *db;
    Registry *registry;
    gint64 property_id;
    guint8 key[32];
    GHashTable *staff; /* login -> id */
} World;

/* All modules of the program. Logins are the post codes: gm director lm lsup ls lc om osup os oc finance services admin, and
 * the second specialists ls2 and os2. */
World *world_new(Dialect dialect);
/* The same with chosen modules; both lists NULL-terminated and living longer than the world. */
World *world_open(Dialect dialect, const EntityModule *const *modules,
                  const struct ApprovalSubject *const *subjects);
void world_free(World *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(World, world_free)
/* Id of a person; aborts for an unknown login. */
gint64 world_staff(const World *world, const char *login);

/* Runs @step in one transaction as that person with that person's rights; NULL login: the system. */
typedef gboolean (*WorldStep)(Ctx *ctx, gpointer data, GError **error);
gboolean world_write(World *world, const char *login, WorldStep step, gpointer data,
                     GError **error);
gboolean world_read(World *world, const char *login, WorldStep step, gpointer data, GError **error);
/* The same, aborting the test on an error. */
void world_must(World *world, const char *login, WorldStep step, gpointer data);
/* The test fails unless @error is set with this token; clears it. */
void world_refused(GError **error, const char *token);
