#include "db/driver.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

/* A write-ahead log needs shared memory between processes of one machine, and advisory locks that
 * hold: neither is there on these. Numbers from linux/magic.h and the kernel sources. */
static const struct {
    guint32 magic;
    const char *name;
} network_fs[] = {
    { 0x00006969, "NFS" },   { 0x0000517B, "SMB" },    { 0xFE534D42, "SMB2" },
    { 0xFF534D42, "CIFS" },  { 0x65735546, "FUSE" },   { 0x01021997, "9P" },
    { 0x00C36400, "Ceph" },  { 0x5346414F, "AFS" },    { 0x73757245, "Coda" },
    { 0x7461636F, "OCFS2" }, { 0x01161970, "GFS2" },   { 0x0BD00BD0, "Lustre" },
    { 0x0000564C, "NCP" },   { 0x19830326, "BeeGFS" }, { 0x47504653, "GPFS" },
};

char *
place_resolve(const char *path)
{
    g_autofree char *dir = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(path);
    char *whole = realpath(path, NULL);
    if (whole == NULL) { /* not made yet */
        char *parent = realpath(dir, NULL);
        char *made = parent ? g_build_filename(parent, name, NULL) : g_strdup(path);
        free(parent); /* realpath() takes from the C library, not from GLib */
        return made;
    }
    char *copy = g_strdup(whole);
    free(whole);
    return copy;
}

static gboolean
refuse_readonly(GError **error, const char *path, int code)
{
    return app_error_set(error, APP_ERROR_INTERNAL, "db.readonly",
                         "数据库 %s 不可写（%s）；请检查目录和文件的属主与权限、磁盘是否只读",
                         "the database %s cannot be written (%s); check owner and mode of file and "
                         "directory, and whether the disk is mounted read-only",
                         path, g_strerror(code));
}

gboolean
place_check(const char *path, gboolean read_only, GError **error)
{
    g_autofree char *dir = g_path_get_dirname(path);
    struct statfs fs;
    if (!g_file_test(dir, G_FILE_TEST_IS_DIR))
        return app_error_set(error, APP_ERROR_INTERNAL, "db.no_directory",
                             "目录 %s 不存在，请先建立",
                             "directory %s does not exist, make it first", dir);
    if (statfs(dir, &fs) != 0)
        return app_error_set(error, APP_ERROR_INTERNAL, "db.no_directory", "无法读取目录 %s：%s",
                             "cannot read directory %s: %s", dir, g_strerror(errno));
    for (guint i = 0; i < G_N_ELEMENTS(network_fs); i++)
        if ((guint32) fs.f_type == network_fs[i].magic)
            return app_error_set(
                error, APP_ERROR_INTERNAL, "db.network_fs",
                "%s 位于 %s 网络文件系统，数据可能损坏；请放在本机磁盘上，或改用 PostgreSQL",
                "%s lies on a network file system (%s), where it would be damaged; "
                "put it on a local disk or use PostgreSQL",
                dir, network_fs[i].name);
    if (read_only && !g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return app_error_set(error, APP_ERROR_NOT_FOUND, "db.not_found", "数据库文件 %s 不存在",
                             "there is no database file %s", path);
    if (!read_only && g_file_test(path, G_FILE_TEST_EXISTS) && eaccess(path, W_OK) != 0)
        return refuse_readonly(error, path, errno);
    return TRUE;
}

/* Personal data: nobody but the owner. Called before SQLite opens the file, since closing any
 * descriptor of it later would drop SQLite's locks. */
static gboolean
make_file(const char *path, GError **error)
{
    int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == EEXIST ? TRUE : refuse_readonly(error, path, errno);
    close(fd);
    return TRUE;
}

int
place_lock(const char *path, GError **error)
{
    g_autofree char *name = g_strconcat(path, ".lock", NULL);
    int fd = open(name, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) {
        refuse_readonly(error, path, errno);
        return -1;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        char holder[24] = { 0 };
        if (read(fd, holder, sizeof holder - 1) <= 0)
            g_strlcpy(holder, "?", sizeof holder);
        close(fd);
        app_error_set(
            error, APP_ERROR_CONFLICT, "db.in_use",
            "数据库 %s 正被另一个服务进程使用（进程号 %s）；请先停止它",
            "the database %s is in use by another server (process %s); stop that one first", path,
            g_strstrip(holder));
        return -1;
    }
    char own[24];
    int len = g_snprintf(own, sizeof own, "%d\n", (int) getpid());
    /* The number is only for the message above; the lock is what counts. */
    if (ftruncate(fd, 0) != 0 || pwrite(fd, own, (gsize) len, 0) != len)
        g_debug("%s: %s", name, g_strerror(errno));
    if (!make_file(path, error)) {
        close(fd);
        return -1;
    }
    return fd;
}

void
place_unlock(int fd)
{
    /* The file stays: removing it would let two servers lock two different files of this name. */
    if (fd >= 0)
        close(fd);
}
