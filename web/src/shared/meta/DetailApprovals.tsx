/* The approvals of one record, each with its trail. */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import type { Approval } from '@/shared/approval';
import { formatInstant } from '@/shared/format';
import { useT } from '@/shared/i18n';
import { EmptyState, ErrorState, Skeleton } from '@/shared/ui';
import { ApprovalState, ApprovalTrail } from '@/shared/ui/Approvals';

export default function DetailApprovals(props: { entity: string; id: string }) {
  const t = useT();
  const list = useQuery({
    queryKey: ['approval', 'of', props.entity, props.id],
    queryFn: () =>
      api.get<{ items: Approval[] }>('/api/approval', {
        entity: props.entity,
        record_id: props.id,
      }),
  });
  if (list.error && !list.data) {
    return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  }
  if (!list.data) return <Skeleton rows={4} />;
  if (!list.data.items.length) return <EmptyState small title={t('detail.relatedNone')} />;
  return list.data.items.map((one) => <OneApproval key={one.id} approval={one} />);
}

function OneApproval({ approval }: { approval: Approval }) {
  const detail = useQuery({
    queryKey: ['approval', 'one', approval.id],
    queryFn: () => api.get<Approval>(`/api/approval/${approval.id}`),
    enabled: !approval.trail,
  });
  return (
    <section className="related keep">
      <header className="related-head" style={{ alignItems: 'center', marginBottom: 12 }}>
        <h2>
          <Link to={`/approval/${approval.id}`}>{approval.title}</Link>
        </h2>
        <ApprovalState state={approval.state} />
        <span className="dim">{formatInstant(approval.requested_at)}</span>
      </header>
      {approval.trail || detail.data ? (
        <ApprovalTrail trail={approval.trail ?? detail.data?.trail ?? []} />
      ) : (
        <Skeleton rows={2} />
      )}
    </section>
  );
}
