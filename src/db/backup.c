/* A checked copy of a live SQLite database. Stepping through the backup API never ends while others
 * write (measured), so VACUUM INTO. */
#include "db/driver.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

typedef sqlite3 Sqlite;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sqlite, sqlite3_close)
typedef sqlite3_stmt SqliteStmt;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SqliteStmt, sqlite3_finalize)

static gboolean
refuse(GError **error, const char *path, const char *why)
{
    return app_error_set(error, APP_ERROR_INTERNAL, "db.backup", "备份到 %s 失败：%s",
                         "backup to %s failed: %s", path, why);
}

static gboolean
copy_to(Db *db, const char *path, GError **error)
{
    g_autoptr(Sqlite) from = NULL;
    g_autoptr(SqliteStmt) stmt = NULL;
    if (sqlite3_open_v2(db->url, &from, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL)
        != SQLITE_OK)
        return refuse(error, path, sqlite3_errmsg(from));
    sqlite3_busy_timeout(from, 5000);
    if (sqlite3_prepare_v2(from, "VACUUM INTO ?1", -1, &stmt, NULL) != SQLITE_OK)
        return refuse(error, path, sqlite3_errmsg(from));
    sqlite3_bind_text(stmt, 1, path, -1, SQLITE_STATIC);
    int code = sqlite3_step(stmt);
    if ((code & 0xff) == SQLITE_FULL)
        return fault_set(error, DB_FULL, NULL);
    return code == SQLITE_DONE ? TRUE : refuse(error, path, sqlite3_errmsg(from));
}

/* @sql must give one row that says @expected, or no row if that is NULL. */
static gboolean
check(Sqlite *copy, const char *sql, const char *expected)
{
    g_autoptr(SqliteStmt) stmt = NULL;
    if (sqlite3_prepare_v2(copy, sql, -1, &stmt, NULL) != SQLITE_OK)
        return FALSE;
    int code = sqlite3_step(stmt);
    if (expected == NULL)
        return code == SQLITE_DONE;
    return code == SQLITE_ROW
           && g_strcmp0((const char *) sqlite3_column_text(stmt, 0), expected) == 0;
}

static gboolean
check_copy(const char *path, GError **error)
{
    g_autoptr(Sqlite) copy = NULL;
    if (sqlite3_open_v2(path, &copy, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return refuse(error, path, sqlite3_errmsg(copy));
    if (!check(copy, "PRAGMA integrity_check(1)", "ok"))
        return refuse(error, path, "integrity_check");
    if (!check(copy, "PRAGMA foreign_key_check", NULL))
        return refuse(error, path, "foreign_key_check");
    return TRUE;
}

static gboolean
sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0)
        return FALSE;
    gboolean ok = fsync(fd) == 0;
    close(fd);
    return ok;
}

static gboolean
copy_and_move(Db *db, const char *temp, const char *path, GError **error)
{
    g_autofree char *dir = g_path_get_dirname(path);
    if (!copy_to(db, temp, error) || !check_copy(temp, error))
        return FALSE;
    if (!sync_path(temp, O_RDONLY))
        return refuse(error, path, g_strerror(errno));
    /* link() instead of rename(): never writes over a file that came meanwhile. */
    if (link(temp, path) != 0 && (errno == EEXIST || g_rename(temp, path) != 0))
        return refuse(error, path, g_strerror(errno));
    if (!sync_path(dir, O_RDONLY | O_DIRECTORY))
        return refuse(error, path, g_strerror(errno));
    return TRUE;
}

gboolean
sqlite_backup(Db *db, const char *path, GError **error)
{
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return app_error_set(error, APP_ERROR_CONFLICT, "db.backup_exists", "备份文件 %s 已存在",
                             "the backup %s exists already", path);
    g_autofree char *temp = g_strdup_printf("%s.tmp-%d-%u", path, (int) getpid(), g_random_int());
    /* SQLite takes an empty file; made here so that nobody else may read it. */
    int fd = open(temp, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0)
        return refuse(error, path, g_strerror(errno));
    close(fd);
    gboolean ok = copy_and_move(db, temp, path, error);
    g_unlink(temp);
    return ok;
}
