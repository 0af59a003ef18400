import { describe, expect, it } from 'vitest';
import { metadataOf } from './tus';

describe('upload metadata', () => {
  it('carries names of any script in base64', () => {
    const text = metadataOf({ filename: 'Umsätze 数.csv', mode: 'append' });
    const [first, second] = text.split(',').map((pair) => pair.split(' '));
    const decoded = new TextDecoder().decode(Uint8Array.from(atob(first?.[1] ?? ''), (c) => c.charCodeAt(0)));
    expect(first?.[0]).toBe('filename');
    expect(decoded).toBe('Umsätze 数.csv');
    expect(second).toEqual(['mode', btoa('append')]);
  });
});
