import { isRunning } from '@/api/progress';
import type { File } from '@/api/types';
import { capital, inWords, listed } from '@/lib/words';

/** The page's title: what state the files are in. */
export function filesSentence(files: File[], uploading: number): string {
  const ready = files.filter((file) => file.processing_status === 'completed').length;
  const running = files.filter(isRunning).length + uploading;
  const failed = files.filter((file) => file.processing_status === 'failed').length;
  if (ready + running + failed === 0) return 'Bring a file, and ask it questions';
  const parts: string[] = [];
  if (ready > 0) parts.push(`${inWords(ready)} ${ready === 1 ? 'source is' : 'sources are'} ready`);
  if (running > 0) parts.push(`${inWords(running)} ${running === 1 ? 'is' : 'are'} being read`);
  if (failed > 0) parts.push(`${inWords(failed)} could not be read`);
  return capital(listed(parts));
}

/** One file for each source: what is being read or failed, else the one that it began with. */
export function onePerSource(files: File[]): File[] {
  const rank = (file: File) => (file.processing_status === 'completed' ? 0 : 2) + (file.id === file.source_id ? 1 : 0);
  const best = new Map<string, File>();
  for (const file of files) {
    const key = file.source_id || file.id;
    const before = best.get(key);
    if (!before || rank(file) > rank(before)) best.set(key, file);
  }
  return [...best.values()];
}
