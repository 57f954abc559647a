/* furnish.h - a furnished centre, and short ways to make rows and to ask for JSON, for the tests of space, party and crm. */
#pragma once
#include "domain/crm/crm.h"
#include "domain/party/party.h"
#include "domain/space/space.h"
#include "support/world.h"

#include <jansson.h>

/* Creates a record from JSON text with single quotes as that person; 0 with @error. References as ids in text. */
gint64 make_row(World *world, const char *login, const char *entity, GError **error,
                const char *format, ...) G_GNUC_PRINTF(5, 6);
/* The same as the system, aborting the test on an error. */
gint64 made(World *world, const char *login, const char *entity, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
/* PATCH of a record. */
gboolean change_row(World *world, const char *login, const char *entity, gint64 id, GError **error,
                    const char *format, ...) G_GNUC_PRINTF(6, 7);
/* Takes an action; input as above, may be "". */
gboolean act(World *world, const char *login, const char *entity, gint64 id, const char *action,
             const char *input, GError **error);
void act_must(World *world, const char *login, const char *entity, gint64 id, const char *action,
              const char *input);
/* A field in its JSON form, "" for null. transfer full. */
char *field_of(World *world, const char *entity, gint64 id, const char *field);
void assert_field(World *world, const char *entity, gint64 id, const char *field, const char *text);
/* Runs a writer of JSON members as that person. NULL with @error. transfer full. */
typedef gboolean (*JsonWriter)(Ctx *ctx, gpointer data, JsonOut *out, GError **error);
json_t *ask(World *world, const char *login, JsonWriter writer, gpointer data, GError **error);
/* The member that is reached by names and numbers separated by '/'; text, numbers and booleans as text, "" for null or absent. transfer full. */
char *at_path(const json_t *json, const char *path);
void assert_path(const json_t *json, const char *path, const char *text);
/* Id of a category or channel by its code. */
gint64 by_code(World *world, const char *entity, const char *code);
/* Categories and channels, a building, floor 1F and units A101 (100 m2, everything), A102 (60 m2, dry), A103 (200 m2, category F only). */
void furnish(World *world);
gint64 unit_by_no(World *world, const char *no);
/* Registers an inquiry; 0 with @error. @duplicates (may be NULL) counts the offers to merge. */
gint64 inquire(World *world, const char *login, guint *duplicates, GError **error,
               const char *format, ...) G_GNUC_PRINTF(5, 6);
/* A reference field's id. */
gint64 ref_of(World *world, const char *entity, gint64 id, const char *field);
/* world_new() and furnish(). */
World *centre(Dialect dialect);
gint64 channel(World *world, const char *code);
/* Registers a call of somebody who wants 80 to 120 m2 for coffee at 420 yuan; the inquiry, or the lead it made. */
gint64 call(World *world, const char *login, const char *phone, const char *name,
            const char *brand);
gint64 lead_of(World *world, const char *login, const char *phone);
