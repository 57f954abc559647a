/* The same statement for people of the house: any merchant that they may read. */
import { useParams } from 'react-router';
import { useOne } from '@/shared/api/hooks';
import { useMay } from '@/shared/session';
import { ForbiddenState, PageHead } from '@/shared/ui';
import { StatementView } from './StatementView';
import { useText } from './text';
import './portal.css';

export default function MerchantStatementPage() {
  const t = useText();
  const may = useMay();
  const { id } = useParams();
  const merchant = useOne('merchant', id);
  const name = String(merchant.data?.name ?? '');
  if (!may('merchant.statement')) {
    return (
      <div className="card">
        <ForbiddenState />
      </div>
    );
  }
  return (
    <>
      <PageHead
        crumb={[{ to: `/e/merchant/${id}`, label: name }]}
        here={t('statement')}
        title={t('statementOf', { name })}
      />
      <StatementView path={`/api/merchant/${id}/statement`} />
    </>
  );
}
