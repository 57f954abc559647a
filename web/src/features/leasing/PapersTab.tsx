/* The papers a lease must have: what is there, until when it is valid, where it lies; and the files themselves. */
import { PaperClipOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { lazy, Suspense, useRef, useState } from 'react';
import { api } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { daysBetween, EMPTY } from '@/shared/format';
import { labelIn, useLabel, useLang, useT } from '@/shared/i18n';
import { ActionDialog } from '@/shared/meta/ActionDialog';
import { Cell } from '@/shared/meta/cells';
import { type EntityMeta, type FieldMeta, fieldOf } from '@/shared/meta/types';
import { useEntity, useMay, useMe } from '@/shared/session';
import { EmptyState, errorText, Skeleton, StatusTag } from '@/shared/ui';
import { useText } from './text';
import type { Lease, LeasePaper } from './types';

const DetailFiles = lazy(() => import('@/shared/meta/DetailFiles'));

export function completeness(papers: readonly LeasePaper[]) {
  const required = papers.filter((one) => one.required);
  const missing = required.filter((one) => one.state === 'missing').length;
  const percent = required.length
    ? Math.floor(((required.length - missing) * 100) / required.length)
    : 100;
  return { all: required.length, missing, percent };
}

/* A bar that says in words, too, how much is there. */
export function CompleteBar({ percent }: { percent: number }) {
  const t = useText();
  return (
    <span className="complete">
      <span
        className="complete-bar"
        role="img"
        aria-label={t('complete', { n: percent })}
        data-full={percent === 100 ? '' : undefined}
      >
        <span style={{ width: `${percent}%` }} />
      </span>
      <span className="num">{percent}%</span>
    </span>
  );
}

/* "营业执照" for the token of a paper. */
export function usePaperName(): (kind: string) => string {
  const lang = useLang();
  const kinds = fieldOf(useEntity('lease_document') ?? ({ fields: [] } as never), 'kind')?.options;
  return (kind) => labelIn(kinds?.find((one) => one.value === kind)?.label, lang) || kind;
}

export function PapersTab({ lease }: { lease: Lease }) {
  const t = useText();
  const may = useMay();
  const client = useQueryClient();
  const meta = useEntity('lease_document');
  const nameOf = usePaperName();
  const [editing, setEditing] = useState<LeasePaper>();
  const [adding, setAdding] = useState(false);
  const papers = [...lease.documents].sort(
    (a, b) => Number(b.required) - Number(a.required) || (a.id < b.id ? -1 : 1),
  );
  const { percent, missing } = completeness(papers);
  if (!meta) return <EmptyState small title={t('scheduleNone')} />;
  const mayWrite = may('lease_document.update');
  const fields = (names: string[]) =>
    names.flatMap((name): FieldMeta | never[] => fieldOf(meta, name) ?? []);
  const save = async (path: string, body: Record<string, unknown>, isNew: boolean, key: string) => {
    if (isNew) await api.post(path, body, { key });
    else await api.patch(path, body);
    await refreshAll(client);
    setEditing(undefined);
    setAdding(false);
  };
  const EDITED = ['state', 'paper_no', 'valid_to_on', 'shelf', 'remarks'];
  return (
    <>
      <header className="papers-head">
        <CompleteBar percent={percent} />
        <span className="dim">
          {missing ? t('papersMissing', { n: missing }) : t('papersDone')}
        </span>
        <span className="grow" />
        {may('lease_document.create') && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('addPaper')}
          </Button>
        )}
      </header>
      <ul className="papers">
        {papers.map((paper) => (
          <Paper
            key={paper.id}
            paper={paper}
            meta={meta}
            mayWrite={mayWrite}
            onEdit={() => setEditing(paper)}
          />
        ))}
      </ul>
      {editing && (
        <ActionDialog
          key={editing.id}
          title={t('paperTitle', { what: nameOf(editing.kind) })}
          action={{
            name: 'paper',
            label: { zh: t('paperSave'), en: t('paperSave') },
            tone: 'primary',
            fields: fields(EDITED),
          }}
          given={Object.fromEntries(EDITED.map((name) => [name, editing[name]]))}
          onClose={() => setEditing(undefined)}
          onRun={(values, key) =>
            save(
              `/api/lease_document/${editing.id}`,
              {
                version: editing.version,
                ...Object.fromEntries(EDITED.map((name) => [name, values[name] ?? null])),
              },
              false,
              key,
            )
          }
        />
      )}
      {adding && (
        <ActionDialog
          title={t('addPaper')}
          action={{
            name: 'paper-new',
            label: { zh: t('addPaper'), en: t('addPaper') },
            tone: 'primary',
            fields: fields(['kind', 'required', 'remarks']),
          }}
          onClose={() => setAdding(false)}
          onRun={(values, key) =>
            save('/api/lease_document', { lease_id: lease.id, ...values }, true, key)
          }
        />
      )}
    </>
  );
}

