import { capital } from '@/lib/words';

/** What the server says when something went wrong: what, where, and the one next step. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  readonly detail: Record<string, unknown> | undefined;
  readonly requestId: string | undefined;

  constructor(
    status: number,
    body: {
      code: string;
      message: string;
      hint?: string | null;
      detail?: Record<string, unknown> | null;
      request_id?: string | null;
    },
  ) {
    super(body.message);
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code;
    this.hint = body.hint || undefined;
    this.detail = body.detail ?? undefined;
    this.requestId = body.request_id || undefined;
  }
}

/** Status 0: there was no answer at all. */
export function unreachable(): ApiError {
  return new ApiError(0, {
    code: 'unreachable',
    message: 'The server can not be reached.',
    hint: 'Check that it runs and that you are connected, then try again.',
  });
}

/** Reads the one error shape; anything else (a proxy's page, an empty body) becomes a sentence too. */
export function errorFromText(status: number, text: string): ApiError {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'error' in body) {
      const error = body.error as ConstructorParameters<typeof ApiError>[1];
      if (typeof error?.message === 'string' && typeof error.code === 'string') return new ApiError(status, error);
    }
  } catch {
    // Not JSON: falls through to the general sentence.
  }
  return new ApiError(status, {
    code: 'unexpected_answer',
    message: `The server answered with status ${status}.`,
    hint: status >= 500 ? 'Try again in a moment.' : 'Reload the page and try again.',
  });
}

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(0, {
    code: 'page_error',
    message: error instanceof Error && error.message ? error.message : 'Something on this page went wrong.',
    hint: 'Reload the page and try again.',
  });
}

/** Messages per field for forms: `detail.fields` maps a field's path to what is wrong with it. */
export function fieldMessages(error: ApiError): Record<string, string> {
  const out: Record<string, string> = {};
  const fields = error.detail?.fields;
  if (Array.isArray(fields)) {
    for (const field of fields) {
      const path = field?.path ?? field?.field;
      if (typeof path === 'string' && typeof field.message === 'string') out[path] = capital(field.message);
    }
  } else if (typeof fields === 'object' && fields !== null) {
    for (const [path, message] of Object.entries(fields)) if (typeof message === 'string') out[path] = capital(message);
  }
  return out;
}
