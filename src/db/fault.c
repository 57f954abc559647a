#include "db/driver.h"

#include <string.h>

gboolean
fault_set(GError **error, DbFault fault, const char *detail)
{
    switch (fault) {
    case DB_UNIQUE:
        return app_error_set(error, APP_ERROR_CONFLICT, "db.unique", "记录重复",
                             "the record exists already");
    case DB_FOREIGN_KEY:
        return app_error_set(error, APP_ERROR_CONFLICT, "db.foreign_key",
                             "引用的记录不存在，或仍被其他记录引用",
                             "a record referred to does not exist, or is still referred to");
    case DB_CHECK:
        return app_error_set(error, APP_ERROR_INTERNAL, "db.check", "数据违反约束：%s",
                             "check constraint: %s", detail);
    case DB_NOT_NULL:
        return app_error_set(error, APP_ERROR_INTERNAL, "db.not_null", "必填数据为空：%s",
                             "required value is null: %s", detail);
    case DB_TYPE:
        return app_error_set(error, APP_ERROR_INTERNAL, "db.type", "数据类型不符：%s",
                             "wrong type or range: %s", detail);
    case DB_BUSY:
        return app_error_set(error, APP_ERROR_BUSY, "db.busy", "数据库繁忙，请稍后再试",
                             "the database is busy, try again");
    case DB_FULL:
        return app_error_set(error, APP_ERROR_BUSY, "db.full",
                             "磁盘空间已满，未保存；请联系管理员清理空间",
                             "the disk is full, nothing was saved; free some space");
    case DB_IO:
        return app_error_set(error, APP_ERROR_INTERNAL, "db.io", "数据库读写磁盘出错：%s",
                             "the disk under the database failed: %s", detail);
    case DB_READONLY:
        return app_error_set(error, APP_ERROR_INTERNAL, "db.readonly", "数据库不可写：%s",
                             "the database cannot be written: %s", detail);
    case DB_UNKNOWN_OUTCOME:
        return app_error_set(error, APP_ERROR_BUSY, "db.unknown_outcome",
                             "保存结果未知，可以放心重试（不会重复记录）",
                             "the outcome is unknown, it is safe to repeat with the same key");
    case DB_OTHER:
        break;
    }
    return app_error_set(error, APP_ERROR_INTERNAL, "db.error", "数据库错误：%s",
                         "database error: %s", detail);
}

gboolean
fault_set_timeout(GError **error)
{
    return app_error_set(error, APP_ERROR_BUSY, "db.timeout",
                         "查询时间过长，已停止；请缩小范围后再试",
                         "the query took too long and was stopped; narrow it down and try again");
}

gboolean
fault_set_unavailable(GError **error, const char *detail)
{
    return app_error_set(error, APP_ERROR_BUSY, "db.unavailable", "无法连接数据库：%s",
                         "cannot reach the database: %s", detail);
}

gboolean
fault_set_closed(GError **error)
{
    return app_error_set(error, APP_ERROR_BUSY, "db.closed", "服务正在停止，请稍后再试",
                         "the server is stopping, try again later");
}

gboolean
fault_set_injected(GError **error)
{
    return app_error_set(error, APP_ERROR_INTERNAL, "db.injected", "测试注入的数据库错误",
                         "database error injected by a test");
}

DbFault
db_fault_of(const GError *error)
{
    static const struct {
        const char *token;
        DbFault fault;
    } faults[] = {
        { "db.unique", DB_UNIQUE },
        { "db.foreign_key", DB_FOREIGN_KEY },
        { "db.check", DB_CHECK },
        { "db.not_null", DB_NOT_NULL },
        { "db.type", DB_TYPE },
        { "db.busy", DB_BUSY },
        { "db.timeout", DB_BUSY },
        { "db.unavailable", DB_BUSY },
        { "db.closed", DB_BUSY },
        { "db.full", DB_FULL },
        { "db.io", DB_IO },
        { "db.readonly", DB_READONLY },
        { "db.unknown_outcome", DB_UNKNOWN_OUTCOME },
    };
    if (error == NULL)
        return DB_OTHER;
    const char *token = app_error_token(error);
    for (guint i = 0; i < G_N_ELEMENTS(faults); i++)
        if (strcmp(faults[i].token, token) == 0)
            return faults[i].fault;
    return DB_OTHER;
}
