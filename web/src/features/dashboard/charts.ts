/* From the answer of /api/home to what ECharts draws. Money bars start at 0; labels sit on the data. */

import { type Label, labelIn } from '@/shared/i18n';
import type { Lang } from '@/shared/prefs';
import type { ChartColors, ChartOption } from '@/shared/ui/Chart';

export interface HomeChart {
  name: string;
  label: Label;
  kind: 'bar' | 'line' | 'pie' | 'funnel';
  categories: Label[];
  series: {
    label?: Label;
    values?: (number | string | null)[];
    data?: (number | string | null)[];
  }[];
}

export function valuesOf(series: HomeChart['series'][number] | undefined): number[] {
  return (series?.values ?? series?.data ?? []).map((value) => Number(value ?? 0));
}

const tooltip = (c: ChartColors) => ({
  backgroundColor: c.raised,
  borderColor: c.line,
  textStyle: { color: c.text, fontSize: 13 },
});

function axes(chart: HomeChart, names: string[], c: ChartColors): ChartOption {
  const several = chart.series.length > 1;
  return {
    grid: { left: 4, right: 8, top: several ? 36 : 22, bottom: 2, outerBoundsMode: 'same' },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, ...tooltip(c) },
    legend: several
      ? { right: 0, top: 0, itemWidth: 10, itemHeight: 10, textStyle: { color: c.dim } }
      : { show: false },
    xAxis: {
      type: 'category',
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: c.line } },
      axisLabel: { color: c.dim, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      min: 0,
      axisLabel: { color: c.dim },
      splitLine: { lineStyle: { color: c.line } },
    },
  };
}

function barOption(chart: HomeChart, names: string[], lang: Lang, c: ChartColors): ChartOption {
  const several = chart.series.length > 1;
  const colors = several ? [c.muted, c.series[0], ...c.series.slice(1)] : [c.series[0]];
  return {
    ...axes(chart, names, c),
    series: chart.series.map((series, i) => ({
      type: chart.kind,
      name: labelIn(series.label, lang),
      data: valuesOf(series),
      barMaxWidth: several ? 12 : 28,
      barGap: '15%',
      symbolSize: 6,
      itemStyle: {
        color: colors[i % colors.length],
        borderRadius: chart.kind === 'bar' ? [3, 3, 0, 0] : 0,
      },
      lineStyle: { width: 2 },
      label: { show: !several && names.length <= 12, position: 'top', color: c.dim, fontSize: 12 },
    })),
  };
}

/* The ring with its names and shares beside it: no legend to look back and forth to. */
function pieOption(chart: HomeChart, names: string[], c: ChartColors): ChartOption {
  const values = valuesOf(chart.series[0]);
  const sum = values.reduce((a, b) => a + b, 0) || 1;
  return {
    tooltip: { trigger: 'item', valueFormatter: (v: number) => share(v, sum), ...tooltip(c) },
    legend: {
      orient: 'vertical',
      right: 4,
      top: 'middle',
      icon: 'circle',
      itemWidth: 8,
      itemGap: 12,
      textStyle: { color: c.text },
      formatter: (name: string) => `${name}  ${share(values[names.indexOf(name)] ?? 0, sum)}`,
    },
    series: [
      {
        type: 'pie',
        radius: ['52%', '80%'],
        center: ['32%', '50%'],
        label: { show: false },
        itemStyle: { borderColor: c.card, borderWidth: 2, borderRadius: 3 },
        data: names.map((name, i) => ({ name, value: values[i] ?? 0 })),
      },
    ],
  };
}

function share(value: number, sum: number): string {
  return `${((value / sum) * 100).toFixed(value / sum < 0.1 ? 1 : 0)}%`;
}

export function chartOption(chart: HomeChart, lang: Lang): (colors: ChartColors) => ChartOption {
  const names = chart.categories.map((name) => labelIn(name, lang));
  return (c) =>
    chart.kind === 'pie' ? pieOption(chart, names, c) : barOption(chart, names, lang, c);
}
