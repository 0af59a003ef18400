import { IconHelpCircle } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { Answer, Choice } from '@/api/types';
import { Bone, Card, Chip } from '@/components/primitives';
import { Tip } from '@/components/Tip';
import s from './answer.module.css';
import type { Change } from './changes';
import { Quotes } from './Quotes';
import { ReadingChips } from './ReadingChips';
import { ReceiptView } from './ReceiptView';
import { TaughtNote } from './TaughtNote';
import { TurnActions } from './TurnActions';
import { tracedPieces, traceWords } from './trace';

/** Charts and tables come after the first paint. */
const ResultCard = lazy(() => import('./ResultCard'));

function Sentence({ answer }: { answer: Answer }) {
  return (
    <p className={s.sentence}>
      {tracedPieces(answer.response, answer.receipt?.numbers ?? []).map((piece, index) =>
        piece.trace ? (
          <Tip key={index} label={traceWords(piece.trace)} wide>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its origin must be readable by keyboard */}
            <span className={s.trace} tabIndex={0}>
              {piece.text}
            </span>
          </Tip>
        ) : (
          piece.text
        ),
      )}
    </p>
  );
}

function Choices({ choices, onChoose }: { choices: Choice[]; onChoose: (choice: Choice) => void }) {
  return (
    <Card className={s.choices}>
      {choices.map((choice, index) => (
        <button key={choice.label} type="button" className={s.choice} onClick={() => onChoose(choice)}>
          <span className={s.key}>{index + 1}</span>
          <span>
            <b>{choice.label}</b>
            {choice.explanation ? <small>{choice.explanation}</small> : null}
          </span>
          {choice.preview ? (
            <span className={s.choiceSide}>
              <small>first row</small>
              {choice.preview}
            </span>
          ) : null}
        </button>
      ))}
    </Card>
  );
}

/** An answer: the sentence first, then what it rests on. */
export function AnswerView({
  answer,
  question,
  last,
  onAsk,
  onBranch,
}: {
  answer: Answer;
  question: string;
  last: boolean;
  onAsk: (change: Change) => void;
  /** Makes the next question go on from this answer; none for the last one, which it does anyway. */
  onBranch?: (() => void) | undefined;
}) {
  const abstained = answer.status === 'abstained';
  return (
    <div className={s.answer}>
      {abstained ? (
        <div className={s.abstained}>
          <IconHelpCircle size={20} stroke={1.6} />
          <Sentence answer={answer} />
        </div>
      ) : (
        <Sentence answer={answer} />
      )}
      {answer.insights.length > 0 ? (
        <ul className={s.insights}>
          {answer.insights.map((insight) => (
            <li key={insight}>{insight}</li>
          ))}
        </ul>
      ) : null}
      {answer.status === 'clarification' ? (
        <Choices
          choices={answer.choices}
          onChoose={(choice) => onAsk({ message: question, reading: choice.logical })}
        />
      ) : null}
      {answer.quotes.length > 0 ? <Quotes quotes={answer.quotes} /> : null}
      {answer.status === 'answered' && answer.quotes.length === 0 && answer.columns.length > 0 ? (
        <Suspense fallback={<Bone height={240} />}>
          <ResultCard answer={answer} question={question} />
        </Suspense>
      ) : null}
      {answer.teaching ? <TaughtNote teaching={answer.teaching} /> : null}
      <ReadingChips answer={answer} question={question} onChange={onAsk} />
      {answer.receipt?.sql && !abstained ? <ReceiptView receipt={answer.receipt} /> : null}
      <TurnActions answer={answer} question={question} onBranch={onBranch} />
      {answer.follow_ups.length > 0 && (last || abstained) ? (
        <div className={s.followUps}>
          <small>{abstained ? 'These can be answered' : 'Ask next'}</small>
          {answer.follow_ups.map((followUp) => (
            <Chip key={followUp} wrap onClick={() => onAsk({ message: followUp })}>
              {followUp}
            </Chip>
          ))}
        </div>
      ) : null}
    </div>
  );
}
