#include "db/driver.h"

#include <string.h>

/* Rows per statement, in few sizes so that the texts stay in the statement cache. */
static const guint chunks[] = { 128, 32, 8, 1 };
/* PostgreSQL takes 65535 parameters, older SQLite 32766. */
#define MAX_PARAMS 30000

typedef struct {
    BindKind kind;
    gint64 number;
    char *data; /* owned */
    gsize len;
} Cell;

struct DbBatch {
    DbConn *conn;
    char *table;
    char **columns;
    guint n_columns;
    GArray *cells; /* of Cell; the last row is the one being filled */
    guint rows;    /* complete ones */
    guint room;    /* rows kept before they are sent */
};

static void
clear_cell(gpointer data)
{
    g_free(((Cell *) data)->data);
}

DbBatch *
db_batch_new(DbConn *conn, const char *table, const char *const *columns)
{
    g_return_val_if_fail(columns[0] != NULL, NULL);
    DbBatch *batch = g_new0(DbBatch, 1);
    batch->conn = conn;
    batch->table = g_strdup(table);
    batch->columns = g_strdupv((char **) columns);
    batch->n_columns = g_strv_length(batch->columns);
    batch->room = MIN(chunks[0], MAX_PARAMS / batch->n_columns);
    batch->cells = g_array_new(FALSE, TRUE, sizeof(Cell));
    g_array_set_clear_func(batch->cells, clear_cell);
    g_array_set_size(batch->cells, batch->n_columns);
    return batch;
}

void
db_batch_free(DbBatch *batch)
{
    if (batch == NULL)
        return;
    g_array_unref(batch->cells);
    g_strfreev(batch->columns);
    g_free(batch->table);
    g_free(batch);
}

static void
set_cell(DbBatch *batch, int col, Cell value)
{
    g_return_if_fail(col >= 0 && (guint) col < batch->n_columns);
    Cell *cell = &g_array_index(batch->cells, Cell, batch->rows * batch->n_columns + (guint) col);
    g_free(cell->data);
    *cell = value;
}

void
db_batch_int(DbBatch *batch, int col, gint64 value)
{
    set_cell(batch, col, (Cell){ .kind = BIND_INT, .number = value });
}

void
db_batch_text(DbBatch *batch, int col, const char *value)
{
    if (value == NULL)
        set_cell(batch, col, (Cell){ .kind = BIND_NULL });
    else
        set_cell(batch, col, (Cell){ BIND_TEXT, 0, g_strdup(value), strlen(value) });
}

void
db_batch_day(DbBatch *batch, int col, Day value)
{
    char text[DAY_TEXT_SIZE];
    db_batch_text(batch, col, value == DAY_NONE ? NULL : day_format(value, text));
}

void
db_batch_bytes(DbBatch *batch, int col, const void *data, gsize len)
{
    if (data == NULL)
        set_cell(batch, col, (Cell){ .kind = BIND_NULL });
    else
        set_cell(batch, col,
                 (Cell){ BIND_BYTES, 0, len ? g_memdup2(data, len) : g_strdup(""), len });
}

static char *
insert_text(const DbBatch *batch, guint rows)
{
    g_autofree char *columns = g_strjoinv(",", batch->columns);
    GString *sql = g_string_new(NULL);
    g_string_printf(sql, "INSERT INTO %s (%s) VALUES ", batch->table, columns);
    for (guint i = 0; i < rows * batch->n_columns; i++) {
        if (i % batch->n_columns == 0)
            g_string_append(sql, i == 0 ? "(" : "),(");
        else
            g_string_append_c(sql, ',');
        g_string_append_printf(sql, ":p%u", i);
    }
    g_string_append_c(sql, ')');
    return g_string_free(sql, FALSE);
}

/* Sends @rows rows, beginning with number @first. */
static gboolean
send_rows(DbBatch *batch, guint first, guint rows, GError **error)
{
    g_autofree char *sql = insert_text(batch, rows);
    g_autoptr(DbStmt) stmt = db_prepare(batch->conn, sql, error);
    if (stmt == NULL)
        return FALSE;
    for (guint i = 0; i < rows * batch->n_columns; i++) {
        const Cell *cell = &g_array_index(batch->cells, Cell, first * batch->n_columns + i);
        stmt_bind(stmt, i, &(BindValue){ cell->kind, cell->number, cell->data, cell->len });
    }
    return db_exec_stmt(stmt, NULL, error);
}

static gboolean
flush(DbBatch *batch, GError **error)
{
    guint sent = 0;
    while (sent < batch->rows) {
        guint size = 0;
        while (chunks[size] > batch->rows - sent || chunks[size] > batch->room)
            size++;
        if (!send_rows(batch, sent, chunks[size], error))
            return FALSE;
        sent += chunks[size];
    }
    batch->rows = 0;
    g_array_set_size(batch->cells, 0);
    g_array_set_size(batch->cells, batch->n_columns);
    return TRUE;
}

gboolean
db_batch_add(DbBatch *batch, GError **error)
{
    batch->rows++;
    if (batch->rows == batch->room)
        return flush(batch, error);
    g_array_set_size(batch->cells, (batch->rows + 1) * batch->n_columns);
    return TRUE;
}

gboolean
db_batch_finish(DbBatch *batch, GError **error)
{
    return flush(batch, error);
}
