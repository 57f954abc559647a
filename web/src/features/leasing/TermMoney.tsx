/* What a charge term says about sales, index, tax and late payment. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import { addMonths } from './days';
import { Control, Field, PathError } from './form';
import { hasPrice, type TermDraft } from './termDraft';
import { Group, type Part, Remove } from './termParts';
import { useText } from './text';
import { SETTLES } from './types';

export function Turnover({ term, path, onChange }: Part) {
  const t = useText();
  const tier = (i: number, patch: Partial<TermDraft['tiers'][number]>) =>
    onChange({ tiers: term.tiers.map((one, j) => (j === i ? { ...one, ...patch } : one)) });
  const money = (
    name: 'minimum' | 'maximum' | 'breakpointAmount' | 'deemedSales' | 'percent',
    type: 'money' | 'percent',
  ) => (
    <Control
      type={type}
      value={term[name]}
      onChange={(value) => onChange({ [name]: (value as string | null) ?? '' })}
    />
  );
  return (
    <fieldset className="term-group">
      <legend>{t('group.turnover')}</legend>
      <p className="term-say">{t(`modelSays.${term.model as 'turnover'}`)}</p>
      <div className="term-fields">
        {hasPrice(term.model) && !term.tiered && (
          <Field label={t('percent')} path={`${path}turnover.percent`} required>
            {money('percent', 'percent')}
          </Field>
        )}
        <Field label={t('settle')} path={`${path}settle`}>
          <Select
            value={term.settle}
            options={SETTLES.map((value) => ({ value, label: t(`settles.${value}`) }))}
            onChange={(settle: TermDraft['settle']) => onChange({ settle })}
          />
        </Field>
        {term.settle !== 'monthly' && (
          <Field label={t('partial')} path={`${path}partial_year`} hint={t('partialHint')}>
            <Select
              value={term.partial}
              options={(['scale', 'extend'] as const).map((value) => ({
                value,
                label: t(`partials.${value}`),
              }))}
              onChange={(partial: TermDraft['partial']) => onChange({ partial })}
            />
          </Field>
        )}
        <Field label={t('minimum')} path={`${path}turnover.minimum`}>
          {money('minimum', 'money')}
        </Field>
        <Field label={t('maximum')} path={`${path}turnover.maximum`}>
          {money('maximum', 'money')}
        </Field>
        {term.model !== 'greater_of' && (
          <Field label={t('breakpoint')} path={`${path}turnover.breakpoint`}>
            <Select
              value={
                term.breakpoint === 'natural' && term.model !== 'base_plus_turnover'
                  ? 'none'
                  : term.breakpoint
              }
              options={(['none', 'natural', 'amount'] as const)
                .filter((value) => value !== 'natural' || term.model === 'base_plus_turnover')
                .map((value) => ({ value, label: t(`breakpoints.${value}`) }))}
              onChange={(breakpoint: TermDraft['breakpoint']) => onChange({ breakpoint })}
            />
          </Field>
        )}
        {term.breakpoint === 'amount' && term.model !== 'greater_of' && (
          <Field label={t('breakpoints.amount')}>{money('breakpointAmount', 'money')}</Field>
        )}
        <Field label={t('deemedSales')} path={`${path}turnover.deemed_sales`}>
          {money('deemedSales', 'money')}
        </Field>
        <Field
          label={t('exclusions')}
          path={`${path}turnover.exclusions`}
          className="term-wide"
          hint={t('exclusionsHint')}
        >
          <Select
            mode="tags"
            value={term.exclusions}
            tokenSeparators={['、', '，', ',']}
            suffixIcon={null}
            open={false}
            onChange={(exclusions: string[]) => onChange({ exclusions })}
          />
        </Field>
        <Checkbox
          className="term-check"
          checked={term.salesTaxIncluded}
          onChange={(event) => onChange({ salesTaxIncluded: event.target.checked })}
        >
          {t('salesTaxIncluded')}
        </Checkbox>
        <Checkbox
          className="term-check"
          checked={term.tiered}
          onChange={(event) =>
            onChange({
              tiered: event.target.checked,
              ...(event.target.checked && !term.tiers.length
                ? { tiers: [{ above: '0', percent: term.percent }] }
                : {}),
            })
          }
        >
          {t('tiered')}
        </Checkbox>
      </div>
      {term.tiered && (
        <>
          <div className="term-fields">
            <Field label={t('scale')} path={`${path}turnover.scale`}>
              <Select
                value={term.slices ? 's' : 'w'}
                options={[
                  { value: 's', label: t('slices') },
                  { value: 'w', label: t('wholeScale') },
                ]}
                onChange={(value: string) => onChange({ slices: value === 's' })}
              />
            </Field>
          </div>
          {term.tiers.map((one, i) => (
            <div key={i} className="step-row step-table">
              <Field label={t('tierAbove')} path={`${path}turnover.tiers[${i}].above`}>
                <Control
                  type="money"
                  value={one.above}
                  disabled={i === 0}
                  onChange={(value) => tier(i, { above: (value as string | null) ?? '' })}
                />
              </Field>
              <Field label={t('tierPercent')} path={`${path}turnover.tiers[${i}].percent`}>
                <Control
                  type="percent"
                  value={one.percent}
                  onChange={(value) => tier(i, { percent: (value as string | null) ?? '' })}
                />
              </Field>
              <Remove
                label={t('removeStep')}
                onClick={() => onChange({ tiers: term.tiers.filter((_, j) => j !== i) })}
              />
            </div>
          ))}
          <PathError path={`${path}turnover.tiers`} />
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => onChange({ tiers: [...term.tiers, { above: '', percent: '' }] })}
          >
            {t('addTier')}
          </Button>
        </>
      )}
    </fieldset>
  );
}

export function IndexFields({ term, path, onChange }: Part) {
  const t = useText();
  const set = (patch: Partial<TermDraft['index']>) =>
    onChange({ index: { ...term.index, ...patch } });
  const percent = (name: 'share' | 'floor' | 'cap') => (
    <Control
      type="percent"
      value={term.index[name]}
      onChange={(value) => set({ [name]: (value as string | null) ?? '' })}
    />
  );
  return (
    <div className="term-fields">
      <Field label={t('indexTable')} path={`${path}index.table`} required>
        <Input
          value={term.index.table}
          placeholder="CPI"
          onChange={(event) => set({ table: event.target.value })}
        />
      </Field>
      <Field label={t('indexBase')} path={`${path}index.base_month`} required>
        <Input
          value={term.index.base_month}
          placeholder="2026-01"
          onChange={(event) => set({ base_month: event.target.value })}
        />
      </Field>
      <Field label={t('indexShare')} path={`${path}index.share`}>
        {percent('share')}
      </Field>
      <Field label={t('indexFloor')} path={`${path}index.floor`}>
        {percent('floor')}
      </Field>
      <Field label={t('indexCap')} path={`${path}index.cap`}>
        {percent('cap')}
      </Field>
    </div>
  );
}

/* Rates that change on a day: the first one holds from the beginning. */
function LaterRates({ term, path, onChange }: Part) {
  const t = useText();
  const set = (i: number, patch: Partial<TermDraft['taxes'][number]>) =>
    onChange({ taxes: term.taxes.map((one, j) => (j === i ? { ...one, ...patch } : one)) });
  const last = term.taxes.at(-1)?.from;
  return (
    <>
      {term.taxes.map((one, i) => (
        <div key={i} className="step-row step-table">
          <Field label={t('taxFrom')} path={`${path}tax_rate[${i + 1}].from`}>
            <Control
              type="day"
              value={one.from}
              onChange={(value) => set(i, { from: value as string | null })}
            />
          </Field>
          <Field label={t('taxRate')} path={`${path}tax_rate[${i + 1}].percent`}>
            <Control
              type="percent"
              value={one.percent}
              onChange={(value) => set(i, { percent: (value as string | null) ?? '' })}
            />
          </Field>
          <Remove
            label={t('removeTax')}
            onClick={() => onChange({ taxes: term.taxes.filter((_, j) => j !== i) })}
          />
        </div>
      ))}
      <div className="row wrap">
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() =>
            onChange({
              taxes: [...term.taxes, { from: last ? addMonths(last, 12) : null, percent: '' }],
            })
          }
        >
          {t('addTax')}
        </Button>
      </div>
    </>
  );
}

