/* What each row will do. Rows are added as one scrolls, so that thousands of them stay smooth. */
import { useEffect, useRef, useState } from 'react';
import { useT } from '@/shared/i18n';
import type { Tone } from '@/shared/meta/types';
import { EmptyState, StatusTag } from '@/shared/ui';
import { useText } from './text';
import type { ImportJob, ImportRow, Outcome } from './types';

const TONES: Record<Outcome, Tone> = {
  create: 'green',
  update: 'blue',
  error: 'red',
  skip: 'gray',
};
const OUTCOMES = ['error', 'create', 'update', 'skip'] as const;
const STEP = 150;

export function PreviewTable({ job }: { job: ImportJob }) {
  const t = useText();
  const base = useT();
  const [outcome, setOutcome] = useState<Outcome | undefined>(
    job.totals.error ? 'error' : undefined,
  );
  const [limit, setLimit] = useState(STEP);
  const scroller = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLTableRowElement>(null);
  const current = outcome && job.totals[outcome] > 0 ? outcome : undefined;
  const rows = current ? job.rows.filter((row) => row.outcome === current) : job.rows;
  const more = rows.length > limit;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the watcher is set anew after each batch
  useEffect(() => {
    if (!end.current) return;
    const watcher = new IntersectionObserver(
      (entries) =>
        entries.some((entry) => entry.isIntersecting) && setLimit((value) => value + STEP),
      { root: scroller.current, rootMargin: '400px' },
    );
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [more, limit]);
  const choose = (value: Outcome | undefined) => {
    setOutcome(value);
    setLimit(STEP);
    scroller.current?.scrollTo({ top: 0 });
  };
  return (
    <section className="card" aria-label={t('preview')}>
      <div className="card-head wrap">
        <h2>{t('preview')}</h2>
        <div className="segments" style={{ padding: 0 }}>
          <button
            type="button"
            className="segment"
            aria-pressed={!current}
            onClick={() => choose(undefined)}
          >
            {base('list.all')}
            <em>{job.rows.length}</em>
          </button>
          {OUTCOMES.filter((one) => job.totals[one] > 0).map((one) => (
            <button
              key={one}
              type="button"
              className="segment"
              aria-pressed={current === one}
              onClick={() => choose(one)}
            >
              {t(one)}
              <em>{job.totals[one]}</em>
            </button>
          ))}
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so it must be reachable by keyboard */}
      <section ref={scroller} className="preview-scroll" aria-label={t('preview')} tabIndex={0}>
        <table className="preview">
          <thead>
            <tr>
              <th scope="col">{t('row')}</th>
              <th scope="col">{t('outcome')}</th>
              <th scope="col">{t('record')}</th>
              <th scope="col">{t('problem')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, limit).map((row) => (
              <PreviewRow key={row.row} row={row} />
            ))}
            {more && (
              <tr ref={end}>
                <td colSpan={4} className="dim">
                  {base('state.loading')}
                </td>
              </tr>
            )}
          </tbody>
        </table>
        {rows.length === 0 && <EmptyState small title={t('noRows')} />}
      </section>
    </section>
  );
}

function PreviewRow({ row }: { row: ImportRow }) {
  const t = useText();
  return (
    <tr>
      <td className="num dim">{row.row}</td>
      <td>
        <StatusTag tone={TONES[row.outcome]}>{t(row.outcome)}</StatusTag>
      </td>
      <td className="cut">{row.label || <span className="dim">—</span>}</td>
      <td>
        {row.errors.map((error, i) => (
          <div key={i} className="preview-error">
            {error.cell && <kbd>{error.cell}</kbd>}
            <span>{error.message}</span>
          </div>
        ))}
      </td>
    </tr>
  );
}
