/* Picks one record of another entity by typing part of its name, number or pinyin initials. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { api } from '@/shared/api/client';
import { useT } from '@/shared/i18n';
import type { Ref } from './types';

interface Choice extends Ref {
  sub?: string | null;
}

const LIMIT = 30;
const TYPING_MS = 200;

export function RefSelect(props: {
  entity: string;
  value?: Ref | null;
  onChange?: (value: Ref | null) => void;
  id?: string;
  disabled?: boolean;
  placeholder?: string;
  style?: React.CSSProperties;
  'aria-label'?: string;
}) {
  const t = useT();
  const { entity, value, onChange, placeholder, ...rest } = props;
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, isFetching } = useQuery({
    queryKey: ['options', entity, q],
    queryFn: ({ signal }) =>
      api.get<{ items: Choice[] }>(`/api/${entity}/options`, { q, limit: LIMIT }, signal),
    enabled: open,
    staleTime: 60_000,
  });
  // A value that came from the address has an id only; its name is asked for.
  const nameless = value && !value.label ? value.id : undefined;
  const named = useQuery({
    queryKey: ['one', entity, nameless],
    queryFn: () => api.get<{ label?: string }>(`/api/${entity}/${nameless}`),
    enabled: nameless !== undefined,
    staleTime: 60_000,
  });
  const shown = value ? { value: value.id, label: value.label || named.data?.label || '…' } : null;
  return (
    <Select
      {...rest}
      labelInValue
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder={placeholder ?? t('form.typeToFind')}
      notFoundContent={isFetching ? t('state.loading') : undefined}
      loading={isFetching && open}
      popupMatchSelectWidth={260}
      value={shown}
      open={open}
      onOpenChange={setOpen}
      options={(data?.items ?? []).map((one) => ({
        value: one.id,
        label: one.label,
        sub: one.sub,
      }))}
      optionRender={(option) => (
        <span className="row">
          <span className="cut grow">{option.label}</span>
          <small className="dim cut" style={{ maxWidth: '45%' }}>
            {(option.data as { sub?: string }).sub}
          </small>
        </span>
      )}
      onChange={(choice: { value: string; label: React.ReactNode } | null | undefined) =>
        onChange?.(choice ? { id: choice.value, label: String(choice.label ?? '') } : null)
      }
    />
  );
}
