/** The way of a file from upload to model, as pure functions over what the server says. */
import type { Event, File, FileList, Progress } from './types';

export const STAGES = ['received', 'decoded', 'loaded', 'published', 'profiled', 'modelled'] as const;
export type Stage = (typeof STAGES)[number];

export const STAGE_LABELS: Record<Stage, string> = {
  received: 'Upload',
  decoded: 'Decode',
  loaded: 'Load',
  published: 'Publish',
  profiled: 'Profile',
  modelled: 'Model',
};

/** What is going on, for a sentence. */
export const STAGE_WORDS: Record<Stage, string> = {
  received: 'Waiting to be read',
  decoded: 'Finding out format and columns',
  loaded: 'Loading rows',
  published: 'Publishing',
  profiled: 'Profiling every column',
  modelled: 'Working out what the columns mean',
};

export const isRunning = (file: Pick<File, 'processing_status'>) =>
  file.processing_status === 'pending' || file.processing_status === 'processing';

export function stageIndex(stage: string | undefined): number {
  const index = STAGES.indexOf(stage as Stage);
  return Math.max(index, 0);
}

export interface StageState {
  stage: Stage;
  state: 'done' | 'now' | 'next' | 'failed';
}

/** A file on its way to the server. */
export function uploadStates(): StageState[] {
  return STAGES.map((stage, index) => ({ stage, state: index === 0 ? 'now' : 'next' }));
}

/** The stage that is being worked on; a file that the server knows has been received. */
export const stageAt = (progress: Progress) => Math.max(1, stageIndex(progress.stage));

export function stageStates(file: Pick<File, 'processing_status' | 'progress'>): StageState[] {
  const at = stageAt(file.progress);
  return STAGES.map((stage, index) => {
    if (file.processing_status === 'completed' || index < at) return { stage, state: 'done' };
    if (index > at) return { stage, state: 'next' };
    return { stage, state: file.processing_status === 'failed' ? 'failed' : 'now' };
  });
}

/** Progress never goes back: messages can arrive late and by two ways. */
export function laterProgress(before: Progress | null | undefined, next: Progress): Progress {
  if (!before) return next;
  const step = stageIndex(next.stage) - stageIndex(before.stage);
  if (step !== 0) return step > 0 ? next : before;
  return next.fraction >= before.fraction ? next : before;
}

interface FileEventData {
  file_id?: string;
  processing_status?: File['processing_status'];
  stage?: string;
  bytes?: number;
  rows?: number;
  fraction?: number;
}

/** What one event makes of one file; the same object when it says nothing about it. */
export function applyEvent(file: File, event: Event): File {
  const data = (event.data ?? {}) as FileEventData;
  if ((data.file_id ?? event.source_id) !== file.id) return file;
  switch (event.type) {
    case 'file.progress': {
      if (!isRunning(file)) return file;
      const next = { stage: 'received', bytes: 0, rows: 0, fraction: 0, ...pick(data) };
      return { ...file, processing_status: 'processing', progress: laterProgress(file.progress, next) };
    }
    case 'file.failed':
      return { ...file, processing_status: 'failed', error: (event.data as File['error']) ?? file.error };
    case 'file.completed':
      return { ...file, processing_status: 'completed', progress: { ...file.progress, ...pick(data) } };
    default:
      return file;
  }
}

function pick(data: FileEventData): Partial<Progress> {
  const out: Partial<Progress> = {};
  if (data.stage !== undefined) out.stage = data.stage;
  if (data.bytes !== undefined) out.bytes = data.bytes;
  if (data.rows !== undefined) out.rows = data.rows;
  if (data.fraction !== undefined) out.fraction = data.fraction;
  return out;
}

export function applyEventToList(list: FileList | undefined, event: Event): FileList | undefined {
  if (!list) return list;
  let changed = false;
  const files = list.files.map((file) => {
    const next = applyEvent(file, event);
    changed ||= next !== file;
    return next;
  });
  return changed ? { ...list, files } : list;
}

/** Units per second over a sliding window of samples, and the time that is left. */
export class SpeedMeter {
  private samples: { at: number; done: number }[] = [];
  private readonly windowMs: number;

  constructor(windowMs = 5_000) {
    this.windowMs = windowMs;
  }

  add(at: number, done: number): void {
    const last = this.samples.at(-1);
    if (last && done < last.done) this.samples = [];
    this.samples.push({ at, done });
    while (this.samples.length > 2 && at - (this.samples[0]?.at ?? at) > this.windowMs) this.samples.shift();
  }

  /** Undefined until there is enough to tell. */
  perSecond(): number | undefined {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (!first || !last || last.at - first.at < 300 || last.done <= first.done) return undefined;
    return ((last.done - first.done) * 1000) / (last.at - first.at);
  }

  msLeft(total: number): number | undefined {
    const speed = this.perSecond();
    const done = this.samples.at(-1)?.done;
    if (speed === undefined || done === undefined) return undefined;
    return Math.max(0, ((total - done) / speed) * 1000);
  }
}
