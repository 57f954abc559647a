/* A schedule of charges: bills by year with their lines and workings, prices, sums by year. Used by wizard and detail. */
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { formatMoney, formatPrice } from '@/shared/format';
import { useLang } from '@/shared/i18n';
import {
  type Bill,
  billsOf,
  itemByYear,
  type Schedule,
  type ScheduleLine,
  yearsOf,
} from '@/shared/schedule';
import { Skeleton, StatusTag } from '@/shared/ui';
import type { ChartColors } from '@/shared/ui/Chart';
import { Working } from '@/shared/ui/Working';
import { useText } from './text';

const Chart = lazy(() => import('@/shared/ui/Chart'));

export type ItemNames = ReadonlyMap<string, string>;

const nameOf = (names: ItemNames, code: string) => names.get(code) ?? code;

function Line({ line, names }: { line: ScheduleLine; names: ItemNames }) {
  const t = useText();
  const money = Number(line.gross) !== 0 || line.kind === 'billed';
  return (
    <details className="sched-line">
      <summary>
        <span className="sched-item">
          {nameOf(names, line.item)}
          {line.unit && <small>{line.unit}</small>}
        </span>
        <span className="sched-period num">
          {line.from} – {line.to}
        </span>
        {money ? (
          <span className="num sched-money">{formatMoney(line.gross)}</span>
        ) : (
          <span className="sched-money">
            <StatusTag tone={line.kind === 'free' ? 'green' : 'amber'}>
              {t(`lineKinds.${line.kind}`)}
            </StatusTag>
          </span>
        )}
      </summary>
      <div className="sched-working">
        <Working steps={line.working} />
        {Number(line.tax) !== 0 && (
          <p className="dim num">
            {t('net')} {formatMoney(line.net)} + {t('tax')} {formatMoney(line.tax)}
          </p>
        )}
      </div>
    </details>
  );
}

function BillRow({ bill, names, open }: { bill: Bill; names: ItemNames; open: boolean }) {
  const t = useText();
  return (
    <details className="sched-bill" open={open}>
      <summary>
        <span className="num sched-day">{bill.due_on}</span>
        <span className="dim sched-n">{t('linesN', { n: bill.lines.length })}</span>
        <b className="num sched-money">{formatMoney(bill.gross)}</b>
      </summary>
      {bill.lines.map((line, i) => (
        <Line key={i} line={line} names={names} />
      ))}
    </details>
  );
}

export function Bills(props: { schedule: Schedule; names: ItemNames; openYears?: number }) {
  const t = useText();
  const { schedule, names } = props;
  const years = useMemo(() => yearsOf(billsOf(schedule.lines)), [schedule]);
  return (
    <div className="sched">
      {years.map((year, i) => (
        <details key={year.year} className="sched-year" open={i < (props.openYears ?? 1)}>
          <summary>
            <b className="num">{year.year}</b>
            <span className="dim">{t('billsN', { n: year.bills.length })}</span>
            <b className="num sched-money">{formatMoney(year.gross)}</b>
          </summary>
          {year.bills.map((bill, j) => (
            <BillRow key={bill.due_on} bill={bill} names={names} open={i === 0 && j === 0} />
          ))}
        </details>
      ))}
    </div>
  );
}

export function Prices(props: { schedule: Schedule; names: ItemNames; units: readonly string[] }) {
  const t = useText();
  const { schedule, names } = props;
  const terms = [...new Set(schedule.prices.map((price) => price.term))];
  return (
    <div className="price-list">
      {terms.map((term) => {
        const prices = schedule.prices.filter((price) => price.term === term);
        const first = prices[0];
        if (!first) return null;
        return (
          <section key={term}>
            <h3>
              {nameOf(names, first.item)}{' '}
              {first.unit && <small className="dim">{first.unit}</small>}
              {props.units[term] && <small className="dim">{props.units[term]}</small>}
            </h3>
            <ol>
              {prices.map((price) => (
                <li key={price.from}>
                  <span className="num dim">
                    {price.from} – {price.to}
                  </span>
                  <b className="num">{formatPrice(price.price)}</b>
                </li>
              ))}
            </ol>
          </section>
        );
      })}
      {terms.length === 0 && <p className="dim">{t('scheduleNone')}</p>}
    </div>
  );
}

