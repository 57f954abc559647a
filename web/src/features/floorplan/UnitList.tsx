/* The units of the floor as a list: below the plan on phones, and for what is not drawn. */
import { SearchOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { formatDecimal, formatInstant } from '@/shared/format';
import { labelIn, useLang } from '@/shared/i18n';
import type { Option } from '@/shared/meta/types';
import { StatusTag } from '@/shared/ui';
import type { Colouring } from './colours';
import { Swatch, statusOf } from './PlanMap';
import { useText } from './text';
import type { Match, PlanUnit } from './types';

export function UnitList(props: {
  units: PlanUnit[];
  statuses: Option[];
  colours: Colouring;
  hidden: ReadonlySet<string>;
  matches: ReadonlyMap<string, Match> | null;
  selected: string | null;
  title: string;
  onSelect: (id: string) => void;
}) {
  const t = useText();
  const lang = useLang();
  const [text, setText] = useState('');
  const q = text.trim().toLowerCase();
  const { matches } = props;
  const shown = props.units
    .filter((unit) => !props.hidden.has(props.colours.of(unit).key))
    .filter((unit) => !matches || matches.has(unit.id))
    .filter((unit) =>
      [unit.no, unit.brand?.label, unit.merchant?.label].some((one) =>
        one?.toLowerCase().includes(q),
      ),
    )
    .sort((a, b) => (matches?.get(b.id)?.score ?? 0) - (matches?.get(a.id)?.score ?? 0));
  return (
    <section className="card unit-list no-print" aria-label={t('units')}>
      <div className="unit-list-head">
        <h2>{props.title}</h2>
        <label className="search-box">
          <SearchOutlined />
          <span className="sr">{t('find')}</span>
          <input
            type="search"
            placeholder={t('find')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      </div>
      {shown.length === 0 && <p className="dim none">{t('findNone')}</p>}
      <ul>
        {shown.map((unit) => {
          const status = statusOf(props.statuses, unit.status);
          const match = matches?.get(unit.id);
          return (
            <li key={unit.id}>
              <button
                type="button"
                aria-pressed={unit.id === props.selected}
                onClick={() => props.onSelect(unit.id)}
              >
                <Swatch bucket={props.colours.of(unit)} />
                <span className="grow">
                  <span className="row">
                    <b className="cut">{unit.brand?.label ?? unit.merchant?.label ?? unit.no}</b>
                    <span className="num area">{formatDecimal(unit.area, 1)} ㎡</span>
                  </span>
                  <small className="dim cut">
                    {[
                      unit.no,
                      unit.end_on && t('endOn', { day: unit.end_on }),
                      unit.hold_until && t('holdUntil', { at: formatInstant(unit.hold_until) }),
                    ]
                      .filter(Boolean)
                      .join('　')}
                  </small>
                </span>
                {match ? (
                  <strong className="score">{match.score}</strong>
                ) : (
                  <StatusTag tone={status?.tone}>
                    {labelIn(status?.label, lang) || unit.status}
                  </StatusTag>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
