/* The list of any entity: segments, search, filters, table or cards, selection, saved views, export. The table and the
 * filter controls are chunks of their own, so that a phone loads neither. */
import {
  DownloadOutlined,
  FilterOutlined,
  PlusOutlined,
  SearchOutlined,
  UploadOutlined,
} from '@ant-design/icons';
import { App, Button } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api } from '@/shared/api/client';
import { useCounts, useList } from '@/shared/api/hooks';
import { useHotkeys } from '@/shared/hotkeys';
import { useLabel, useT } from '@/shared/i18n';
import { usePhone } from '@/shared/prefs';
import { EmptyState, ErrorState, errorText, Kbd, PageHead, Skeleton } from '@/shared/ui';
import { isLongForm } from './formFields';
import { ListCards } from './ListCards';
import {
  countParams,
  filterCount,
  filterParams,
  type ListState,
  pageParams,
  parseState,
  stateParams,
  withFilters,
} from './listState';
import { overrides } from './overrides';
import { useSlots } from './pages';
import { type EntityMeta, fieldOf } from './types';
import './list.css';

const ListTable = lazy(() => import('./ListTable'));
const ListFilters = lazy(() => import('./ListFilters'));
const ListTools = lazy(() => import('./ListTools'));
const BatchBar = lazy(() => import('./BatchBar'));
const EntityFormDrawer = lazy(() => import('./EntityForm'));

export interface ListProps {
  meta: EntityMeta;
  state: ListState;
  setState: (state: ListState) => void;
}

export function useListState(meta: EntityMeta): [ListState, (state: ListState) => void] {
  const [params, setParams] = useSearchParams();
  return [
    parseState(meta, params),
    (state) => setParams(stateParams(meta, state), { replace: true, preventScrollReset: true }),
  ];
}

export function EntityList({ meta }: { meta: EntityMeta }) {
  const t = useT();
  const label = useLabel();
  const phone = usePhone();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const slots = useSlots(meta.name);
  const [params, setParams] = useSearchParams();
  const [state, setState] = useListState(meta);
  const [selected, setSelected] = useState<string[]>([]);
  const [filtersOpen, setFiltersOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const list = useList(meta.name, pageParams(state), !phone);
  const what = label(meta.label);
  const may = (action: string) => meta.actions.includes(action);
  const props: ListProps = { meta, state, setState };
  const filtered = state.q !== '' || Object.keys(state.filters).length > 0;
  const total = list.data?.total;
  const adding = params.get('form') === 'new' && may('create');

  const openForm = (open: boolean) => {
    if (open && (overrides[meta.name]?.Form || isLongForm(meta)))
      return navigate(`/e/${meta.name}/new`);
    const next = new URLSearchParams(params);
    if (open) next.set('form', 'new');
    else next.delete('form');
    setParams(next, { replace: true, preventScrollReset: true });
  };
  useEffect(() => {
    document.title = `${what} · ${t('app.name')}`;
  }, [what, t]);
  useHotkeys({
    '/': () => search.current?.focus(),
    n: may('create') ? () => openForm(true) : undefined,
  });
  const exportNow = async () => {
    const query = filterParams(state);
    if (state.sort) query.set('sort', state.sort);
    await api
      .download(`/api/${meta.name}/export.xlsx`, query, `${what}.xlsx`)
      .catch((error) => message.error(errorText(error, t('state.network'))));
  };
  const clear = () => setState({ ...state, q: '', filters: {}, page: 1 });

  const empty = filtered ? (
    <EmptyState title={t('list.noneTitle', { what })} text={t('list.noneText')}>
      <Button onClick={clear}>{t('list.reset')}</Button>
    </EmptyState>
  ) : (
    <EmptyState
      title={t('list.emptyTitle', { what })}
      text={t(may('create') ? 'list.emptyText' : 'list.emptyTextPlain')}
    >
      {may('create') && (
        <Button type="primary" icon={<PlusOutlined />} onClick={() => openForm(true)}>
          {t('list.create', { what })}
        </Button>
      )}
    </EmptyState>
  );

  return (
    <>
      <PageHead
        title={what}
        count={total === undefined ? undefined : t('list.total', { n: total })}
      >
        <div className="right">
          {slots.list?.extra?.()}
          {may('import') && !phone && (
            <Link to={`/import/${meta.name}`} className="btn">
              <UploadOutlined /> {t('list.import')}
            </Link>
          )}
          {may('export') && !phone && (
            <Button icon={<DownloadOutlined />} onClick={exportNow}>
              {t('list.export')}
            </Button>
          )}
          {may('create') && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => openForm(true)}>
              {phone ? t('list.createShort') : t('list.create', { what })}
              {!phone && <Kbd>N</Kbd>}
            </Button>
          )}
        </div>
      </PageHead>
      {meta.list.segment && <Segments {...props} segment={meta.list.segment} />}
      <section className="card list-card" aria-label={what}>
        {selected.length > 0 ? (
          <Suspense fallback={<div className="list-bar" />}>
            <BatchBar meta={meta} ids={selected} onClear={() => setSelected([])} />
          </Suspense>
        ) : (
          <div className="list-bar">
            <SearchBox {...props} inputRef={search} />
            {phone ? (
              <FilterButton {...props} onOpen={() => setFiltersOpen(true)} />
            ) : (
              <Suspense fallback={<div className="grow" />}>
                <ListFilters {...props} onClear={clear} />
                <ListTools {...props} />
              </Suspense>
            )}
          </div>
        )}
        {phone ? (
          <ListCards {...props} empty={empty} />
        ) : list.error && !list.data ? (
          <ErrorState error={list.error} onRetry={() => list.refetch()} />
        ) : (
          <Suspense fallback={<Skeleton rows={12} />}>
            <ListTable
              {...props}
              items={list.data?.items}
              total={total ?? 0}
              stale={list.isPlaceholderData}
              empty={empty}
              cells={slots.list?.cells}
              rowActions={slots.list?.rowActions}
              selected={selected}
              onSelect={setSelected}
            />
          </Suspense>
        )}
      </section>
      <Suspense fallback={null}>
        {phone && filtersOpen && (
          <ListFilters {...props} onClear={clear} sheet onClose={() => setFiltersOpen(false)} />
        )}
        {adding && (
          <EntityFormDrawer
            meta={meta}
            onClose={() => openForm(false)}
            onSaved={(row) => navigate(`/e/${meta.name}/${row.id}`)}
          />
        )}
      </Suspense>
    </>
  );
}

