import { Button } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { changeName, changePassword, logOut, meQuery } from '@/api/auth';
import { asApiError, fieldMessages } from '@/api/errors';
import type { User } from '@/api/types';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Field } from '@/components/Field';
import { Bone, Card, Page, PageHead, Section } from '@/components/primitives';
import { toast } from '@/components/toast';
import { day } from '@/lib/time';
import s from './account.module.css';
import { Invites } from './Invites';
import { QueryLimits } from './QueryLimits';
import { WorkspaceSettings } from './WorkspaceSettings';

function Profile({ user }: { user: User }) {
  const client = useQueryClient();
  const [name, setName] = useState(user.full_name);
  const save = useMutation({
    mutationFn: () => changeName(name.trim()),
    onSuccess: (next) => {
      client.setQueryData(['me'], next);
      void toast('Your name is saved.');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Card className={s.card}>
      <form onSubmit={submit}>
        <Field label="Name" autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
        <Field label="Email" value={user.email} readOnly help="The address you log in with." />
        {save.error ? <ErrorNotice error={save.error} /> : null}
        <div>
          <Button
            type="submit"
            variant="filled"
            loading={save.isPending}
            disabled={!name.trim() || name.trim() === user.full_name}
          >
            Save the name
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Password({ email }: { email: string }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const save = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      void toast('Your password is changed.');
    },
  });
  const fields = save.error ? fieldMessages(asApiError(save.error)) : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Card className={s.card}>
      <form onSubmit={submit}>
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <Field
          label="Present password"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          error={fields.current_password}
        />
        <Field
          label="New password"
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.target.value)}
          help="At least 8 characters."
          error={fields.new_password}
        />
        {save.error && Object.keys(fields).length === 0 ? <ErrorNotice error={save.error} /> : null}
        <div>
          <Button type="submit" variant="filled" loading={save.isPending} disabled={!current || next.length < 8}>
            Change the password
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** Only who runs the workspace brings others in and sets how it counts time. */
function mayAdminister(user: User): boolean {
  const role = user.workspaces.find((workspace) => workspace.id === user.workspace_id)?.role;
  return role === 'owner' || role === 'admin';
}

export default function AccountPage() {
  const me = useQuery(meQuery);
  return (
    <Page>
      <PageHead
        title={me.data ? me.data.full_name || me.data.email : <Bone width={220} height={20} />}
        lede={me.data ? `Account since ${day(me.data.created_at.slice(0, 10))}` : undefined}
        actions={
          <Button leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void logOut()}>
            Log out
          </Button>
        }
      />
      {me.error ? <ErrorNotice error={me.error} onRetry={() => void me.refetch()} /> : null}
      {me.data ? (
        <div className={s.columns}>
          <Section title="Profile">
            <Profile user={me.data} />
          </Section>
          {mayAdminister(me.data) ? (
            <>
              <Section title="Invite">
                <Invites />
              </Section>
              <Section title="Time of this workspace">
                <WorkspaceSettings />
              </Section>
              <Section title="Queries of this workspace">
                <QueryLimits />
              </Section>
            </>
          ) : null}
          <Section title="This server" className={s.server}>
            <Card className={s.places}>
              <Link to="/dashboard/system-health">System Health</Link>
              <Link to="/dashboard/integration-status">Integration Status</Link>
            </Card>
          </Section>
          <Section title="Password">
            <Password email={me.data.email} />
          </Section>
        </div>
      ) : me.isPending ? (
        <div className={s.columns}>
          <Bone height={220} />
          <Bone height={220} />
        </div>
      ) : null}
    </Page>
  );
}
