/* Mail: who was told something gets it once, whatever the mail server does. */
#include "base/clock.h"
#include "jobs/mail.h"
#include "store/services.h"
#include "support/furnish.h"
#include "support/smtp_sink.h"

#include <string.h>

#define ID "%" G_GINT64_FORMAT

typedef struct {
    World *world;
    const char *login, *zh, *en;
} Notice;

static gboolean
tell(Ctx *ctx, gpointer data, GError **error)
{
    const Notice *n = data;

    return notify(ctx, world_staff(n->world, n->login), "test", "lead", 77, n->zh, n->en, error);
}

static void
told_of(World *world, const char *login, const char *zh, const char *en)
{
    Notice n = { world, login, zh, en };

    world_must(world, NULL, tell, &n);
}

static void
address(World *world, const char *login, const char *email)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(change_row(world, NULL, "staff", world_staff(world, login), &error, "{'email':'%s'}", email));
}

static guint
run_mail(World *world, SmtpSink *sink)
{
    MailOptions options = { .url = (char *) smtp_sink_url(sink), .from = (char *) "lanting@centre.example",
                            .link = (char *) "https://lanting.example", .plain = TRUE };
    g_autoptr(GError) error = NULL;
    guint sent = 0;

    g_assert_true(mail_run(world->db, &options, world->property_id, &sent, &error));
    g_assert_no_error(error);
    return sent;
}

static void
minutes_go_by(gint64 minutes)
{
    clock_freeze_us(clock_now_us() + minutes * 60 * G_USEC_PER_SEC);
}

static void
news_is_mailed_once(Dialect dialect)
{
    g_autoptr(World) world = world_new(dialect);
    g_autoptr(SmtpSink) sink = smtp_sink_new();

    address(world, "ls", "liu@centre.example");
    told_of(world, "ls", "您有一份合同待会签", "A lease waits for your review");
    told_of(world, "ls", "客户来电", "A customer called");
    told_of(world, "ls2", "无邮箱的人", "nobody's address");
    g_assert_cmpuint(run_mail(world, sink), ==, 1); /* one message a person */
    g_assert_cmpuint(smtp_sink_count(sink), ==, 1);
    g_autofree char *to = smtp_sink_to(sink, 0);
    g_autofree char *text = smtp_sink_text(sink, 0);
    g_assert_cmpstr(to, ==, "<liu@centre.example>");
    g_assert_nonnull(strstr(text, "您有一份合同待会签"));
    g_assert_nonnull(strstr(text, "客户来电"));
    g_assert_nonnull(strstr(text, "https://lanting.example/e/lead/77"));
    g_assert_nonnull(strstr(text, "Auto-Submitted: auto-generated"));
    g_assert_null(strstr(text, "nobody"));
    g_assert_cmpuint(run_mail(world, sink), ==, 0);
    minutes_go_by(600);
    g_assert_cmpuint(run_mail(world, sink), ==, 0);
    g_assert_cmpuint(smtp_sink_count(sink), ==, 1);
    told_of(world, "ls", "又一条", "One more");
    g_assert_cmpuint(run_mail(world, sink), ==, 1);
}

static void
a_person_reads_their_own_language(Dialect dialect)
{
    g_autoptr(World) world = world_new(dialect);
    g_autoptr(SmtpSink) sink = smtp_sink_new();
    g_autoptr(GError) error = NULL;

    g_assert_true(change_row(world, NULL, "staff", world_staff(world, "ls"), &error, "{'email':'liu@centre.example','lang':'en'}"));
    told_of(world, "ls", "客户来电", "A customer called");
    g_assert_cmpuint(run_mail(world, sink), ==, 1);
    g_autofree char *text = smtp_sink_text(sink, 0);
    g_assert_nonnull(strstr(text, "A customer called"));
    g_assert_null(strstr(text, "客户来电"));
}

static void
what_is_put_off_is_tried_again_later(Dialect dialect)
{
    g_autoptr(World) world = world_new(dialect);
    g_autoptr(SmtpSink) sink = smtp_sink_new();

    address(world, "ls", "liu@centre.example");
    told_of(world, "ls", "客户来电", "A customer called");
    smtp_sink_mood(sink, SINK_LATER);
    g_assert_cmpuint(run_mail(world, sink), ==, 0);
    smtp_sink_mood(sink, SINK_TAKE);
    g_assert_cmpuint(run_mail(world, sink), ==, 0); /* not at once */
    minutes_go_by(2);
    smtp_sink_mood(sink, SINK_REFUSE);
    g_assert_cmpuint(run_mail(world, sink), ==, 0);
    smtp_sink_mood(sink, SINK_TAKE);
    minutes_go_by(2);
    g_assert_cmpuint(run_mail(world, sink), ==, 0); /* each pause is longer */
    minutes_go_by(4);
    g_assert_cmpuint(run_mail(world, sink), ==, 1);
    minutes_go_by(300);
    g_assert_cmpuint(run_mail(world, sink), ==, 0);
}

static void
what_nobody_takes_is_given_up(Dialect dialect)
{
    g_autoptr(World) world = world_new(dialect);
    g_autoptr(SmtpSink) sink = smtp_sink_new();
    static const gint64 pauses[] = { 1, 5, 15, 60, 240, 300, 300 };

    address(world, "ls", "liu@centre.example");
    told_of(world, "ls", "客户来电", "A customer called");
    smtp_sink_mood(sink, SINK_REFUSE);
    for (guint i = 0; i < G_N_ELEMENTS(pauses); i++) {
        g_assert_cmpuint(run_mail(world, sink), ==, 0);
        g_assert_cmpuint(smtp_sink_count(sink), ==, MIN(i + 1, 6));
        minutes_go_by(pauses[i]);
    }
}

