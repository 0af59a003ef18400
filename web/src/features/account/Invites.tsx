import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { asApiError, fieldMessages } from '@/api/errors';
import { invite, inviteLink, invitesQuery, revokeInvite } from '@/api/invites';
import type { Invite } from '@/api/types';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Field } from '@/components/Field';
import { Bone, Card } from '@/components/primitives';
import { day } from '@/lib/time';
import s from './account.module.css';

function Link({ token }: { token: string }) {
  const address = inviteLink(token);
  return (
    <div className={s.link}>
      <p>Send this link. It works once, and is shown only now.</p>
      <code>{address}</code>
      <CopyButton value={address}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            onClick={copy}
            leftSection={copied ? <IconCheck size={14} stroke={1.8} /> : <IconCopy size={14} stroke={1.6} />}
          >
            {copied ? 'Copied' : 'Copy the link'}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}

function Open({ invites }: { invites: Invite[] }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: revokeInvite,
    onSettled: () => client.invalidateQueries({ queryKey: ['invites'] }),
  });
  return (
    <ul className={s.open}>
      {invites.map((one) => (
        <li key={one.id}>
          <span>
            <b>{one.email ?? 'Anyone with the link'}</b>
            <small>
              {one.role}, good until {day(one.expires_at.slice(0, 10))}
            </small>
          </span>
          <Button
            size="xs"
            loading={revoke.isPending && revoke.variables === one.id}
            onClick={() => revoke.mutate(one.id)}
          >
            Take back
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Colleagues come in by a link. */
export function Invites() {
  const [email, setEmail] = useState('');
  const client = useQueryClient();
  const list = useQuery(invitesQuery);
  const make = useMutation({
    mutationFn: () => invite(email.trim(), 'editor'),
    onSuccess: () => {
      setEmail('');
      void client.invalidateQueries({ queryKey: ['invites'] });
    },
  });
  const fields = make.error ? fieldMessages(asApiError(make.error)) : {};
  const open = list.data?.invites.filter((one) => !one.accepted_at && new Date(one.expires_at) > new Date()) ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Card className={s.card}>
      <form onSubmit={submit}>
        <Field
          label="Email of a colleague"
          type="email"
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          help="They can upload, ask and edit in this workspace."
          error={fields.email}
        />
        {make.error && !fields.email ? <ErrorNotice error={make.error} /> : null}
        <div>
          <Button type="submit" variant="filled" loading={make.isPending} disabled={!email.trim()}>
            Make an invitation
          </Button>
        </div>
      </form>
      {make.data?.token ? <Link token={make.data.token} /> : null}
      {list.isPending ? <Bone height={20} /> : null}
      {open.length > 0 ? <Open invites={open} /> : null}
    </Card>
  );
}
