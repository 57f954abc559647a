/* mall.h - a small centre in a world: one floor with units A1..A6 of 100 m2, categories, channels, charge items, zones. */
#pragma once
#include "support/client.h"

typedef struct {
    World *world;
    gint64 floor_id;
    gint64 units[6];
    gint64 category_id, channel_id;
} Mall;

Mall *mall_new(Dialect dialect);
void mall_free(Mall *mall);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mall, mall_free)
/* Registers a call of @name as @login; the id of the lead it made. */
gint64 mall_lead(Mall *mall, Client *client, const char *name, const char *phone);
/* Body of a lease for POST /api/lease: one unit, rent 200 yuan/m2/month quarterly, deposit of three months. transfer full. */
char *mall_lease_body(Mall *mall, gint64 merchant_id, guint unit, const char *from, const char *to, const char *price);
/* A lease in state countersigning, submitted by @client, whose checklist lm has ticked. Its id. */
gint64 mall_lease_in_review(Mall *mall, Client *client, gint64 merchant_id, guint unit, const char *from, const char *to,
                            const char *price);
/* Lets everybody who has a task agree until the approval of the lease has ended. */
void mall_approve(Mall *mall, const char *entity, gint64 id);
/* A merchant of @client's. Its id. */
gint64 mall_merchant(Mall *mall, Client *client, const char *name);
