import { expect, test } from 'vitest';
import { categorical, type Scheme, sequential, tokens } from './tokens';

const channel = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const luminance = (hex: string) => {
  const n = Number.parseInt(hex.slice(1), 16);
  const [r, g, b] = [(n >> 16) & 255, (n >> 8) & 255, n & 255].map((v) => channel(v / 255)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string) => {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (hi + 0.05) / (lo + 0.05);
};

for (const scheme of ['light', 'dark'] as Scheme[]) {
  const t = tokens[scheme];
  const grounds = [t.canvas, t.sunken, t.surface, t.raised];
  test(`${scheme}: text on every ground is at least 4.5:1`, () => {
    for (const g of [...grounds, t.hover, t.active])
      for (const c of [t.text, t['text-2'], t['text-3']])
        expect(contrast(c, g), `${c} on ${g}`).toBeGreaterThanOrEqual(4.5);
    for (const g of [...grounds, t.hover])
      for (const c of [t.text, t['text-2'], t['text-3'], t.accent, t.good, t.warn, t.bad])
        expect(contrast(c, g), `${c} on ${g}`).toBeGreaterThanOrEqual(4.5);
    for (const k of ['good', 'warn', 'bad', 'accent'] as const)
      expect(contrast(t['text-3'], t[`${k}-tint`]), k).toBeGreaterThanOrEqual(4.5);
    expect(contrast(t.accent, t['accent-tint-2'])).toBeGreaterThanOrEqual(4.5);
    for (const k of ['good', 'warn', 'bad', 'accent'] as const)
      expect(contrast(t[k], t[`${k}-tint`]), k).toBeGreaterThanOrEqual(4.5);
    expect(contrast(t['on-accent'], t['accent-fill'])).toBeGreaterThanOrEqual(4.5);
  });
  test(`${scheme}: every data colour is at least 3:1 on surface, canvas and raised`, () => {
    for (const g of [t.canvas, t.surface, t.raised])
      for (const c of [...categorical[scheme], t.ghost, t['good-solid'], t['bad-solid']])
        expect(contrast(c, g), `${c} on ${g}`).toBeGreaterThanOrEqual(3);
  });
  test(`${scheme}: the border of a control is at least 3:1 on every ground it stands on`, () => {
    for (const g of [t.canvas, t.surface, t.raised]) expect(contrast(t.control, g), g).toBeGreaterThanOrEqual(3);
  });
  test(`${scheme}: the sequential ramp only ever gains contrast`, () => {
    const steps = sequential[scheme].map((c) => contrast(c, t.surface));
    for (let i = 1; i < steps.length; i++) expect(steps[i]).toBeGreaterThan(steps[i - 1] ?? 0);
  });
}
