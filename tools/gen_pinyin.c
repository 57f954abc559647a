/* gen_pinyin.c - prints src/base/pinyin_table.h: the first letter of the reading of each character
 * U+4E00..U+9FA5, as ICU's transliterator Han-Latin reads the character alone. Run by hand when the
 * table has to change; the product itself does not link ICU:
 *   cc -o /tmp/gen_pinyin tools/gen_pinyin.c $(pkg-config --cflags --libs icu-i18n icu-uc)
 *   /tmp/gen_pinyin >src/base/pinyin_table.h */
#include <stdio.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define FIRST 0x4E00
#define LAST 0x9FA5
#define ROW 64

/* Characters that ICU, reading them alone, gives the rarer reading of; the letter is that of the reading
 * usual in names of shops, people and places. */
static const struct {
    UChar32 character;
    char letter;
} usual[] = {
    { 0x957F, 'c' }, /* 长 cháng as in 长沙 */
    { 0x7FDF, 'z' }, /* 翟 Zhái */
    { 0x8983, 'q' }, /* 覃 Qín */
    { 0x6CCA, 'b' }, /* 泊 bó as in 泊车 */
    { 0x8304, 'q' }, /* 茄 qié as in 番茄 */
    { 0x66DD, 'b' }, /* 曝 bào */
    { 0x56E4, 't' }, /* 囤 tún */
    { 0x961A, 'k' }, /* 阚 Kàn */
    { 0x665F, 's' }, /* 晟 shèng */
    { 0x9753, 'l' }, /* 靓 liàng */
    { 0x8398, 'x' }, /* 莘 Xīn as in 莘庄 */
    { 0x57D4, 'p' }, /* 埔 pǔ as in 黄埔 */
    { 0x5477, 'x' }, /* 呷 xiā as in 呷哺 */
    { 0x86E4, 'g' }, /* 蛤 gé as in 蛤蜊 */
    { 0x845A, 's' }, /* 葚 shèn */
    { 0x679E, 'z' }, /* 枞 zōng */
    { 0x8360, 'q' }, /* 荠 qí */
};

static void
check(UErrorCode status, const char *what)
{
    if (U_SUCCESS(status))
        return;
    fprintf(stderr, "gen_pinyin: %s: %s\n", what, u_errorName(status));
    exit(1);
}

/* The letter for @character, or '?' where ICU knows no reading. */
static char
initial_of(UTransliterator *latin, UChar32 character)
{
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (usual[i].character == character)
            return usual[i].letter;
    UChar text[32];
    int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    U16_APPEND_UNSAFE(text, length, character);
    int32_t limit = length;
    utrans_transUChars(latin, text, &length, 32, 0, &limit, &status);
    check(status, "transliterate");
    return text[0] >= 'a' && text[0] <= 'z' ? (char) text[0] : '?';
}

int
main(void)
{
    static const UChar rule[] = u"Han-Latin; Latin-ASCII; Lower";
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *latin = utrans_openU(rule, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    check(status, "open Han-Latin");
    puts("/* pinyin_table.h - made by tools/gen_pinyin.c; do not edit. Row r, column c is the "
         "initial of\n"
         " * U+4E00 + 64 r + c, '?' where no reading is known. */\n"
         "#pragma once\n"
         "\n"
         "#define PINYIN_FIRST 0x4E00\n"
         "#define PINYIN_LAST 0x9FA5\n"
         "#define PINYIN_ROW 64\n");
    printf("static const char pinyin_rows[][PINYIN_ROW + 1] = {\n");
    for (UChar32 row = FIRST; row <= LAST; row += ROW) {
        printf("    \"");
        for (UChar32 c = row; c < row + ROW && c <= LAST; c++)
            putchar(initial_of(latin, c));
        printf("\",\n");
    }
    puts("};");
    utrans_close(latin);
    return 0;
}
