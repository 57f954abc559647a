import { PageHead } from '@/shared/ui';
import { StatementView } from './StatementView';
import { useText } from './text';

export default function StatementPage() {
  const t = useText();
  return (
    <>
      <PageHead title={t('statement')} />
      <StatementView path="/api/portal/statement" />
    </>
  );
}
