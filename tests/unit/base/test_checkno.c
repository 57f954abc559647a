#include "base/checkno.h"
#include <string.h>

typedef CheckResult (*CheckFn)(const char *text);

/* @expected is the normalised form of a valid number, or "!" and the reason of the refusal. */
static void
assert_check(CheckFn check, const char *text, const char *expected)
{
    CheckResult result = check(text);
    if (*expected == '!') {
        g_assert_false(result.valid);
        g_assert_cmpstr(result.reason, ==, expected + 1);
    } else {
        g_assert_true(result.valid);
        g_assert_null(result.reason);
        g_assert_cmpstr(result.normalised, ==, expected);
    }
}

static void
test_credit_samples(void)
{
    g_autofree char *content = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(SOURCE_DIR "/tests/cases/uscc_samples.csv", &content, NULL, &error);
    g_assert_no_error(error);
    g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
    guint seen = 0;
    for (guint i = 1; lines[i] && *lines[i]; i++, seen++) {
        g_auto(GStrv) cells = g_strsplit(lines[i], ",", 3);
        g_assert_cmpuint(g_strv_length(cells), ==, 3);
        g_assert_cmpint(check_credit_code(cells[0]).valid, ==, strcmp(cells[1], "1") == 0);
    }
    g_assert_cmpuint(seen, >=, 30);
}

static void
test_credit(void)
{
    assert_check(check_credit_code, " 9111 0000 60003 7341l ", "91110000600037341L");
    assert_check(check_credit_code, "９１110000600037341L", "91110000600037341L");
    assert_check(check_credit_code, "91110000600037341N", "!checksum");
    assert_check(check_credit_code, "9111000060003734", "!length");
    assert_check(check_credit_code, "91110000600037341LL", "!length");
    assert_check(check_credit_code, "911100006000I7341L", "!charset");
    assert_check(check_credit_code, "911A0000600037341L", "!charset");
    assert_check(check_credit_code, "9111-0000600037341L", "!length");
    assert_check(check_credit_code, "", "!length");
    assert_check(check_credit_code, NULL, "!length");
    assert_check(check_credit_code, "\xff", "!length");
    assert_check(check_credit_code,
                 "统一社会信用代码统一社会信用代码统一社会信用代码统一社会信用代码", "!length");
}

/* Any one wrong digit, and any two neighbours exchanged, is noticed. */
static void
test_credit_typing_errors(void)
{
    static const char good[] = "91350100M000100Y43";
    for (gsize i = 0; i < 18; i++) {
        char code[19];
        memcpy(code, good, sizeof code);
        code[i] = code[i] == '7' ? '8' : '7';
        g_assert_false(check_credit_code(code).valid);
        memcpy(code, good, sizeof code);
        if (i + 1 < 18 && code[i] != code[i + 1]) {
            code[i] = good[i + 1];
            code[i + 1] = good[i];
            g_assert_false(check_credit_code(code).valid);
        }
    }
}

static void
test_identity(void)
{
    assert_check(check_id_number, "11010519491231002x", "11010519491231002X");
    CheckResult woman = check_id_number("11010519491231002X");
    g_assert_cmpint(woman.birth_on, ==, day_parse("1949-12-31"));
    g_assert_cmpint(woman.sex, ==, 'F');
    CheckResult old = check_id_number("110105491231002"); /* the same person before 1999 */
    g_assert_true(old.valid);
    g_assert_cmpstr(old.normalised, ==, "11010519491231002X");
    g_assert_cmpint(old.birth_on, ==, woman.birth_on);
    CheckResult wrong = check_id_number("110105194912310021");
    g_assert_cmpstr(wrong.reason, ==, "checksum");
    g_assert_cmpint(wrong.check_char, ==, 'X');
    g_assert_cmpint(wrong.birth_on, ==, DAY_NONE);
    g_assert_cmpint(wrong.sex, ==, 0);
    assert_check(check_id_number, "110105194902300025", "!date");
    assert_check(check_id_number, "110105490230002", "!date");
    assert_check(check_id_number, "1101051949123100", "!length");
    assert_check(check_id_number, "1101051949123100X2", "!charset");
    assert_check(check_id_number, "11010549123100X", "!charset");
    assert_check(check_id_number, NULL, "!length");
}

