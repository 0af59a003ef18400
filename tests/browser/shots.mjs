// Pictures of every page: node tests/browser/shots.mjs FOLDER [page …]
// Light and dark, 1440, 1024 and 390 wide. Fails on console errors and on sideways overflow.
//
// Needs a running server (BASE_URL) and an account on it (EMAIL, PASSWORD), which is made when it can
// not log in. Without data the sample data is loaded first.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BASE_URL, launch, logIn, signUp, watchErrors } from './browser.mjs';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node tests/browser/shots.mjs FOLDER [page …]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const only = process.argv.slice(3);
const account = {
  name: 'Mara Lindqvist',
  email: process.env.EMAIL ?? 'mara@example.com',
  password: process.env.PASSWORD ?? 'a sturdy password 7',
};
const WIDTHS = (process.env.WIDTHS ?? '1440,1024,390').split(',').map(Number);
const QUESTIONS = ['Top 5 products by revenue', 'Revenue by month', 'How many orders from Germany in 2025?'];

const QUERY = `SELECT date_trunc('month', order_date) AS month, channel, count(*) AS orders
FROM orders
WHERE order_date >= DATE '2025-01-01'
GROUP BY ALL
ORDER BY month, channel`;

const browser = await launch();
const problems = [];

async function enter(page) {
  await logIn(page, account);
  const outcome = await Promise.race([
    page.waitForURL((url) => url.pathname === '/', { timeout: 10_000 }).then(() => 'in'),
    page.getByRole('alert').waitFor({ timeout: 10_000 }).then(() => 'out'),
  ]);
  if (outcome === 'out') {
    await signUp(page, account);
    await page.waitForURL((url) => url.pathname === '/', { timeout: 10_000 });
  }
}

/** Loads the sample data when there is nothing, and asks three questions; gives the addresses. */
async function prepare() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await enter(page);
  await page.waitForSelector('main h1');
  await page.waitForTimeout(800);
  const places = { first: null, source: null, conversation: null };
  const sample = page.getByRole('button', { name: 'Try sample data' });
  if (await sample.isVisible()) {
    places.first = true;
    await shoot(context, 'home-first', '/');
    await sample.click();
    await page.getByText(/sources? with/).waitFor({ timeout: 60_000 });
  }
  await page.goto(`${BASE_URL}/files`);
  await page.locator('a[href^="/sources/"]').first().waitFor({ timeout: 60_000 });
  await page.getByRole('heading', { level: 1, name: /(sources are|source is) ready$/ }).waitFor({ timeout: 60_000 });
  const links = page.locator('table a[href^="/sources/"]');
  const orders = links.filter({ hasText: /^\w*orders/i });
  places.source = await ((await orders.count()) > 0 ? orders.first() : links.first()).getAttribute('href');
  await page.goto(`${BASE_URL}/conversation`);
  for (const question of QUESTIONS) {
    await page.getByLabel('Your question').fill(question);
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('Follows').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Ask', exact: true }).waitFor({ timeout: 60_000 });
    await page.waitForTimeout(300);
  }
  places.conversation = new URL(page.url()).pathname;
  const storage = await context.storageState();
  await context.close();
  return { places, storage };
}

/** Until nothing moves: no placeholder of something that loads, no transition. */
async function settle(page) {
  await page.waitForLoadState('load');
  await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const until = performance.now() + 5000;
    for (let still = 0; still < 5 && performance.now() < until; ) {
      await frame();
      still = document.getAnimations().some((animation) => animation.playState === 'running') ? 0 : still + 1;
    }
    await document.fonts.ready;
  });
}

async function shoot(context, name, path, act) {
  if (only.length > 0 && !only.includes(name)) return;
  const page = await context.newPage();
  const { width } = page.viewportSize();
  watchErrors(page, problems, `${name} ${width}: `);
  for (const scheme of ['light', 'dark']) {
    await page.setViewportSize({ width, height: 900 });
    await page.addInitScript((value) => localStorage.setItem('sextant.scheme', value), scheme);
    await page.goto(BASE_URL + path);
    await page.locator('main h1:visible, main h2:visible').first().waitFor({ timeout: 15_000 });
    await settle(page);
    if (act) await act(page);
    await settle(page);
    const { height, wide } = await page.evaluate(() => ({
      height: document.documentElement.scrollHeight,
      wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    }));
    if (wide) problems.push(`${name} ${width} ${scheme}: wider than the window`);
    await page.setViewportSize({ width, height: Math.min(4000, Math.max(900, height)) });
    await settle(page);
    await page.screenshot({ path: join(folder, `${name}-${scheme}-${width}.png`) });
  }
  await page.close();
}

