/* static.h - the web pages: files embedded as GResource, or from a folder while developing.
 * Give it every path that is not the API's. Start at http_static_new(). */
#pragma once
#include "http/http.h"

typedef struct HttpStatic HttpStatic;

/* Serves resources under @prefix ("/lanting/web"), or, if @dir is not NULL, the files of that folder.
 * transfer full. */
HttpStatic *http_static_new(const char *prefix, const char *dir);
void http_static_free(HttpStatic *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HttpStatic, http_static_free)
/* Answers GET for request->path: /assets/… immutable for a year, everything else no-cache with ETag;
 * .br and .gz beside a file by Accept-Encoding; a path that is no file gives index.html (the pages
 * route themselves), but a missing asset is 404; without index.html a page says that the pages are not
 * built. Other methods get 405. Thread: any. */
void http_static_serve(HttpStatic *files, const HttpRequest *request, HttpReply *reply);
