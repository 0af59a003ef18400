import type { PlainDefinition } from '../types';

export const metric: PlainDefinition = { type: 'metric', label: 'Figure', draws: 'html' };
