/* The trail of an approval and its state, wherever an approval is shown. */
import type { Decision, TrailItem } from '@/shared/approval';
import { formatInstant } from '@/shared/format';
import { defineText, useT } from '@/shared/i18n';
import { personName } from '@/shared/meta/cells';
import type { Tone } from '@/shared/meta/types';
import { StatusTag } from '@/shared/ui';
import '@/shared/meta/detail.css';

const useText = defineText(
  {
    decision: {
      submit: '发起',
      agree: '同意',
      reject: '驳回',
      return: '退回修改',
      delegate: '转办',
      add_sign: '加签',
      withdraw: '撤回',
      waiting: '处理中',
    },
    state: {
      running: '审批中',
      approved: '已通过',
      agreed: '已通过',
      rejected: '已驳回',
      returned: '已退回',
      withdrawn: '已撤回',
      void: '已作废',
    },
  },
  {
    decision: {
      submit: 'Requested',
      agree: 'Agreed',
      reject: 'Rejected',
      return: 'Returned',
      delegate: 'Delegated',
      add_sign: 'Added a signer',
      withdraw: 'Withdrew',
      waiting: 'Waiting',
    },
    state: {
      running: 'Running',
      approved: 'Approved',
      agreed: 'Approved',
      rejected: 'Rejected',
      returned: 'Returned',
      withdrawn: 'Withdrawn',
      void: 'Void',
    },
  },
);

const STATE_TONE = {
  running: 'blue',
  approved: 'green',
  agreed: 'green',
  rejected: 'red',
  returned: 'amber',
  withdrawn: 'gray',
  void: 'gray',
} as const satisfies Record<string, Tone>;

const DECISION_TONE: Record<Decision, Tone> = {
  submit: 'blue',
  agree: 'green',
  reject: 'red',
  return: 'amber',
  delegate: 'violet',
  add_sign: 'violet',
  withdraw: 'gray',
};

export function ApprovalState({ state }: { state: string }) {
  const t = useText();
  if (!(state in STATE_TONE)) return <StatusTag>{state}</StatusTag>;
  const known = state as keyof typeof STATE_TONE;
  return <StatusTag tone={STATE_TONE[known]}>{t(`state.${known}`)}</StatusTag>;
}

export function ApprovalTrail({ trail }: { trail: TrailItem[] }) {
  const t = useText();
  const base = useT();
  return (
    <ol className="stream">
      {trail.map((item, i) => (
        <li key={i}>
          <time dateTime={item.at ?? undefined}>{item.at ? formatInstant(item.at) : '—'}</time>
          <div>
            <b>{personName(item.by) || '—'}</b>{' '}
            {item.on_behalf_of ? (
              <span className="dim">
                {base('history.onBehalf', { who: personName(item.on_behalf_of) })}{' '}
              </span>
            ) : null}
            <StatusTag tone={item.decision ? DECISION_TONE[item.decision] : 'gray'}>
              {t(`decision.${item.decision ?? 'waiting'}`)}
            </StatusTag>{' '}
            <span className="dim">{item.step}</span>
            {item.opinion && <p>{item.opinion}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
