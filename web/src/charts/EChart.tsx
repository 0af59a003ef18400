import { useComputedColorScheme } from '@mantine/core';
import { BarChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { type ECharts, init, registerTheme, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef, useState } from 'react';
import { pointOfLine } from './pointed';
import { echartsTheme } from './theme';
import type { ChartOption } from './types';

use([BarChart, LineChart, PieChart, ScatterChart, GridComponent, TooltipComponent, SVGRenderer]);
registerTheme('sextant-light', echartsTheme('light'));
registerTheme('sextant-dark', echartsTheme('dark'));

/** Charts measure text on a canvas, so the face must be there before the first layout. */
const faces = Promise.all([
  document.fonts.load("12px 'Geist Variable'"),
  document.fonts.load("600 12px 'Geist Variable'"),
]);

export interface EChartProps {
  option: ChartOption;
  height: number;
  label: string;
  /** A mark was clicked: index of its series, and its place in the data of that. */
  onPoint?: ((series: number, index: number) => void) | undefined;
}

export default function EChart({ option, height, label, onPoint }: EChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const pointed = useRef(onPoint);
  pointed.current = onPoint;
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const [ready, setReady] = useState(false);

  useEffect(() => {
    let alive = true;
    const show = () => {
      if (alive) setReady(true);
    };
    faces.then(show, show);
    return () => {
      alive = false;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is switched below, without a new instance
  useEffect(() => {
    const node = host.current;
    if (!ready || !node) return;
    const instance = init(node, `sextant-${scheme}`, { renderer: 'svg' });
    chart.current = instance;
    instance.on('click', ({ componentType, seriesType, seriesIndex, dataIndex }) => {
      if (componentType === 'series' && seriesType !== 'line' && seriesIndex !== undefined)
        pointed.current?.(seriesIndex, dataIndex);
    });
    // A line is as thin as a hair: what counts is which of its points is nearest.
    const surface = instance.getZr();
    surface.on('click', ({ offsetX, offsetY }) => {
      const point = pointOfLine(instance, offsetX, offsetY);
      if (point) pointed.current?.(point.series, point.index);
    });
    surface.on('mousemove', ({ offsetX, offsetY }) => {
      if (pointed.current && pointOfLine(instance, offsetX, offsetY)) surface.setCursorStyle('pointer');
    });
    const watch = new ResizeObserver(() => instance.resize());
    watch.observe(node);
    return () => {
      watch.disconnect();
      instance.dispose();
      chart.current = null;
    };
  }, [ready]);

  useEffect(() => {
    chart.current?.setTheme(`sextant-${scheme}`);
  }, [scheme]);

  useEffect(() => {
    if (ready) chart.current?.setOption(option, { notMerge: true });
  }, [option, ready]);

  return <div ref={host} role="img" aria-label={label} style={{ width: '100%', height, minWidth: 0 }} />;
}
