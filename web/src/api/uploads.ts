/** Files on their way to the server. They outlive pages: the tray shows them everywhere. */
import { create } from 'zustand';
import { address, freshToken, tokenAfter401 } from './client';
import { type ApiError, asApiError, errorFromText, unreachable } from './errors';
import { SpeedMeter } from './progress';
import type { UploadReply } from './types';

export interface Upload {
  key: string;
  name: string;
  size: number;
  sent: number;
  /** Bytes per second; absent until there is enough to tell. */
  speed?: number;
  msLeft?: number;
  state: 'waiting' | 'sending' | 'sent' | 'failed';
  /** Known when the server has the whole file. */
  fileId?: string;
  error?: ApiError;
}

interface UploadState {
  uploads: Upload[];
}

export const useUploads = create<UploadState>(() => ({ uploads: [] }));

/** Two at a time keep the line busy without starving each other. */
const PARALLEL = 2;
const queue: { key: string; file: globalThis.File }[] = [];
const running = new Map<string, XMLHttpRequest | null>();
const kept = new Map<string, globalThis.File>();
const listeners = new Set<(uploaded: UploadReply) => void>();
let counter = 0;

/** Called with each file that the server has received. */
export function onUploaded(listener: (uploaded: UploadReply) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function patch(key: string, change: Partial<Upload>): void {
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.map((upload) => (upload.key === key ? { ...upload, ...change } : upload)),
  }));
}

export function addUploads(files: globalThis.File[]): void {
  const added = files.map((file): Upload => {
    const key = `upload-${++counter}`;
    queue.push({ key, file });
    kept.set(key, file);
    return { key, name: file.name, size: file.size, sent: 0, state: 'waiting' };
  });
  useUploads.setState(({ uploads }) => ({ uploads: [...added, ...uploads] }));
  pump();
}

export function cancelUpload(key: string): void {
  running.get(key)?.abort();
  const index = queue.findIndex((entry) => entry.key === key);
  if (index >= 0) queue.splice(index, 1);
  dismissUpload(key);
}

export function dismissUpload(key: string): void {
  kept.delete(key);
  useUploads.setState(({ uploads }) => ({ uploads: uploads.filter((upload) => upload.key !== key) }));
}

export function retryUpload(key: string): void {
  const file = kept.get(key);
  if (!file) return;
  patch(key, { state: 'waiting', sent: 0, error: undefined });
  queue.push({ key, file });
  pump();
}

function pump(): void {
  while (running.size < PARALLEL) {
    const next = queue.shift();
    if (!next) return;
    running.set(next.key, null);
    void transfer(next.key, next.file);
  }
}

async function transfer(key: string, file: globalThis.File): Promise<void> {
  try {
    let token = await freshToken();
    let answer = await send(key, file, token);
    if (answer.status === 401) {
      token = await tokenAfter401(token);
      answer = await send(key, file, token);
    }
    if (answer.status < 200 || answer.status >= 300) throw errorFromText(answer.status, answer.text);
    const uploaded = JSON.parse(answer.text) as UploadReply;
    kept.delete(key);
    patch(key, { state: 'sent', sent: file.size, fileId: uploaded.files[0]?.file_id });
    for (const listener of listeners) listener(uploaded);
  } catch (error) {
    if (!(error instanceof Cancelled)) patch(key, { state: 'failed', error: asApiError(error) });
  } finally {
    running.delete(key);
    pump();
  }
}

class Cancelled extends Error {}

/** XMLHttpRequest, since fetch tells nothing about bytes on their way out. */
function send(key: string, file: globalThis.File, token: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const meter = new SpeedMeter();
    running.set(key, xhr);
    xhr.open('POST', address('/files/upload'));
    xhr.setRequestHeader('authorization', `Bearer ${token}`);
    xhr.setRequestHeader('accept', 'application/json');
    xhr.upload.onprogress = (event) => {
      // The envelope around the file is a few hundred bytes.
      const sent = Math.min(file.size, event.loaded);
      meter.add(performance.now(), sent);
      patch(key, { state: 'sending', sent, speed: meter.perSecond(), msLeft: meter.msLeft(file.size) });
    };
    xhr.onload = () => resolve({ status: xhr.status, text: xhr.responseText });
    xhr.onerror = () => reject(unreachable());
    xhr.onabort = () => reject(new Cancelled());
    const form = new FormData();
    form.append('file', file, file.name);
    patch(key, { state: 'sending' });
    xhr.send(form);
  });
}

export const uploadsRunning = (uploads: Upload[]) =>
  uploads.filter((upload) => upload.state === 'waiting' || upload.state === 'sending');
