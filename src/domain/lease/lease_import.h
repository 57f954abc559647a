/* lease_import.h - the rent roll: one row of a spreadsheet is a unit, and who rents it on which terms. */
#pragma once
#include "store/import.h"

extern const ImportKind rent_roll_import;
