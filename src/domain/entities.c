/* entities.c - every entity in order of reference, and what can be approved. A new module is one line here. */
#include "domain/entities.h"

#include "domain/billing/billing_run.h"
#include "domain/collection/collection.h"
#include "domain/crm/crm.h"
#include "domain/meter/meter.h"
#include "domain/moveout/moveout.h"
#include "domain/org/org.h"
#include "domain/party/party.h"
#include "domain/sales/sales.h"
#include "domain/space/space.h"
#include "store/file.h"
#include "store/import.h"

const EntityModule *const entity_modules[] = {
    /* org */
    &property_module, &department_module, &post_module, &role_module, &staff_module, &role_grant_module, &role_unmask_module,
    &staff_role_module, &delegation_module, &zone_module, &session_module, &login_throttle_module, &staff_reach_module,
    &notification_module, &list_view_module, &setting_module,
    /* attachments and spreadsheets on their way */
    &file_module, &import_batch_module,
    /* approval */
    &flow_module, &flow_step_module, &approval_module, &approval_task_module,
    /* space and party; the price policy speaks of categories */
    &category_module, &channel_module, &class_rule_module, &building_module, &floor_module, &unit_module, &unit_change_module, &price_policy_module,
    &zone_unit_module, &channel_spend_module, &merchant_module, &contact_module, &brand_module, &merchant_brand_module,
    &merchant_login_module,
    /* crm */
    &lead_module, &inquiry_module, &follow_up_module, &lead_owner_change_module, &lead_stage_change_module, &visit_plan_module,
    &offer_module, &unit_hold_module, &target_list_module, &target_brand_module, &market_note_module, &policy_document_module,
    &faq_module, &daily_report_module,
    /* lease */
    &charge_item_module, &document_template_module, &intent_module, &lease_module, &lease_unit_module, &charge_term_module, &lease_price_module,
    &deposit_term_module, &lease_document_module, &finding_module, &review_item_module, &handover_module,
    &lease_change_module,
    /* sales */
    &sales_report_module, &index_value_module,
    /* ledger */
    &account_module, &money_account_module, &fiscal_month_module, &journal_module, &entry_module, &expense_module, &transfer_module,
    &correction_module, &cash_check_module, &straight_line_module,
    /* billing */
    &bill_run_module, &bill_mark_module, &bill_finding_module, &charge_module, &payment_order_module, &payment_order_line_module, &receipt_module, &allocation_module,
    &deposit_entry_module, &refund_module, &waiver_module, &deposit_move_module, &bank_line_module,
    &tax_invoice_module, &tax_invoice_line_module, &cash_count_module, &single_charge_module,
    /* meter */
    &meter_module, &meter_price_module, &meter_reading_module, &share_key_module, &share_member_module, &share_pool_module,
    /* collection */
    &dunning_stage_module, &dunning_notice_module, &dunning_line_module, &promise_module, &collection_note_module, &due_reminder_module,
    &late_fee_run_module,
    /* moving out */
    &move_out_module, &move_out_item_module,
    NULL,
};

const ApprovalSubject *const approval_subjects[] = { &price_policy_subject, &intent_subject, &lease_subject,
                                                       &expense_subject, &correction_subject, &lease_change_subject,
                                                       &refund_subject, &waiver_subject, &move_out_subject, &single_charge_subject, &deposit_move_subject, NULL };