function Segments(props: ListProps & { segment: string }) {
  const t = useT();
  const label = useLabel();
  const { meta, state, setState, segment } = props;
  const { data } = useCounts(meta.name, countParams(state, segment), true);
  const options = fieldOf(meta, segment)?.options ?? [];
  const current = state.filters[segment] ?? '';
  const choose = (value: string) => setState(withFilters(state, { [segment]: value || undefined }));
  const shown = options.filter(
    ({ value }) => (data?.counts[value] ?? 0) > 0 || current.split(',').includes(value),
  );
  const button = (value: string, text: string, n: number | undefined) => (
    <button
      key={value}
      type="button"
      className="segment"
      aria-pressed={value ? current.split(',').includes(value) : current === ''}
      onClick={() => choose(value)}
    >
      {text}
      {n !== undefined && <em>{n}</em>}
    </button>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll sideways in every browser
    <div className="segments" role="group" aria-label={label(fieldOf(meta, segment)?.label)}>
      {button('', t('list.all'), data?.total)}
      {shown.map((option) => button(option.value, label(option.label), data?.counts[option.value]))}
    </div>
  );
}

const TYPING_MS = 300;

function SearchBox(props: ListProps & { inputRef: React.RefObject<HTMLInputElement | null> }) {
  const t = useT();
  const label = useLabel();
  const { state, meta, setState } = props;
  const [text, setText] = useState(state.q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(state.q);
  useEffect(() => {
    // The address changed by itself (reset, saved view): follow it.
    if (state.q !== sent.current) {
      sent.current = state.q;
      setText(state.q);
    }
  }, [state.q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const latest = useRef(state);
  latest.current = state;
  const send = (q: string) => {
    clearTimeout(timer.current);
    sent.current = q.trim();
    setState({ ...latest.current, q: sent.current, page: 1 });
  };
  const what = t('list.search', { what: label(meta.label) });
  return (
    <label className="search-box">
      <SearchOutlined />
      <span className="sr">{what}</span>
      <input
        ref={props.inputRef}
        type="search"
        enterKeyHint="search"
        placeholder={what}
        value={text}
        onChange={(event) => {
          const q = event.target.value;
          setText(q);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => send(q), TYPING_MS);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') send(text);
          if (event.key === 'Escape') {
            event.stopPropagation();
            if (text) {
              setText('');
              send('');
            } else event.currentTarget.blur();
          }
        }}
      />
      <Kbd>/</Kbd>
    </label>
  );
}

function FilterButton(props: ListProps & { onOpen: () => void }) {
  const t = useT();
  const n = filterCount(props.meta, props.state);
  return (
    <Button
      icon={<FilterOutlined />}
      type={n ? 'primary' : 'default'}
      ghost={n > 0}
      aria-label={n ? t('list.filtersN', { n }) : t('list.filters')}
      onClick={props.onOpen}
    >
      {n > 0 ? n : undefined}
    </Button>
  );
}
