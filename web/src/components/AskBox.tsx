import { ActionIcon } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import a from './askbox.module.css';

export const askAddress = (question: string) => `/conversation?ask=${encodeURIComponent(question)}`;

/** A question from any page; the answer is a new conversation. */
export function AskBox({ note }: { note?: string }) {
  const [question, setQuestion] = useState('');
  const navigate = useNavigate();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (question.trim()) navigate(askAddress(question.trim()));
  };
  return (
    <form className={a.box} onSubmit={submit}>
      <input
        placeholder="Ask about your data"
        aria-label="Ask about your data"
        value={question}
        onChange={(event) => setQuestion(event.target.value)}
        maxLength={2000}
      />
      {note ? <span className={a.note}>{note}</span> : null}
      <ActionIcon variant="filled" color="sea" size={32} aria-label="Ask" type="submit">
        <IconArrowUp size={18} stroke={2} />
      </ActionIcon>
    </form>
  );
}
