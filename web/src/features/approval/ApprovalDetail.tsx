/* One approval: what was submitted, what the checks found, who has said what, and my decision. */
import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { ApiError, api, newKey } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import type { Approval, Decision, Finding } from '@/shared/approval';
import { formatInstant } from '@/shared/format';
import { useLabel, useT } from '@/shared/i18n';
import { Cell, JsonView, personName } from '@/shared/meta/cells';
import type { ActionMeta, FieldMeta } from '@/shared/meta/types';
import { recordPath } from '@/shared/paths';
import { ErrorState, errorText, Skeleton } from '@/shared/ui';
import { ApprovalState, ApprovalTrail } from '@/shared/ui/Approvals';
import { MenuItem, Popover } from '@/shared/ui/Popover';
import { useText } from './text';

const ActionDialog = lazy(() =>
  import('@/shared/meta/ActionDialog').then((module) => ({ default: module.ActionDialog })),
);

export function ApprovalDetail(props: { id: string; back?: string; onDecided: () => void }) {
  const t = useText();
  const approval = useQuery({
    queryKey: ['approval', 'one', props.id],
    queryFn: () => api.get<Approval>(`/api/approval/${props.id}`),
  });
  return (
    <article className="approval">
      {props.back && (
        <p className="crumb">
          <Link to={props.back}>{t('title')}</Link>
        </p>
      )}
      {approval.error && !approval.data && (
        <div className="card">
          <ErrorState error={approval.error} onRetry={() => approval.refetch()} />
        </div>
      )}
      {!approval.data && !approval.error && (
        <div className="card">
          <Skeleton rows={10} />
        </div>
      )}
      {approval.data && <Loaded approval={approval.data} onDecided={props.onDecided} />}
    </article>
  );
}

function Loaded({ approval, onDecided }: { approval: Approval; onDecided: () => void }) {
  const t = useText();
  const label = useLabel();
  const { subject, my_task: task } = approval;
  return (
    <>
      <header className="approval-head">
        <div className="row wrap">
          <h1>{approval.title}</h1>
          <ApprovalState state={approval.state} />
        </div>
        <p className="dim">
          {label(approval.flow)}{' '}
          {t('by', {
            who: personName(approval.requested_by),
            at: formatInstant(approval.requested_at),
          })}
          {task && approval.due_on && (
            <span className={approval.overdue ? 'ink-red' : undefined}>
              {'  '}
              {t('due', { on: approval.due_on })}
            </span>
          )}
        </p>
      </header>
      <Checks approval={approval} />
      <section className="card" aria-label={t('snapshot')}>
        <div className="card-head">
          <h2 className="grow">{t('snapshot')}</h2>
          <Link to={recordPath(subject.entity, subject.id)}>{subject.label}</Link>
        </div>
        <div className="card-body">
          <Snapshot approval={approval} />
        </div>
      </section>
      {approval.steps && approval.steps.length > 0 && <Steps steps={approval.steps} />}
      <section className="card" aria-label={t('trail')}>
        <div className="card-head">
          <h2>{t('trail')}</h2>
        </div>
        <div className="card-body">
          <ApprovalTrail trail={approval.trail ?? []} />
        </div>
      </section>
      {task && (
        <Decide key={task.id} approval={approval} actions={task.actions} onDone={onDecided} />
      )}
    </>
  );
}

interface Review {
  findings?: { severity: string; text: string; code?: string }[];
}

/* The checks that the approval carries, or those of the subject's own review. Without either, nothing is claimed. */
function Checks({ approval }: { approval: Approval }) {
  const t = useText();
  const { subject } = approval;
  const review = useQuery({
    queryKey: ['review', subject.entity, subject.id],
    queryFn: () => api.get<Review>(`/api/${subject.entity}/${subject.id}/review`),
    enabled: approval.findings === undefined && subject.entity === 'lease',
    retry: false,
  });
  const findings =
    approval.findings ??
    review.data?.findings?.map(
      (one): Finding => ({ level: levelOf(one.severity), text: one.text }),
    );
  if (!findings) return null;
  return (
    <section className="card" aria-label={t('findings')}>
      <div className="card-head">
        <h2>{t('findings')}</h2>
      </div>
      <Findings findings={findings} />
    </section>
  );
}

function levelOf(severity: string): Finding['level'] {
  if (/block|error|fatal|high|red/.test(severity)) return 'block';
  return /ok|pass|info|green/.test(severity) ? 'ok' : 'warn';
}

const LEVELS = { block: 0, warn: 1, ok: 2 } as const;
const ICONS = {
  block: <CloseCircleFilled className="ink-red" />,
  warn: <ExclamationCircleFilled className="ink-amber" />,
  ok: <CheckCircleFilled className="ink-green" />,
};

