/* Attachments, exports and imports over the API: rights, versions, replays. */
#include "support/mall.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#define ID "%" G_GINT64_FORMAT

static GBytes *
bytes_of(const char *text)
{
    return g_bytes_new(text, strlen(text));
}

static void
upload(Client *client, int status, const char *entity, gint64 id, const char *name, GBytes *owned)
{
    g_autoptr(GBytes) bytes = owned;
    g_autofree char *escaped = g_uri_escape_string(name, NULL, FALSE);
    g_autofree char *path = g_strdup_printf(
        "/api/file?entity=%s&record_id=" ID "&category=licence&name=%s", entity, id, escaped);

    client_upload(client, status, bytes, path);
}

static GBytes *
photo(void)
{
    g_autoptr(GdkPixbuf) pixels = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, 640, 480);
    char *data = NULL;
    gsize len = 0;

    gdk_pixbuf_fill(pixels, 0x808080FF);
    g_assert_true(gdk_pixbuf_save_to_buffer(pixels, &data, &len, "jpeg", NULL, NULL));
    return g_bytes_new_take(data, len);
}

static const char pdf[] = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

static void
test_files(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) ls2 = client_new(mall->world, "ls2");
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    gint64 merchant = mall_merchant(mall, ls, "云里茶事");

    upload(ls, 201, "merchant", merchant, "营业执照.pdf", bytes_of(pdf));
    g_assert_cmpint(client_int(ls, "version"), ==, 1);
    gint64 first = g_ascii_strtoll(client_text(ls, "id"), NULL, 10);
    upload(ls, 201, "merchant", merchant, "../../营业执照.pdf", bytes_of(pdf));
    g_assert_cmpint(client_int(ls, "version"), ==, 2);
    g_assert_cmpstr(client_text(ls, "name"), ==, "营业执照.pdf");
    upload(ls, 201, "merchant", merchant, "门头.jpg", photo());
    gint64 picture = g_ascii_strtoll(client_text(ls, "id"), NULL, 10);
    client_get(ls, "/api/merchant/" ID "/files", merchant);
    g_assert_cmpuint(client_len(ls, "items"), ==, 3);
    g_assert_cmpstr(client_text(ls, "items.0.name"), ==, "门头.jpg");
    g_assert_cmpstr(client_text(ls, "items.0.content_type"), ==, "image/jpeg");
    client_get(ls, "/api/file/" ID, first);
    client_get(ls, "/api/file/" ID "/thumbnail", picture);
    client_get(lm, "/api/file/" ID, first);
    client_send(ls, "GET", "/api/file/1", NULL);
    client_refused(ls, 404, "file.not_found");
    g_autofree char *none = g_strdup_printf("/api/file/" ID "/thumbnail", first);
    client_send(ls, "GET", none, NULL);
    client_refused(ls, 404, "file.no_thumbnail");

    /* whoever may not read the merchant may not read or add its papers */
    g_autofree char *file = g_strdup_printf("/api/file/" ID, first);
    g_autofree char *list = g_strdup_printf("/api/merchant/" ID "/files", merchant);
    client_send(ls2, "GET", file, NULL);
    client_refused(ls2, 404, "file.not_found");
    client_send(ls2, "GET", list, NULL);
    client_refused(ls2, 404, "merchant.not_found");
    upload(ls2, 404, "merchant", merchant, "a.pdf", bytes_of(pdf));
    upload(ls, 422, "merchant", merchant, "a.html", bytes_of("<html><script>alert(1)</script>"));
    client_refused(ls, 422, "file.type");
    upload(ls, 404, "session", merchant, "a.pdf", bytes_of(pdf));
    upload(ls, 404, "nonsense", merchant, "a.pdf", bytes_of(pdf));
    client_get(ls, "/api/merchant/" ID "/files", merchant);
    g_assert_cmpuint(client_len(ls, "items"), ==, 3);
}

