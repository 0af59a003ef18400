import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/errors';
import type { QueryResult, Source } from '@/api/types';
import { setLocale } from '@/lib/format';
import { problemOf, unitsOf } from './problem';
import { PAGE_ROWS, Rows } from './rows';
import { type SchemaTable, schemaOf, searchSchema, sqlName } from './schema';
import { asSource, bareStatement, sortedBy, summarySql } from './statement';
import { figureOf, summarise, summaryTexts } from './summary';
import { useTabs } from './tabs';

setLocale('en-GB');

describe('a statement within another', () => {
  it('loses what follows it, and nothing else', () => {
    expect(bareStatement("SELECT ';' AS a; -- done;\n")).toBe("SELECT ';' AS a");
    expect(bareStatement('SELECT 1 -- one\n;  /* end */ ;')).toBe('SELECT 1');
    expect(bareStatement("SELECT 'a -- b'")).toBe("SELECT 'a -- b'");
    expect(bareStatement('SELECT "x;"')).toBe('SELECT "x;"');
  });

  it('is sorted by the place of a column, so that names may repeat', () => {
    expect(sortedBy('SELECT 1 AS a, 2 AS a;', 1, true)).toBe(
      'SELECT * FROM (\nSELECT 1 AS a, 2 AS a\n) AS result\nORDER BY 2 DESC NULLS LAST',
    );
    expect(asSource('SELECT 1', 2)).toContain('AS result(c1, c2)');
  });
});

describe('the summary of a result', () => {
  const columns = [
    { name: 'revenue', type: 'DOUBLE', unit: 'EUR' },
    { name: 'unit_price', type: 'DECIMAL(10,2)' },
    { name: 'order_id', type: 'BIGINT' },
    { name: 'day', type: 'DATE' },
    { name: 'country', type: 'VARCHAR' },
  ];
  const figures = columns.map((column) => figureOf(column, undefined));

  it('adds up what adds up', () => {
    expect(figures).toEqual(['sum', 'average', 'distinct', 'range', 'distinct']);
    expect(figureOf({ name: 'temperature', type: 'DOUBLE' }, 'measure')).toBe('average');
  });

  it('says what the rows come to', () => {
    const row = summarise(
      [
        [1000, '2.50', 1, '2025-01-02', 'DE'],
        [2500.4, '3.50', 2, '2024-05-01', null],
        [null, null, 2, null, 'DE'],
      ],
      figures,
    );
    expect(row).toEqual([3500.4, 3, 2, '2024-05-01', '2025-01-02', 1]);
    expect(summaryTexts(columns, figures, row)).toEqual([
      '€3,500',
      'avg 3',
      '2 distinct',
      '1 May 2024 – 2 Jan 2025',
      '1 distinct',
    ]);
  });

  it('asks the server for as many cells', () => {
    expect(summarySql('SELECT 1', figures).split('\n')[0]?.split(',').length).toBe(6);
  });
});

describe('an error of the server', () => {
  const error = (detail: Record<string, unknown>, hint?: string) =>
    new ApiError(400, { code: 'invalid_sql', message: 'No such column.', detail, ...(hint ? { hint } : {}) });

  it('stands at the word in the text, with what to write instead', () => {
    const text = "-- größe\nSELECT 'ü', ammount FROM orders";
    const sql = text.slice(text.indexOf('SELECT'));
    const position = new TextEncoder().encode("SELECT 'ü', ").length;
    const problem = problemOf(error({ position }, 'Did you mean `amount`?'), text, sql, text.indexOf('SELECT'));
    expect(text.slice(problem.from, problem.to)).toBe('ammount');
    expect(problem).toMatchObject({ line: 2, suggestion: 'amount' });
  });

  it('replaces the last part of a qualified name', () => {
    const text = 'SELECT o.ammount FROM orders o';
    const problem = problemOf(error({ position: 7, candidates: ['amount'] }), text, text, 0);
    expect(text.slice(problem.from, problem.to)).toBe('ammount');
  });

  it('has no place in a text that was edited since', () => {
    expect(problemOf(error({ position: 3 }), 'other', 'SELECT x', 0).from).toBeUndefined();
  });

  it('counts bytes as the server does', () => {
    expect(unitsOf('aü€😀b', 1)).toBe(1);
    expect(unitsOf('aü€😀b', 3)).toBe(2);
    expect(unitsOf('aü€😀b', 6)).toBe(3);
    expect(unitsOf('aü€😀b', 10)).toBe(5);
  });
});

