import { Button } from '@mantine/core';
import { IconCrown, IconMailOpened } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { signUp } from '@/api/auth';
import { Field } from '@/components/Field';
import { AuthFrame } from './AuthFrame';
import s from './login.module.css';
import { nextPlace } from './next';
import { useForm } from './useForm';

const SHORTEST_PASSWORD = 8;

export default function SignUpPage() {
  const [search] = useSearchParams();
  const invite = search.get('invite');
  const [name, setName] = useState('');
  const [email, setEmail] = useState(search.get('email') ?? '');
  const [password, setPassword] = useState('');
  const navigate = useNavigate();
  const form = useForm(async () => {
    await signUp({
      email: email.trim(),
      full_name: name.trim(),
      password,
      ...(invite ? { invite_token: invite } : {}),
    });
    navigate(nextPlace(search), { replace: true });
  });
  const query = search.toString();
  return (
    <AuthFrame title="Create your account" lede={`on ${location.host}`} error={form.error} onSubmit={form.submit}>
      {invite ? (
        <p className={s.owner}>
          <IconMailOpened size={16} stroke={1.6} />
          <span>You were invited. Your account joins the workspace that the invitation names.</span>
        </p>
      ) : (
        <p className={s.owner}>
          <IconCrown size={16} stroke={1.6} />
          <span>The first account on this server owns it and can invite others.</span>
        </p>
      )}
      <Field
        label="Your name"
        name="name"
        autoComplete="name"
        autoFocus
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={form.fields.full_name}
      />
      <Field
        label="Email"
        type="email"
        name="email"
        autoComplete="username"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={form.fields.email}
      />
      <Field
        label="Password"
        type="password"
        name="password"
        autoComplete="new-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        help={`At least ${SHORTEST_PASSWORD} characters. A few words are easier to keep than a riddle.`}
        error={form.fields.password}
      />
      <Button
        type="submit"
        variant="filled"
        fullWidth
        h={40}
        loading={form.busy}
        disabled={!name.trim() || !email || password.length < SHORTEST_PASSWORD}
      >
        Create the account
      </Button>
      <p className={s.other}>
        Already have one? <Link to={query ? `/login?${query}` : '/login'}>Log in</Link>
      </p>
    </AuthFrame>
  );
}