export function TaxAndLate({ term, path, onChange }: Part) {
  const t = useText();
  const text = (
    name: 'taxRate' | 'lateRate' | 'lateGrace' | 'lateCap',
    type: 'percent' | 'int',
  ) => (
    <Control
      type={type}
      value={term[name]}
      disabled={(name === 'lateGrace' || name === 'lateCap') && !term.lateRate}
      onChange={(value) => onChange({ [name]: (value as string | null) ?? '' })}
    />
  );
  return (
    <>
      <fieldset className="term-group">
        <legend>{t('group.tax')}</legend>
        <div className="term-fields">
          <Field label={t('taxRate')} path={`${path}tax_rate`}>
            {text('taxRate', 'percent')}
          </Field>
          <Checkbox
            className="term-check"
            checked={term.taxIncluded}
            onChange={(event) => onChange({ taxIncluded: event.target.checked })}
          >
            {t('taxIncluded')}
          </Checkbox>
        </div>
        <LaterRates term={term} path={path} onChange={onChange} />
      </fieldset>
      <Group title={t('group.late')}>
        <Field label={t('lateRate')} path={`${path}late.percent_per_day`}>
          {text('lateRate', 'percent')}
        </Field>
        <Field label={t('lateGrace')} path={`${path}late.grace_days`}>
          {text('lateGrace', 'int')}
        </Field>
        <Field label={t('lateCap')} path={`${path}late.cap`} hint={t('lateCapHint')}>
          {text('lateCap', 'percent')}
        </Field>
      </Group>
    </>
  );
}
