import { describe, expect, it } from 'vitest';
import { billsOf, itemByYear, type ScheduleLine, yearsOf } from '@/shared/schedule';
import { addDays, addMonths, lastLawfulDay, spanOf } from './days';
import {
  bodyOf,
  copiedFrom,
  depositAmount,
  draftOf,
  errorsOf,
  errorUnder,
  missingOf,
  monthFen,
  monthlyRentFen,
  newDraft,
  previewOf,
  withAutoAmounts,
} from './leaseDraft';
import { newTerm, termDraft, termJson } from './termDraft';
import type { ChargeItem, Lease, TermJson } from './types';

const items: ChargeItem[] = [
  {
    id: '1',
    code: 'rent',
    name: '租金',
    kind: 'rent',
    tax_rate: '9',
    in_fitout: false,
    active: true,
  },
  {
    id: '2',
    code: 'property_fee',
    name: '物业费',
    kind: 'fee',
    tax_rate: '6',
    in_fitout: true,
    active: true,
  },
];
const days = { from_on: '2026-12-15', to_on: '2029-12-14', rent_from_on: '2027-02-01' };

const clause: TermJson = {
  item: 'rent',
  from: '2026-12-15',
  to: '2029-12-14',
  model: 'greater_of',
  basis: 'per_m2_day',
  price: '7.25',
  cycle_months: 3,
  billing: 'anchored',
  anchor_day: 15,
  rounding: 'round_total',
  year_days: '365',
  due: { day: 5, month: 'previous', holiday: 'next_working' },
  steps: [
    { every_months: 12, first_on: '2027-12-15', percent: '5', compound: true, round: 'floor_yuan' },
  ],
  free: [{ from: '2026-12-15', to: '2027-01-31' }, { yearly: '02-10..02-16' }],
  tax_rate: '9',
  tax_included: true,
  turnover: {
    percent: '8',
    deemed_sales: '90000.00',
    sales_tax_included: true,
    exclusions: ['gift cards'],
  },
  settle: 'calendar_year',
  partial_year: 'scale',
  late: { percent_per_day: '0.05', grace_days: 3, cap: '100' },
  remark: 'kept',
};

describe('days', () => {
  it('clamps to the last day of a month and counts periods with both ends', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-12-15', -12)).toBe('2025-12-15');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(spanOf('2026-12-15', '2029-12-14')).toEqual({ months: 36, days: 0 });
    expect(spanOf('2026-12-15', '2027-01-31')).toEqual({ months: 1, days: 17 });
    expect(spanOf('2027-01-01', '2026-01-01')).toBeNull();
    expect(lastLawfulDay('2026-12-15')).toBe('2046-12-14');
  });
});

describe('a charge term', () => {
  it('comes back as it was, with members the editor does not know', () => {
    const draft = termDraft(clause, days);
    expect(draft.freeUntilRent).toBe(true);
    expect(draft.from).toBeNull();
    expect(termJson(draft, days)).toEqual(clause);
  });
  it('follows an index instead of steps', () => {
    const { steps: _, ...rest } = clause;
    const indexed = { ...rest, index: { table: 'cpi', base_month: '2026-01', cap: '5' } };
    const draft = termDraft(indexed, days);
    expect(draft.stepKind).toBe('index');
    expect(termJson(draft, days)).toEqual(indexed);
  });
  it('keeps tax rates by date', () => {
    const rates = [{ percent: '9' }, { from: '2028-01-01', percent: '6' }];
    const draft = termDraft({ ...clause, tax_rate: rates }, days);
    expect([draft.taxRate, draft.taxes]).toEqual(['9', [{ from: '2028-01-01', percent: '6' }]]);
    expect(termJson(draft, days).tax_rate).toEqual(rates);
  });
  it('follows the lease when the days of the lease move', () => {
    const json = termJson(termDraft(clause, days), {
      ...days,
      from_on: '2027-01-01',
      rent_from_on: '2027-03-01',
    });
    expect(json.from).toBe('2027-01-01');
    expect(json.free).toEqual([
      { from: '2027-01-01', to: '2027-02-28' },
      { yearly: '02-10..02-16' },
    ]);
  });
  it('has no turnover clause when rent is fixed and no price when it is turnover alone', () => {
    const draft = termDraft(clause, days);
    expect(termJson({ ...draft, model: 'fixed' }, days)).not.toHaveProperty('turnover');
    const alone = termJson({ ...draft, model: 'turnover' }, days);
    expect(alone).not.toHaveProperty('price');
    expect(alone).not.toHaveProperty('steps');
  });
  it('leaves wrong numbers to the server instead of hiding them', () => {
    const json = termJson({ ...newTerm(items[0]), price: '４０．５ 元', anchorDay: 'x' }, days);
    expect(json.price).toBe('40.5');
    expect(json.anchor_day).toBe('x');
  });
});

