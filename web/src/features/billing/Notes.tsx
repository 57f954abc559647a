/* What cannot be billed yet: rent on sales that are not in, leases that cannot be calculated. */
import { Link } from 'react-router';
import { useLabel } from '@/shared/i18n';
import { useText } from './text';
import type { Note } from './types';

export function Notes({ notes, all }: { notes: Note[]; all: number }) {
  const t = useText();
  const label = useLabel();
  if (all === 0) return null;
  return (
    <section className="card" aria-labelledby="bill-notes">
      <header className="card-head">
        <h2 id="bill-notes">{t('notes')}</h2>
        <span className="dim">{all}</span>
      </header>
      <p className="bill-intro dim">{t('notesText')}</p>
      <details className="bill-notes">
        <summary>{t('notesShow')}</summary>
        <ul className="bill-rows">
          {notes.map((one, i) => (
            <li key={i}>
              <Link to={`/e/lease/${one.lease_id}`}>{one.lease_no}</Link>
              <span className="cut">{one.merchant}</span>
              <span className="dim">{label(one)}</span>
            </li>
          ))}
        </ul>
        {all > notes.length && (
          <p className="bill-intro dim">{t('notesMore', { n: all - notes.length })}</p>
        )}
      </details>
    </section>
  );
}