static void
what_may_have_arrived_is_not_repeated(Dialect dialect)
{
    g_autoptr(World) world = world_new(dialect);
    g_autoptr(SmtpSink) sink = smtp_sink_new();

    address(world, "ls", "liu@centre.example");
    told_of(world, "ls", "客户来电", "A customer called");
    smtp_sink_mood(sink, SINK_VANISH);
    g_assert_cmpuint(run_mail(world, sink), ==, 0);
    g_assert_cmpuint(smtp_sink_count(sink), ==, 1);
    smtp_sink_mood(sink, SINK_TAKE);
    minutes_go_by(300);
    g_assert_cmpuint(run_mail(world, sink), ==, 0);
    g_assert_cmpuint(smtp_sink_count(sink), ==, 1);
}

static gboolean
die_while_sending(Ctx *ctx, gpointer data, GError **error)
{
    g_autofree char *sql = g_strdup_printf("UPDATE notification SET mail_state = 'sending', mail_claim = 1, mail_next_at = " ID,
                                           ctx->now_us + G_USEC_PER_SEC);

    (void) data;
    return db_exec(ctx->db, sql, error);
}

static void
a_program_that_ended_while_sending_does_not_repeat(Dialect dialect)
{
    g_autoptr(World) world = world_new(dialect);
    g_autoptr(SmtpSink) sink = smtp_sink_new();

    address(world, "ls", "liu@centre.example");
    told_of(world, "ls", "客户来电", "A customer called");
    world_must(world, NULL, die_while_sending, NULL);
    minutes_go_by(120);
    g_assert_cmpuint(run_mail(world, sink), ==, 0);
    g_assert_cmpuint(smtp_sink_count(sink), ==, 0);
    told_of(world, "ls", "又一条", "One more");
    g_assert_cmpuint(run_mail(world, sink), ==, 1);
    g_autofree char *text = smtp_sink_text(sink, 0);
    g_assert_null(strstr(text, "客户来电"));
}

static void
old_news_read_news_and_bad_addresses_stay(Dialect dialect)
{
    g_autoptr(World) world = world_new(dialect);
    g_autoptr(SmtpSink) sink = smtp_sink_new();

    address(world, "ls", "liu@centre.example");
    address(world, "ls2", "two@people@here");
    told_of(world, "ls", "旧闻", "Old");
    minutes_go_by(25 * 60);
    told_of(world, "ls2", "坏地址", "Bad address");
    g_assert_cmpuint(run_mail(world, sink), ==, 0); /* switching mail on floods nobody */
    told_of(world, "ls", "离职", "Left");
    g_autoptr(GError) error = NULL;
    g_assert_true(change_row(world, NULL, "staff", world_staff(world, "ls"), &error, "{'active':false}"));
    g_assert_cmpuint(run_mail(world, sink), ==, 0);
    g_assert_cmpuint(smtp_sink_count(sink), ==, 0);
}

static void
mail_is_off_unless_configured(void)
{
    g_autoptr(GError) error = NULL;

    g_unsetenv("LANTING_SMTP");
    g_assert_null(mail_options_from_env(&error));
    g_assert_no_error(error);
    g_setenv("LANTING_SMTP", "http://mail.example", TRUE);
    g_assert_null(mail_options_from_env(&error));
    world_refused(&error, "mail.options");
    g_setenv("LANTING_SMTP", "smtp://mail.example:587", TRUE);
    g_assert_null(mail_options_from_env(&error));
    world_refused(&error, "mail.options"); /* nobody to send it */
    g_setenv("LANTING_SMTP_FROM", "a@b.example", TRUE);
    g_setenv("LANTING_SMTP_USER", "u", TRUE);
    g_assert_null(mail_options_from_env(&error));
    world_refused(&error, "mail.options"); /* no password file */
    g_unsetenv("LANTING_SMTP_USER");
    g_autoptr(MailOptions) options = mail_options_from_env(&error);
    g_assert_nonnull(options);
    g_assert_false(options->plain); /* TLS unless told otherwise */
    g_unsetenv("LANTING_SMTP");
    g_unsetenv("LANTING_SMTP_FROM");
}

static void
an_address_cannot_carry_commands(void)
{
    static const char *const bad[] = { "", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\r\nRCPT TO:<x@y>", "<a@b>", "a,b@c", "a@b>" };

    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(mail_address_ok(bad[i]));
    g_assert_true(mail_address_ok("li.lei+x@mail.centre.example"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mail/mail-is-off-unless-configured", mail_is_off_unless_configured);
    g_test_add_func("/mail/an-address-cannot-carry-commands", an_address_cannot_carry_commands);
    testdb_each("/mail/news-is-mailed-once", news_is_mailed_once);
    testdb_each("/mail/a-person-reads-their-own-language", a_person_reads_their_own_language);
    testdb_each("/mail/what-is-put-off-is-tried-again-later", what_is_put_off_is_tried_again_later);
    testdb_each("/mail/what-nobody-takes-is-given-up", what_nobody_takes_is_given_up);
    testdb_each("/mail/what-may-have-arrived-is-not-repeated", what_may_have_arrived_is_not_repeated);
    testdb_each("/mail/a-program-that-ended-while-sending-does-not-repeat", a_program_that_ended_while_sending_does_not_repeat);
    testdb_each("/mail/old-news-and-bad-addresses-stay", old_news_read_news_and_bad_addresses_stay);
    return g_test_run();
}
