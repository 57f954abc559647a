/* failpoint.h - places where a test kills or fails the program. Costs nothing unless armed by
 * the environment: LANTING_FAILPOINT=name[:n] exits at the n-th pass,
 * LANTING_FAILPOINT_ERROR=name[:n] fails it. The name "*" means any failpoint, so "*:7" is the
 * seventh pass of whichever it is. */
#pragma once
#include <glib.h>

/* Reads the environment and begins counting anew; before threads start. */
void failpoint_init(void);
/* Exits with status 97 when armed for killing here. Returns TRUE when armed for an error here. */
gboolean failpoint_hit(const char *name);
/* Passes of all failpoints since failpoint_init(), for tests that walk over every one of them.
 * Counted only while something is armed or LANTING_FAILPOINT_COUNT is set: else a pass costs one
 * load. */
guint64 failpoint_passes(void);
#define FAILPOINT(name) failpoint_hit(name)
