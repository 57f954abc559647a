/* Old and new terms of a change side by side, and what it does to the charges. */
import { EMPTY, formatDecimal, formatPrice } from '@/shared/format';
import { Money } from '@/shared/ui';
import { Working } from '@/shared/ui/Working';
import { useText } from './changeText';
import { useText as useLeaseText } from './text';
import { BASES, type Basis, type TermJson } from './types';

export interface ChangeSide {
  from_on: string;
  to_on: string;
  total: string;
  areas: { unit: string; from: string; area: string }[];
  terms: { item: string; item_name: string; clause: TermJson }[];
}

export interface ChangeDiff {
  before: ChangeSide;
  after: ChangeSide;
  successor: ChangeSide | null;
  difference: {
    total: string;
    lines: { item: string; from: string; to: string; gross: string; working?: never[] }[];
  };
}

const basisOf = (clause: TermJson): Basis =>
  BASES.find((one) => one === clause.basis) ?? 'per_month';

function Side({ title, side }: { title: string; side: ChangeSide }) {
  const t = useText();
  const lease = useLeaseText();
  return (
    <section className="change-side">
      <h3>{title}</h3>
      <dl>
        <dt>{t('until')}</dt>
        <dd className="num">
          {side.from_on} – {side.to_on}
        </dd>
        <dt>{t('total')}</dt>
        <dd>
          <Money value={side.total} />
        </dd>
      </dl>
      <ul>
        {side.terms.map((term, i) => (
          <li key={i}>
            <b>{term.item_name}</b>
            <span className="num">
              {term.clause.price ? formatPrice(String(term.clause.price)) : EMPTY}{' '}
              <small className="dim">{lease(`bases.${basisOf(term.clause)}`)}</small>
            </span>
            <small className="num dim">
              {String(term.clause.from)} – {String(term.clause.to)}
            </small>
          </li>
        ))}
        {side.areas
          .filter((area) => Number(area.area) > 0)
          .map((area) => (
            <li key={`${area.unit}${area.from}`}>
              <b>{area.unit}</b>
              <span className="num">
                {formatDecimal(area.area)} <small className="dim">㎡</small>
              </span>
              <small className="num dim">{area.from}</small>
            </li>
          ))}
      </ul>
    </section>
  );
}

export function ChangePreview({ diff }: { diff: ChangeDiff }) {
  const t = useText();
  const names = new Map(
    [...diff.before.terms, ...diff.after.terms].map((term) => [term.item, term.item_name]),
  );
  return (
    <div className="change-preview">
      <p className="change-sum">
        <span className="dim">{t('difference')}</span>
        <b>
          <Money value={diff.difference.total} />
        </b>
      </p>
      <div className="change-sides">
        <Side title={t('before')} side={diff.before} />
        <Side title={t('after')} side={diff.after} />
        {diff.successor && <Side title={t('successor')} side={diff.successor} />}
      </div>
      <h3>{t('lines')}</h3>
      {diff.difference.lines.length === 0 ? (
        <p className="dim">{t('noLines')}</p>
      ) : (
        <ul className="change-lines">
          {diff.difference.lines.map((line) => (
            <li key={`${line.item}${line.from}`}>
              <span>{names.get(line.item) ?? line.item}</span>
              <span className="num dim">
                {line.from} – {line.to}
              </span>
              <b>
                <Money value={line.gross} />
              </b>
              <div className="change-working">
                <Working steps={line.working} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
