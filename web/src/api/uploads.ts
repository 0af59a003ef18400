/** Files on their way to the server. They outlive pages: the tray shows them everywhere. */
import { create } from 'zustand';
import { address, freshToken, tokenAfter401 } from './client';
import { type ApiError, asApiError, errorFromText, unreachable } from './errors';
import { SpeedMeter } from './progress';
import { ResumableUpload, Stopped } from './tus';
import type { UploadReply } from './types';

/** Where files go: without it each becomes a source of its own. */
export interface Target {
  /** A new version of this source is made of them. */
  sourceId?: string;
  mode?: 'append' | 'replace';
}

export interface Upload {
  key: string;
  name: string;
  size: number;
  sent: number;
  /** Bytes per second; absent until there is enough to tell. */
  speed?: number;
  msLeft?: number;
  state: 'waiting' | 'sending' | 'paused' | 'sent' | 'failed';
  /** It goes in pieces, so it can be paused. */
  resumable?: boolean;
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
interface Entry {
  files: globalThis.File[];
  fields: Record<string, string>;
}
const queue: ({ key: string } & Entry)[] = [];
/** A file from this size on goes in pieces, so that a broken line costs only the last one. */
const RESUMABLE_FROM = 32 << 20;
const running = new Map<string, XMLHttpRequest | null>();
const resumable = new Map<string, ResumableUpload>();
const kept = new Map<string, Entry>();
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

function add(name: string, entry: Entry): Upload {
  const key = `upload-${++counter}`;
  queue.push({ key, ...entry });
  kept.set(key, entry);
  const size = entry.files.reduce((sum, file) => sum + file.size, 0);
  return { key, name, size, sent: 0, state: 'waiting' };
}

function start(added: Upload[]): void {
  useUploads.setState(({ uploads }) => ({ uploads: [...added, ...uploads] }));
  pump();
}

/** Files for one source go together, since they make one version of it. */
export function addUploads(files: globalThis.File[], target: Target = {}): void {
  const [first] = files;
  if (!first) return;
  const { sourceId, mode } = target;
  if (sourceId && mode) {
    start([add(titleOf(files), { files, fields: { source_id: sourceId, mode } })]);
    return;
  }
  start(files.map((file) => add(file.name, { files: [file], fields: {} })));
}

/** Files of one shape become one table, with their names as a column. */
export function addCombined(files: globalThis.File[]): void {
  if (files.length > 0) start([add(titleOf(files), { files, fields: { combine: 'true' } })]);
}

const titleOf = (files: globalThis.File[]) =>
  files.length === 1 ? (files[0]?.name ?? '') : `${files[0]?.name} and ${files.length - 1} more`;

export function cancelUpload(key: string): void {
  running.get(key)?.abort();
  void resumable.get(key)?.giveUp();
  resumable.delete(key);
  const index = queue.findIndex((entry) => entry.key === key);
  if (index >= 0) queue.splice(index, 1);
  dismissUpload(key);
}

export function dismissUpload(key: string): void {
  kept.delete(key);
  useUploads.setState(({ uploads }) => ({ uploads: uploads.filter((upload) => upload.key !== key) }));
}

/** Breaks a resumable upload off; retryUpload() goes on with it. */
export function pauseUpload(key: string): void {
  const upload = resumable.get(key);
  if (!upload) return;
  patch(key, { state: 'paused', speed: undefined, msLeft: undefined });
  upload.stop();
}

export function retryUpload(key: string): void {
  const entry = kept.get(key);
  if (!entry) return;
  patch(key, { state: 'waiting', error: undefined });
  queue.push({ key, ...entry });
  pump();
}

function pump(): void {
  while (running.size < PARALLEL) {
    const next = queue.shift();
    if (!next) return;
    running.set(next.key, null);
    void transfer(next.key, next);
  }
}

async function transfer(key: string, entry: Entry): Promise<void> {
  try {
    const [file] = entry.files;
    if (file && isResumable(entry)) {
      const uploaded = await sendInPieces(key, file, entry.fields);
      arrived(key, entry, uploaded);
      return;
    }
    let token = await freshToken();
    let answer = await send(key, entry, token);
    if (answer.status === 401) {
      token = await tokenAfter401(token);
      answer = await send(key, entry, token);
    }
    if (answer.status < 200 || answer.status >= 300) throw errorFromText(answer.status, answer.text);
    arrived(key, entry, JSON.parse(answer.text) as UploadReply);
  } catch (error) {
    if (!(error instanceof Cancelled || error instanceof Stopped))
      patch(key, { state: 'failed', error: asApiError(error) });
  } finally {
    running.delete(key);
    pump();
  }
}

class Cancelled extends Error {}

function arrived(key: string, entry: Entry, uploaded: UploadReply): void {
  kept.delete(key);
  resumable.delete(key);
  patch(key, { state: 'sent', sent: sizeOf(entry), fileId: uploaded.files[0]?.file_id });
  for (const listener of listeners) listener(uploaded);
}

const isResumable = (entry: Entry) =>
  entry.files.length === 1 && sizeOf(entry) >= RESUMABLE_FROM && entry.fields.combine !== 'true';

async function sendInPieces(key: string, file: globalThis.File, fields: Record<string, string>): Promise<UploadReply> {
  const meter = new SpeedMeter();
  const upload =
    resumable.get(key) ??
    new ResumableUpload(file, fields, (sent) => {
      meter.add(performance.now(), sent);
      patch(key, { sent, speed: meter.perSecond(), msLeft: meter.msLeft(file.size) });
    });
  resumable.set(key, upload);
  patch(key, { state: 'sending', resumable: true });
  const file_id = await upload.run();
  return { files: [{ file_id, filename: file.name, status: 'uploaded', message: '', integration_enabled: true }] };
}

const sizeOf = (entry: Entry) => entry.files.reduce((sum, file) => sum + file.size, 0);

/** XMLHttpRequest, since fetch tells nothing about bytes on their way out. */
function send(key: string, entry: Entry, token: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const meter = new SpeedMeter();
    const size = sizeOf(entry);
    running.set(key, xhr);
    xhr.open('POST', address('/files/upload'));
    xhr.setRequestHeader('authorization', `Bearer ${token}`);
    xhr.setRequestHeader('accept', 'application/json');
    xhr.upload.onprogress = (event) => {
      // The envelope around the files is a few hundred bytes.
      const sent = Math.min(size, event.loaded);
      meter.add(performance.now(), sent);
      patch(key, { state: 'sending', sent, speed: meter.perSecond(), msLeft: meter.msLeft(size) });
    };
    xhr.onload = () => resolve({ status: xhr.status, text: xhr.responseText });
    xhr.onerror = () => reject(unreachable());
    xhr.onabort = () => reject(new Cancelled());
    const form = new FormData();
    for (const [name, value] of Object.entries(entry.fields)) form.append(name, value);
    for (const file of entry.files) form.append('file', file, file.name);
    patch(key, { state: 'sending' });
    xhr.send(form);
  });
}

export const uploadsRunning = (uploads: Upload[]) =>
  uploads.filter((upload) => upload.state === 'waiting' || upload.state === 'sending');
