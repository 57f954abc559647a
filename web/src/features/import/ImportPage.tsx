/* A spreadsheet becomes records: upload, put the columns right by hand, see what each row will do, then all or nothing. */
import { CloudUploadOutlined, DownloadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, InputNumber, Select } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api, newKey } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { type Label, useLabel, useT } from '@/shared/i18n';
import { useEntities } from '@/shared/session';
import { errorText, PageHead } from '@/shared/ui';
import { PreviewTable } from './PreviewTable';
import { useText } from './text';
import type { ImportJob } from './types';
import './import.css';

const RENT_ROLL = 'rent_roll';

export default function ImportPage() {
  const t = useText();
  const base = useT();
  const { kind } = useParams();
  const [job, setJob] = useState<ImportJob>();
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  return (
    <>
      <PageHead title={t('title')} />
      {job ? (
        <Judge job={job} setJob={setJob} onAgain={() => setJob(undefined)} />
      ) : (
        <Upload kind={kind} onJob={setJob} />
      )}
    </>
  );
}

function useKinds(): { value: string; label: string }[] {
  const t = useText();
  const label = useLabel();
  const entities = useEntities();
  const list = [...entities.values()]
    .filter((one) => one.actions.includes('import'))
    .map((one) => ({ value: one.name, label: label(one.label) }));
  return list.length ? [{ value: RENT_ROLL, label: t('rentRoll') }, ...list] : [];
}

const MAX_BYTES = 20 * 1024 * 1024;

