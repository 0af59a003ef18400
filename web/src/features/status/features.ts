import type { FeatureState, Source } from '@/api/types';
import { capital, inWords } from '@/lib/words';

export type Reach = 'current' | 'behind' | 'never' | 'off';

export function reachOf(state: FeatureState | undefined, version: number): Reach {
  if (!state?.enabled) return 'off';
  if (state.version >= version) return 'current';
  return state.version > 0 ? 'behind' : 'never';
}

/** The page's title: whether every source has reached every place. */
export function integrationSentence(sources: Source[], features: string[]): string {
  if (sources.length === 0) return 'No source yet';
  const late = sources.filter((source) =>
    features.some((name) => ['behind', 'never'].includes(reachOf(source.feature_integrations[name], source.version))),
  ).length;
  if (late > 0) {
    return `${capital(inWords(late))} of ${inWords(sources.length)} ${sources.length === 1 ? 'source' : 'sources'} ${late === 1 ? 'waits' : 'wait'} for a sync`;
  }
  return sources.length === 1
    ? 'The source is up to date everywhere'
    : `All ${inWords(sources.length)} sources are up to date everywhere`;
}
