import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { validateSql } from '@/api/statements';
import type { ResultColumn } from '@/api/types';
import { type Problem, problemOfCheck } from './problem';

/** A pause in the writing: nobody wants to be told of half a word. */
const PAUSE_MS = 600;
const NONE: ResultColumn[] = [];

/** What the server says of the text when the writing rests. */
export function useValidation(sql: string): { problem: Problem | null; needed: ResultColumn[] } {
  const [checked] = useDebouncedValue(sql, PAUSE_MS);
  const { data } = useQuery({
    queryKey: ['validation', checked],
    queryFn: ({ signal }) => validateSql(checked, signal),
    enabled: checked.trim() !== '',
    // Of the text before: its parameters are mostly those of now.
    placeholderData: (before) => before,
    retry: false,
  });
  const first = data?.problems[0];
  const problem = useMemo(
    () => (first && checked === sql ? problemOfCheck(first, checked) : null),
    [first, checked, sql],
  );
  return { problem, needed: data?.parameters ?? NONE };
}
