import {
  type Icon,
  IconActivityHeartbeat,
  IconFiles,
  IconHome,
  IconMessage2,
  IconPlugConnected,
  IconTableOptions,
} from '@tabler/icons-react';

export interface Place {
  to: string;
  label: string;
  /** On the phone's bar, which has room for few. */
  short?: string;
  icon: Icon;
  group: number;
  /** Other addresses that belong to this place. */
  also?: string[];
}

/** Only what is finished is listed. */
export const PLACES: Place[] = [
  { to: '/', label: 'Home', short: 'Home', icon: IconHome, group: 0 },
  { to: '/files', label: 'Files', short: 'Files', icon: IconFiles, group: 0, also: ['/sources/'] },
  {
    to: '/conversation',
    label: 'Conversation',
    short: 'Ask',
    icon: IconMessage2,
    group: 1,
    also: ['/conversation/', '/taught'],
  },
  { to: '/query-builder', label: 'Query Builder', short: 'Query', icon: IconTableOptions, group: 1 },
  { to: '/dashboard/integration-status', label: 'Integration Status', icon: IconPlugConnected, group: 2 },
  { to: '/dashboard/system-health', label: 'System Health', icon: IconActivityHeartbeat, group: 2 },
];

export const placeOf = (path: string): Place | undefined =>
  PLACES.find((place) => place.to === path || place.also?.some((prefix) => path.startsWith(prefix)));
