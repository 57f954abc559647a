/* A dunning letter: its lines with their working, and the paper. */
import { FilePdfOutlined, FileWordOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { api } from '@/shared/api/client';
import { useT } from '@/shared/i18n';
import type { Slots } from '@/shared/meta/overrides';
import type { Row } from '@/shared/meta/types';
import { errorText, Money } from '@/shared/ui';
import { Working } from '@/shared/ui/Working';
import { useText } from './text';
import type { DueLine } from './types';
import './collection.css';

interface Line extends Omit<DueLine, 'id'> {
  charge_id: string;
}

interface Sums {
  principal: string;
  late_fee: string;
  total: string;
}

function Papers({ row }: { row: Row }) {
  const t = useText();
  const base = useT();
  const { message } = App.useApp();
  const word = () =>
    api
      .download(`/api/dunning_notice/${row.id}/document.docx`, undefined, `${row.no}.docx`)
      .catch((error) => message.error(errorText(error, base('state.network'))));
  return (
    <>
      <Button
        icon={<FilePdfOutlined />}
        href={`/api/dunning_notice/${row.id}/print.pdf`}
        target="_blank"
      >
        {t('print')}
      </Button>
      <Button icon={<FileWordOutlined />} onClick={word}>
        {t('word')}
      </Button>
    </>
  );
}

function Owed({ row }: { row: Row }) {
  const t = useText();
  const lines = (row.lines ?? []) as Line[];
  const sums = row.sums as Sums | undefined;
  if (lines.length === 0) return null;
  return (
    <section className="card card-body owed" aria-labelledby="owed-title">
      <h2 id="owed-title">{t('line')}</h2>
      {row.state === 'draft' && <p className="dim owed-live">{t('live')}</p>}
      <ul className="fees">
        {lines.map((line) => (
          <li key={line.charge_id}>
            <div className="row">
              <span className="grow">
                <b>{line.name}</b>{' '}
                <small className="dim num">
                  {[line.from && `${line.from} – ${line.to}`, `${t('dueOn')} ${line.due_on}`]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </span>
              <Money value={line.open} />
              <span className="dim">
                {t('lateFee')} <Money value={line.late_fee} />
              </span>
            </div>
            {/[1-9]/.test(line.late_fee) && <Working steps={line.working} />}
          </li>
        ))}
      </ul>
      {sums && (
        <p className="owed-sums">
          {t('principal')} <Money value={sums.principal} /> · {t('lateFee')}{' '}
          <Money value={sums.late_fee} /> · {t('total')}{' '}
          <b>
            <Money value={sums.total} />
          </b>
        </p>
      )}
    </section>
  );
}

const slots: Slots = {
  detail: {
    actions: (row) => <Papers row={row} />,
    banner: (row) => <Owed row={row} />,
  },
};
export default slots;
