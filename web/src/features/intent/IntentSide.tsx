/* Beside the terms: how long the letter of intent holds, and what the money paid means in law. */
import { ExclamationCircleOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import { DEPOSIT_KINDS } from '@/shared/deposit';
import { formatMoney } from '@/shared/format';
import { useLabel } from '@/shared/i18n';
import { isRef } from '@/shared/meta/cells';
import type { Row } from '@/shared/meta/types';
import { useEntities, useMe } from '@/shared/session';
import { Money, StatusTag } from '@/shared/ui';
import { earnestEstimate, validityOf } from './terms';
import { useText } from './text';

const SOON_DAYS = 7;
const OVER = { converted: 'overConverted', void: 'overVoid', expired: 'overExpired' } as const;

export function ValidityCard({ row }: { row: Row }) {
  const t = useText();
  const me = useMe();
  const entities = useEntities();
  const until = String(row.valid_until_on);
  const state = String(row.state);
  const { kind, days } = validityOf(until, me.today, state);
  const ink = kind === 'past' ? 'ink-red' : kind === 'last' || days <= SOON_DAYS ? 'ink-amber' : '';
  return (
    <section className="card card-body" aria-labelledby="validity-title">
      <h2 id="validity-title">{t('validity')}</h2>
      {kind === 'over' ? (
        <p>{t(OVER[state as keyof typeof OVER])}</p>
      ) : (
        <p className={`countdown ${ink}`}>{t(kind, { n: days })}</p>
      )}
      <p className="num dim">{t('until', { on: until })}</p>
      {kind === 'past' && row.state === 'approved' && <p className="ink-red">{t('pastNote')}</p>}
      {(kind === 'left' || kind === 'last') && <p className="intent-note">{t('heldUntil')}</p>}
      {typeof row.signed_on === 'string' && (
        <p className="intent-note">{t('signedOn', { on: row.signed_on })}</p>
      )}
      {isRef(row.hold_id) && entities.has('unit_hold') && (
        <p className="intent-note">
          {t('hold')} <Link to={`/e/unit_hold/${row.hold_id.id}`}>{row.hold_id.label}</Link>
        </p>
      )}
    </section>
  );
}

export function DepositCard({ row }: { row: Row }) {
  const t = useText();
  const label = useLabel();
  const token = String(row.deposit_kind ?? 'none');
  const kind = DEPOSIT_KINDS[token];
  if (!kind) return null;
  const paid = token !== 'none';
  return (
    <section className="card card-body" aria-labelledby="deposit-title">
      <h2 id="deposit-title">{t('money')}</h2>
      <p className="row wrap">
        <b>{label(kind.label)}</b>
        {paid && (
          <StatusTag tone={token === 'earnest' ? 'amber' : 'gray'}>
            {t(token === 'earnest' ? 'hasEffect' : 'noEffect')}
          </StatusTag>
        )}
      </p>
      {paid && (
        <p className="deposit-amount">
          <Money value={String(row.deposit_amount ?? '')} />
        </p>
      )}
      {token === 'earnest' ? (
        <EarnestLaw row={row} />
      ) : (
        <div className="law">
          <p>{label(kind.effect)}</p>
          {paid && <p className="intent-note">{t('noSuchLaw')}</p>}
        </div>
      )}
    </section>
  );
}

function EarnestLaw({ row }: { row: Row }) {
  const t = useText();
  const estimate = earnestEstimate(row);
  return (
    <div className="law">
      <p className="intent-note">{t('earnestLaw')}</p>
      <ul>
        <li>{t('earnestPayer')}</li>
        <li>{t('earnestTaker')}</li>
        <li>{t('earnestCap')}</li>
      </ul>
      {estimate && (
        <>
          {estimate.over && (
            <p className="law-over">
              <ExclamationCircleOutlined /> {t('capOver')}
            </p>
          )}
          <p className="intent-note">
            {t('capEstimate', { rent: formatMoney(estimate.rent), cap: formatMoney(estimate.cap) })}{' '}
            {t('capNote')}
          </p>
        </>
      )}
    </div>
  );
}
