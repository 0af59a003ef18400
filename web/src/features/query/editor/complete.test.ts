import { describe, expect, it } from 'vitest';
import type { SchemaTable } from '../schema';
import { proposalsFor, tablesInText } from './complete';

const column = (table: string, name: string, values: string[] = []) => ({
  table,
  name,
  label: name,
  type: 'VARCHAR',
  meaning: 'category' as const,
  unit: undefined,
  values: values.map((value, index) => ({ value, count: 100 - index })),
});
const TABLES: SchemaTable[] = [
  {
    name: 'orders',
    title: 'orders',
    source: 'orders.csv',
    rows: 10,
    joins: [],
    columns: [column('orders', 'country', ["Côte d'Ivoire", 'Germany']), column('orders', 'amount')],
  },
  {
    name: 'customers',
    title: 'customers',
    source: 'customers.csv',
    rows: 5,
    joins: [],
    columns: [column('customers', 'customer_name', ['Ada'])],
  },
];

/** The cursor stands at |. */
function at(text: string, explicit = false) {
  const cursor = text.indexOf('|');
  return proposalsFor(text.replace('|', ''), cursor, TABLES, ['count'], ['SELECT'], explicit);
}
const labels = (text: string) => at(text)?.options.map((option) => option.label) ?? [];

describe('what is completed', () => {
  it('are tables after FROM and JOIN', () => {
    expect(labels('SELECT * FROM |')).toEqual(['orders', 'customers']);
    expect(labels('SELECT * FROM orders JOIN c|')).toEqual(['orders', 'customers']);
  });

  it('are columns of the tables that are read, before others', () => {
    const options = at('SELECT c| FROM customers')?.options ?? [];
    const rank = (name: string) => options.find((option) => option.label === name)?.boost ?? 0;
    expect(rank('customer_name')).toBeGreaterThan(rank('country'));
    expect(rank('customer_name')).toBeGreaterThan(rank('count'));
  });

  it('are columns of the table before the dot, by alias too', () => {
    expect(labels('SELECT o.| FROM orders AS o')).toEqual(['country', 'amount']);
    expect(labels('SELECT customers.cu| FROM customers')).toEqual(['customer_name']);
  });

  it('are values within a text that a column is compared with', () => {
    expect(labels("SELECT * FROM orders WHERE country = '|")).toEqual(["Côte d'Ivoire", 'Germany']);
    expect(labels("SELECT * FROM orders WHERE country IN ('Germany', 'C|")).toEqual(["Côte d'Ivoire", 'Germany']);
    const first = at("SELECT * FROM orders WHERE country = '|")?.options[0];
    expect(first?.apply).toBe("Côte d''Ivoire'");
    expect(at("SELECT * FROM orders WHERE country = '|'")?.options[0]?.apply).toBe("Côte d''Ivoire");
  });

  it('is nothing within a comment or another text', () => {
    expect(at('SELECT 1 -- c|')).toBeNull();
    expect(at("SELECT 'c|")).toBeNull();
  });
});

it('knows tables by their aliases', () => {
  const named = tablesInText('SELECT 1 FROM orders o JOIN customers ON true WHERE x', TABLES);
  expect([...named.keys()]).toEqual(['orders', 'o', 'customers']);
});
