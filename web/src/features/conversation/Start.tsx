import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { sourcesQuery } from '@/api/sources';
import { Empty } from '@/components/Empty';
import { Bone, Chip } from '@/components/primitives';
import type { Change } from './changes';
import s from './conversation.module.css';

const MOST = 6;

/** A new conversation: what could be asked of what is there. */
export function Start({ onAsk }: { onAsk: (change: Change) => void }) {
  const { data } = useQuery(sourcesQuery);
  if (!data) return <Bone height={160} />;
  if (data.sources.length === 0) {
    return (
      <Empty sentence="Questions need data. Bring a file first; a minute later you can ask it.">
        <Button variant="filled" component={Link} to="/files">
          Go to Files
        </Button>
      </Empty>
    );
  }
  const questions = [...new Set(data.sources.flatMap((source) => source.suggested_questions.slice(0, 3)))];
  return (
    <div className={s.start}>
      <h1>What do you want to know?</h1>
      <p>The answer comes with its chart, its rows and the query behind it.</p>
      <div className={s.startChips}>
        {questions.slice(0, MOST).map((question) => (
          <Chip key={question} wrap onClick={() => onAsk({ message: question })}>
            {question}
          </Chip>
        ))}
      </div>
    </div>
  );
}
