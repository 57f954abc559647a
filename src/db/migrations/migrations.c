#include "db/migrate.h"

/* Frozen: a step that was released is never changed. Literal statements and values only; no metadata, no enums, no
 * domain functions, since those go on while the step must not. */
const Migration migrations[] = {
    { .version = 1, .name = "initial" },
    { .version = 0 },
};
