import { describe, expect, it } from 'vitest';
import type { ParameterType } from '@/api/types';
import { bind, definitionsFor, parametersIn, readValue, typeNeeded, valueText } from './parameters';

describe('parametersIn', () => {
  it('finds {{name}} and $name in their order, once each', () => {
    expect(parametersIn('SELECT {{ b }} + $a + {{b}}')).toEqual(['b', 'a']);
  });
  it('does not look into texts, quoted names and comments', () => {
    expect(parametersIn(`SELECT '{{a}}', "$b" -- {{c}}\n/* $d */ FROM t WHERE x = {{e}}`)).toEqual(['e']);
  });
  it('takes names that are words of SQL', () => {
    expect(parametersIn('SELECT * FROM t WHERE day >= {{from}} AND day < {{date}}')).toEqual(['from', 'date']);
  });
});

describe('typeNeeded', () => {
  it.each<[string, ParameterType | undefined]>([
    ['BIGINT', 'integer'],
    ['UINTEGER', 'integer'],
    ['DECIMAL(18,3)', 'number'],
    ['VARCHAR', 'text'],
    ['TIMESTAMP WITH TIME ZONE', 'timestamp'],
    ['DATE', 'date'],
    ['VARCHAR[]', 'text_list'],
    ['BIGINT[]', 'integer_list'],
    ['DATE[]', undefined],
    ['', undefined],
  ])('%s is %s', (needed, type) => {
    expect(typeNeeded(needed)).toBe(type);
  });
});

describe('definitionsFor', () => {
  it('prefers what is defined to what is needed, and falls back to text', () => {
    const sql = 'SELECT {{a}}, {{b}}, {{c}}';
    expect(
      definitionsFor(
        sql,
        [{ name: 'a', type: 'date' }],
        [
          { name: 'a', type: 'BIGINT' },
          { name: 'b', type: 'BIGINT' },
        ],
      ),
    ).toEqual([
      { name: 'a', type: 'date' },
      { name: 'b', type: 'integer' },
      { name: 'c', type: 'text' },
    ]);
  });
});

describe('readValue', () => {
  it.each<[ParameterType, string, unknown]>([
    ['integer', ' 12 ', '12'],
    ['integer', '9007199254740993', '9007199254740993'],
    ['number', '1.5', 1.5],
    ['boolean', 'false', false],
    ['date', '2026-02-28', '2026-02-28'],
    ['timestamp', '2026-02-28T10:30', '2026-02-28T10:30'],
    ['text', '', ''],
    ['text', ' a ', ' a '],
    ['text_list', 'Oslo, Bergen,', ['Oslo', 'Bergen']],
    ['integer_list', '1,2', ['1', '2']],
    ['number_list', '', []],
  ])('%s takes “%s”', (type, text, value) => {
    expect(readValue(type, text)).toEqual({ value });
  });
  it.each<[ParameterType, string]>([
    ['integer', '1.5'],
    ['integer', ''],
    ['number', 'x'],
    ['boolean', ''],
    ['date', '2026-02-30'],
    ['date', 'May'],
    ['timestamp', '2026-13-01T10:00'],
    ['integer_list', '1, x'],
  ])('%s refuses “%s”', (type, text) => {
    expect(readValue(type, text)).toHaveProperty('problem');
  });
});

describe('bind', () => {
  it('sends types, but lets a text be what the statement needs', () => {
    const { bound, problems } = bind(
      [
        { name: 'n', type: 'integer' },
        { name: 't', type: 'text', default_value: 'Oslo' },
      ],
      { n: '3' },
    );
    expect(problems).toEqual({});
    expect(bound).toEqual({ parameters: { n: '3', t: 'Oslo' }, parameter_types: { n: 'integer' } });
  });
  it('names what is wrong', () => {
    expect(bind([{ name: 'n', type: 'integer' }], {}).problems).toEqual({ n: 'Give a value.' });
  });
  it('sends nothing for a statement without parameters', () => {
    expect(bind([], { old: '1' }).bound).toEqual({});
  });
});

it('values are written as they are read', () => {
  expect(valueText([1, 'a'])).toBe('1, a');
  expect(valueText(null)).toBe('');
  expect(valueText(true)).toBe('true');
});
