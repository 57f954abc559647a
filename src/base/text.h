/* text.h - text that people type: cleaning, folding for search, pinyin initials, masks. */
#pragma once
#include <glib.h>

/* Valid UTF-8 without NUL or control characters other than newline and tab. */
gboolean text_is_clean(const char *text);
/* Trims, turns full-width ASCII and the ideographic space into half-width, joins runs of spaces;
 * line breaks stay as \n. transfer full. */
char *text_normalise(const char *text);
/* Key for search and comparison: NFKC, casefolded, letters, digits and marks only. May be "".
 * transfer full. */
char *text_fold(const char *text);
/* Number of characters (not bytes). */
gsize text_length(const char *text);
/* Pinyin initials of @text folded: "星巴克咖啡" -> "xbkkf"; what is no Han character stays. Phrases that
 * are read otherwise (银行 yh, 重庆 cq) and the surname of a personal name (two to four Han characters)
 * are taken from a list, see pinyin.c. transfer full. */
char *text_pinyin_initials(const char *text);
/* Only the ASCII digits of @text. transfer full. */
char *text_digits(const char *text);
/* "13812345678" -> "138****5678"; identity "110105********002X"; others keep 3 and 4; up to seven
 * characters keep the first, from four on also the last. transfer full. */
char *text_mask(const char *text);
/* Similarity 0..100 of two folded names by bigram overlap, for duplicate warnings. */
guint text_similarity(const char *a, const char *b);
/* A cell that a spreadsheet would take for a formula begins with = + - @ tab or CR, half- or
 * full-width, and is not a plain number. */
gboolean text_is_formula_like(const char *text);
