import { DropArea } from '@/components/DropArea';
import { Page, PageHead } from '@/components/primitives';
import { SampleDataButton } from '@/components/SampleDataButton';
import s from './home.module.css';

const STEPS = [
  ['Drop a file', 'Every column is typed, profiled and explained. Cells that do not fit are kept aside, not lost.'],
  ['Ask in your own words', 'The answer is a sentence, a chart and a table, computed on this server.'],
  ['See how it was made', 'Each number shows where it comes from, with the filters, the rows and the SQL.'],
] as const;

/** What to do when there is nothing yet. */
export function FirstRun({ name }: { name: string | undefined }) {
  return (
    <Page>
      <div className={s.first}>
        <PageHead
          title={name ? `Welcome, ${name}. Drop a file to begin` : 'Drop a file to begin'}
          lede="A minute from now you can ask it questions."
        />
        <DropArea title="Drop a file anywhere on this page, or browse">It stays on this server.</DropArea>
        <div className={s.or}>
          <span>or look around first</span>
          <SampleDataButton />
        </div>
        <ol className={s.steps}>
          {STEPS.map(([title, words], index) => (
            <li key={title}>
              <i aria-hidden>{index + 1}</i>
              <div>
                <b>{title}</b>
                <p>{words}</p>
              </div>
            </li>
          ))}
        </ol>
      </div>
    </Page>
  );
}