const { places, storage } = await prepare();
async function shootAll(width) {
  const viewport = { width, height: 900 };
  const signedOut = await browser.newContext({ viewport, deviceScaleFactor: width < 500 ? 2 : 1 });
  await shoot(signedOut, 'login', '/login');
  await shoot(signedOut, 'signup', '/signup');
  await signedOut.close();
  const context = await browser.newContext({
    viewport,
    storageState: storage,
    deviceScaleFactor: width < 500 ? 2 : 1,
    hasTouch: width < 500,
  });
  await shoot(context, 'home', '/');
  await shoot(context, 'files', '/files');
  await shoot(context, 'source', places.source);
  await shoot(context, 'source-rows', `${places.source}?tab=rows`);
  await shoot(context, 'source-cleanup', `${places.source}?tab=cleanup`);
  await shoot(context, 'source-load', `${places.source}?tab=load`);
  await shoot(context, 'source-model', `${places.source}?tab=model`, async (page) => {
    await page.getByText('compared value by value').waitFor();
    await page.getByRole('button', { name: 'Add a metric' }).click();
  });
  await shoot(context, 'conversation', places.conversation, async (page) => {
    await page.getByRole('button', { name: /^Receipt/ }).last().click();
  });
  await shoot(context, 'conversation-new', '/conversation');
  await shoot(context, 'query-empty', '/query-builder');
  await shoot(context, 'query-sql', '/query-builder', async (page) => {
    await page.getByRole('radio', { name: 'SQL', exact: true }).click();
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(QUERY);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('grid', { name: 'Result' }).waitFor();
  });
  await shoot(context, 'taught', '/taught');
  await shoot(context, 'query-visual', '/query-builder', async (page) => {
    // A tab of its own: what an earlier picture left in a tab is kept across loads.
    await page.keyboard.press('Alt+n');
    await page.getByRole('radio', { name: 'Visual', exact: true }).click();
    await page.getByText('Drag a field to a shelf').waitFor();
    const add = async (shelf, label, name) => {
      await page.getByRole('region', { name: shelf, exact: true }).getByRole('button', { name: label }).click();
      await page.getByRole('combobox', { name: label }).fill(name);
      await page.keyboard.press('Enter');
    };
    await add('Measure', 'Add a measure', 'amount');
    await add('Split by', 'Add a column', 'order_date');
    await add('Split by', 'Add a column', 'category');
    await page.getByRole('grid', { name: 'Result' }).waitFor();
  });
  await shoot(context, 'query-pivot', '/query-builder', async (page) => {
    await page.keyboard.press('Alt+n');
    await page.getByRole('radio', { name: 'Visual', exact: true }).click();
    await page.getByText('Drag a field to a shelf').waitFor();
    const shelf = (name) => page.getByRole('region', { name, exact: true });
    const add = async (name, label, text) => {
      await shelf(name).getByRole('button', { name: label }).click();
      await page.getByRole('combobox', { name: label }).fill(text);
      await page.keyboard.press('Enter');
    };
    await add('Measure', 'Add a measure', 'quantity');
    await add('Split by', 'Add a column', 'category');
    await add('Columns', 'Add columns of values', 'order_date');
    await shelf('Columns').getByLabel('Periods of order_date').selectOption({ label: 'by year' });
    await page.getByRole('grid', { name: 'Result' }).waitFor();
    await shelf('Computed').getByRole('button', { name: 'Add a computed column' }).click();
    await page.getByLabel('Name', { exact: true }).fill('half');
    await page.getByLabel('Expression').fill('quantity / 2');
  });
  await shoot(context, 'integration', '/dashboard/integration-status');
  await shoot(context, 'health', '/dashboard/system-health');
  await shoot(context, 'account', '/account');
  await shoot(context, 'bell', '/', async (page) => {
    await page.getByRole('button', { name: /^Notifications/ }).click();
  });
  await shoot(context, 'palette', '/', async (page) => {
    await page.keyboard.press('Control+k');
    await page.waitForTimeout(500);
    await page.keyboard.type('or');
  });
  await context.close();
}
// Beside each other: most of the time is waiting.
await Promise.all(WIDTHS.map(shootAll));
await browser.close();
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`pictures in ${folder}; no console errors, nothing wider than its window`);
