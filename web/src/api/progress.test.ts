import { expect, test } from 'vitest';
import { applyEvent, applyEventToList, laterProgress, SpeedMeter, stageStates } from './progress';
import type { Event, File } from './types';

const file = (change: Partial<File> = {}): File => ({
  id: 'f1',
  filename: 'orders.csv',
  original_filename: 'orders.csv',
  file_type: 'csv',
  file_size: 1000,
  processing_status: 'processing',
  progress: { stage: 'loaded', bytes: 500, rows: 50, fraction: 0.4 },
  source_id: 'f1',
  file_metadata: {},
  user_id: 'u1',
  created_at: '2026-03-03T10:00:00Z',
  updated_at: '2026-03-03T10:00:00Z',
  ...change,
});
const event = (type: string, data: unknown, source_id = 'f1'): Event => ({ seq: 0, type, source_id, data });

test('progress moves a file on, and never back', () => {
  const next = applyEvent(file(), event('file.progress', { stage: 'profiled', bytes: 1000, rows: 90, fraction: 0.8 }));
  expect(next.progress).toEqual({ stage: 'profiled', bytes: 1000, rows: 90, fraction: 0.8 });
  const late = applyEvent(next, event('file.progress', { stage: 'loaded', bytes: 600, rows: 60, fraction: 0.5 }));
  expect(late.progress.stage).toBe('profiled');
  expect(laterProgress(next.progress, { ...next.progress, fraction: 0.7 }).fraction).toBe(0.8);
});

test('events of other files and late progress of a finished one change nothing', () => {
  const one = file();
  expect(applyEvent(one, event('file.progress', { stage: 'profiled' }, 'f2'))).toBe(one);
  const done = file({ processing_status: 'completed' });
  expect(applyEvent(done, event('file.progress', { stage: 'loaded' }))).toBe(done);
});

test('a failure keeps its words', () => {
  const error = { code: 'unreadable_file', message: 'Line 3 ends early.', hint: 'Export it again.', detail: {} };
  const next = applyEvent(file(), event('file.failed', error));
  expect(next.processing_status).toBe('failed');
  expect(next.error).toEqual(error);
});

test('a list that an event does not touch stays the same object', () => {
  const list = { files: [file()], total_count: 1 };
  expect(applyEventToList(list, event('file.progress', {}, 'other'))).toBe(list);
  expect(applyEventToList(undefined, event('file.progress', {}))).toBeUndefined();
});

test('the steps of a file', () => {
  const states = (one: File) => stageStates(one).map((stage) => stage.state);
  expect(states(file())).toEqual(['done', 'done', 'now', 'next', 'next', 'next']);
  expect(states(file({ processing_status: 'failed' }))[2]).toBe('failed');
  const unread = file({ processing_status: 'failed', progress: { stage: 'received', bytes: 0, rows: 0, fraction: 0 } });
  expect(states(unread).slice(0, 2)).toEqual(['done', 'failed']);
  expect(new Set(states(file({ processing_status: 'completed' })))).toEqual(new Set(['done']));
});

test('speed and time left come from the last seconds', () => {
  const meter = new SpeedMeter();
  meter.add(0, 0);
  expect(meter.perSecond()).toBeUndefined();
  meter.add(1000, 500);
  expect(meter.perSecond()).toBe(500);
  expect(meter.msLeft(1500)).toBe(2000);
  meter.add(1100, 0);
  expect(meter.perSecond()).toBeUndefined();
});
