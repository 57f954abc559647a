/* flows.h - short ways to make flows and to decide, for tests of approvals. */
#pragma once
#include "support/world.h"

typedef struct {
    const char *approver; /* role post staff manager */
    const char *who;      /* code of the role or post, login of the person */
    const char *mode;     /* NULL: any */
    const char *condition;
    gint64 hours;
} StepSpec;

/* An active flow for "request"; @steps ends with a NULL approver. Its id. */
gint64 flow_make(World *world, const char *code, const char *condition, const StepSpec *steps);
gboolean decide(World *world, const char *login, gint64 approval_id, const char *decision,
                const char *opinion, const char *to_login, GError **error);
/* Aborts the test if it is refused. */
void decide_must(World *world, const char *login, gint64 approval_id, const char *decision,
                 const char *opinion, const char *to_login);
/* Aborts the test unless it is refused with @token. */
void decide_refused(World *world, const char *login, gint64 approval_id, const char *decision,
                    const char *token);
/* State of the approval. transfer full. */
char *approval_state(World *world, gint64 approval_id);
void assert_approval(World *world, gint64 approval_id, const char *state);
/* Logins of the open tasks, sorted by login, joined by blanks. transfer full. */
char *open_logins(World *world, gint64 approval_id);
void assert_open(World *world, gint64 approval_id, const char *logins);
/* The approval as @login sees it; NULL with @error if they may not. transfer full. */
json_t *approval_seen(World *world, const char *login, gint64 approval_id, GError **error);
/* How many things wait in @login's inbox. */
guint inbox_count(World *world, const char *login);
/* Gives the powers of @from to @to for a week from today + @shift days; the delegation's id. */
gint64 delegation_make(World *world, const char *from, const char *to, const char *powers,
                       gint64 shift);
/* Switches a person off, as the administrator. */
void staff_switch_off(World *world, const char *login);
/* How many notifications of @kind @login has. */
guint told(World *world, const char *login, const char *kind);
