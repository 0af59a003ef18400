import { afterEach, describe, expect, it } from 'vitest';
import { applyRunEvent, assumeEnded, followRun, unfollowRun, useRunStates } from './runs';
import type { Event } from './types';

const event = (type: string, data: object): Event => ({ seq: 0, type, data });
const stateOf = (id: string) => useRunStates.getState()[id];

describe('runs that are followed', () => {
  let id = '';
  afterEach(() => unfollowRun(id));

  it('have what was told of them last', () => {
    id = followRun();
    expect(stateOf(id)?.state).toBe('starting');
    applyRunEvent(event('query.progress', { client_run_id: id, state: 'queued', queue_position: 2, fraction: 0 }));
    expect(stateOf(id)).toMatchObject({ state: 'queued', queuePosition: 2 });
    applyRunEvent(event('query.progress', { client_run_id: id, state: 'running', fraction: 0.5, rows: 7, bytes: 9 }));
    expect(stateOf(id)).toMatchObject({ state: 'running', queuePosition: undefined, fraction: 0.5, rows: 7 });
    applyRunEvent(event('query.finished', { client_run_id: id, status: 'failed', error_message: 'No.' }));
    expect(stateOf(id)).toMatchObject({ state: 'failed', error: 'No.', rows: 7 });
  });

  it('are the only ones that are kept', () => {
    id = followRun();
    applyRunEvent(event('query.progress', { client_run_id: 'another', state: 'running', fraction: 1 }));
    applyRunEvent(event('query.progress', { state: 'running', fraction: 1 }));
    expect(Object.keys(useRunStates.getState())).toEqual([id]);
    unfollowRun(id);
    expect(useRunStates.getState()).toEqual({});
  });

  it('end when they are not under way any more, but an end that was told stays', () => {
    id = followRun();
    assumeEnded(id);
    expect(stateOf(id)?.state).toBe('completed');
    applyRunEvent(event('query.finished', { client_run_id: id, status: 'cancelled' }));
    assumeEnded(id);
    expect(stateOf(id)?.state).toBe('cancelled');
  });
});
