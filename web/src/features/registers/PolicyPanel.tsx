/* What may be told to customers: policies in force and answers, found while somebody is on the phone. Texts that no
 * longer hold stay readable but say so. */
import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { defineText, useLabel } from '@/shared/i18n';
import { personName } from '@/shared/meta/cells';
import { fieldOf, type Page, type Row } from '@/shared/meta/types';
import { useEntities, useEntity, useMe } from '@/shared/session';
import { EmptyState, ErrorState, ForbiddenState, Skeleton, StatusTag } from '@/shared/ui';
import './policy.css';

const useText = defineText(
  {
    find: '查找政策与问答',
    comma: '，',
    answers: '问答',
    policies: '政策',
    none: '没有找到',
    noneText: '换个词试试，或请招商主管补充问答。',
    until: '有效至 {{day}}',
    from: '{{day}} 起',
    always: '长期有效',
    over: '已失效',
    soon: '未生效',
    basedOn: '依据 {{what}}',
  },
  {
    find: 'Find policies and answers',
    comma: ', ',
    answers: 'Answers',
    policies: 'Policies',
    none: 'Nothing found',
    noneText: 'Try another word, or ask the supervisor to add an answer.',
    until: 'valid until {{day}}',
    from: 'from {{day}}',
    always: 'no end',
    over: 'No longer valid',
    soon: 'Not yet valid',
    basedOn: 'based on {{what}}',
  },
);

function useRows(entity: string, sort: string, enabled: boolean) {
  return useQuery({
    queryKey: ['list', entity, 'panel'],
    queryFn: () => api.get<Page>(`/api/${entity}`, { sort, page: 1, size: 200 }),
    staleTime: 5 * 60_000,
    enabled,
  });
}

type Validity = 'valid' | 'over' | 'soon';

function validity(row: Row, today: string): Validity {
  if (row.state && row.state !== 'in_force') return row.state === 'draft' ? 'soon' : 'over';
  if (typeof row.to_on === 'string' && row.to_on < today) return 'over';
  return typeof row.from_on === 'string' && row.from_on > today ? 'soon' : 'valid';
}

const RANK: Record<Validity, number> = { valid: 0, soon: 1, over: 2 };

export default function PolicyPanel() {
  const t = useText();
  const me = useMe();
  const entities = useEntities();
  const [text, setText] = useState('');
  const policies = useRows('policy_document', '-from_on', entities.has('policy_document'));
  const answers = useRows('faq', 'seq', entities.has('faq'));
  if (!entities.has('policy_document') && !entities.has('faq')) return <ForbiddenState />;
  const q = text.trim().toLowerCase();
  const found = (rows: Row[] | undefined, names: string[]) =>
    (rows ?? [])
      .filter((row) => row.state !== 'draft')
      .filter((row) =>
        names.some((name) =>
          String(row[name] ?? '')
            .toLowerCase()
            .includes(q),
        ),
      )
      .sort((a, b) => RANK[validity(a, me.today)] - RANK[validity(b, me.today)]);
  const faq = found(answers.data?.items, ['question', 'answer', 'tags']);
  const docs = found(policies.data?.items, ['title', 'content', 'edition']);
  const error = policies.error ?? answers.error;
  const loading = policies.isLoading || answers.isLoading;
  return (
    <div className="policy">
      <label className="policy-find">
        <SearchOutlined />
        <span className="sr">{t('find')}</span>
        <input
          type="search"
          placeholder={t('find')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {error && !policies.data && !answers.data && (
        <ErrorState
          error={error}
          onRetry={() => {
            policies.refetch();
            answers.refetch();
          }}
        />
      )}
      {loading && <Skeleton rows={6} />}
      {!loading && !error && faq.length + docs.length === 0 && (
        <EmptyState small title={t('none')} text={t('noneText')} />
      )}
      {faq.length > 0 && <h2>{t('answers')}</h2>}
      {faq.map((row) => (
        <Entry
          key={row.id}
          row={row}
          open={q !== ''}
          title={String(row.question)}
          body={String(row.answer ?? '')}
          foot={personName(row.document_id) && t('basedOn', { what: personName(row.document_id) })}
        />
      ))}
      {docs.length > 0 && <h2>{t('policies')}</h2>}
      {docs.map((row) => (
        <Entry
          key={row.id}
          row={row}
          open={false}
          title={`${row.title} ${row.edition ?? ''}`}
          body={String(row.content ?? '')}
          foot=""
        />
      ))}
    </div>
  );
}

function Entry(props: { row: Row; open: boolean; title: string; body: string; foot: string }) {
  const t = useText();
  const label = useLabel();
  const me = useMe();
  const meta = useEntity('policy_document');
  const { row } = props;
  const state = validity(row, me.today);
  const superseded =
    row.state && row.state !== 'in_force' && meta
      ? fieldOf(meta, 'state')?.options?.find((one) => one.value === row.state)
      : undefined;
  return (
    <details className={`entry ${state}`} open={props.open || undefined}>
      <summary>
        <span className="grow">{props.title}</span>
        {state !== 'valid' && (
          <StatusTag tone={state === 'over' ? 'red' : 'amber'}>
            {superseded ? label(superseded.label) : t(state)}
          </StatusTag>
        )}
      </summary>
      <p>{props.body}</p>
      <small className="dim">
        {[
          typeof row.from_on === 'string' && t('from', { day: row.from_on }),
          typeof row.to_on === 'string' ? t('until', { day: row.to_on }) : t('always'),
          props.foot,
        ]
          .filter(Boolean)
          .join(t('comma'))}
      </small>
    </details>
  );
}
