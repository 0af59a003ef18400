import type { PlainDefinition } from '../types';

export const table: PlainDefinition = { type: 'table', label: 'Table', draws: 'html' };
