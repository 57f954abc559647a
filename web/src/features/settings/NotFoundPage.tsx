import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { useT } from '@/shared/i18n';
import { EmptyState } from '@/shared/ui';

export default function NotFoundPage() {
  const t = useT();
  const navigate = useNavigate();
  return (
    <div className="card">
      <EmptyState title={t('state.notFoundTitle')} text={t('state.notFoundText')}>
        <Button type="primary" onClick={() => navigate('/')}>
          {t('app.home')}
        </Button>
      </EmptyState>
    </div>
  );
}
