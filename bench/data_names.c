/* data_names.c - numbers, times, ids and invented names that are the same at every run. */
#include "bench_data.h"

#include "base/clock.h"

#include <string.h>

#define EPOCH_MS G_GINT64_CONSTANT(1577836800000) /* of the program's ids */
enum { ID_SHIFT = 22, YEARS_DAYS = 6 * 365, DAY_S = 86400 };

static const char *const cities[] = { "江城", "云州", "海宁", "锦川", "临安", "长洲", "南屿",
                                      "北辰", "青浦", "东麓", "西陵", "平江", "安澜", "永和",
                                      "新野", "望川", "广陵", "宜居", "白石", "泰安" };
static const char *const words[] = {
    "云上", "禾下", "岚亭", "朴素", "知味", "半山", "青禾", "木白", "栖迟", "听雨", "拾光", "素年",
    "浅草", "松间", "鹿鸣", "初见", "远山", "北巷", "南枝", "归来", "有间", "行止", "清欢", "万象",
    "一味", "小满", "大暑", "白露", "霜降", "谷雨", "惊蛰", "立春", "观澜", "望舒", "若水", "长乐",
    "百味", "千寻", "三餐", "四季", "五谷", "六合", "七巧", "八方", "九章", "十里", "同福", "广聚",
    "盛唐", "宋韵", "汉风", "秦川", "楚天", "吴越", "巴山", "蜀水", "关东", "岭南", "塞北", "江南"
};
static const char *const trades[] = { "餐饮管理", "服饰",     "商贸",     "食品",     "文化传播",
                                      "健康管理", "教育咨询", "电子科技", "美容服务", "家居用品" };
static const char *const shops[] = { "咖啡", "茶铺", "小馆", "火锅", "烘焙", "书坊", "衣橱", "鞋履",
                                     "数码", "健身", "童装", "美发", "影城", "花店", "眼镜" };
static const char *const surnames[] = {
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈",
    "沈", "韩", "杨", "朱", "秦", "许", "何", "吕", "施", "张"
};
static const char *const given[] = { "子涵", "雨欣", "思远", "嘉宁", "明轩", "若彤", "志强", "晓峰",
                                     "丽华", "建国", "海燕", "文静", "伟东", "晨曦", "佳琪", "浩然",
                                     "婉清", "永康", "秀兰", "国栋", "美玲", "俊杰", "诗涵", "振宇",
                                     "春燕", "立新", "向阳", "静怡", "天佑", "慧敏" };

guint64
bench_rand(const char *what, guint n)
{
    guint64 x = ((guint64) g_str_hash(what) << 32) + n + G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);

    x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9); /* splitmix64 */
    x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

guint
bench_pick(const char *what, guint n, guint below)
{
    return (guint) (bench_rand(what, n) % below);
}

gint64
bench_time(const Bench *bench, guint n, guint count)
{
    gint64 span_us = (gint64) YEARS_DAYS * DAY_S * G_USEC_PER_SEC;
    gint64 step_us = span_us / MAX(count, 1);
    gint64 end_us = clock_day_start_us(bench->today);

    return end_us - span_us + (gint64) n * step_us / 1000 * 1000;
}

gint64
bench_id(const Bench *bench, const char *entity, guint n, guint count)
{
    gint64 ms = bench_time(bench, n, count) / 1000 - EPOCH_MS;

    return (ms << ID_SHIFT) | (g_str_hash(entity) & 0x3FFFFF);
}

char *
bench_company(guint n)
{
    guint w = G_N_ELEMENTS(words);

    return g_strdup_printf("%s%s%s%s有限公司", cities[n / (w * w) % G_N_ELEMENTS(cities)],
                           words[n / w % w], words[n % w],
                           trades[bench_pick("trade", n, G_N_ELEMENTS(trades))]);
}

char *
bench_brand(guint n)
{
    guint w = G_N_ELEMENTS(words);

    return g_strdup_printf("%s%s", words[n % w], shops[n / w % G_N_ELEMENTS(shops)]);
}

char *
bench_person(guint n)
{
    return g_strdup_printf("%s%s", surnames[bench_pick("surname", n, G_N_ELEMENTS(surnames))],
                           given[bench_pick("given", n, G_N_ELEMENTS(given))]);
}

char *
bench_phone(guint n)
{
    return g_strdup_printf("139%08u", (guint) (G_GUINT64_CONSTANT(40503) * n % 100000000));
}

char *
bench_number(const Bench *bench, const char *pattern, guint n, guint count)
{
    int year = day_to_ymd(clock_day_of(bench_time(bench, n, count))).year;
    guint first = 0, end = n; /* rows of earlier years come first: find where this year begins */

    while (first < end) {
        guint middle = (first + end) / 2;
        if (day_to_ymd(clock_day_of(bench_time(bench, middle, count))).year < year)
            first = middle + 1;
        else
            end = middle;
    }
    return g_strdup_printf("%s-%d-%05u", pattern, year, n - first + 1);
}
