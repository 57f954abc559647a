#include "http/http_internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
    struct sockaddr_storage address;
    socklen_t len;
    guint16 port;
    gboolean is_any;
} Target;

static gboolean
malformed(const char *text, GError **error)
{
    return app_error_set(
        error, APP_ERROR_INVALID, "http.listen",
        "监听地址“%s”无效；请把 LANTING_LISTEN 设为 127.0.0.1:8080 这样的形式",
        "cannot listen on \"%s\"; set LANTING_LISTEN to something like 127.0.0.1:8080", text);
}

static void
set_any(Target *target)
{
    struct sockaddr_in6 *any = (struct sockaddr_in6 *) &target->address;
    any->sin6_family = AF_INET6;
    any->sin6_addr = in6addr_any;
    any->sin6_port = htons(target->port);
    target->len = sizeof *any;
    target->is_any = TRUE;
}

/* "host:port", "[v6]:port" or ":port"; the host is numeric or localhost, so nothing is looked up. */
static gboolean
parse_target(const char *text, Target *target, GError **error)
{
    const char *colon = strrchr(text, ':');
    guint64 port = 0;
    if (!colon || !g_ascii_string_to_unsigned(colon + 1, 10, 0, 65535, &port, NULL))
        return malformed(text, error);
    target->port = (guint16) port;
    if (colon == text) {
        set_any(target);
        return TRUE;
    }
    g_autofree char *host = g_strndup(text, (gsize) (colon - text));
    gsize len = strlen(host);
    gboolean bracketed = host[0] == '[' && host[len - 1] == ']';
    if (bracketed) {
        host[len - 1] = '\0';
        memmove(host, host + 1, len - 1);
    } else if (strchr(host, ':')) {
        return malformed(text, error);
    }
    struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
                              .ai_socktype = SOCK_STREAM };
    struct addrinfo *found = NULL;
    const char *numeric = g_str_equal(host, "localhost") ? "127.0.0.1" : host;
    if (getaddrinfo(numeric, colon + 1, &hints, &found) != 0)
        return malformed(text, error);
    memcpy(&target->address, found->ai_addr, found->ai_addrlen);
    target->len = found->ai_addrlen;
    freeaddrinfo(found);
    return TRUE;
}

static gboolean
bind_failed(const char *text, guint port, int cause, GError **error)
{
    if (cause == EADDRINUSE) {
        return app_error_set(
            error, APP_ERROR_CONFLICT, "http.port_in_use",
            "端口 %u 已被占用：兰亭可能已在运行，或另一个程序正在使用它。"
            "请先停止那个程序，或换一个端口，例如 LANTING_LISTEN=127.0.0.1:%u",
            "port %u is in use: Lanting may be running already, or another program uses it. "
            "Stop that program, or choose another port, for example LANTING_LISTEN=127.0.0.1:%u",
            port, port < 65535 ? port + 1 : 8080);
    }
    if (cause == EACCES || cause == EPERM) {
        return app_error_set(
            error, APP_ERROR_FORBIDDEN, "http.port_forbidden",
            "没有权限使用端口 %u（1024 以下的端口需要特权）；请换一个端口，例如 "
            "LANTING_LISTEN=127.0.0.1:8080",
            "not allowed to use port %u (ports below 1024 need privileges); choose another, for "
            "example LANTING_LISTEN=127.0.0.1:8080",
            port);
    }
    if (cause == EADDRNOTAVAIL || cause == EAFNOSUPPORT)
        return malformed(text, error);
    return app_error_set(error, APP_ERROR_INTERNAL, "http.start", "无法监听 %s：%s",
                         "cannot listen on %s: %s", text, g_strerror(cause));
}

/* A socket that listens on @target, or -1 with errno. */
static int
open_socket(const Target *target)
{
    int family = target->address.ss_family;
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    int on = 1, off = 0;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, target->is_any ? &off : &on, sizeof on);
    if (bind(fd, (const struct sockaddr *) &target->address, target->len) == 0
        && listen(fd, 511) == 0)
        return fd;
    int cause = errno;
    close(fd);
    errno = cause;
    return -1;
}

static guint16
bound_port(int fd)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } bound = { 0 };
    socklen_t len = sizeof bound;
    if (getsockname(fd, &bound.any, &len) != 0)
        return 0;
    return ntohs(bound.any.sa_family == AF_INET6 ? bound.v6.sin6_port : bound.v4.sin_port);
}

int
http_listen(const char *listen_text, guint16 *port, GError **error)
{
    Target target = { 0 };
    if (!parse_target(listen_text, &target, error))
        return -1;
    int fd = open_socket(&target);
    if (fd < 0 && errno == EAFNOSUPPORT && target.is_any) { /* a machine without IPv6 */
        struct sockaddr_in any = { .sin_family = AF_INET, .sin_port = htons(target.port) };
        memcpy(&target.address, &any, sizeof any);
        target.len = sizeof any;
        fd = open_socket(&target);
    }
    if (fd < 0) {
        bind_failed(listen_text, target.port, errno, error);
        return -1;
    }
    *port = bound_port(fd);
    return fd;
}

void
http_address_text(const struct sockaddr *address, char *out, gsize size)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (address && address->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *) address)->sin_addr, text, sizeof text);
    else if (address && address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *) address)->sin6_addr, text, sizeof text);
    /* A dual-stack socket shows IPv4 clients as ::ffff:192.0.2.7. */
    const char *plain = g_str_has_prefix(text, "::ffff:") && strchr(text, '.') ? text + 7 : text;
    g_strlcpy(out, plain, size);
}