/* Stacked by charge item, from 0; one bar a year. */
export function YearChart(props: { schedule: Schedule; names: ItemNames; height?: number }) {
  const t = useText();
  const lang = useLang();
  const { schedule, names } = props;
  const option = useCallback(
    (c: ChartColors) => {
      const years = [...new Set(schedule.lines.map((line) => line.due_on.slice(0, 4)))].sort();
      const items = [...new Set(schedule.lines.map((line) => line.item))];
      return {
        grid: { left: 4, right: 8, top: 34, bottom: 4, containLabel: true },
        legend: {
          top: 0,
          left: 0,
          itemWidth: 10,
          itemHeight: 10,
          icon: 'roundRect',
          textStyle: { color: c.text },
        },
        tooltip: {
          trigger: 'axis',
          axisPointer: { type: 'none' },
          backgroundColor: c.raised,
          borderColor: c.line,
          textStyle: { color: c.text },
          valueFormatter: (value: unknown) => formatMoney(String(value ?? 0)),
        },
        xAxis: {
          type: 'category',
          data: years,
          axisLabel: { color: c.dim },
          axisLine: { lineStyle: { color: c.line } },
          axisTick: { show: false },
        },
        yAxis: {
          type: 'value',
          min: 0,
          splitNumber: 3,
          axisLabel: {
            color: c.dim,
            formatter: (value: number) =>
              lang === 'zh'
                ? `${Number((value / 10_000).toFixed(1))}万`
                : `${Number((value / 1000).toFixed(1))}K`,
          },
          splitLine: { lineStyle: { color: c.line } },
        },
        series: items.map((item) => ({
          name: nameOf(names, item),
          type: 'bar',
          stack: 'all',
          barMaxWidth: 34,
          data: itemByYear(schedule.lines, item, years),
        })),
      };
    },
    [schedule, names, lang],
  );
  return (
    <Suspense fallback={<Skeleton rows={4} />}>
      <Chart label={t('chart')} option={option} height={props.height ?? 220} />
    </Suspense>
  );
}

/* A small switch between views of one thing; the choice is kept here, not in the address. */
export function Switcher<K extends string>(props: {
  label: string;
  items: { key: K; label: string }[];
  value: K;
  onChange: (key: K) => void;
}) {
  return (
    <fieldset className="switcher no-print">
      <legend className="sr">{props.label}</legend>
      {props.items.map((item) => (
        <button
          key={item.key}
          type="button"
          aria-pressed={item.key === props.value}
          onClick={() => props.onChange(item.key)}
        >
          {item.label}
        </button>
      ))}
    </fieldset>
  );
}

export type View = 'bills' | 'prices' | 'years';

export function ScheduleViews(props: {
  schedule: Schedule;
  names: ItemNames;
  units: readonly string[];
  openYears?: number;
}) {
  const t = useText();
  const [view, setView] = useState<View>('bills');
  return (
    <>
      <Switcher
        label={t('preview')}
        items={[
          { key: 'bills', label: t('bills') },
          { key: 'prices', label: t('prices') },
          { key: 'years', label: t('yearly2') },
        ]}
        value={view}
        onChange={setView}
      />
      {view === 'bills' && (
        <Bills
          schedule={props.schedule}
          names={props.names}
          {...(props.openYears ? { openYears: props.openYears } : {})}
        />
      )}
      {view === 'prices' && (
        <Prices schedule={props.schedule} names={props.names} units={props.units} />
      )}
      {view === 'years' && <YearChart schedule={props.schedule} names={props.names} />}
    </>
  );
}