function Paper(props: {
  paper: LeasePaper;
  meta: EntityMeta;
  mayWrite: boolean;
  onEdit: () => void;
}) {
  const t = useText();
  const base = useT();
  const label = useLabel();
  const me = useMe();
  const client = useQueryClient();
  const nameOf = usePaperName();
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const { paper, meta, mayWrite } = props;
  const state = fieldOf(meta, 'state');
  const name = nameOf(paper.kind);
  const left = paper.valid_to_on ? daysBetween(me.today, paper.valid_to_on) : null;
  const upload = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    try {
      await api.upload(
        '/api/file',
        { entity: 'lease_document', record_id: paper.id, name: file.name },
        file,
      );
      if (paper.state === 'missing') {
        await api.patch(`/api/lease_document/${paper.id}`, {
          version: paper.version,
          state: 'received',
        });
      }
      message.success(t('paperUploaded', { what: name }));
      setOpen(true);
      await refreshAll(client);
    } catch (error) {
      message.error(errorText(error, base('state.network')));
    } finally {
      setBusy(false);
      if (input.current) input.current.value = '';
    }
  };
  return (
    <li className={`paper paper-${paper.state}`}>
      <div className="paper-row">
        <div className="paper-name">
          <b>{name}</b>
          {!paper.required && <small className="dim">{t('optional')}</small>}
        </div>
        <span className="paper-state">
          {state ? <Cell field={state} value={paper.state} /> : paper.state}
        </span>
        <div className="paper-facts">
          {paper.paper_no && (
            <span>
              <span className="dim">{t('paperNo')}</span>
              <span className="num">{paper.paper_no}</span>
            </span>
          )}
          {paper.valid_to_on && (
            <span>
              <span className="dim">{t('validTo')}</span>
              <span className="num">
                {paper.valid_to_on}{' '}
                {left !== null && left < 60 && (
                  <StatusTag tone={left < 0 ? 'red' : 'amber'}>
                    {left < 0 ? t('expired') : t('expires', { n: left })}
                  </StatusTag>
                )}
              </span>
            </span>
          )}
          {paper.shelf && (
            <span>
              <span className="dim">{t('shelf')}</span>
              <span>{paper.shelf}</span>
            </span>
          )}
          {paper.remarks && <span className="dim">{paper.remarks}</span>}
          {!paper.paper_no && !paper.valid_to_on && !paper.shelf && !paper.remarks && (
            <span className="dim">{EMPTY}</span>
          )}
        </div>
        <div className="paper-acts no-print">
          <Button
            size="small"
            type="text"
            icon={<PaperClipOutlined />}
            aria-expanded={open}
            aria-label={`${t('paperFiles')} ${name}`}
            onClick={() => setOpen(!open)}
          >
            {t('paperFiles')}
          </Button>
          {mayWrite && (
            <>
              <Button
                size="small"
                icon={<UploadOutlined />}
                loading={busy}
                aria-label={`${t('paperUpload')} ${name}`}
                onClick={() => input.current?.click()}
              >
                {t('paperUpload')}
              </Button>
              <Button size="small" aria-label={`${t('paperEdit')} ${name}`} onClick={props.onEdit}>
                {t('paperEdit')}
              </Button>
              <input
                ref={input}
                type="file"
                className="sr"
                tabIndex={-1}
                aria-label={`${t('paperUpload')} ${name} ${label(meta.label)}`}
                onChange={(event) => upload(event.target.files?.[0])}
              />
            </>
          )}
        </div>
      </div>
      {open && (
        <div className="paper-files">
          <Suspense fallback={<Skeleton rows={2} />}>
            <DetailFiles entity="lease_document" id={paper.id} mayAdd={false} />
          </Suspense>
        </div>
      )}
    </li>
  );
}
