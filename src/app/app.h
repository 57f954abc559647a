/* app.h - the program put together: registry, database, server, commands. */
#pragma once
#include "store/registry.h"

/* Runs the command named by argv[1]; the exit status. */
int app_main(int argc, char **argv);
