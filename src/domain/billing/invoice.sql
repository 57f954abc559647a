-- Statements of invoices in domain/billing.

-- name: invoice.todo
-- Charges of which something was not invoiced yet, of one merchant or (0) all, due by a day, only as far as paid for or wholly: id, merchant, from, to, due,
-- rate, gross, tax, invoiced gross, invoiced tax, left to invoice, area, then the texts of invoice.h.
SELECT x.id, x.merchant_id, x.period_from, x.period_to, x.due_on, x.tax_rate, x.gross, x.tax, x.done, x.done_tax, x.upto - x.done, u.area_leasable,
       x.name, i.code, x.kind, m.name, COALESCE(m.tax_title, m.name), COALESCE(m.tax_no, m.credit_code), COALESCE(m.tax_address, m.address),
       m.tax_bank, u.no, l.no, b.address, b.certificate_no
FROM (SELECT c.id, c.property_id, c.merchant_id, c.lease_id, c.unit_id, c.item_id, c.kind, c.name, c.period_from, c.period_to, c.due_on, c.tax_rate, c.gross, c.tax,
             CASE WHEN :paid_only = 1 THEN c.paid ELSE c.gross END AS upto,
             (SELECT CAST(COALESCE(SUM(t.gross), 0) AS BIGINT) FROM tax_invoice_line t WHERE t.property_id = c.property_id AND t.charge_id = c.id) AS done,
             (SELECT CAST(COALESCE(SUM(t.tax), 0) AS BIGINT) FROM tax_invoice_line t WHERE t.property_id = c.property_id AND t.charge_id = c.id) AS done_tax
      FROM charge c
      WHERE c.property_id = :property_id AND (CAST(:merchant_id AS BIGINT) = 0 OR c.merchant_id = :merchant_id) AND c.due_on <= :due_by
        AND c.state <> 'void' AND c.kind <> 'deposit' AND c.gross > 0) x
JOIN merchant m ON m.property_id = x.property_id AND m.id = x.merchant_id
LEFT JOIN charge_item i ON i.property_id = x.property_id AND i.id = x.item_id
LEFT JOIN lease l ON l.property_id = x.property_id AND l.id = x.lease_id
LEFT JOIN unit u ON u.property_id = x.property_id AND u.id = x.unit_id
LEFT JOIN floor f ON f.property_id = x.property_id AND f.id = u.floor_id
LEFT JOIN building b ON b.property_id = x.property_id AND b.id = f.building_id
WHERE x.upto > x.done
ORDER BY x.merchant_id, x.due_on, x.id

-- name: invoice.lines
-- Lines of an invoice: charge, name, rate, gross, tax.
SELECT charge_id, name, tax_rate, gross, tax FROM tax_invoice_line
WHERE property_id = :property_id AND invoice_id = :invoice_id
ORDER BY seq