describe('a lease', () => {
  const draft = newDraft('2026-11-24', items, '无息退还');
  it('begins with sensible defaults', () => {
    expect([draft.from_on, draft.to_on]).toEqual(['2026-12-01', '2029-11-30']);
    expect(draft.terms.map((term) => [term.item, term.taxRate, term.freeUntilRent])).toEqual([
      ['rent', '9', true],
      ['property_fee', '6', false],
    ]);
    expect(previewOf(draft)).toBeNull();
    expect([...missingOf(draft, 'x').keys()]).toEqual([
      'merchant_id',
      'terms[0].price',
      'terms[1].price',
      'deposits[0].amount',
    ]);
  });
  it('asks the engine only about terms that are filled in, and finds its complaints again', () => {
    const filled = {
      ...draft,
      units: [
        {
          unit: { id: '7', label: 'L1-001' },
          floor: 'L1',
          area: '91.46',
          from_on: null,
          to_on: '2028-12-31',
        },
      ],
      terms: [draft.terms[0]!, { ...draft.terms[1]!, price: '40' }],
    };
    const preview = previewOf(filled);
    expect(preview?.terms).toEqual([1]);
    expect(preview?.body.areas).toEqual([
      { from: '2026-12-01', area: '91.46', unit: 'L1-001' },
      { from: '2029-01-01', area: '0', unit: 'L1-001' },
    ]);
    const errors = errorsOf(
      [{ field: 'terms[0].steps[1].percent', code: 'x', message: 'bad' }],
      preview?.terms,
    );
    expect(errorUnder(errors, 'terms[1].steps[1]')).toBe('bad');
    expect(errorUnder(errors, 'terms[1].steps[10]')).toBeUndefined();
    expect(errorUnder(errors, 'terms[0]')).toBeUndefined();
  });
  it('counts rent of a month exactly, also from daily prices', () => {
    expect(monthFen('per_m2_month', '40', '91.46')).toBe(365_840n);
    expect(monthFen('per_m2_day', '1.3', '91.46')).toBe(361_648n);
    const one = {
      ...draft,
      units: [
        { unit: { id: '7', label: 'A' }, floor: '', area: '100', from_on: null, to_on: null },
      ],
      terms: [
        { ...draft.terms[0]!, price: '200' },
        { ...draft.terms[1]!, price: '45' },
      ],
    };
    expect(depositAmount('3', monthlyRentFen(one, items))).toBe('60000.00');
    expect(depositAmount('', 100n)).toBe('');
    const [auto] = withAutoAmounts(one.deposits, 2_000_000n);
    expect(auto?.amount).toBe('60000.00');
    const typed = [{ ...auto!, amount: '1.00', auto: false }];
    expect(withAutoAmounts(typed, 2_000_000n)).toBe(typed);
  });
  it('is written and read back the same, and copies move with the first day', () => {
    const lease = {
      id: '5',
      no: 'HT-1',
      from_on: '2026-12-15',
      to_on: '2029-12-14',
      rent_from_on: '2027-02-01',
      units: [
        {
          unit_id: { id: '7', label: 'A' },
          floor: 'L1',
          area: '100.00',
          from_on: '2026-12-15',
          to_on: '2029-12-14',
        },
      ],
      terms: [{ item: 'rent', item_name: '租金', clause }],
      deposits: [
        {
          kind: 'performance',
          months: 3,
          amount: '60000.00',
          due_on: '2026-12-15',
          refund_rule: null,
        },
      ],
      clauses: 'use fitout',
    } as unknown as Lease;
    const body = bodyOf(draftOf(lease), false);
    expect(body.terms).toEqual([clause]);
    expect(body.clauses).toBe('use fitout');
    const copy = copiedFrom(newDraft('2027-05-20', items, ''), lease);
    expect(copy.terms[0]!.rules[0]!.first_on).toBe('2028-06-01');
    expect(copy.deposits[0]!.due_on).toBe('2027-06-01');
    expect(copy.merchant_id).toBeNull();
  });
});

describe('bills', () => {
  const line = (due_on: string, item: string, gross: string): ScheduleLine => ({
    term: 0,
    item,
    kind: 'billed',
    from: due_on,
    to: due_on,
    cycle_from: due_on,
    cycle_to: due_on,
    due_on,
    price: null,
    quantity: null,
    tax_rate: '9',
    net: '0.00',
    tax: '0.00',
    gross,
    working: [],
  });
  it('gathers what falls due together and foots to the fen', () => {
    const lines = [
      line('2027-01-01', 'rent', '0.10'),
      line('2026-12-01', 'rent', '1.00'),
      line('2027-01-01', 'fee', '0.20'),
    ];
    const bills = billsOf(lines);
    expect(bills.map((bill) => [bill.due_on, bill.lines.length, bill.gross])).toEqual([
      ['2026-12-01', 1, '1.00'],
      ['2027-01-01', 2, '0.30'],
    ]);
    expect(yearsOf(bills).map((year) => year.gross)).toEqual(['1.00', '0.30']);
    expect(itemByYear(lines, 'rent', ['2026', '2027'])).toEqual(['1.00', '0.10']);
  });
});
