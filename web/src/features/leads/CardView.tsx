/* A lead as a card: brand, category, area, price, next step, owner, days. */
import { HolderOutlined, MoreOutlined, StarFilled } from '@ant-design/icons';
import { memo } from 'react';
import { Link } from 'react-router';
import { chinaDay, daysBetween, formatDecimal, formatPrice } from '@/shared/format';
import { Avatar } from '@/shared/ui';
import { useDragCard } from './dnd';
import { type Text, useText } from './text';
import type { Card } from './types';

export const TOO_LONG = 14;

/* When to call next, in words, and how urgent that is. */
export function nextStep(
  card: Pick<Card, 'next_follow_on' | 'is_overdue'>,
  today: string,
  t: Text,
) {
  if (!card.next_follow_on) return { text: t('nextNone'), ink: 'ink-amber' };
  const days = daysBetween(today, card.next_follow_on);
  if (days < 0) return { text: t('nextLate', { n: -days }), ink: 'ink-red' };
  if (days === 0) return { text: t('nextToday'), ink: 'ink-amber' };
  return { text: t('next', { day: card.next_follow_on.slice(5) }), ink: '' };
}

/* Days in the stage where the server tells them, else days without contact. */
export function waiting(card: Card, today: string, t: Text) {
  if (card.stage_since) {
    const n = Math.max(0, daysBetween(chinaDay(card.stage_since), today));
    return { text: t('inStage', { n }), late: n > TOO_LONG };
  }
  if (card.days === 0) return { text: t('touchedToday'), late: false };
  return { text: t('untouched', { n: card.days }), late: card.days > TOO_LONG };
}

export function demandOf(card: Card, t: Text): string {
  const area =
    Number(card.area) > 0
      ? t('demand', { area: formatDecimal(card.area).replace(/\.0+$/, '') })
      : t('noDemand');
  return card.budget_price
    ? `${area}${t('comma')}${formatPrice(card.budget_price)}${t('perM2')}`
    : area;
}

export function CardFace({ card, today }: { card: Card; today: string }) {
  const t = useText();
  const next = nextStep(card, today, t);
  const wait = waiting(card, today, t);
  return (
    <>
      <p className="card-tags">
        {card.grade && <span className={`grade grade-${card.grade}`}>{card.grade}</span>}
        {card.category && <span className="cut">{card.category.label}</span>}
      </p>
      <p className="card-demand">{demandOf(card, t)}</p>
      <p className={`card-next ${next.ink}`}>{next.text}</p>
      <p className="card-foot">
        {card.owner ? (
          <>
            <Avatar name={card.owner.label} size={20} />
            <span className="cut">{card.owner.label}</span>
          </>
        ) : (
          <span>{t('nobody')}</span>
        )}
        <span className={`grow ${wait.late ? 'ink-red' : ''}`}>{wait.text}</span>
      </p>
    </>
  );
}

export const LeadCard = memo(function LeadCard(props: {
  card: Card;
  today: string;
  onMenu: (card: Card, button: HTMLElement) => void;
}) {
  const t = useText();
  const { card } = props;
  const { cardRef, handleRef, body, handle, isDragging } = useDragCard(card.id);
  return (
    <li ref={cardRef} className={`lead-card${isDragging ? ' dragging' : ''}`} {...body}>
      <div className="card-title">
        <Link to={`/e/lead/${card.id}`} className="cut" draggable={false}>
          {card.name}
        </Link>
        {card.key_account && (
          <span className="ink-amber" role="img" aria-label={t('key')} title={t('key')}>
            <StarFilled />
          </span>
        )}
        <span className="grow" />
        <button
          {...handle}
          ref={handleRef}
          type="button"
          className="card-handle"
          aria-label={t('handle', { name: card.name })}
        >
          <HolderOutlined />
        </button>
        <span className="card-menu">
          <button
            type="button"
            aria-haspopup="menu"
            aria-label={t('moveMenu', { name: card.name })}
            onClick={(event) => props.onMenu(card, event.currentTarget)}
          >
            <MoreOutlined />
          </button>
        </span>
      </div>
      <CardFace card={card} today={props.today} />
    </li>
  );
});
