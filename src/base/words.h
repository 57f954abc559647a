/* words.h - amounts and dates in Chinese capitals, as payment papers must carry them.
 * Source: 正确填写票据和结算凭证的基本规定; see docs/domain/rules.md section 6. */
#pragma once
#include "base/day.h"

/* Canonical form, e.g. 150000 fen -> "壹仟伍佰元整"; negative amounts begin with 负. transfer full. */
char *words_amount(gint64 fen);
/* The set of forms the rules allow for @fen; first is the canonical one. transfer full, NULL-terminated. */
char **words_amount_accepted(gint64 fen);
gboolean words_amount_is_accepted(gint64 fen, const char *text);
/* "贰零贰肆年零壹月壹拾伍日". transfer full. */
char *words_date(Day day);
