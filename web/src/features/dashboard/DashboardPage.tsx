/* The home page of a post: its figures, its to-do list, its charts, all chosen by the server. */
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { formatDayLong, formatDecimal } from '@/shared/format';
import { defineText, type Label, useLabel, useLang, useT } from '@/shared/i18n';
import type { Tone } from '@/shared/meta/types';
import { pagePath } from '@/shared/paths';
import { useMe } from '@/shared/session';
import { EmptyState, ErrorState, PageHead, Skeleton } from '@/shared/ui';
import { chartOption, type HomeChart, valuesOf } from './charts';
import { TodoCard } from './TodoCard';
import './dashboard.css';

const Chart = lazy(() => import('@/shared/ui/Chart'));

const useText = defineText(
  {
    morning: '上午好，{{name}}',
    noon: '中午好，{{name}}',
    afternoon: '下午好，{{name}}',
    evening: '晚上好，{{name}}',
    figures: '关键数字',
    nothing: '这个岗位还没有配置数字与图表',
    ofPrevious: '上一步的 {{n}}%',
  },
  {
    morning: 'Good morning, {{name}}',
    noon: 'Good day, {{name}}',
    afternoon: 'Good afternoon, {{name}}',
    evening: 'Good evening, {{name}}',
    figures: 'Key figures',
    nothing: 'No figures or charts are set up for this post yet',
    ofPrevious: '{{n}}% of the step before',
  },
);

interface Tile {
  name: string;
  label: Label;
  value: string | number | null;
  unit?: Label;
  delta?: Label;
  tone?: Tone | null;
  link?: string | null;
}

interface Home {
  tiles: Tile[];
  charts: HomeChart[];
}

function partOfDay(): 'morning' | 'noon' | 'afternoon' | 'evening' {
  const hour = (new Date().getUTCHours() + 8) % 24;
  if (hour < 11) return 'morning';
  if (hour < 13) return 'noon';
  return hour < 18 ? 'afternoon' : 'evening';
}

export default function DashboardPage() {
  const t = useText();
  const base = useT();
  const lang = useLang();
  const me = useMe();
  const home = useQuery({ queryKey: ['home'], queryFn: () => api.get<Home>('/api/home') });
  useEffect(() => {
    document.title = `${base('menu.dashboard')} · ${base('app.name')}`;
  }, [base]);
  const [first, ...rest] = home.data?.charts ?? [];
  return (
    <>
      <PageHead title={t(partOfDay(), { name: me.name })}>
        <span className="count" style={{ marginInlineStart: 'auto' }}>
          {formatDayLong(me.today, lang)}
        </span>
      </PageHead>
      {home.error && !home.data && (
        <div className="card">
          <ErrorState error={home.error} onRetry={() => home.refetch()} />
        </div>
      )}
      {!home.error && <Tiles tiles={home.data?.tiles} />}
      <div className="board">
        {home.data ? first && <ChartCard chart={first} wide /> : <SkeletonCard />}
        <TodoCard />
        {rest.map((chart) => (
          <ChartCard key={chart.name} chart={chart} />
        ))}
      </div>
      {home.data && !home.data.tiles.length && !home.data.charts.length && (
        <EmptyState small title={t('nothing')} />
      )}
    </>
  );
}

function SkeletonCard() {
  return (
    <div className="card board-wide">
      <Skeleton rows={7} />
    </div>
  );
}

function Tiles({ tiles }: { tiles: Tile[] | undefined }) {
  const t = useText();
  if (!tiles) {
    return (
      <div className="tiles" aria-hidden="true">
        {Array.from({ length: 5 }, (_, i) => (
          <div key={i} className="card tile">
            <div className="skel" style={{ width: 72, height: 14 }} />
            <div className="skel" style={{ width: 120, height: 28, marginTop: 8 }} />
            <div className="skel" style={{ width: 96, height: 14, marginTop: 8 }} />
          </div>
        ))}
      </div>
    );
  }
  return (
    <ul className={tiles.length > 8 ? 'tiles tiles-even' : 'tiles'} aria-label={t('figures')}>
      {tiles.map((tile) => (
        <li key={tile.name}>
          <TileCard tile={tile} />
        </li>
      ))}
    </ul>
  );
}

function TileCard({ tile }: { tile: Tile }) {
  const label = useLabel();
  const delta = label(tile.delta);
  const sign = delta.startsWith('+') ? '▲ ' : delta.startsWith('-') ? '▼ ' : '';
  const [change, rest] = splitDelta(delta.replace(/^[+-]/, ''));
  const body = (
    <>
      <span className="tile-label">{label(tile.label)}</span>
      <span className="tile-value num">
        {tile.value === null ? '—' : formatDecimal(tile.value)}
        {tile.unit && <small>{label(tile.unit)}</small>}
      </span>
      <span className="tile-delta">
        {change && (
          <span className={tile.tone ? `ink-${tile.tone}` : 'dim'}>{`${sign}${change}`}</span>
        )}
        {rest && <span className="dim"> {rest}</span>}
      </span>
    </>
  );
  return tile.link ? (
    <Link to={pagePath(tile.link)} className="card tile">
      {body}
    </Link>
  ) : (
    <div className="card tile">{body}</div>
  );
}

/* "1.2 个百分点 较上月": the change itself in colour, what it is compared with in grey. */
function splitDelta(delta: string): [string, string] {
  const at = delta.lastIndexOf(' ');
  return at > 0 && /较|vs|than|since/.test(delta.slice(at))
    ? [delta.slice(0, at), delta.slice(at + 1)]
    : [delta, ''];
}

function ChartCard({ chart, wide }: { chart: HomeChart; wide?: boolean }) {
  const label = useLabel();
  const lang = useLang();
  const option = useMemo(() => chartOption(chart, lang), [chart, lang]);
  const title = label(chart.label);
  return (
    <section className={`card keep${wide ? ' board-wide' : ''}`} aria-label={title}>
      <div className="card-head">
        <h2>{title}</h2>
      </div>
      <div className="card-body">
        {chart.kind === 'funnel' ? (
          <Funnel chart={chart} />
        ) : (
          <Suspense fallback={<div style={{ height: 260 }} />}>
            <Chart label={title} option={option} height={260} />
          </Suspense>
        )}
      </div>
    </section>
  );
}

/* A funnel reads best as bars with figures; it is HTML, so it also prints and is read aloud. */
function Funnel({ chart }: { chart: HomeChart }) {
  const t = useText();
  const label = useLabel();
  const values = valuesOf(chart.series[0]);
  const max = Math.max(...values, 1);
  return (
    <ol className="funnel">
      {chart.categories.map((name, i) => {
        const value = values[i] ?? 0;
        const before = values[i - 1];
        const percent = before ? Math.round((value / before) * 100) : undefined;
        return (
          <li key={i}>
            <span>{label(name)}</span>
            <span className="funnel-track">
              <span style={{ width: `${Math.max((value / max) * 100, 1.5)}%` }} />
            </span>
            <b className="num">{value}</b>
            <small
              className="dim num"
              title={percent === undefined ? undefined : t('ofPrevious', { n: percent })}
            >
              {percent === undefined ? '' : `${percent}%`}
            </small>
          </li>
        );
      })}
    </ol>
  );
}
