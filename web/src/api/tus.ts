/** Uploads in pieces (tus 1.0.0): what has arrived stays, also over a reload of the server or a lost line. */
import { address, freshToken, tokenAfter401 } from './client';
import { ApiError, errorFromText, unreachable } from './errors';

const PIECE = 8 << 20;
const RETRIES_MS = [500, 1_000, 2_000, 4_000, 8_000];
const VERSION = '1.0.0';

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** "filename d29ybGQ=,mode cmVwbGFjZQ==" */
export const metadataOf = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => `${name} ${base64(value)}`)
    .join(',');

interface Reply {
  status: number;
  text: string;
  header: (name: string) => string | null;
}

type Send = (request: XMLHttpRequest) => void;

/** One request; `watch` has it while it runs, so that it can be broken off. */
async function call(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: Blob | null,
  watch: Send,
): Promise<Reply> {
  const once = (token: string) =>
    new Promise<Reply>((resolve, reject) => {
      const xhr = new XMLHttpRequest();
      xhr.open(method, path);
      xhr.setRequestHeader('authorization', `Bearer ${token}`);
      xhr.setRequestHeader('tus-resumable', VERSION);
      for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
      xhr.onload = () =>
        resolve({ status: xhr.status, text: xhr.responseText, header: (name) => xhr.getResponseHeader(name) });
      xhr.onerror = () => reject(unreachable());
      xhr.onabort = () => reject(new Stopped());
      watch(xhr);
      xhr.send(body);
    });
  const token = await freshToken();
  const reply = await once(token);
  return reply.status === 401 ? await once(await tokenAfter401(token)) : reply;
}

/** Broken off by the user: no error. */
export class Stopped extends Error {}

const good = (reply: Reply): Reply => {
  if (reply.status >= 200 && reply.status < 300) return reply;
  throw errorFromText(reply.status, reply.text);
};

const mayComeBack = (error: unknown) => error instanceof ApiError && (error.status === 0 || error.status >= 500);

export class ResumableUpload {
  /** Where the server keeps it; absent before it was begun. */
  private place: string | undefined;
  private running: XMLHttpRequest | undefined;
  private stopped = false;

  constructor(
    private readonly file: File,
    private readonly fields: Record<string, string>,
    private readonly onSent: (bytes: number) => void,
  ) {}

  /** Sends what is missing; gives the id of the file that it becomes. Rejects with Stopped after stop(). */
  async run(): Promise<string> {
    this.stopped = false;
    let tries = 0;
    while (true) {
      try {
        return await this.attempt(() => {
          tries = 0;
        });
      } catch (error) {
        const wait = RETRIES_MS[tries++];
        if (this.stopped || !mayComeBack(error) || wait === undefined) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
        if (this.stopped) throw new Stopped();
      }
    }
  }

  /** Breaks off; run() goes on where it was. */
  stop(): void {
    this.stopped = true;
    this.running?.abort();
  }

  /** Tells the server that nothing more comes. */
  async giveUp(): Promise<void> {
    this.stop();
    if (!this.place) return;
    await call('DELETE', this.place, {}, null, () => {}).catch(() => undefined);
    this.place = undefined;
  }

  private async attempt(arrived: () => void): Promise<string> {
    const watch: Send = (xhr) => {
      this.running = xhr;
    };
    let offset = 0;
    if (this.place) {
      const state = good(await call('HEAD', this.place, {}, null, watch));
      offset = Number(state.header('upload-offset'));
      const done = state.header('upload-file-id');
      if (done) return done;
    } else {
      const headers = {
        'upload-length': String(this.file.size),
        'upload-metadata': metadataOf({ filename: this.file.name, ...this.fields }),
      };
      const made = good(await call('POST', address('/uploads'), headers, null, watch));
      const id = made.header('location')?.split('/').at(-1) ?? '';
      this.place = address(`/uploads/${encodeURIComponent(id)}`);
    }
    while (true) {
      const from = offset;
      const headers = { 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' };
      const reply = good(
        await call('PATCH', this.place, headers, this.file.slice(from, from + PIECE), (xhr) => {
          this.running = xhr;
          xhr.upload.onprogress = (event) => this.onSent(Math.min(this.file.size, from + event.loaded));
        }),
      );
      offset = Number(reply.header('upload-offset'));
      this.onSent(offset);
      arrived();
      const done = reply.header('upload-file-id');
      if (done) return done;
    }
  }
}
