/* ids.h - 64-bit ids made by the program: 41 bits milliseconds since 2020, 10 bits node, 12 bits
 * counter. Unique and growing even when the clock goes back. Sent in JSON as strings. */
#pragma once
#include <glib.h>

/* Next id of this process. Thread: any. */
gint64 id_next(void);
/* Node number 0..1023 of this server, before the first id_next(). */
void id_set_node(guint number);
/* Tests and simulation: ids count up from @first. 0 restores the real generator. */
void id_set_sequence(gint64 first);
/* Reads a positive decimal id; 0 if malformed. */
gint64 id_parse(const char *text);
