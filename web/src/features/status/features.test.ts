import { expect, test } from 'vitest';
import type { Source } from '@/api/types';
import { featureName } from '@/lib/words';
import { integrationSentence, reachOf } from './features';

const source = (version: number, reached: Record<string, number>) =>
  ({
    version,
    feature_integrations: Object.fromEntries(
      Object.entries(reached).map(([name, at]) => [name, { enabled: true, version: at }]),
    ),
  }) as unknown as Source;
const features = ['conversational_ai', 'query_builder'];

test('how far a feature is', () => {
  expect(reachOf({ enabled: true, version: 2 }, 2)).toBe('current');
  expect(reachOf({ enabled: true, version: 1 }, 2)).toBe('behind');
  expect(reachOf({ enabled: true, version: 0 }, 2)).toBe('never');
  expect(reachOf({ enabled: false, version: 0 }, 2)).toBe('off');
  expect(reachOf(undefined, 2)).toBe('off');
  expect(featureName('conversational_ai')).toBe('Conversational AI');
});

test('the title says it all', () => {
  const current = source(1, { conversational_ai: 1, query_builder: 1 });
  const late = source(2, { conversational_ai: 2, query_builder: 1 });
  expect(integrationSentence([], features)).toBe('No source yet');
  expect(integrationSentence([current], features)).toBe('The source is up to date everywhere');
  expect(integrationSentence([current, current], features)).toBe('All two sources are up to date everywhere');
  expect(integrationSentence([current, late], features)).toBe('One of two sources waits for a sync');
});
