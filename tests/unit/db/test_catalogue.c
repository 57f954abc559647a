#include "db/catalogue.h"

static const char *const file = "-- Statements of the billing module.\n"
                                "\n"
                                "-- name: billing.open_items\n"
                                "-- one row per open charge\n"
                                "SELECT id, open_fen -- in fen\n"
                                "FROM charge\n"
                                "WHERE open_fen > 0;\n"
                                "\n"
                                "-- name: billing.lock\n"
                                "SELECT 1;\n"
                                "-- dialect: pg\n"
                                "-- waits for nobody\n"
                                "SELECT 2;\n";

static void
statements_are_found_by_name(void)
{
    catalogue_add("billing.sql", file);
    g_assert_cmpstr(catalogue_sql("billing.open_items", DIALECT_SQLITE), ==,
                    "SELECT id, open_fen -- in fen\nFROM charge\nWHERE open_fen > 0");
    g_assert_true(g_str_equal(catalogue_sql("billing.open_items", DIALECT_PG),
                              catalogue_sql("billing.open_items", DIALECT_SQLITE)));
    g_assert_cmpstr(catalogue_sql("billing.lock", DIALECT_SQLITE), ==, "SELECT 1");
    g_assert_cmpstr(catalogue_sql("billing.lock", DIALECT_PG), ==, "SELECT 2");
    g_autofree const char **names = catalogue_names();
    g_assert_cmpstr(names[0], ==, "billing.lock");
    g_assert_cmpstr(names[1], ==, "billing.open_items");
    g_assert_null(names[2]);
}

static void
a_program_without_statements_starts(void)
{
    catalogue_init();
    g_autofree const char **names = catalogue_names();
    g_assert_nonnull(names);
}

static void
add_and_abort(const char *text)
{
    if (g_test_subprocess()) {
        catalogue_add("x.sql", text);
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*x.sql*");
}

static void
a_name_twice_aborts(void)
{
    add_and_abort("-- name: x.a\nSELECT 1;\n-- name: x.a\nSELECT 2;\n");
}

static void
text_without_a_name_aborts(void)
{
    add_and_abort("SELECT 1;\n");
}

static void
an_empty_statement_aborts(void)
{
    add_and_abort("-- name: x.a\n-- nothing\n-- name: x.b\nSELECT 1;\n");
}

static void
an_unknown_dialect_aborts(void)
{
    add_and_abort("-- name: x.a\nSELECT 1;\n-- dialect: oracle\nSELECT 2;\n");
}

static void
an_unknown_name_aborts(void)
{
    if (g_test_subprocess()) {
        catalogue_sql("x.none", DIALECT_PG);
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*x.none*");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/catalogue/a-program-without-statements-starts",
                    a_program_without_statements_starts);
    g_test_add_func("/catalogue/statements-are-found-by-name", statements_are_found_by_name);
    g_test_add_func("/catalogue/a-name-twice-aborts", a_name_twice_aborts);
    g_test_add_func("/catalogue/text-without-a-name-aborts", text_without_a_name_aborts);
    g_test_add_func("/catalogue/an-empty-statement-aborts", an_empty_statement_aborts);
    g_test_add_func("/catalogue/an-unknown-dialect-aborts", an_unknown_dialect_aborts);
    g_test_add_func("/catalogue/an-unknown-name-aborts", an_unknown_name_aborts);
    return g_test_run();
}
