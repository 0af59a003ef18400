/** Small marks drawn as SVG, without a chart library: they sit in tables by the hundred. */
import type { CSSProperties } from 'react';

export function Spark({
  data,
  width = 96,
  height = 24,
  color = 'var(--c1)',
  area = true,
  last = true,
  compare,
  style,
  fluid,
}: {
  data: number[];
  width?: number;
  height?: number;
  color?: string;
  area?: boolean;
  last?: boolean;
  compare?: number[];
  style?: CSSProperties;
  fluid?: boolean;
}) {
  const all = compare ? [...data, ...compare] : data;
  const max = Math.max(...all);
  const min = Math.min(...all);
  const span = max - min || 1;
  const pad = 2.5;
  const x = (i: number, n: number) => pad + (i / Math.max(1, n - 1)) * (width - pad * 2);
  const y = (v: number) => height - pad - ((v - min) / span) * (height - pad * 2);
  const path = (d: number[]) =>
    d.map((v, i) => `${i ? 'L' : 'M'}${x(i, d.length).toFixed(1)} ${y(v).toFixed(1)}`).join('');
  const line = path(data);
  return (
    <svg
      width={fluid ? '100%' : width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio={fluid ? 'none' : undefined}
      style={{ display: 'block', overflow: 'visible', ...style }}
      aria-hidden
    >
      {area ? (
        <path d={`${line}L${x(data.length - 1, data.length)} ${height}L${pad} ${height}Z`} fill={color} opacity={0.1} />
      ) : null}
      {compare ? (
        <path
          d={path(compare)}
          fill="none"
          stroke="var(--ghost)"
          strokeWidth={1}
          strokeDasharray="2 2"
          vectorEffect="non-scaling-stroke"
        />
      ) : null}
      <path
        d={line}
        fill="none"
        stroke={color}
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
      {last && !fluid ? (
        <circle cx={x(data.length - 1, data.length)} cy={y(data[data.length - 1] ?? 0)} r={2} fill={color} />
      ) : null}
    </svg>
  );
}

export function Histogram({
  bins,
  width = 160,
  height = 28,
  color = 'var(--c1)',
  mark,
  muted,
}: {
  bins: number[];
  width?: number;
  height?: number;
  color?: string;
  mark?: number;
  muted?: boolean;
}) {
  const max = Math.max(...bins, 1);
  const gap = 1;
  const w = (width - gap * (bins.length - 1)) / bins.length;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} style={{ display: 'block' }} aria-hidden>
      {bins.map((b, i) => {
        const h = b === 0 ? 0 : Math.max(1.5, (b / max) * (height - 1));
        return (
          <rect
            key={i}
            x={i * (w + gap)}
            y={height - 1 - h}
            width={w}
            height={h}
            fill={color}
            opacity={muted ? 0.55 : 0.9}
            rx={Math.min(1, w / 3)}
          />
        );
      })}
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--border)" />
      {mark !== undefined && mark > 0.03 ? (
        <line x1={mark * width} x2={mark * width} y1={0} y2={height} stroke="var(--text)" strokeWidth={1} />
      ) : null}
    </svg>
  );
}

/** Top values as one bar cut into shares; the rest is quiet. */
export function ShareBar({ parts, width = 160, height = 12 }: { parts: number[]; width?: number; height?: number }) {
  const total = parts.reduce((a, b) => a + b, 0);
  let x = 0;
  const shades = [1, 0.78, 0.58, 0.42, 0.3];
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} style={{ display: 'block' }} aria-hidden>
      {parts.map((p, i) => {
        const w = (p / total) * width;
        const r = (
          <rect
            key={i}
            x={x}
            y={0}
            width={Math.max(0, w - 1)}
            height={height}
            rx={1.5}
            fill={i < shades.length ? 'var(--c1)' : 'var(--active)'}
            opacity={shades[i] ?? 1}
          />
        );
        x += w;
        return r;
      })}
    </svg>
  );
}

/** A share as a bar, 0 … 1. */
export function Meter({ value, width = 56, height = 6 }: { value: number; width?: number; height?: number }) {
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} style={{ display: 'block' }} aria-hidden>
      <rect width={width} height={height} rx={1.5} fill="var(--active)" />
      <rect width={Math.max(value > 0 ? 1 : 0, value * width)} height={height} rx={1.5} fill="var(--c1)" />
    </svg>
  );
}
