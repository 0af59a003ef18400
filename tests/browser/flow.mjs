// The way of a new user, on a running server (BASE_URL): account, file, three questions, out and in.
// Prints "N passed, N failed".
import { assert, BASE_URL, checks, drop, launch, logIn, ordersCsv, signUp, watchErrors } from './browser.mjs';

const run = Date.now().toString(36);
const account = {
  name: 'Ada Tester',
  email: process.env.EMAIL ?? `ada-${run}@example.com`,
  password: process.env.PASSWORD ?? 'seven sturdy words 42',
  invite: process.env.INVITE,
};
const FILE = 'orders.csv';
const data = ordersCsv();
const LONG = 60_000;

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
const page = await context.newPage();
page.setDefaultTimeout(20_000);
const errors = [];
const { check, end } = checks();

/** Digits of a text, however they are grouped. */
const digits = (text) => text.replace(/[^\d]/g, '');

async function ask(question) {
  const before = await page.locator('section[id^="turn-"]').count();
  await page.getByLabel('Your question').fill(question);
  await page.getByLabel('Your question').press('Enter');
  const turn = page.locator('section[id^="turn-"]').nth(before);
  await turn.waitFor({ timeout: LONG });
  return turn;
}

await check('a new visitor is led to the log-in page', async () => {
  await page.goto(BASE_URL);
  await page.waitForURL(/\/login/);
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
});

await check('a wrong log-in is refused in words', async () => {
  await logIn(page, { email: account.email, password: 'certainly not this' });
  const alert = page.getByRole('alert').first();
  await alert.waitFor();
  assert((await alert.innerText()).trim().length > 10, 'no words in the alert');
});

await check('sign-up opens Home, which says what to do', async () => {
  await signUp(page, account);
  await page.waitForURL((url) => url.pathname === '/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText(/Drop a file anywhere on this page/).waitFor();
  await page.getByRole('button', { name: 'Try sample data' }).waitFor();
});

watchErrors(page, errors);

await check('a dropped file shows its steps and becomes ready', async () => {
  await page.goto(`${BASE_URL}/files`);
  await drop(page, FILE, data.text);
  await page.getByText(FILE).first().waitFor();
  await page.getByRole('list', { name: 'Steps' }).first().waitFor();
  await page.locator(`table a[href^="/sources/"]`, { hasText: FILE }).waitFor({ timeout: LONG });
  await page.getByRole('heading', { level: 1, name: /One source is ready/ }).waitFor();
});

await check('the source page tells what the file is', async () => {
  await page.locator(`table a[href^="/sources/"]`, { hasText: FILE }).click();
  await page.waitForURL(/\/sources\//);
  await page.getByRole('columnheader', { name: 'Meaning' }).waitFor({ timeout: LONG });
  const strip = page.locator('table').first();
  const text = await strip.innerText();
  for (const column of ['order_date', 'country', 'product', 'quantity', 'revenue']) {
    assert(text.includes(column), `the profile lacks ${column}`);
  }
  assert(/Date/.test(text) && /Country/.test(text), 'meanings are missing');
  assert(digits(await page.getByRole('heading', { level: 1 }).innerText()).includes(String(data.rows)), 'no row count');
});

await check('rows are shown as they are', async () => {
  const grid = page.getByRole('grid').first();
  await grid.waitFor();
  await grid.getByText('Customer 0', { exact: true }).first().waitFor();
  assert((await grid.getByRole('row').count()) > 5, 'too few rows in the page');
});

await check('how it was read: format, encoding, separator and the types with their evidence', async () => {
  await page.getByRole('tab', { name: /How it was read/ }).click();
  const panel = page.getByRole('tabpanel');
  await panel.getByLabel('Encoding').first().waitFor();
  const chosen = await panel
    .locator('select')
    .evaluateAll((selects) => selects.map((select) => select.selectedOptions[0]?.text).join(' | '));
  const text = await panel.innerText();
  assert(/CSV/.test(text) && /dates yyyy-mm-dd/.test(text), text.slice(0, 400));
  assert(/UTF-8/i.test(chosen) && /comma|,/i.test(chosen) && /date/i.test(chosen), chosen);
});

await check('revenue by month: a line over every month', async () => {
  await page.goto(`${BASE_URL}/conversation`);
  const turn = await ask('revenue by month');
  await turn.locator('[role="img"] svg').first().waitFor();
  await turn.getByText(new RegExp(`^Table, ${data.months}\\srows$`)).waitFor();
});

await check('top 5 products by revenue: chart, table, SQL and receipt', async () => {
  const turn = await ask('top 5 products by revenue');
  await turn.locator('svg text', { hasText: data.top[0][0] }).first().waitFor();
  await turn.getByRole('button', { name: /^Table/ }).click();
  const table = await turn.getByRole('grid').innerText();
  for (const [product, revenue] of data.top) {
    assert(table.includes(product), `${product} is missing`);
    assert(digits(table).includes(String(revenue)), `${revenue} is missing`);
  }
  await turn.getByRole('button', { name: /^Receipt/ }).click();
  await turn.getByText('Answered by').waitFor();
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/flow-receipt.png` });
  const receipt = await turn.innerText();
  assert(/SELECT/i.test(receipt), 'no SQL');
  assert(digits(receipt).includes(String(data.rows)), 'the receipt does not tell the rows');
});

await check('how many orders from Germany in 2025: the number itself', async () => {
  const turn = await ask('how many orders from Germany in 2025?');
  const text = await turn.innerText();
  assert(digits(text).includes(String(data.germanyIn2025)), `${data.germanyIn2025} is not in: ${text.slice(0, 300)}`);
});

await check('the conversation is listed, and is there after a reload', async () => {
  const address = page.url();
  assert(/\/conversation\/.+/.test(address), address);
  await page.reload();
  await page.locator('section[id^="turn-"]').nth(2).waitFor({ timeout: LONG });
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name: /revenue by month/i }).waitFor();
});

await check('the command palette finds the source', async () => {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Ask, find or go to').fill('orders');
  await page.getByText(FILE).first().waitFor();
  await page.keyboard.press('Escape');
});

await check('log out and in again: everything is still there', async () => {
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await page.waitForURL(/\/login/);
  await logIn(page, account);
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
  await page.goto(BASE_URL);
  await page.getByText('revenue by month').first().waitFor();
});

await check('no console errors on the way', async () => {
  assert(errors.length === 0, errors.join('\n'));
});

if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/flow-end.png` });
await browser.close();
process.exit(end());
