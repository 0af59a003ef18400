import clsx from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'react-router';
import s from './ui.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'accent' | 'none';
export { s as ui };

export function Page({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return (
    <main id="content" className={clsx(s.page, className)}>
      {children}
    </main>
  );
}

/** The title of a page is its answer: a sentence, not the page's name. */
export function PageHead({ title, lede, actions }: { title: ReactNode; lede?: ReactNode; actions?: ReactNode }) {
  return (
    <header className={s.head}>
      <div className={s.headText}>
        <h1 className={s.title}>{title}</h1>
        {lede ? <p className={s.lede}>{lede}</p> : null}
      </div>
      {actions ? <div className={s.actions}>{actions}</div> : null}
    </header>
  );
}

export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div className={clsx(s.card, className)} {...rest} />;
}

export function Section({
  title,
  note,
  action,
  children,
  className,
}: {
  title: ReactNode;
  note?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}) {
  return (
    <section className={clsx(s.section, className)}>
      <div className={s.sectionHead}>
        <h2 className={s.h2}>{title}</h2>
        {note ? <span className={clsx(s.meta, s.ellipsis)}>{note}</span> : null}
        {action ? <span className={s.push}>{action}</span> : null}
      </div>
      {children}
    </section>
  );
}

export function Tag({ tone = 'none', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={s.tag} data-tone={tone}>
      {children}
    </span>
  );
}

export function Dot({ tone = 'none' }: { tone?: Tone }) {
  return <span className={s.dot} data-tone={tone} aria-hidden />;
}

export function Chip({
  children,
  quiet,
  wrap,
  className,
  ...rest
}: ComponentProps<'button'> & { quiet?: boolean; wrap?: boolean }) {
  return (
    <button type="button" className={clsx(s.chip, quiet && s.quiet, wrap && s.wrapChip, className)} {...rest}>
      {children}
    </button>
  );
}

export function ChipLink({ children, className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link className={clsx(s.chip, s.wrapChip, className)} {...rest}>
      {children}
    </Link>
  );
}

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={s.kbd}>{children}</kbd>;
}

export function initialsOf(name: string): string {
  return name
    .trim()
    .split(/\s+/)
    .map((part) => part[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
}

/** You are in the accent, everyone else in grey: colour is kept for data and for action. */
export function Avatar({ name, size = 24, me = false }: { name: string; size?: number; me?: boolean }) {
  return (
    <span className={s.avatar} data-me={me} style={{ width: size, height: size }} aria-hidden>
      {initialsOf(name)}
    </span>
  );
}

/** A card whose content may be wider or higher than it: the keyboard can scroll it too. */
export function ScrollCard({ label, className, ...rest }: ComponentProps<'div'> & { label: string }) {
  return (
    <section
      className={clsx(s.card, s.tableWrap, className)}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      tabIndex={0}
      {...rest}
    />
  );
}

/** A block of the final shape while the data is on its way. */
export function Bone({ width = '100%', height = 12 }: { width?: number | string; height?: number | string }) {
  return <span className={s.bone} style={{ width, height }} aria-hidden />;
}
