import { expect, test } from 'vitest';
import type { File, LoadReport } from '@/api/types';
import { groupQuarantine } from './quarantine';
import { filesSentence, onePerSource } from './sentence';

const file = (processing_status: File['processing_status']) => ({ processing_status }) as File;

test('the title says what state the files are in', () => {
  expect(filesSentence([], 0)).toBe('Bring a file, and ask it questions');
  expect(filesSentence([file('completed')], 0)).toBe('One source is ready');
  expect(filesSentence([file('completed'), file('completed'), file('processing'), file('failed')], 1)).toBe(
    'Two sources are ready, two are being read and one could not be read',
  );
});

test('a source of several files is shown once', () => {
  const made = (id: string, source_id: string, processing_status: File['processing_status']) =>
    ({ id, source_id, processing_status }) as File;
  const ids = (files: File[]) => onePerSource(files).map((one) => one.id);
  expect(ids([made('b', 'a', 'completed'), made('a', 'a', 'completed'), made('x', 'x', 'completed')])).toEqual([
    'a',
    'x',
  ]);
  expect(ids([made('b', 'a', 'processing'), made('a', 'a', 'processing')])).toEqual(['a']);
  expect(ids([made('b', 'a', 'failed'), made('a', 'a', 'completed')])).toEqual(['b']);
});

test('quarantined cells are put together by column and cause', () => {
  const cell = (column: string | null, reason: string, raw: string) => ({ row: 1, column, reason, raw });
  const report = {
    tables: [
      {
        table: 't',
        quarantined: 5,
        samples: [cell('a', 'not a number', 'x'), cell('a', 'not a number', 'y'), cell(null, 'too many fields', 'z')],
      },
    ],
  } as unknown as LoadReport;
  expect(groupQuarantine(report)).toEqual([
    { column: 'a', reason: 'not a number', raw: 'x', count: 2, complete: false },
    { column: 'whole line', reason: 'too many fields', raw: 'z', count: 1, complete: false },
  ]);
  expect(groupQuarantine(undefined)).toEqual([]);
});
