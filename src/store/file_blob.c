/* file_blob.c - bytes under their hash. */
#include "base/failpoint.h"
#include "base/secret.h"
#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum { DIGEST_CHARS = 64 };

char *
file_blob_path(const char *dir, const char *digest)
{
    if (!digest || strlen(digest) != DIGEST_CHARS
        || strspn(digest, "0123456789abcdef") != DIGEST_CHARS)
        return NULL;
    char folder[3] = { digest[0], digest[1], '\0' };
    return g_build_filename(dir, folder, digest + 2, NULL);
}

static gboolean
refuse_store(GError **error, const char *why)
{
    return app_error_set(error, APP_ERROR_BUSY, "file.store", "文件暂时无法保存：%s",
                         "the file cannot be stored now: %s", why);
}

static gboolean
write_all(int fd, const guint8 *data, gsize len)
{
    while (len > 0) {
        gssize n = write(fd, data, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return FALSE;
        data += n;
        len -= (gsize) n;
    }
    return fsync(fd) == 0;
}

/* A new name in a folder is safe only when the folder is on the disk. */
static gboolean
sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    gboolean ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return ok;
}

static gboolean
write_blob(const char *folder, const char *path, const void *data, gsize len, GError **error)
{
    g_autofree char *draft = g_build_filename(folder, ".draft-XXXXXX", NULL);
    int fd = g_mkstemp_full(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0)
        return refuse_store(error, g_strerror(errno));
    gboolean ok = write_all(fd, data, len);
    int why = errno;
    ok = close(fd) == 0 && ok;
    if (FAILPOINT("file.written")) {
        ok = FALSE;
        why = EIO;
    }
    if (ok && g_rename(draft, path) == 0 && sync_folder(folder))
        return TRUE;
    why = ok ? errno : why;
    g_unlink(draft);
    return refuse_store(error, g_strerror(why));
}

char *
file_blob_put(const char *dir, const void *data, gsize len, GError **error)
{
    g_return_val_if_fail(dir != NULL, NULL);
    g_autofree char *digest = secret_digest(data, len);
    g_autofree char *path = file_blob_path(dir, digest);
    g_autofree char *folder = g_path_get_dirname(path);
    GStatBuf info;

    if (g_stat(path, &info) == 0 && (gsize) info.st_size == len)
        return g_steal_pointer(&digest);
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        refuse_store(error, g_strerror(errno));
        return NULL;
    }
    sync_folder(dir);
    return write_blob(folder, path, data, len, error) ? g_steal_pointer(&digest) : NULL;
}

GBytes *
file_blob_get(const char *dir, const char *digest, GError **error)
{
    g_autofree char *path = file_blob_path(dir, digest);
    g_autofree char *data = NULL;
    gsize len = 0;

    if (path && g_file_get_contents(path, &data, &len, NULL)) {
        g_autofree char *found = secret_digest(data, len);
        if (strcmp(found, digest) == 0)
            return g_bytes_new_take(g_steal_pointer(&data), len);
    }
    app_error_set(error, APP_ERROR_NOT_FOUND, "file.gone", "文件内容已丢失或损坏，请从备份恢复",
                  "the bytes of this file are missing or damaged; restore them from the backup");
    return NULL;
}