describe('the rows of a run', () => {
  const result = (rows: number, offset: number): QueryResult => ({
    query_id: 'q',
    columns: [{ name: 'n', type: 'BIGINT' }],
    rows: Array.from({ length: rows }, (_, index) => [offset + index]),
    row_count: rows,
    total_rows: 100_000,
    truncated: true,
    execution_time: 0,
    cached: false,
    suggested_chart: {
      type: 'table',
      title: '',
      reason: '',
      alternatives: [],
      configuration: { y: [], horizontal: false },
    },
  });
  const settle = async () => {
    for (let i = 0; i < 4; i++) await vi.advanceTimersByTimeAsync(100);
  };
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  it('come page by page, and only so many are kept', async () => {
    const fetch = vi.fn(async (_id: string, offset: number, limit: number) => result(limit, offset));
    const rows = new Rows(result(1000, 0), fetch);
    expect(rows.count).toBe(100_000);
    expect(rows.at(999)).toEqual([999]);
    expect(rows.at(50_000)).toBeUndefined();
    for (let at = 1000; at < 40_000; at += 500) {
      rows.look(at, at + 30);
      await settle();
      expect(rows.at(at)).toEqual([at]);
    }
    expect(rows.at(1000)).toBeUndefined();
    expect(fetch.mock.calls.every((call) => call[2] === PAGE_ROWS)).toBe(true);
  });

  it('that are scrolled past are not asked for', async () => {
    const fetch = vi.fn(async (_id: string, offset: number, limit: number) => result(limit, offset));
    const rows = new Rows(result(1000, 0), fetch);
    for (let at = 2000; at < 90_000; at += 1000) rows.look(at, at + 30);
    await settle();
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(fetch.mock.calls[0]?.[1]).toBe(89_000);
  });

  it('are counted while the first ones are looked at', async () => {
    const fetch = vi.fn(
      (_id: string, offset: number, limit: number, signal: AbortSignal) =>
        new Promise<QueryResult>((resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
          setTimeout(() => resolve(result(limit, offset)), 200);
        }),
    );
    const rows = new Rows({ ...result(1000, 0), total_rows: undefined } as unknown as QueryResult, fetch);
    expect(rows.count).toBe(1000);
    rows.learnTotal();
    rows.look(0, 25);
    await settle();
    expect(rows.count).toBe(100_000);
  });

  it('say what went wrong, and go on when told to', async () => {
    let works = false;
    const fetch = vi.fn(async (_id: string, offset: number, limit: number) => {
      if (!works) throw new Error('lost');
      return result(limit, offset);
    });
    const rows = new Rows(result(1000, 0), fetch);
    rows.look(5000, 5030);
    await settle();
    expect(rows.error).toBeInstanceOf(Error);
    works = true;
    rows.retry();
    await settle();
    expect(rows.error).toBeNull();
    expect(rows.at(5000)).toEqual([5000]);
  });
});

describe('the schema', () => {
  const table: SchemaTable = {
    name: 'orders',
    title: 'Orders',
    source: 'orders.csv',
    rows: 10,
    joins: [],
    columns: [
      {
        table: 'orders',
        name: 'country',
        label: 'Country',
        type: 'VARCHAR',
        meaning: 'country',
        unit: undefined,
        values: [{ value: 'Germany', count: 4 }],
      },
      { table: 'orders', name: 'amount', label: 'Amount', type: 'DOUBLE', meaning: 'amount', unit: 'EUR', values: [] },
    ],
  };
  it('is found by name and by value', () => {
    expect(searchSchema([table], 'amo')[0]?.columns.map((column) => column.name)).toEqual(['amount']);
    expect(searchSchema([table], 'germ')[0]).toMatchObject({ value: 'Germany' });
    expect(searchSchema([table], 'orders')[0]?.columns.length).toBe(2);
    expect(searchSchema([table], 'nowhere')).toEqual([]);
  });

  it('is made of sources even before they are profiled', () => {
    const source = {
      source_id: 's',
      source_name: 'a.csv',
      status: 'ready',
      schema: {
        tables: [
          {
            name: 'a',
            title: 'a',
            stored_name: 'a',
            rows: 1,
            columns: [{ name: 'x', original_name: 'X', type: 'BIGINT' }],
          },
        ],
      },
    } as unknown as Source;
    expect(schemaOf([source], [])[0]?.columns[0]).toMatchObject({ name: 'x', meaning: 'unknown', values: [] });
  });

  it('quotes names only where SQL needs it', () => {
    expect(sqlName('order_id')).toBe('order_id');
    expect(sqlName('Größe "x"')).toBe('"Größe ""x"""');
  });
});

describe('tabs', () => {
  it('use an untouched one again and never leave none', () => {
    const { open, close, change } = useTabs.getState();
    const first = useTabs.getState().active;
    expect(open({ sql: 'SELECT 1', title: 'One' })).toBe(first);
    const second = open();
    expect(second).not.toBe(first);
    expect(useTabs.getState().tabs.map((tab) => tab.title)).toEqual(['One', 'Query 1']);
    change(second, { sql: 'SELECT 2' });
    close(second);
    expect(useTabs.getState().active).toBe(first);
    close(first);
    expect(useTabs.getState().tabs.length).toBe(1);
    expect(useTabs.getState().tabs[0]?.sql).toBe('');
  });

  it('are kept for the next visit', () => {
    useTabs.getState().open({ sql: 'SELECT 42', title: 'Kept' });
    const kept = Object.entries(localStorage).find(([key]) => key.startsWith('sextant.queries.'));
    expect(kept?.[1]).toContain('SELECT 42');
  });
});