static void
test_bank(void)
{
    assert_check(check_bank_card, "6222 0200 0000 1234 56-8", "!checksum");
    CheckResult wrong = check_bank_card("622202000000123456");
    CheckResult again = check_bank_card("62220200000012345");
    g_assert_false(wrong.valid && again.valid);
    assert_check(check_bank_card, "4111-1111 1111 1111", "4111111111111111");
    assert_check(check_bank_card, "4111111111111112", "!checksum");
    g_assert_cmpint(check_bank_card("4111111111111112").check_char, ==, '1');
    assert_check(check_bank_card, "78949", "!length");
    assert_check(check_bank_card, "41111111111111111111", "!length");
    assert_check(check_bank_card, "4111a11111111111", "!charset");
    g_assert_cmpint(check_luhn_digit("7894"), ==, '9');
    g_assert_cmpint(check_luhn_digit("78a4"), ==, 0);
    g_assert_cmpint(check_luhn_digit(""), ==, 0);
    g_assert_true(check_luhn("78949"));
    g_assert_false(check_luhn("9"));
    g_assert_false(check_luhn("7894x"));
}

static void
test_mobile(void)
{
    static const char *const cases[][2] = {
        { "13812345678", "13812345678" },
        { "+86 138-1234-5678", "13812345678" },
        { "8613812345678", "13812345678" },
        { "0086 13812345678", "13812345678" },
        { "１３８12345678", "13812345678" },
        { "19912345678", "19912345678" },
        { "12812345678", "!charset" },
        { "1381234567", "!length" },
        { "138123456789", "!length" },
        { "1381234567a", "!charset" },
        { "", "!length" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_check(check_mobile, cases[i][0], cases[i][1]);
}

static void
test_landline(void)
{
    static const char *const cases[][2] = {
        { "021-68888888", "021-68888888" },
        { "(010) 8765 4321", "010-87654321" },
        { "（0571）87654321", "0571-87654321" },
        { "057187654321", "0571-87654321" },
        { "0571-8765-4321", "0571-87654321" },
        { "0796-8234567", "0796-8234567" },
        { "021-68888888-8001", "021-68888888-8001" },
        { "021-68888888转8001", "021-68888888-8001" },
        { "02168888888 ext. 12", "021-68888888-12" },
        { "+86 21 6888 8888", "021-68888888" },
        { "+86 411 8765 4321", "0411-87654321" },
        { "+86 (0)21 68888888", "021-68888888" },
        { "400-820-8820", "4008208820" },
        { "+86 400 820 8820", "4008208820" },
        { "800 820 8820 转 3", "8008208820-3" },
        { "68888888", "!length" },
        { "021-688888", "!length" },
        { "021-688888889", "!length" },
        { "400-820-882", "!length" },
        { "000-12345678", "!charset" },
        { "021-6888888a", "!charset" },
        { "021-68888888转", "!charset" },
        { "021-68888888-1234567", "!charset" },
        { "", "!length" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_check(check_landline, cases[i][0], cases[i][1]);
}

static void
test_phone(void)
{
    assert_check(check_phone, "+86 138 1234 5678", "13812345678");
    assert_check(check_phone, "021-68888888", "021-68888888");
    assert_check(check_phone, "1381234567", "!length");
    assert_check(check_phone, "hello", "!charset");
    assert_check(check_phone, NULL, "!length");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/checkno/published-credit-codes-are-told-apart", test_credit_samples);
    g_test_add_func("/checkno/a-credit-code-says-why-it-is-refused", test_credit);
    g_test_add_func("/checkno/one-typing-error-in-a-credit-code-is-noticed",
                    test_credit_typing_errors);
    g_test_add_func("/checkno/an-old-identity-number-is-upgraded", test_identity);
    g_test_add_func("/checkno/a-bank-card-has-12-to-19-digits-and-luhn", test_bank);
    g_test_add_func("/checkno/mobile-numbers-lose-their-country", test_mobile);
    g_test_add_func("/checkno/landlines-are-written-with-area-and-extension", test_landline);
    g_test_add_func("/checkno/any-phone-a-person-may-type", test_phone);
    return g_test_run();
}
