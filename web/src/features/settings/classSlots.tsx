/* In the list of classification rules: gives those who came before the rules their category. */
import { TagsOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { defineText, useT } from '@/shared/i18n';
import type { Slots } from '@/shared/meta/overrides';
import { useMay } from '@/shared/session';
import { errorText } from '@/shared/ui';

const useText = defineText(
  {
    apply: '应用到未分类客户',
    done: '已归类 {{n}} 位客户，{{left}} 位没有规则适用',
  },
  {
    apply: 'Apply to unclassified leads',
    done: '{{n}} leads classified, no rule fits {{left}}',
  },
);

function Apply() {
  const t = useText();
  const base = useT();
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  if (!may('lead.update')) return null;
  const apply = async () => {
    setBusy(true);
    try {
      const { done, left } = await api.post<{ done: number; left: number }>(
        '/api/class_rule/apply',
        { entity: 'lead' },
      );
      message.success(t('done', { n: done, left }));
      await refreshAll(client);
    } catch (error) {
      message.error(errorText(error, base('state.network')));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<TagsOutlined />} loading={busy} onClick={apply}>
      {t('apply')}
    </Button>
  );
}

const slots: Slots = { list: { extra: () => <Apply /> } };
export default slots;
