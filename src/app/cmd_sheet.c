/* cmd_sheet.c - spreadsheets in and out from the shell: the same import and export as on the pages. */
#include "app/app.h"
#include "domain/lease/lease_import.h"
#include "store/export.h"
#include "store/import.h"

#include <gio/gio.h>
#include <stdio.h>

static const ImportKind *const kinds[] = { &rent_roll_import, NULL };

typedef struct {
    const char *kind, *file;
    GBytes *bytes;
    gboolean dry;
} SheetIn;

static gboolean
open_sheet(Ctx *ctx, gpointer data, GError **error)
{
    const SheetIn *s = data;
    g_autofree char *name = g_path_get_basename(s->file);
    g_autoptr(Import) import = import_open(ctx, kinds, s->kind, name, s->bytes, error);

    if (!import || !import_judge(ctx, import, error) || !import_keep(ctx, import, error))
        return FALSE;
    printf("%" G_GINT64_FORMAT " to create, %" G_GINT64_FORMAT " to update, %" G_GINT64_FORMAT " with errors, %" G_GINT64_FORMAT " skipped\n",
           import_total(import, IMPORT_CREATE), import_total(import, IMPORT_UPDATE), import_total(import, IMPORT_ERROR),
           import_total(import, IMPORT_SKIP));
    const GPtrArray *rows = import_rows(import);
    for (guint i = 0; i < rows->len; i++) {
        const ImportRow *row = rows->pdata[i];
        for (guint k = 0; row->faults && k < row->faults->len; k++) {
            const ImportFault *fault = row->faults->pdata[k];
            g_autofree char *cell = import_cell_name(import, row, fault->field);
            printf("  %s: %s\n", cell, fault->text[LANG_ZH]);
        }
    }
    return s->dry || import_commit(ctx, import, error);
}

int
cmd_import(int argc, char **argv)
{
    g_autofree char *url = NULL, *kind = NULL;
    gboolean dry = FALSE;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &url, "database (LANTING_DB)", "URL" },
        { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, "rent_roll, or an entity such as merchant (default rent_roll)", "KIND" },
        { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry, "judge only, save nothing", NULL },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    int status = 0;
    char *data = NULL;
    gsize len = 0;
    g_autoptr(GError) error = NULL;

    if (!app_options("import FILE: imports an .xlsx or .csv, all rows or none.", entries, &argc, &argv, &status))
        return status;
    if (argc != 2) {
        fprintf(stderr, "lanting import: name the file\n");
        return 2;
    }
    if (!g_file_get_contents(argv[1], &data, &len, &error))
        return app_fail(error);
    g_autoptr(GBytes) bytes = g_bytes_new_take(data, len);
    SheetIn sheet = { .kind = kind ? kind : "rent_roll", .file = argv[1], .bytes = bytes, .dry = dry };
    g_autoptr(App) app = app_open(url, &error);
    if (!app || !app_write(app, 0, open_sheet, &sheet, &error))
        return app_fail(error);
    printf(dry ? "nothing was saved\n" : "saved\n");
    return 0;
}

typedef struct {
    const char *entity, *file;
} Out;

static gboolean
write_sheet(Ctx *ctx, gpointer data, GError **error)
{
    const Out *out = data;
    const EntityModule *module = registry_find(ctx->registry, out->entity);

    if (!module || (module->def->flags & EF_INTERNAL))
        return app_error_set(error, APP_ERROR_NOT_FOUND, "entity.not_found", "没有实体 %s", "there is no entity %s", out->entity);
    g_autoptr(ListQuery) query = list_query_new(module->def);
    g_autoptr(Export) made = export_make(ctx, query, error);
    if (!made)
        return FALSE;
    g_autoptr(GFile) from = g_file_new_for_path(made->path);
    g_autoptr(GFile) to = g_file_new_for_path(out->file);
    printf("%" G_GINT64_FORMAT " rows\n", made->rows);
    return g_file_copy(from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error);
}

int
cmd_export(int argc, char **argv)
{
    g_autofree char *url = NULL, *file = NULL;
    const GOptionEntry entries[] = {
        { "db", 0, 0, G_OPTION_ARG_STRING, &url, "database (LANTING_DB)", "URL" },
        { "output", 'o', 0, G_OPTION_ARG_FILENAME, &file, "file to write (default ENTITY.xlsx)", "FILE" },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    int status = 0;
    g_autoptr(GError) error = NULL;

    if (!app_options("export ENTITY: writes all rows of an entity to an .xlsx.", entries, &argc, &argv, &status))
        return status;
    if (argc != 2) {
        fprintf(stderr, "lanting export: name the entity, e.g. lease\n");
        return 2;
    }
    g_autofree char *name = g_strconcat(argv[1], ".xlsx", NULL);
    Out out = { argv[1], file ? file : name };
    g_autoptr(App) app = app_open(url, &error);
    if (!app || !app_read(app, 0, write_sheet, &out, &error))
        return app_fail(error);
    return 0;
}
