/* money.h - the promises of the money engine, to be kept at the end of every test that moves money. */
#pragma once
#include "support/mall.h"

/* Aborts the test if a statement of `lanting check` finds anything. */
void money_is_sound(Mall *mall);

/* A charge posted by the program, of the item "property_fee" at 6 % tax; @gross_fen may be negative. Its id. */
gint64 charge_made(Mall *mall, gint64 merchant_id, gint64 gross_fen, const char *due_on);
/* Voids a charge that nothing has settled. */
void charge_voided(Mall *mall, gint64 charge_id);
