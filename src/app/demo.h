/* demo.h - the demo centre: invented, the same every time, made through the use cases that people use. */
#pragma once
#include "app/app.h"

#include <stdio.h>

#define DEMO_PASSWORD "lanting-demo"

/* Whether the database holds the demo centre. */
gboolean demo_is_there(App *app);
/* Makes it in a fresh database. */
gboolean demo_make(App *app, GError **error);
void demo_print_logins(FILE *to);
/* Logins, names and posts as a JSON array for the log-in page. transfer full. */
char *demo_logins_json(void);
