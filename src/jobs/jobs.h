/* jobs.h - what happens by itself: holds run out, leads go back to the pool, approvals remind, leases expire. Each job may run
 * again at any time; a row in the database says who runs it, so that two servers do not. Start at jobs_start(). */
#pragma once
#include "jobs/mail.h"
#include "store/registry.h"

typedef struct Jobs Jobs;
/* One thread that looks once a minute. The arguments are borrowed for its life; @mail NULL: nothing is mailed. transfer full. */
Jobs *jobs_start(Db *db, const Registry *registry, const char *files_dir, const guint8 *key, const MailOptions *mail);
void jobs_stop(Jobs *jobs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Jobs, jobs_stop)
/* Runs everything that is due now for every property; for tests and the first start. */
gboolean jobs_run_once(Db *db, const Registry *registry, const char *files_dir, const guint8 *key, GError **error);
