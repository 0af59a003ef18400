/** What an event changes in what the page already knows; nothing is asked again that the event tells. */
import type { QueryClient } from '@tanstack/react-query';
import { applyEvent, applyEventToList } from './progress';
import { applyRunEvent } from './runs';
import type { Event, File, FileList } from './types';

export function applyToCaches(client: QueryClient, event: Event): void {
  const [noun] = event.type.split('.');
  if (noun === 'file') {
    client.setQueryData<FileList>(['files'], (list) => applyEventToList(list, event));
    const id = event.source_id;
    if (id) client.setQueryData<File>(['files', id], (file) => (file ? applyEvent(file, event) : file));
    if (event.type !== 'file.progress') refresh(client, id);
    return;
  }
  if (noun === 'source') {
    if (event.type === 'source.progress') return;
    client.setQueryData<FileList>(['files'], (list) => applyEventToList(list, event));
    refresh(client, event.source_id);
    return;
  }
  if (noun === 'model') {
    void client.invalidateQueries({ queryKey: ['models'] });
    if (event.source_id) void client.invalidateQueries({ queryKey: ['source-info', event.source_id] });
    return;
  }
  if (noun === 'teaching') {
    void client.invalidateQueries({ queryKey: ['teachings'] });
    return;
  }
  if (event.type === 'query.progress' || event.type === 'query.finished') {
    applyRunEvent(event);
    return;
  }
  if (noun === 'query') {
    void client.invalidateQueries({ queryKey: ['saved-queries'] });
    return;
  }
  if (event.type === 'notification.created') {
    // The event tells that there is one, and its title; the list has the rest.
    void client.invalidateQueries({ queryKey: ['notifications'] });
    void client.invalidateQueries({ queryKey: ['golden'] });
    return;
  }
  if (noun === 'conversation') void client.invalidateQueries({ queryKey: ['conversations'], exact: true });
}

function refresh(client: QueryClient, sourceId: string | null | undefined): void {
  void client.invalidateQueries({ queryKey: ['files'] });
  void client.invalidateQueries({ queryKey: ['sources'] });
  void client.invalidateQueries({ queryKey: ['models'] });
  if (!sourceId) return;
  for (const key of ['source-info', 'source-versions', 'source-plan'])
    void client.invalidateQueries({ queryKey: [key, sourceId] });
}

/** After a gap without push: everything that may have changed is asked again. */
export function refreshAll(client: QueryClient): void {
  const keys = [
    'files',
    'sources',
    'source-info',
    'source-versions',
    'source-plan',
    'models',
    'teachings',
    'notifications',
    'saved-queries',
  ];
  for (const key of keys) {
    void client.invalidateQueries({ queryKey: [key] });
  }
}
