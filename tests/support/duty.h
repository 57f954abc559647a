/* duty.h - short words for the acceptance tests of duties: what is refused, who has what to do, days that go by. */
#pragma once
#include "support/mall.h"

#define ID G_GINT64_FORMAT

/* Sends what must be refused with this status and code; printf for the path. */
void deny(Client *client, int status, const char *code, const char *method, const char *body, const char *format, ...)
    G_GNUC_PRINTF(6, 7);
/* The same for a complaint about one field. */
void deny_field(Client *client, const char *field, const char *method, const char *body, const char *format, ...)
    G_GNUC_PRINTF(5, 6);
/* POST that makes a record from JSON with single quotes; its id. */
gint64 make_as(Client *client, const char *entity, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* JSON with single quotes and printf. transfer full. */
char *quoted(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* The text of the last reply at a path is exactly that. */
void says(Client *client, const char *at, const char *text);
/* Its number is exactly that. */
void counts(Client *client, const char *at, gint64 n);
/* Index of the item of list @list whose text at @key is @value; -1 if there is none. */
int find_item(Client *client, const char *list, const char *key, const char *value);
/* Text of a member of that item; aborts if there is no such item. */
const char *item_text(Client *client, const char *list, const char *key, const char *value, const char *member);
gint64 item_int(Client *client, const char *list, const char *key, const char *value, const char *member);

/* Newest approval of a record, and its state. */
gint64 approval_id(Mall *mall, const char *entity, gint64 id);
void approval_is(Mall *mall, gint64 approval, const char *state);
/* @login decides; aborts if it is refused. @to_login may be NULL. */
void decides(Mall *mall, const char *login, gint64 approval, const char *decision, const char *opinion, const char *to_login);
/* The same, to be refused. */
void may_not_decide(Mall *mall, const char *login, gint64 approval, const char *decision, int status, const char *code);
/* Logins of those who have the approval in their to-do list, in the order of the house, joined by blanks. transfer full. */
char *who_has_todo(Mall *mall, const char *entity, gint64 id);
void todo_of(Mall *mall, const char *entity, gint64 id, const char *logins);
/* How many notifications of @kind a person has. */
guint news(Mall *mall, const char *login, const char *kind);
/* Ticks the whole checklist as @login. */
void tick_all(Mall *mall, const char *login, gint64 lease);

/* Sets the clock to that day at 09:00 in China; sessions older than half a day are over then. */
void go_to(const char *day);
/* Everything that happens by itself. */
void run_jobs(Mall *mall);
/* A lead of @client's that wants a shop of 80 to 120 m2, at stage @stage ("new" … "negotiating"). */
gint64 lead_at(Mall *mall, Client *client, const char *name, const char *phone, const char *stage);
gint64 merchant_of_lead(Client *client, gint64 lead);
/* A draft letter of intent of @client's for a unit of the mall, at that price, valid until 31 March. */
gint64 intent_draft(Mall *mall, Client *client, gint64 lead, guint unit, const char *price);
/* A signed one. */
gint64 intent_signed(Mall *mall, Client *client, gint64 lead, guint unit);
/* An approved lease of @client's. */
gint64 lease_approved(Mall *mall, Client *client, const char *merchant, guint unit, const char *from, const char *to);
/* A lease in force: ordered by lm, paid to finance. */
gint64 lease_effective(Mall *mall, Client *client, const char *merchant, guint unit, const char *from, const char *to);
/* One more person of that post and role. */
void hire(Mall *mall, const char *login, const char *name, const char *post, const char *role);