function Findings({ findings }: { findings: Finding[] }) {
  const t = useText();
  if (!findings.length) return <p className="dim card-body">{t('findingsNone')}</p>;
  const sorted = [...findings].sort((a, b) => LEVELS[a.level] - LEVELS[b.level]);
  return (
    <ul className="findings">
      {sorted.map((one, i) => (
        <li key={i}>
          {ICONS[one.level]}
          <span>
            <span className="sr">{t(one.level)}</span>
            {one.text}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Snapshot({ approval }: { approval: Approval }) {
  const label = useLabel();
  return (
    <dl className="facts">
      {(approval.snapshot ?? []).map((one, i) => {
        const field: FieldMeta = {
          name: String(i),
          type: one.type ?? 'text',
          label: one.label,
          options: one.options ?? null,
          ref: one.ref ?? null,
        };
        const marked = approval.findings?.some(
          (finding) => finding.level === 'block' && finding.field === one.name,
        );
        return (
          <div key={i} className={field.type === 'longtext' || field.type === 'json' ? 'wide' : ''}>
            <dt>{label(one.label)}</dt>
            <dd className={marked ? 'ink-red' : undefined}>
              {field.type === 'json' ? (
                <JsonView value={one.value} />
              ) : (
                <Cell field={field} value={one.value} />
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Steps({ steps }: { steps: NonNullable<Approval['steps']> }) {
  const t = useText();
  const words = { done: t('stepDone'), current: t('stepCurrent'), waiting: t('stepWaiting') };
  return (
    <section className="card" aria-label={t('steps')}>
      <div className="card-head">
        <h2>{t('steps')}</h2>
      </div>
      <ol className="steps">
        {steps.map((step, i) => (
          <li
            key={i}
            className={step.state}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            <b>{step.name}</b>
            <small>{step.people.join('、')}</small>
            <small className="sr">{words[step.state]}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}

const staffField = (label: string): FieldMeta => ({
  name: 'to_staff_id',
  type: 'ref',
  ref: 'staff',
  label,
  required: true,
});
const opinionField = (label: string, required: boolean): FieldMeta => ({
  name: 'opinion',
  type: 'longtext',
  label,
  required,
  max: 500,
});

/* Agreeing takes one press; every other decision asks for its reason first. */
function Decide(props: { approval: Approval; actions: Decision[]; onDone: () => void }) {
  const t = useText();
  const base = useT();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [opinion, setOpinion] = useState('');
  const [open, setOpen] = useState<ActionMeta>();
  const [busy, setBusy] = useState(false);
  const { approval, actions } = props;
  const others = actions.filter((one) => !['agree', 'reject', 'return'].includes(one));

  const decide = async (decision: string, body: Record<string, unknown>, key: string) => {
    try {
      await api.post(`/api/approval/${approval.id}/${decision}`, body, { key });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409) throw error;
      setOpen(undefined);
      await refreshAll(client);
      message.warning(error.message || t('changed'), 6);
      return;
    }
    setOpen(undefined);
    message.success(t(`done_${decision as Exclude<Decision, 'submit'>}`));
    props.onDone();
    await refreshAll(client);
  };
  const agree = async () => {
    setBusy(true);
    try {
      await decide('agree', { opinion: opinion.trim() }, newKey());
    } catch (error) {
      message.error(errorText(error, base('state.network')));
    } finally {
      setBusy(false);
    }
  };
  const start = (decision: Exclude<Decision, 'submit' | 'agree'>) =>
    setOpen({
      name: decision,
      label: t(decision),
      tone: decision === 'reject' ? 'danger' : 'primary',
      fields: [
        ...(decision === 'delegate' || decision === 'add_sign' ? [staffField(t('to'))] : []),
        opinionField(t('opinion'), decision === 'reject' || decision === 'return'),
      ],
    });

  return (
    <section className="decide no-print" aria-label={t('opinion')}>
      {actions.includes('agree') && (
        <textarea
          aria-label={t('opinion')}
          placeholder={`${t('opinion')}（${t('opinionHint')}）`}
          rows={2}
          maxLength={500}
          value={opinion}
          onChange={(event) => setOpinion(event.target.value)}
        />
      )}
      <div className="row wrap decide-buttons">
        {others.length > 0 && (
          <Popover label={t('more')} className="btn" align="start" button={<>⋯</>}>
            {(close) =>
              others.map((one) => (
                <MenuItem
                  key={one}
                  onClick={() => {
                    close();
                    start(one as 'delegate' | 'add_sign' | 'withdraw');
                  }}
                >
                  {t(one as 'delegate')}
                </MenuItem>
              ))
            }
          </Popover>
        )}
        <span className="spacer" />
        {actions.includes('return') && (
          <Button onClick={() => start('return')}>{t('return')}</Button>
        )}
        {actions.includes('reject') && (
          <Button danger onClick={() => start('reject')}>
            {t('reject')}
          </Button>
        )}
        {actions.includes('agree') && (
          <Button type="primary" loading={busy} onClick={agree}>
            {t('agree')}
          </Button>
        )}
      </div>
      <Suspense fallback={null}>
        {open && (
          <ActionDialog
            key={open.name}
            action={open}
            title={t(`${open.name as 'reject'}Title`, { title: approval.title })}
            given={{ opinion: opinion.trim() || null }}
            onRun={(values, key) => decide(open.name, values, key)}
            onClose={() => setOpen(undefined)}
          />
        )}
      </Suspense>
    </section>
  );
}
