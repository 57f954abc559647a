/* A list on a wide screen. */
import { Table } from 'antd';
import type { ColumnsType } from 'antd/es/table';
import { type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { Link, useNavigate } from 'react-router';
import { formatDecimal, formatMoney, sumDecimals } from '@/shared/format';
import { useHotkeys } from '@/shared/hotkeys';
import { useLabel, useLang, useT } from '@/shared/i18n';
import { useMe } from '@/shared/session';
import { Skeleton } from '@/shared/ui';
import { Cell, cellText, isQuiet, kitOf } from './cells';
import { shownColumns, useColumns } from './columns';
import type { ListProps } from './EntityList';
import { nextSort, PAGE_SIZES } from './listState';
import type { Slots } from './overrides';
import { type EntityMeta, type FieldMeta, type Row, titleOf } from './types';

interface TableProps extends ListProps {
  items: Row[] | undefined;
  total: number;
  stale: boolean;
  empty: ReactNode;
  cells?: NonNullable<Slots['list']>['cells'] | undefined;
  rowActions?: ((row: Row) => ReactNode) | undefined;
  selected: string[];
  onSelect: (ids: string[]) => void;
}

export default function ListTable(props: TableProps) {
  const t = useT();
  const me = useMe();
  const navigate = useNavigate();
  const { meta, state, setState, items, selected } = props;
  const [current, setCurrent] = useState(-1);
  const open = (row: Row) => navigate(`/e/${meta.name}/${row.id}`);
  const columns = useTableColumns(props);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page of rows starts without a current row
  useEffect(() => setCurrent(-1), [items]);
  const move = (step: number) => {
    const next = Math.max(0, Math.min((items?.length ?? 0) - 1, current + step));
    setCurrent(next);
    document
      .querySelector(`.list-table [data-row-key="${items?.[next]?.id}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  };
  const row = items?.[current];
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    enter: row && document.activeElement?.tagName !== 'BUTTON' ? () => open(row) : undefined,
    x: row
      ? () =>
          props.onSelect(
            selected.includes(row.id)
              ? selected.filter((id) => id !== row.id)
              : [...selected, row.id],
          )
      : undefined,
  });

  if (!items) return <Skeleton rows={14} />;
  if (!items.length) return props.empty;
  const width = columns.reduce((sum, column) => sum + Number(column.width ?? 0), 48);
  return (
    <div className={`list-table${props.stale ? ' stale' : ''}`} aria-busy={props.stale}>
      <Table<Row>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={items}
        sticky={{ offsetHeader: me.demo ? 82 : 56 }}
        scroll={{ x: width }}
        showSorterTooltip={false}
        rowClassName={(_, i) => (i === current ? 'row-current' : '')}
        onRow={(one) => ({
          onClick: (event) => {
            if ((event.target as Element).closest('a, button, input, label')) return;
            if (!window.getSelection()?.toString()) open(one);
          },
        })}
        rowSelection={{
          selectedRowKeys: selected,
          preserveSelectedRowKeys: true,
          columnWidth: 48,
          onChange: (keys) => props.onSelect(keys.map(String)),
          getTitleCheckboxProps: () => ({ 'aria-label': t('list.select') }) as object,
          getCheckboxProps: (one) =>
            ({ 'aria-label': t('list.selectRow', { what: titleOf(meta, one) }) }) as object,
        }}
        onChange={(pagination, _filters, sorter, extra) => {
          if (extra.action === 'sort' && !Array.isArray(sorter)) {
            const sort = nextSort(state.sort, String(sorter.columnKey));
            setState({ ...state, sort: sort || (meta.list.sort ?? ''), page: 1 });
            return;
          }
          const size = pagination.pageSize ?? state.size;
          const page = size === state.size ? (pagination.current ?? 1) : 1;
          setState({ ...state, page, size });
          window.scrollTo({ top: 0 });
        }}
        pagination={{
          current: state.page,
          pageSize: state.size,
          total: props.total,
          size: 'small',
          hideOnSinglePage: props.total <= PAGE_SIZES[0],
          showSizeChanger: true,
          pageSizeOptions: [...PAGE_SIZES],
          showTotal: (n) => <span className="dim">{t('list.total', { n })}</span>,
        }}
        {...(hasTotals(columns, meta, items)
          ? { summary: () => <Totals columns={columns} meta={meta} items={items} /> }
          : {})}
      />
      <PrintTable {...props} items={items} />
    </div>
  );
}

/* Room for a column head on one line: Han characters are 13 px wide, others about 7, the sort arrows 20. */
function headWidth(text: string, sort: boolean | undefined): number {
  const han = text.match(/[\u3000-\u9fff\uff00-\uffef]/g)?.length ?? 0;
  return han * 13 + (text.length - han) * 7.5 + 26 + (sort ? 20 : 0);
}

function useTableColumns(props: TableProps): ColumnsType<Row> {
  const label = useLabel();
  const { meta, state, cells, rowActions } = props;
  const fields = shownColumns(meta, useColumns(meta.name));
  const columns: ColumnsType<Row> = fields.map((field, i) => {
    const kit = kitOf(field);
    const sorted = state.sort.replace(/^-/, '') === field.name;
    return {
      key: field.name,
      dataIndex: field.name,
      title: label(field.label),
      width: Math.max(i === 0 ? 164 : kit.width, headWidth(label(field.label), field.sort)),
      ellipsis: field.type === 'text' || field.type === 'longtext' || field.type === 'ref',
      ...(kit.align ? { align: kit.align } : {}),
      ...(i === 0 ? { fixed: 'start' as const } : {}),
      ...(field.sort
        ? {
            sorter: true,
            sortOrder: sorted
              ? ((state.sort.startsWith('-') ? 'descend' : 'ascend') as 'descend' | 'ascend')
              : null,
          }
        : {}),
      render: (value: unknown, row: Row) => {
        const own = cells?.[field.name];
        if (own) return own(value, row, field);
        if (i === 0) return <Title meta={meta} field={field} row={row} />;
        return <Cell field={field} value={value} plainRef={isQuiet(field)} />;
      },
    };
  });
  if (rowActions) {
    columns.push({
      key: '…',
      title: '',
      width: 120,
      fixed: 'end',
      render: (_, row) => rowActions(row),
    });
  }
  return columns;
}

/* A real link, so that the record opens by keyboard, in a new tab and for screen readers. */
function Title(props: { meta: EntityMeta; field: FieldMeta; row: Row }) {
  const { meta, field, row } = props;
  const value = row[field.name];
  const text = field.type === 'enum' ? titleOf(meta, row) : cellText(field, value, 'zh');
  return <Link to={`/e/${meta.name}/${row.id}`}>{text}</Link>;
}

/* On paper a plain table, whose head repeats on every page; drawn only when somebody prints. */
function PrintTable({ meta, items }: TableProps & { items: Row[] }) {
  const label = useLabel();
  const lang = useLang();
  const fields = shownColumns(meta, useColumns(meta.name));
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  if (!printing) return null;
  return (
    <table className="print-table">
      <thead>
        <tr>
          {fields.map((field) => (
            <th key={field.name} className={kitOf(field).align}>
              {label(field.label)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((row) => (
          <tr key={row.id}>
            {fields.map((field) => (
              <td key={field.name} className={kitOf(field).align}>
                {cellText(field, row[field.name], lang)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function summable(meta: EntityMeta, key: unknown): FieldMeta | undefined {
  const field = meta.fields.find((one) => one.name === key);
  return field && kitOf(field).sum !== undefined ? field : undefined;
}

function hasTotals(columns: ColumnsType<Row>, meta: EntityMeta, items: Row[]): boolean {
  return items.length > 1 && columns.some((column) => summable(meta, column.key)?.type === 'money');
}

function Totals(props: { columns: ColumnsType<Row>; meta: EntityMeta; items: Row[] }) {
  const t = useT();
  return (
    <Table.Summary fixed={false}>
      <Table.Summary.Row>
        <Table.Summary.Cell index={0} />
        {props.columns.map((column, i) => {
          const field = summable(props.meta, column.key);
          const digits = field ? (kitOf(field).sum ?? 0) : 0;
          const sum = field
            ? sumDecimals(
                props.items.map((row) => row[field.name] as string),
                digits,
              )
            : '';
          return (
            <Table.Summary.Cell
              key={String(column.key)}
              index={i + 1}
              align={field ? 'right' : 'left'}
            >
              {i === 0 && t('list.pageTotal')}
              {field && (
                <span className="num">
                  {field.type === 'money' ? formatMoney(sum) : formatDecimal(sum)}
                  {field.type === 'area' && <span className="unit">㎡</span>}
                </span>
              )}
            </Table.Summary.Cell>
          );
        })}
      </Table.Summary.Row>
    </Table.Summary>
  );
}
