/* Saved views, row height and column chooser at the right end of the filter bar. */
import {
  ColumnHeightOutlined,
  DeleteOutlined,
  SettingOutlined,
  StarOutlined,
} from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { api } from '@/shared/api/client';
import { useLabel, useT } from '@/shared/i18n';
import { setPrefs, usePrefs } from '@/shared/prefs';
import { errorText } from '@/shared/ui';
import { Popover } from '@/shared/ui/Popover';
import { columnChoices, setColumns, shownColumns, useColumns } from './columns';
import type { ListProps } from './EntityList';
import { stateParams } from './listState';
import type { EntityMeta } from './types';

export default function ListTools(props: ListProps) {
  const t = useT();
  const { density } = usePrefs();
  const text = t(density === 'compact' ? 'list.toComfortable' : 'list.toCompact');
  return (
    <div className="list-tools">
      <Views {...props} />
      <button
        type="button"
        className="icon-btn"
        aria-label={text}
        title={text}
        onClick={() => setPrefs({ density: density === 'compact' ? 'comfortable' : 'compact' })}
      >
        <ColumnHeightOutlined />
      </button>
      <Columns meta={props.meta} />
    </div>
  );
}

function Columns({ meta }: { meta: EntityMeta }) {
  const t = useT();
  const label = useLabel();
  const chosen = useColumns(meta.name);
  const shown = shownColumns(meta, chosen).map((field) => field.name);
  const first = meta.list.columns[0];
  const toggle = (name: string) =>
    setColumns(
      meta.name,
      shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name],
    );
  return (
    <Popover label={t('list.columns')} role="dialog" width={240} button={<SettingOutlined />}>
      <p className="menu-title">{t('list.columns')}</p>
      <div className="column-list">
        {columnChoices(meta).map((field) => (
          <label key={field.name}>
            <input
              type="checkbox"
              checked={shown.includes(field.name)}
              disabled={field.name === first}
              onChange={() => toggle(field.name)}
            />
            {label(field.label)}
          </label>
        ))}
      </div>
      <div className="menu-sep" />
      <Button type="text" block disabled={!chosen} onClick={() => setColumns(meta.name, null)}>
        {t('list.columnsReset')}
      </Button>
    </Popover>
  );
}

interface View {
  id: string;
  name: string;
  query: string;
}

function Views({ meta, state }: ListProps) {
  const t = useT();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [, setParams] = useSearchParams();
  const [name, setName] = useState('');
  const key = ['view', meta.name];
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => api.get<{ items: View[] }>('/api/view', { entity: meta.name }),
    staleTime: 5 * 60_000,
  });
  const query = stateParams(meta, { ...state, page: 1 }).toString();
  const run = async (work: Promise<unknown>, done?: string) => {
    try {
      await work;
      if (done) message.success(done);
      await client.invalidateQueries({ queryKey: key });
    } catch (error) {
      message.error(errorText(error, t('state.network')));
    }
  };
  const save = (event: React.FormEvent) => {
    event.preventDefault();
    const text = name.trim();
    if (!text) return;
    setName('');
    run(
      api.post('/api/view', { entity: meta.name, name: text, query }),
      t('list.viewSaved', { name: text }),
    );
  };
  return (
    <Popover label={t('list.views')} role="dialog" width={280} button={<StarOutlined />}>
      {(close) => (
        <>
          <p className="menu-title">{t('list.views')}</p>
          {data?.items.map((view) => (
            <div key={view.id} className="row" style={{ gap: 0 }}>
              <button
                type="button"
                className="menu-item grow"
                aria-pressed={view.query === query}
                onClick={() => {
                  setParams(new URLSearchParams(view.query), { replace: true });
                  close();
                }}
              >
                <span className="cut grow">{view.name}</span>
              </button>
              <button
                type="button"
                className="icon-btn"
                aria-label={t('list.viewDelete', { name: view.name })}
                title={t('list.viewDelete', { name: view.name })}
                onClick={() => run(api.delete(`/api/view/${view.id}`))}
              >
                <DeleteOutlined />
              </button>
            </div>
          ))}
          {data?.items.length === 0 && (
            <p className="dim" style={{ padding: '4px 10px' }}>
              {t('list.viewsEmpty')}
            </p>
          )}
          <div className="menu-sep" />
          <form className="row view-save" onSubmit={save}>
            <input
              aria-label={t('list.viewName')}
              placeholder={t('list.viewName')}
              maxLength={40}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <Button htmlType="submit" disabled={!name.trim()}>
              {t('form.save')}
            </Button>
          </form>
        </>
      )}
    </Popover>
  );
}
