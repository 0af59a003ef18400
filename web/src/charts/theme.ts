import { categorical, type Scheme, sequential, tokens } from '@/lib/tokens';

export const chartFont = "'Geist Variable', system-ui, sans-serif";

/** The ECharts theme is made from the tokens; `npm run theme` writes it as JSON. */
export function echartsTheme(scheme: Scheme) {
  const t = tokens[scheme];
  const axis = {
    axisLine: { show: false, lineStyle: { color: t.border } },
    axisTick: { show: false, lineStyle: { color: t.border } },
    axisLabel: { color: t['text-3'], fontSize: 11, lineHeight: 16, fontFamily: chartFont, hideOverlap: true },
    splitLine: { show: true, lineStyle: { color: t['border-subtle'], width: 1 } },
    splitArea: { show: false },
    nameTextStyle: { color: t['text-3'], fontSize: 11, fontFamily: chartFont },
  };
  return {
    color: [...categorical[scheme]],
    backgroundColor: 'transparent',
    textStyle: { fontFamily: chartFont, fontSize: 12, color: t['text-2'] },
    title: { textStyle: { color: t.text, fontSize: 13, fontWeight: 600 }, subtextStyle: { color: t['text-3'] } },
    grid: { left: 0, right: 12, top: 12, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    line: {
      symbol: 'circle',
      symbolSize: 5,
      showSymbol: false,
      smooth: false,
      lineStyle: { width: 1.75, cap: 'round', join: 'round' },
      emphasis: { lineStyle: { width: 1.75 } },
    },
    bar: { itemStyle: { borderRadius: [2, 2, 0, 0] }, barMaxWidth: 28 },
    scatter: { symbolSize: 6 },
    heatmap: { itemStyle: { borderWidth: 2, borderColor: t.surface, borderRadius: 3 } },
    categoryAxis: { ...axis, axisLine: { show: true, lineStyle: { color: t.border } }, splitLine: { show: false } },
    valueAxis: axis,
    timeAxis: { ...axis, axisLine: { show: true, lineStyle: { color: t.border } }, splitLine: { show: false } },
    logAxis: axis,
    legend: {
      icon: 'roundRect',
      itemWidth: 8,
      itemHeight: 8,
      itemGap: 16,
      left: 0,
      top: 0,
      bottom: 'auto',
      textStyle: { color: t['text-2'], fontSize: 12, fontFamily: chartFont },
      inactiveColor: t['text-disabled'],
    },
    tooltip: {
      backgroundColor: t.raised,
      borderColor: t.border,
      borderWidth: 1,
      padding: [8, 12],
      textStyle: { color: t.text, fontSize: 12, fontFamily: chartFont },
      extraCssText: `border-radius:8px;box-shadow:${t['shadow-pop']};font-variant-numeric:tabular-nums`,
      axisPointer: {
        lineStyle: { color: t['border-strong'], type: 'solid' },
        crossStyle: { color: t['border-strong'] },
        shadowStyle: { color: t.hover, opacity: 0.6 },
      },
      transitionDuration: 0.1,
    },
    visualMap: { inRange: { color: [...sequential[scheme]] }, textStyle: { color: t['text-3'], fontSize: 11 } },
    animationDuration: 150,
    animationDurationUpdate: 150,
    animationEasing: 'cubicOut',
  };
}
