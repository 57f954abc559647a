/* ECharts in SVG, only the charts we use: bars, lines, rings, funnels. Import lazily; it is the largest chunk. */
import { BarChart, FunnelChart, LineChart, PieChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { usePrefs } from '@/shared/prefs';

use([
  BarChart,
  FunnelChart,
  LineChart,
  PieChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  SVGRenderer,
]);

export type ChartOption = EChartsCoreOption;

/* The design tokens, read from the page so that dark mode needs no second list. */
export interface ChartColors {
  series: string[];
  muted: string;
  text: string;
  dim: string;
  line: string;
  card: string;
  raised: string;
}

function readColors(): ChartColors {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return {
    series: [1, 2, 3, 4, 5, 6].map((n) => value(`--chart-${n}`)),
    muted: value('--chart-muted'),
    text: value('--text'),
    dim: value('--text-3'),
    line: value('--line'),
    card: value('--card'),
    raised: value('--raised'),
  };
}

const STILL =
  typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;

export default function Chart(props: {
  label: string;
  height?: number;
  option: (colors: ChartColors) => ChartOption;
  onPick?: (index: number) => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const { theme } = usePrefs();
  const { option, label, onPick } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme means new colours
  useEffect(() => {
    if (!host.current) return;
    const chart = init(host.current, null, { renderer: 'svg' });
    const colors = readColors();
    chart.setOption({
      aria: { enabled: true, label: { description: label } },
      animation: !STILL,
      animationDuration: 200,
      color: colors.series,
      textStyle: { fontFamily: 'inherit', color: colors.text },
      ...option(colors),
    });
    if (onPick) chart.on('click', (event) => onPick(event.dataIndex));
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(host.current);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [theme, option, label, onPick]);
  return (
    <div
      ref={host}
      role="img"
      aria-label={label}
      style={{ width: '100%', height: props.height ?? 260 }}
    />
  );
}
