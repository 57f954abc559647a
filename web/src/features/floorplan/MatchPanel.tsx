/* Ranked units for one lead, best first; those of other floors switch the floor. */
import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import { formatDecimal } from '@/shared/format';
import type { Ref } from '@/shared/meta/types';
import { EmptyState, ErrorState, Skeleton } from '@/shared/ui';
import { useText } from './text';
import type { Match } from './types';

export function MatchPanel(props: {
  lead: Ref;
  items: Match[] | undefined;
  error: unknown;
  onRetry: () => void;
  floorId: string | undefined;
  onPick: (match: Match) => void;
  onLeave: () => void;
}) {
  const t = useText();
  const { items } = props;
  return (
    <>
      <header className="panel-head">
        <div className="grow">
          <h2>{t('match', { lead: props.lead.label || '…' })}</h2>
          <p className="dim">{t('matchHint')}</p>
        </div>
        <button
          type="button"
          className="icon-btn"
          aria-label={t('matchLeave')}
          title={t('matchLeave')}
          onClick={props.onLeave}
        >
          <CloseOutlined />
        </button>
      </header>
      <div className="panel-body">
        <p>
          <Link to={`/e/lead/${props.lead.id}`}>{t('toLead')}</Link>
        </p>
        {Boolean(props.error) && !items && (
          <ErrorState error={props.error} onRetry={props.onRetry} />
        )}
        {!items && !props.error && <Skeleton rows={6} />}
        {items?.length === 0 && (
          <EmptyState small title={t('matchNone')} text={t('matchNoneText')} />
        )}
        <ol className="matches">
          {items?.map((match) => (
            <li key={match.unit.id}>
              <button
                type="button"
                className={match.floor?.id === props.floorId ? 'match' : 'match elsewhere'}
                onClick={() => props.onPick(match)}
              >
                <span className="row">
                  <b>{match.unit.label}</b>
                  <span className="dim">{match.floor?.label}</span>
                  <span className="num grow">{formatDecimal(match.area, 1)} ㎡</span>
                  <strong
                    className={
                      match.score >= 80
                        ? 'score ink-green'
                        : match.score >= 60
                          ? 'score ink-amber'
                          : 'score'
                    }
                  >
                    {match.score}
                  </strong>
                </span>
                <span className="why">
                  {match.reasons.map((reason, i) => (
                    <span key={i} className={reason.ok ? 'ok' : 'bad'}>
                      {reason.ok ? <CheckOutlined /> : <CloseOutlined />}
                      {reason.text}
                    </span>
                  ))}
                </span>
              </button>
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}
