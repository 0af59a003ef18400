import { versionInUse } from '@/api/files';
import type { DataSourceInfo } from '@/api/types';
import { stem } from '@/lib/words';

export interface Word {
  text: string;
  /** "value of country", "column of orders" */
  kind: string;
}

const MOST_WORDS = 5_000;

/** What can be completed: names of columns, frequent values, whole questions. */
export function vocabularyOf(infos: DataSourceInfo[]): { words: Word[]; questions: string[] } {
  const words = new Map<string, Word>();
  const add = (text: string, kind: string) => {
    const key = text.toLowerCase();
    if (text.length > 1 && text.length <= 60 && !words.has(key) && words.size < MOST_WORDS)
      words.set(key, { text, kind });
  };
  for (const info of infos) {
    const source = stem(info.file_info.filename);
    for (const table of info.semantic_model?.schema_definition.tables ?? []) {
      if (table.source_id !== info.data_source_info?.source_id) continue;
      for (const column of table.columns) add(column.display_name.toLowerCase(), `column of ${source}`);
    }
    for (const profile of versionInUse(info)?.profiles ?? []) {
      for (const column of profile.columns) {
        add(column.name.replaceAll('_', ' '), `column of ${source}`);
        const names = column.histogram.length === 0 && column.timeline.length === 0;
        if (names) for (const { value } of column.top) add(value, `value of ${column.name.replaceAll('_', ' ')}`);
      }
    }
  }
  const questions = infos.flatMap((info) => info.data_source_info?.suggested_questions ?? []);
  return { words: [...words.values()], questions: [...new Set(questions)] };
}

export interface Completion {
  /** The whole text when it is taken. */
  result: string;
  text: string;
  kind: string;
}

const MOST = 6;
const LONGEST_PHRASE = 3;

/** Completions of what was written last: up to three words back, so that "online st" finds "Online store". */
export function completionsOf(written: string, vocabulary: { words: Word[]; questions: string[] }): Completion[] {
  const out: Completion[] = [];
  const taken = new Set<string>();
  const put = (completion: Completion) => {
    if (taken.has(completion.text.toLowerCase()) || out.length >= MOST) return;
    taken.add(completion.text.toLowerCase());
    out.push(completion);
  };
  const start = written.trimStart();
  if (start.length >= 3) {
    for (const question of vocabulary.questions) {
      if (question.length > start.length && question.toLowerCase().startsWith(start.toLowerCase())) {
        put({ result: question, text: question, kind: 'question' });
      }
    }
  }
  if (/\s$/.test(written)) return out;
  const parts = written.split(/\s+/);
  for (let length = Math.min(LONGEST_PHRASE, parts.length); length >= 1; length--) {
    const phrase = parts.slice(-length).join(' ');
    if (phrase.length < 2) continue;
    const wanted = phrase.toLowerCase();
    const before = written.slice(0, written.length - phrase.length);
    if (!written.endsWith(phrase)) continue;
    for (const word of vocabulary.words) {
      if (word.text.length > phrase.length && word.text.toLowerCase().startsWith(wanted)) {
        put({ result: `${before}${word.text} `, text: word.text, kind: word.kind });
      }
    }
  }
  return out;
}