static void
test_export(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(Client) lm = client_new(mall->world, "lm");

    client_get(lm, "/api/unit/export.xlsx?status=vacant&sort=no");
    client_send(lm, "GET", "/api/unit/export.xlsx?nonsense=1", NULL);
    g_assert_cmpint(lm->status, ==, 422);
    client_refused_field(lm, "nonsense");
    client_send(ls, "GET", "/api/merchant/export.xlsx", NULL); /* specialists take no lists away */
    client_refused(ls, 403, "merchant.forbidden");
    client_send(lm, "GET", "/api/session/export.xlsx", NULL);
    g_assert_cmpint(lm->status, >=, 400);
}

static const char units[] = "铺位号,楼层,计租面积\nB1,L1,20\nB2,L1,30\n";

static void
test_import(Dialect dialect)
{
    g_autoptr(Mall) mall = mall_new(dialect);
    g_autoptr(Client) lm = client_new(mall->world, "lm");
    g_autoptr(Client) ls = client_new(mall->world, "ls");
    g_autoptr(GBytes) sheet = bytes_of(units);
    g_autoptr(GBytes) bad = bytes_of("铺位号,楼层,计租面积\nB1,L9,20\n");

    client_get(lm, "/api/import/template.xlsx?kind=rent_roll");
    client_get(lm, "/api/import/template.xlsx?kind=unit");
    client_send(lm, "GET", "/api/import/template.xlsx?kind=nothing", NULL);
    client_refused(lm, 404, "import.kind");
    client_upload(ls, 403, sheet, "/api/import?kind=unit&name=a.csv");
    client_refused(ls, 403, "import.forbidden");

    client_upload(lm, 201, bad, "/api/import?kind=unit&name=bad.csv");
    g_assert_cmpint(client_int(lm, "totals.error"), ==, 1);
    g_assert_cmpstr(client_text(lm, "rows.0.errors.0.cell"), ==, "B2");
    g_assert_cmpint(client_int(lm, "rows.0.errors.0.column"), ==, 1);
    g_assert_cmpstr(client_text(lm, "columns.0.field"), ==, "no");
    g_assert_cmpstr(client_text(lm, "columns.0.letter"), ==, "A");
    g_assert_cmpint(client_int(lm, "heading_row"), ==, 1);
    g_autofree char *id = g_strdup(client_text(lm, "id"));
    client_get(lm, "/api/import/%s/errors.xlsx", id);
    client_post(lm, 422, NULL, "/api/import/%s/commit", id);
    client_refused_field(lm, "B2");
    client_post(lm, 200, "{\"columns\":{\"1\":null}}", "/api/import/%s/map", id);
    g_assert_null(client_text(lm, "columns.1.field"));

    client_upload(lm, 201, sheet, "/api/import?kind=unit&name=a.csv");
    g_assert_cmpint(client_int(lm, "totals.create"), ==, 2);
    g_autofree char *good = g_strdup(client_text(lm, "id"));
    lm->key = "commit-1";
    client_post(lm, 200, NULL, "/api/import/%s/commit", good);
    g_assert_cmpint(client_int(lm, "created"), ==, 2);
    client_post(lm, 200, NULL, "/api/import/%s/commit",
                good); /* the answer was lost: it is given again */
    g_assert_cmpint(client_int(lm, "created"), ==, 2);
    lm->key = NULL;
    client_post(lm, 409, NULL, "/api/import/%s/commit", good);
    client_refused(lm, 409, "import.committed");
    client_get(lm, "/api/unit?no=B1,B2");
    g_assert_cmpint(client_int(lm, "total"), ==, 2);
}

static void
remove_tree(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        remove_tree(inner);
    }
    g_remove(path);
}

int
main(int argc, char **argv)
{
    g_autofree char *dir = g_strdup("/tmp/lanting-files-XXXXXX");

    g_assert_nonnull(g_mkdtemp(dir));
    g_setenv("TMPDIR", dir, TRUE); /* where the clients' dispatchers keep their files */
    g_test_init(&argc, &argv, NULL);
    testdb_each("/api/files-follow-the-rights-of-their-record", test_files);
    testdb_each("/api/exports-need-the-right-and-known-filters", test_export);
    testdb_each("/api/imports-are-previewed-mapped-committed-and-replayed", test_import);
    int result = g_test_run();
    remove_tree(dir);
    return result;
}
