/* words.h - amounts and dates in Chinese capitals, as payment papers must carry them.
 * Source: 正确填写票据和结算凭证的基本规定; see docs/domain/rules.md section 6. */
#pragma once
#include "base/day.h"

/* Canonical form, the first of the official examples where the rules leave a choice: 零 between 元
 * and 角, none between 万 and 仟, no 整 behind 角. 150000 fen -> "壹仟伍佰元整"; negative amounts begin
 * with 负. transfer full. */
char *words_amount(gint64 fen);
/* The set of forms the rules allow for @fen; first is the canonical one. transfer full,
 * NULL-terminated. */
char **words_amount_accepted(gint64 fen);
/* As above; also takes 正 for 整, 圆 for 元 and 人民币 in front. */
gboolean words_amount_is_accepted(gint64 fen, const char *text);
/* "贰零贰肆年零壹月壹拾伍日". transfer full. */
char *words_date(Day day);
