// What the browser programs share: Chromium of the system, an account, a small file.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');

export const BASE_URL = (process.env.BASE_URL ?? 'http://localhost:8000').replace(/\/$/, '');

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

export function launch() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`No Chromium at ${executablePath}; set CHROMIUM to its path.`);
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

export const axeSource = () => require('axe-core').source;

const PRODUCTS = [
  ['Trail Shoe', 120],
  ['Rain Jacket', 180],
  ['Tent', 320],
  ['Stove', 60],
  ['Rope', 90],
  ['Backpack', 150],
  ['Headlamp', 40],
];
const COUNTRIES = ['Germany', 'France', 'Norway', 'Spain'];

/** Orders of two years, the same on every run, with the sums that answers are checked against. */
export function ordersCsv() {
  const lines = ['order_id,order_date,customer,country,product,quantity,revenue'];
  const byProduct = new Map();
  const months = new Set();
  let germanyIn2025 = 0;
  for (let i = 0; i < 1460; i++) {
    const date = new Date(Date.UTC(2024, 0, 1) + Math.floor(i / 2) * 86_400_000).toISOString().slice(0, 10);
    const [product, price] = PRODUCTS[(i * 5 + Math.floor(i / 7)) % PRODUCTS.length];
    const country = COUNTRIES[(i * 7 + Math.floor(i / 11)) % COUNTRIES.length];
    const quantity = 1 + ((i * 13) % 4);
    const revenue = price * quantity;
    lines.push(`${100000 + i},${date},Customer ${i % 97},${country},${product},${quantity},${revenue}`);
    byProduct.set(product, (byProduct.get(product) ?? 0) + revenue);
    months.add(date.slice(0, 7));
    if (country === 'Germany' && date.startsWith('2025')) germanyIn2025++;
  }
  const top = [...byProduct].sort((a, b) => b[1] - a[1]).slice(0, 5);
  return { text: `${lines.join('\n')}\n`, rows: lines.length - 1, top, months: months.size, germanyIn2025 };
}

/** Drops a file on the page as a person would: over the window, then letting go. */
export async function drop(page, name, text) {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName, { type: 'text/csv' }));
      return transfer;
    },
    [name, text],
  );
  await page.getByText(/^Drop .* anywhere on this page/).waitFor();
  await page.waitForLoadState('networkidle');
  await page.dispatchEvent('body', 'dragenter', { dataTransfer });
  const target = page.getByText('Let go to upload');
  await target.waitFor();
  await target.dispatchEvent('drop', { dataTransfer });
}

/** Counts what holds and what does not, and goes on after a failure. */
export function checks() {
  let passed = 0;
  const failures = [];
  return {
    async check(name, test) {
      try {
        await test();
        passed++;
        console.log(`  ok    ${name}`);
      } catch (error) {
        failures.push(name);
        console.log(`  FAIL  ${name}\n        ${String(error.message).split('\n').slice(0, 6).join('\n        ')}`);
      }
    },
    /** Prints the count and gives the exit code. */
    end() {
      console.log(`${passed} passed, ${failures.length} failed`);
      return failures.length === 0 ? 0 : 1;
    },
  };
}

export function assert(condition, message) {
  if (!condition) throw new Error(message);
}

/** Console errors and exceptions of a page; a 401 before logging in is no fault of the page. */
export function watchErrors(page, into, name = '') {
  page.on('console', (message) => {
    if (message.type() === 'error') into.push(`${name}${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => into.push(`${name}${error.message}`));
}

export async function signUp(page, { name, email, password, invite }) {
  await page.goto(`${BASE_URL}/signup${invite ? `?invite=${encodeURIComponent(invite)}` : ''}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create the account' }).click();
}

export async function logIn(page, { email, password }) {
  await page.goto(`${BASE_URL}/login`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}