function Upload(props: { kind: string | undefined; onJob: (job: ImportJob) => void }) {
  const t = useText();
  const base = useT();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const kinds = useKinds();
  const [busy, setBusy] = useState('');
  const [over, setOver] = useState(false);
  const [error, setError] = useState('');
  const kind = props.kind ?? kinds[0]?.value;

  const send = async (file: File | undefined) => {
    if (!file || !kind) return;
    if (!/\.(xlsx|csv)$/i.test(file.name)) return setError(t('wrongType'));
    if (file.size > MAX_BYTES) return setError(t('tooLarge'));
    setError('');
    setBusy(file.name);
    try {
      props.onJob(await api.upload<ImportJob>('/api/import', { kind, name: file.name }, file));
    } catch (reason) {
      setError(errorText(reason, base('state.network')));
    } finally {
      setBusy('');
    }
  };
  const template = () =>
    api
      .download('/api/import/template.xlsx', { kind }, 'template.xlsx')
      .catch((reason) => message.error(errorText(reason, base('state.network'))));

  return (
    <section className="card import-start" aria-label={t('title')}>
      <div>
        <label htmlFor="import-kind">{t('what')}</label>
        <Select
          id="import-kind"
          style={{ width: '100%' }}
          value={kind ?? null}
          options={kinds}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(value) => navigate(`/import/${value}`, { replace: true })}
        />
      </div>
      <label
        className={`drop${over ? ' over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          send(event.dataTransfer.files[0]);
        }}
      >
        <CloudUploadOutlined />
        <b>{busy ? t('reading', { name: busy }) : t('drop')}</b>
        <small>{t('dropHint')}</small>
        <input
          className="sr"
          type="file"
          accept=".xlsx,.csv"
          disabled={busy !== ''}
          onChange={(event) => send(event.target.files?.[0])}
        />
      </label>
      {error && (
        <p className="ink-red" role="alert">
          {error}
        </p>
      )}
      <ol className="import-how">
        <li>{t('how1')}</li>
        <li>{t('how2')}</li>
        <li>{t('how3')}</li>
      </ol>
      <Button icon={<DownloadOutlined />} onClick={template} disabled={!kind}>
        {t('template')}
      </Button>
    </section>
  );
}

function Judge(props: { job: ImportJob; setJob: (job: ImportJob) => void; onAgain: () => void }) {
  const t = useText();
  const base = useT();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<{ created: number; updated: number }>();
  const [key] = useState(newKey);
  const { job, setJob } = props;
  const { totals } = job;
  const writes = totals.create + totals.update;

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      message.error(errorText(error, base('state.network')), 6);
    } finally {
      setBusy(false);
    }
  };
  const map = (body: { heading_row?: number; columns?: Record<string, string | null> }) =>
    attempt(async () => {
      const columns = Object.fromEntries(job.columns.map((one) => [one.index, one.field]));
      setJob(
        await api.post<ImportJob>(`/api/import/${job.id}/map`, {
          heading_row: job.heading_row,
          ...body,
          columns: { ...columns, ...body.columns },
        }),
      );
    });
  const commit = () =>
    modal.confirm({
      title: t('confirmTitle', { n: writes }),
      content: t('confirmText', { create: totals.create, update: totals.update }),
      okText: t('commit', { n: writes }),
      cancelText: base('form.cancel'),
      onOk: () =>
        attempt(async () => {
          setDone(await api.post(`/api/import/${job.id}/commit`, {}, { key }));
          await refreshAll(client);
        }),
    });
  const errors = () =>
    attempt(() => api.download(`/api/import/${job.id}/errors.xlsx`, undefined, 'errors.xlsx'));

  if (done) {
    return (
      <section className="card state" role="status">
        <strong>{t('doneTitle')}</strong>
        <p>{t('doneText', { create: done.created, update: done.updated })}</p>
        <div className="row wrap">
          {job.kind !== RENT_ROLL && (
            <Link to={`/e/${job.kind}`} className="btn">
              {t('toList')}
            </Link>
          )}
          <Button type="primary" onClick={props.onAgain}>
            {t('again')}
          </Button>
        </div>
      </section>
    );
  }
  return (
    <>
      <div className="import-totals">
        {(['create', 'update', 'error', 'skip'] as const).map((one) => (
          <div key={one} className="card">
            <span>{t(one)}</span>
            <b className={one === 'error' && totals.error ? 'num ink-red' : 'num'}>{totals[one]}</b>
          </div>
        ))}
      </div>
      <Mapping job={job} busy={busy} onMap={map} />
      <PreviewTable job={job} />
      <footer className="card import-foot">
        <span className={totals.error ? 'ink-red grow' : 'dim grow'}>
          {totals.error ? t('blocked', { n: totals.error }) : t('ready', { n: writes })}
        </span>
        <Button onClick={props.onAgain}>{t('otherFile')}</Button>
        {totals.error > 0 && (
          <Button icon={<DownloadOutlined />} onClick={errors}>
            {t('errorRows')}
          </Button>
        )}
        <Button
          type="primary"
          loading={busy}
          disabled={totals.error > 0 || writes === 0}
          onClick={commit}
        >
          {t('commit', { n: writes })}
        </Button>
      </footer>
    </>
  );
}

function Mapping(props: {
  job: ImportJob;
  busy: boolean;
  onMap: (body: { heading_row?: number; columns?: Record<string, string | null> }) => void;
}) {
  const t = useText();
  const label = useLabel();
  const { job, onMap } = props;
  const taken = new Set(job.columns.map((column) => column.field));
  const missing = job.fields.filter((field) => field.required && !taken.has(field.name));
  const options = [
    { value: '', label: t('ignore') },
    ...job.fields.map((field) => ({
      value: field.name,
      label: `${label(field.label as Label)}${field.required ? ' *' : ''}`,
    })),
  ];
  return (
    <section className="card keep" aria-label={t('mapping')}>
      <div className="card-head wrap">
        <h2 className="grow">
          {t('mapping')} {job.sheet && <span className="dim">{job.sheet}</span>}
        </h2>
        <label htmlFor="heading-row" className="dim">
          {t('headingRow')}
        </label>
        <InputNumber
          id="heading-row"
          min={1}
          max={50}
          style={{ width: 84 }}
          value={job.heading_row}
          onChange={(value) => value && onMap({ heading_row: value })}
        />
      </div>
      {missing.length > 0 && (
        <p className="ink-red import-missing" role="alert">
          {t('missing', { names: missing.map((field) => label(field.label)).join('、') })}
        </p>
      )}
      <ul className="mapping">
        {job.columns.map((column) => (
          <li key={column.index} className={column.field ? undefined : 'ignored'}>
            <span className="mapping-head">
              <kbd>{column.letter}</kbd>
              <span className="cut">{column.heading || t('noHeading')}</span>
            </span>
            <Select
              aria-label={t('columnIs', { heading: column.heading || column.letter })}
              disabled={props.busy}
              value={column.field ?? ''}
              options={options.map((one) => ({
                ...one,
                disabled: one.value !== '' && one.value !== column.field && taken.has(one.value),
              }))}
              showSearch={{ optionFilterProp: 'label' }}
              onChange={(value) => onMap({ columns: { [column.index]: value || null } })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
