/* Ctrl/Cmd+K: pages of the menu, records of the whole property, and "new …", by keyboard alone. */
import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '@/shared/api/client';
import { defineText, type Label, useLabel, useT } from '@/shared/i18n';
import { recordPath } from '@/shared/paths';
import { useEntities } from '@/shared/session';
import { Dialog } from '@/shared/ui/Dialog';
import './palette.css';

const useText = defineText(
  {
    pages: '页面',
    actions: '新建',
    none: '没有找到“{{q}}”',
    noneHint: '可以试试商户名称、铺位号、合同编号、电话尾号或拼音首字母',
    move: '上下选择',
    open: '打开',
    close: '关闭',
  },
  {
    pages: 'Pages',
    actions: 'New',
    none: 'Nothing found for “{{q}}”',
    noneHint:
      'Try a merchant, a unit or lease number, the end of a phone number or pinyin initials',
    move: 'Move',
    open: 'Open',
    close: 'Close',
  },
);

interface SearchAnswer {
  groups: { entity: string; label: Label; items: { id: string; label: string; sub?: string }[] }[];
}

interface Choice {
  key: string;
  text: string;
  sub?: string | undefined;
  path: string;
}

interface Section {
  title: string;
  items: Choice[];
}

const TYPING_MS = 160;

export default function Palette(props: {
  pages: { path: string; label: Label }[];
  onClose: () => void;
}) {
  const t = useText();
  const base = useT();
  const label = useLabel();
  const navigate = useNavigate();
  const entities = useEntities();
  const id = useId();
  const [text, setText] = useState('');
  const [q, setQ] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => api.get<SearchAnswer>('/api/search', { q }, signal),
    enabled: q !== '',
    staleTime: 30_000,
  });

  const sections = useMemo((): Section[] => {
    const needle = text.trim().toLowerCase();
    const matches = (one: Choice) => !needle || one.text.toLowerCase().includes(needle);
    const pages = props.pages.map((page) => ({
      key: `page ${page.path}`,
      text: label(page.label),
      path: page.path,
    }));
    const records = needle && q ? (found.data?.groups ?? []) : [];
    const actions = [...entities.values()]
      .filter((entity) => entity.actions.includes('create'))
      .map((entity) => ({
        key: `new ${entity.name}`,
        text: base('list.create', { what: label(entity.label) }),
        path: `/e/${entity.name}?form=new`,
      }));
    return [
      ...records.map((group) => ({
        title: label(group.label),
        items: group.items.map((item) => ({
          key: `${group.entity} ${item.id}`,
          text: item.label,
          sub: item.sub,
          path: recordPath(group.entity, item.id),
        })),
      })),
      { title: t('pages'), items: pages.filter(matches) },
      { title: t('actions'), items: needle ? actions.filter(matches) : actions.slice(0, 4) },
    ].filter((section) => section.items.length > 0);
  }, [text, q, found.data, props.pages, entities, label, base, t]);
  const flat = sections.flatMap((section) => section.items);
  const current = flat[Math.min(at, flat.length - 1)];

  const open = (choice: Choice | undefined) => {
    if (!choice) return;
    props.onClose();
    navigate(choice.path);
  };
  const move = (step: number) => {
    const next = (Math.min(at, flat.length - 1) + step + flat.length) % Math.max(flat.length, 1);
    setAt(next);
    list.current?.querySelectorAll('[role=option]')[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') open(current);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog bare title={base('bar.search')} width={620} onClose={props.onClose}>
      <div className="palette-input">
        <SearchOutlined />
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={current ? `${id}-${flat.indexOf(current)}` : undefined}
          aria-label={base('bar.search')}
          placeholder={base('bar.search')}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <button type="button" className="link-btn" onClick={props.onClose}>
          {t('close')}
        </button>
      </div>
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={base('bar.search')}
        className="palette-list"
      >
        {sections.map((section) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox
          <div role="group" aria-label={section.title} key={section.title}>
            <p className="menu-title" aria-hidden="true">
              {section.title}
            </p>
            {section.items.map((item) => {
              const index = flat.indexOf(item);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the input above handles the keys
                // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points here
                <div
                  key={item.key}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={item === current}
                  className="palette-item"
                  onMouseMove={() => index !== at && setAt(index)}
                  onClick={() => open(item)}
                >
                  <span className="cut">{item.text}</span>
                  {item.sub && <small className="cut dim">{item.sub}</small>}
                </div>
              );
            })}
          </div>
        ))}
        {flat.length === 0 && !found.isFetching && (
          <div className="state" style={{ padding: '36px 20px' }}>
            <strong>{t('none', { q: text.trim() })}</strong>
            <p>{t('noneHint')}</p>
          </div>
        )}
        {flat.length === 0 && found.isFetching && (
          <p className="dim" style={{ padding: 20 }}>
            {base('state.loading')}
          </p>
        )}
      </div>
      <footer className="palette-foot" aria-hidden="true">
        <kbd>↑</kbd>
        <kbd>↓</kbd> {t('move')} <kbd>Enter</kbd> {t('open')} <kbd>Esc</kbd> {t('close')}
      </footer>
    </Dialog>
  );
}
