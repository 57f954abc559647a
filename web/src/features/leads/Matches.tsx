/* Units that fit, best first, with the reasons; from here to the plan, a hold, an intent. */
import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api } from '@/shared/api/client';
import { formatDecimal } from '@/shared/format';
import { useLabel } from '@/shared/i18n';
import { fieldOf, type Ref, type Row } from '@/shared/meta/types';
import { useEntities, useEntity, useMay } from '@/shared/session';
import { EmptyState, ErrorState, Skeleton, StatusTag } from '@/shared/ui';
import { HoldDialog, intentGiven } from './Papers';
import { useText } from './text';
import type { Match } from './types';

export default function Matches({ lead }: { lead: Row }) {
  const t = useText();
  const label = useLabel();
  const may = useMay();
  const navigate = useNavigate();
  const entities = useEntities();
  const unitMeta = useEntity('unit');
  const [holding, setHolding] = useState<Ref>();
  const list = useQuery({
    queryKey: ['match', lead.id],
    queryFn: () => api.get<{ items: Match[] }>(`/api/lead/${lead.id}/match`),
  });
  if (list.error && !list.data)
    return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  if (!list.data) return <Skeleton rows={6} />;
  if (list.data.items.length === 0)
    return <EmptyState small title={t('matchNone')} text={t('matchNoneText')} />;
  const status = (value: string) =>
    unitMeta && fieldOf(unitMeta, 'status')?.options?.find((one) => one.value === value);
  return (
    <>
      {entities.has('floor') && (
        <p className="tab-tools">
          <Link className="btn" to={`/floor?match=${lead.id}`}>
            {t('onPlan')}
          </Link>
        </p>
      )}
      <ol className="match-rows">
        {list.data.items.map((match) => {
          const option = status(match.status);
          return (
            <li key={match.unit.id}>
              <strong
                className={`score ${match.score >= 80 ? 'ink-green' : match.score >= 60 ? 'ink-amber' : 'dim'}`}
                title={t('score', { n: match.score })}
              >
                {match.score}
              </strong>
              <div className="grow">
                <p className="row wrap">
                  <Link to={`/e/unit/${match.unit.id}`}>
                    <b>{match.unit.label}</b>
                  </Link>
                  <span className="dim">{match.floor?.label}</span>
                  <span className="num">{formatDecimal(match.area)} ㎡</span>
                  {option && <StatusTag tone={option.tone}>{label(option.label)}</StatusTag>}
                  {match.free_from_on && (
                    <span className="dim">{t('freeFrom', { day: match.free_from_on })}</span>
                  )}
                </p>
                <ul className="why">
                  {match.reasons.map((reason, i) => (
                    <li key={i} className={reason.ok ? 'ok' : 'bad'}>
                      {reason.ok ? <CheckOutlined /> : <CloseOutlined />}
                      {reason.text}
                    </li>
                  ))}
                </ul>
              </div>
              <div className="row match-buttons">
                {entities.has('floor') && (
                  <Link
                    className="btn"
                    to={`/floor?match=${lead.id}&unit=${match.unit.id}${match.floor ? `&floor=${match.floor.id}` : ''}`}
                  >
                    {t('onPlanShort')}
                  </Link>
                )}
                {may('unit_hold.create') && (
                  <Button onClick={() => setHolding(match.unit)}>{t('hold')}</Button>
                )}
                {entities.has('intent') && may('intent.create') && (
                  <Button
                    onClick={() =>
                      navigate('/e/intent/new', {
                        state: {
                          given: { ...intentGiven(lead), unit_id: match.unit, area: match.area },
                        },
                      })
                    }
                  >
                    {t('newIntent')}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      {holding && <HoldDialog lead={lead} unit={holding} onClose={() => setHolding(undefined)} />}
    </>
  );
}
