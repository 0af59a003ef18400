import { IconBolt } from '@tabler/icons-react';
import { ui } from '@/components/primitives';
import p from './panels.module.css';

/** What makes a statement faster, each with why. */
export function AdviceList({ advice, label }: { advice: { title: string; text: string }[]; label: string }) {
  return (
    <ul className={p.advice} aria-label={label}>
      {advice.map((one) => (
        <li key={one.title + one.text} className={ui.notice}>
          <IconBolt size={16} stroke={1.6} />
          <div className={ui.noticeText}>
            <b>{one.title}</b>
            <p>{one.text}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
