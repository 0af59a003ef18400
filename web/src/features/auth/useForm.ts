import { useState } from 'react';
import { type ApiError, asApiError, fieldMessages } from '@/api/errors';

/** Runs a form's request: busy while it does, field messages and one notice when it fails. */
export function useForm(run: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const fields = error ? fieldMessages(error) : {};
  const submit = async () => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await run();
    } catch (failure) {
      setError(asApiError(failure));
    } finally {
      setBusy(false);
    }
  };
  return { busy, error: error && Object.keys(fields).length > 0 ? null : error, fields, submit };
}
