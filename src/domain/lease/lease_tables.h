/* lease_tables.h - the tables of lease_entity.c, for lease_flow.c. Only inside domain/lease. */
#pragma once
#include "meta/meta.h"

extern const EntityDef lease_def, lease_unit_def, charge_term_def, lease_price_def, deposit_term_def, lease_document_def, finding_def,
    review_item_def, handover_def, document_template_def;
