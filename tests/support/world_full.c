/* world_full.c - the world with every module; apart, so that tests of few modules need not link the others. */
#include "support/world.h"

#include "domain/entities.h"

World *
world_new(Dialect dialect)
{
    return world_open(dialect, entity_modules, approval_subjects);
}
