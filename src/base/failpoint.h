/* failpoint.h - places where a test kills or fails the program. Costs nothing unless armed by the
 * environment: LANTING_FAILPOINT=name[:n] exits at the n-th pass, LANTING_FAILPOINT_ERROR=name[:n] fails it. */
#pragma once
#include <glib.h>

/* Reads the environment; before threads start. */
void failpoint_init(void);
/* Exits with status 97 when armed for killing here. Returns TRUE when armed for an error here. */
gboolean failpoint_hit(const char *name);
/* Counts every pass of every failpoint since start, for tests that walk over all of them. */
guint64 failpoint_passes(void);
#define FAILPOINT(name) failpoint_hit(name)
