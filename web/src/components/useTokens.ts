import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { categorical, type Scheme, tokens } from '@/lib/tokens';

/** Colours as values, for what CSS variables can not reach (chart options). */
export function useTokens() {
  const scheme: Scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  return useMemo(() => ({ ...tokens[scheme], cat: categorical[scheme], scheme }), [scheme]);
}
