import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { logIn } from '@/api/auth';
import { Field } from '@/components/Field';
import { AuthFrame } from './AuthFrame';
import s from './login.module.css';
import { nextPlace } from './next';
import { useForm } from './useForm';

export default function LoginPage() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const form = useForm(async () => {
    await logIn(email.trim(), password);
    navigate(nextPlace(search), { replace: true });
  });
  const query = search.toString();
  return (
    <AuthFrame title="Log in" lede={`to Sextant on ${location.host}`} error={form.error} onSubmit={form.submit}>
      <Field
        label="Email"
        type="email"
        name="email"
        autoComplete="username"
        autoFocus
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={form.fields.email}
      />
      <Field
        label="Password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={form.fields.password}
      />
      <Button type="submit" variant="filled" fullWidth h={40} loading={form.busy} disabled={!email || !password}>
        Log in
      </Button>
      <p className={s.other}>
        No account yet? <Link to={query ? `/signup?${query}` : '/signup'}>Sign up</Link>
      </p>
    </AuthFrame>
  );
}
