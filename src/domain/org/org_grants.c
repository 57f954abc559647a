/* org_grants.c - the table of rights that a new installation begins with; afterwards people edit role_grant. Actions are verbs of
 * the entity, "*" all of them, "-x" all but x; a "*" role stands for every role, a "*" entity for every entity.
 * Entities of later versions may be named: a line about an unknown one is kept and does nothing. */
#include "domain/org/org_internal.h"

#define FACTS "building floor unit category channel class_rule charge_item ad_space"
#define CRM                                                                                    \
    "lead lead_owner_change lead_stage_change inquiry follow_up visit_plan offer target_list " \
    "target_brand"
#define LEASING_REPORTS "daily channel completeness"
#define SPACE_REPORTS "rent_roll expiry occupancy wale mix top average_rent spread"
#define MONEY_REPORTS "ageing receivable turn deposit tax receivable_plan collection collection_charge"
#define LEASE_PARTS "lease_unit charge_term lease_price deposit_term"
#define COLLECTION "dunning_notice dunning_line promise collection_note due_reminder"
#define SALES " sales_report.amount sales_report.amount_net"

#define METER_FACTS "meter_price share_key share_member share_pool"

/* clang-format off */
const OrgGrant org_grants[] = {
    /* everybody who works here */
    { "*", "property department post staff role zone zone_unit", "read", "property" },
    { "*", FACTS, "read", "property" },
    { "*", "approval approval_task notification", "read", "own" },
    { "*", "list_view delegation", "read create update delete", "own" },
    { "*", "file", "read create", "own" },

    { "leasing_specialist", CRM, "* -import -export -assign -approve", "own" },
    { "leasing_specialist", "lead", "take", "property" },
    { "leasing_specialist", "merchant contact merchant_brand", "* -import -export -merge -blacklist", "own" },
    { "leasing_specialist", "brand", "read create", "property" },
    { "leasing_specialist", "brand market_note daily_report", "* -import -export", "own" },
    { "leasing_specialist", "market_note policy_document faq document_template", "read", "property" },
    { "leasing_specialist", "unit_hold", "read", "property" },
    { "leasing_specialist", "unit_hold", "create release", "own" },
    { "leasing_specialist", "intent", "* -import -export", "own" },
    { "leasing_specialist", "lease", "read create update submit", "own" },
    { "leasing_specialist", LEASE_PARTS " lease_document", "read create update", "own" },
    { "leasing_specialist", "finding review_item lease_review lease_change agreement", "read", "own" },
    { "leasing_specialist", "handover", "read create update", "own" },
    { "leasing_specialist", "report", "daily channel completeness expiry occupancy mix", "own" },

    { "leasing_supervisor", CRM, "* -import -approve", "team" },
    { "leasing_supervisor", "lead", "take", "property" },
    { "leasing_supervisor", "merchant contact merchant_brand", "* -import -export -blacklist", "team" },
    { "leasing_supervisor", "brand market_note", "* -import -export", "property" },
    { "leasing_supervisor", "daily_report", "* -import", "team" },
    { "leasing_supervisor", "policy_document faq document_template price_policy", "read", "property" },
    { "leasing_supervisor", "unit_hold", "read", "property" },
    { "leasing_supervisor", "unit_hold", "create extend release", "team" },
    { "leasing_supervisor", "intent", "* -import", "team" },
    { "leasing_supervisor", "lease", "read create update submit export", "team" },
    { "leasing_supervisor", LEASE_PARTS " lease_document", "read create update", "team" },
    { "leasing_supervisor", "finding review_item lease_review lease_change agreement", "read", "team" },
    { "leasing_supervisor", "handover", "read create update", "team" },
    { "leasing_supervisor", "report", "daily channel completeness rent_roll expiry occupancy mix average_rent", "team" },

    { "leasing_manager", CRM, "*", "department" },
    { "leasing_manager", "lead", "take", "property" },
    { "leasing_manager", "merchant contact merchant_brand", "*", "department" },
    { "leasing_manager", "merchant contact merchant_brand", "read", "property" },
    { "leasing_manager", "brand market_note policy_document faq unit_hold daily_report document_template channel channel_spend category class_rule", "*", "property" },
    { "leasing_manager", "price_policy", "* -approve", "property" },
    { "leasing_manager", "unit unit_change", "read create update import export submit", "property" },
    { "leasing_manager", "intent lease " LEASE_PARTS " lease_document finding review_item lease_review lease_change agreement handover", "*", "property" },
    { "leasing_manager", "payment_order payment_order_line", "* -receive", "property" },
    { "leasing_manager", "index_value", "read", "property" },
    { "leasing_manager", "receipt allocation deposit_entry charge", "read", "property" },
    { "leasing_manager", "refund waiver deposit_move", "read create update submit cancel", "property" },
    { "leasing_manager", "approval approval_task", "read", "department" },
    { "leasing_manager", "report", LEASING_REPORTS " " SPACE_REPORTS " receivable receivable_plan deposit", "property" },

    { "leasing_clerk", "lead inquiry merchant contact merchant_brand brand", "read create update import export", "department" },
    { "leasing_clerk", "follow_up visit_plan offer target_list target_brand unit_hold", "read export", "department" },
    { "leasing_clerk", "market_note daily_report", "* -import", "department" },
    { "leasing_clerk", "policy_document faq document_template", "read create update", "property" },
    { "leasing_clerk", "channel_spend class_rule", "read create update import export", "property" },
    { "leasing_clerk", "intent lease " LEASE_PARTS, "read export", "department" },
    { "leasing_clerk", "lease", "import", "department" },
    { "leasing_clerk", "lease_document", "* -export", "department" },
    { "leasing_clerk", "finding review_item lease_review agreement handover", "read", "department" },
    { "leasing_clerk", "report", LEASING_REPORTS " " SPACE_REPORTS, "department" },

    { "operations_manager", "merchant contact brand merchant_brand intent lease " LEASE_PARTS " lease_document finding review_item lease_review lease_change", "read export", "property" },
    { "operations_manager", "merchant contact", "update reveal", "property" },
    { "operations_manager", "handover agreement zone zone_unit ad_space", "*", "property" },
    { "operations_manager", "unit", "read update export", "property" },
    { "operations_manager", "sales_report", "*", "property" },
    { "operations_manager", "index_value", "read export", "property" },
    { "operations_manager", "unit_change unit_hold price_policy policy_document faq document_template", "read", "property" },
    { "operations_manager", "payment_order payment_order_line receipt allocation deposit_entry charge bill_run", "read export", "property" },
    { "operations_manager", "bill_finding", "read export", "property" },
    { "operations_manager", "refund waiver deposit_move", "read create update submit cancel", "property" },
    { "operations_manager", "meter meter_reading", "* -bill -unbill", "property" },
    { "operations_manager", METER_FACTS, "read export", "property" },
    { "operations_manager", COLLECTION, "*", "property" },
    { "operations_manager", "dunning_stage", "read update", "property" },
    { "operations_manager", "late_fee_run", "read export bill", "property" },
    { "operations_manager", "approval approval_task", "read", "department" },
    { "operations_manager", "report", LEASING_REPORTS " " SPACE_REPORTS " " MONEY_REPORTS, "property" },

    { "operations_supervisor", "merchant brand merchant_brand contact", "read", "property" },
    { "operations_supervisor", "contact", "reveal", "property" },
    { "operations_supervisor", "lease " LEASE_PARTS " lease_document payment_order payment_order_line deposit_entry charge allocation", "read", "zone" },
    { "operations_supervisor", "waiver", "read create update submit cancel", "own" },
    { "operations_supervisor", COLLECTION, "* -export", "zone" },
    { "operations_supervisor", "dunning_stage", "read", "property" },
    { "operations_supervisor", "handover agreement", "* -import -export", "zone" },
    { "operations_supervisor", "sales_report", "read create update declare check refuse", "zone" },
    { "operations_supervisor", "meter", "read", "zone" },
    { "operations_supervisor", "meter_reading", "read create update explain void export import", "zone" },
    { "operations_supervisor", "zone_unit", "create update", "property" },
    { "operations_supervisor", "report", "rent_roll expiry occupancy mix ageing receivable collection collection_charge", "zone" },

    { "operations_specialist", "merchant brand merchant_brand contact", "read", "property" },
    { "operations_specialist", "contact", "reveal", "property" },
    { "operations_specialist", "lease " LEASE_PARTS " lease_document payment_order payment_order_line deposit_entry charge allocation", "read", "zone" },
    { "operations_specialist", "waiver", "read create update submit cancel", "own" },
    { "operations_specialist", COLLECTION, "* -export", "zone" },
    { "operations_specialist", "dunning_stage", "read", "property" },
    { "operations_specialist", "handover agreement", "* -import -export", "zone" },
    { "operations_specialist", "sales_report", "read create update declare", "zone" },
    { "operations_specialist", "meter", "read", "zone" },
    { "operations_specialist", "meter_reading", "read create update explain void", "zone" },
    { "operations_specialist", "report", "rent_roll expiry occupancy mix ageing receivable collection collection_charge", "zone" },

    { "operations_clerk", "merchant brand merchant_brand contact", "read create update", "property" },
    { "operations_clerk", "lease " LEASE_PARTS " lease_document handover agreement zone_unit charge allocation", "read", "property" },
    { "operations_clerk", "account money_account fiscal_month journal entry", "read", "property" },
    { "operations_clerk", COLLECTION " dunning_stage late_fee_run", "read", "property" },
    { "operations_clerk", "lease_document", "create update", "property" },
    { "operations_clerk", "report", "rent_roll expiry occupancy mix wale top ageing receivable turn deposit collection collection_charge", "property" },

    { "director", "*", "read export", "property" },
    { "director", "price_policy unit_change", "approve return void reject", "property" },
    { "director", "lead", "assign approve take", "property" },
    { "director", "merchant", "blacklist merge", "property" },
    { "director", "lease meter_reading", "check", "property" },
    { "director", "contact merchant inquiry staff", "reveal", "property" },
    { "director", "dunning_notice", "send withdraw deliver", "property" },
    { "director", "delegation", "*", "property" },
    { "director", "report", LEASING_REPORTS " " SPACE_REPORTS " " MONEY_REPORTS, "property" },

    { "general_manager", "*", "read export", "property" },
    { "general_manager", "price_policy unit_change", "approve return void reject", "property" },
    { "general_manager", "lead", "assign approve", "property" },
    { "general_manager", "merchant", "blacklist", "property" },
    { "general_manager", "lease", "check", "property" },
    { "general_manager", "contact merchant inquiry staff", "reveal", "property" },
    { "general_manager", "dunning_notice", "send withdraw deliver", "property" },
    { "general_manager", "delegation", "*", "property" },
    { "general_manager", "report", LEASING_REPORTS " " SPACE_REPORTS " " MONEY_REPORTS, "property" },

    { "finance", "merchant contact brand merchant_brand intent lease " LEASE_PARTS " lease_document finding review_item lease_review lease_change", "read", "property" },
    { "finance", "lease", "check export", "property" },
    { "finance", "payment_order payment_order_line", "read export receive", "property" },
    { "finance", "receipt allocation deposit_entry refund waiver deposit_move", "*", "property" },
    { "finance", "account money_account fiscal_month journal entry bill_run charge", "*", "property" },
    { "finance", COLLECTION, "* -withdraw", "property" },
    { "finance", "dunning_stage", "read", "property" },
    { "finance", "late_fee_run", "*", "property" },
    { "finance", "bill_finding", "*", "property" },
    { "finance", "charge_item index_value", "*", "property" },
    { "finance", "sales_report", "read export", "property" },
    { "finance", "meter", "read export", "property" },
    { "finance", "meter_reading", "read export bill unbill", "property" },
    { "finance", METER_FACTS, "*", "property" },
    { "finance", "channel_spend", "read export", "property" },
    { "finance", "merchant", "reveal", "property" },
    { "finance", "report", "channel " SPACE_REPORTS " " MONEY_REPORTS, "property" },

    { "property_services", "unit_change", "read", "property" },
    { "property_services", "meter", "* -export", "property" },
    { "property_services", "meter_reading", "read create update import explain void", "property" },
    { "property_services", METER_FACTS, "read", "property" },
    { "property_services", "handover", "* -create -import -export", "property" },

    /* Keeps the house in order and loads its first data; decides nothing and moves no money. */
    { "admin", "*", "read create update import export", "property" },
    { "admin", "property department post staff role role_grant role_unmask staff_role zone zone_unit delegation setting", "*", "all" },
    { "admin", "flow flow_step building floor unit category channel charge_item document_template file", "*", "property" },
    { "admin", "unit_change price_policy", "submit", "property" },
    { "admin", "report", LEASING_REPORTS " " SPACE_REPORTS, "property" },
    { NULL, NULL, NULL, NULL },
};

const OrgUnmask org_unmasks[] = {
    { "general_manager", "*" },
    { "director", "contact.mobile contact.phone contact.wechat inquiry.phone staff.mobile" SALES },
    { "leasing_manager", "contact.mobile contact.phone contact.wechat inquiry.phone staff.mobile" },
    { "leasing_supervisor", "contact.mobile contact.phone contact.wechat inquiry.phone" },
    { "leasing_specialist", "contact.mobile contact.phone contact.wechat inquiry.phone" },
    { "leasing_clerk", "contact.mobile contact.phone contact.wechat inquiry.phone" },
    { "operations_manager", "contact.mobile contact.phone staff.mobile" SALES },
    { "operations_supervisor", "sales_report.amount sales_report.amount_net" },
    { "operations_specialist", "sales_report.amount sales_report.amount_net" },
    { "finance", "merchant.bank_account" SALES },
    { "admin", "staff.mobile" },
    { NULL, NULL },
};
/* clang-format on */
