import type { ConversationHead } from '@/api/types';

const DAY = 86_400_000;

/** Today, the last seven days, earlier. */
export function groupThreads(threads: ConversationHead[], now: number = Date.now()): [string, ConversationHead[]][] {
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  const groups: [string, ConversationHead[]][] = [
    ['Today', []],
    ['Last 7 days', []],
    ['Earlier', []],
  ];
  for (const thread of threads) {
    const time = new Date(thread.updated_at).getTime();
    const index = time >= midnight.getTime() ? 0 : time >= midnight.getTime() - 7 * DAY ? 1 : 2;
    groups[index]?.[1].push(thread);
  }
  return groups.filter(([, list]) => list.length > 0);
}
