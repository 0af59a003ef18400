// WCAG 2 A and AA by axe-core on every page, both themes, wide and phone. No violation that axe calls
// serious or critical may be left. Prints "N passed, N failed".
import { assert, axeSource, BASE_URL, checks, drop, launch, logIn, ordersCsv, signUp } from './browser.mjs';

const account = {
  name: 'Ada Tester',
  email: process.env.EMAIL ?? `axe-${Date.now().toString(36)}@example.com`,
  password: process.env.PASSWORD ?? 'seven sturdy words 42',
  invite: process.env.INVITE,
};
const browser = await launch();
const { check, end } = checks();

/** An account with one file and one conversation; gives the addresses of its pages. */
async function prepare() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  if (process.env.EMAIL) await logIn(page, account);
  else await signUp(page, account);
  await page.waitForURL((url) => url.pathname === '/');
  await page.goto(`${BASE_URL}/files`);
  const sources = page.locator('table a[href^="/sources/"]');
  await page.getByText(/^Drop files anywhere/).waitFor();
  await page.waitForTimeout(500);
  if ((await sources.count()) === 0) await drop(page, 'orders.csv', ordersCsv().text);
  await sources.first().waitFor({ timeout: 60_000 });
  const source = await sources.first().getAttribute('href');
  await page.goto(`${BASE_URL}/conversation?ask=${encodeURIComponent('top 5 products by revenue')}`);
  await page.locator('section[id^="turn-"]').first().waitFor({ timeout: 60_000 });
  const conversation = new URL(page.url()).pathname;
  const storage = await context.storageState();
  await context.close();
  return { source, conversation, storage };
}

async function violations(page, scope) {
  await page.evaluate(axeSource());
  const result = await page.evaluate(
    (selector) =>
      window.axe.run(selector ?? document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
    scope,
  );
  return result.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

const { source, conversation, storage } = await prepare();
const openReceipt = async (page) => {
  await page.getByRole('button', { name: /^Table/ }).last().click();
  await page.getByRole('button', { name: /^Receipt/ }).last().click();
};
const openPalette = async (page) => {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Ask, find or go to').waitFor();
};
const runQuery = async (page) => {
  await page.getByRole('radio', { name: 'SQL', exact: true }).click();
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('SELECT country, sum(revenue) AS revenue FROM orders GROUP BY country');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('grid', { name: 'Result' }).waitFor();
};
const openColumn = async (page) => {
  await page.getByRole('button', { name: /quantity/i, expanded: false }).first().click();
  // The whole page at once: what is half below a bar that stays would count as too small.
  await page.setViewportSize({ width: page.viewportSize().width, height: 4000 });
};
const buildQuery = async (page) => {
  await page.getByRole('radio', { name: 'Visual', exact: true }).click();
  const add = async (shelf, label, name) => {
    await page.getByRole('region', { name: shelf, exact: true }).getByRole('button', { name: label }).click();
    await page.getByRole('combobox', { name: label }).fill(name);
    await page.keyboard.press('Enter');
  };
  await add('Measure', 'Add a measure', 'revenue');
  await add('Split by', 'Add a column', 'order_date');
  await add('Keep rows', 'Add a condition', 'country');
  await page.getByRole('grid', { name: 'Result' }).waitFor();
  await page.getByRole('button', { name: /^Condition on country/ }).click();
  await page.getByRole('group', { name: 'Values of country' }).getByLabel('Norway').waitFor();
};
const writeWithParameter = async (page) => {
  await page.getByRole('radio', { name: 'SQL', exact: true }).click();
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('SELECT country, sum(revenu) AS revenue FROM orders WHERE quantity > {{least}} GROUP BY country');
  await page.getByRole('region', { name: 'Parameters' }).getByLabel('least', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Use revenue' }).waitFor();
};
/** Runs, saves once, and opens a panel by its keys. */
const openPanel = (keys, title) => async (page) => {
  await runQuery(page);
  const saved = page.locator('[role="dialog"]').filter({ hasText: 'Saved queries' });
  await page.keyboard.press('Alt+o');
  await saved.waitFor();
  await page.waitForTimeout(400);
  if ((await saved.getByRole('button', { name: 'By country', exact: true }).count()) === 0) {
    await page.keyboard.press('Escape');
    await saved.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+s');
    const form = page.getByRole('dialog', { name: 'Save the query' });
    await form.getByLabel('Name', { exact: true }).fill('By country');
    await form.getByLabel('Folder').fill('Sales');
    await form.getByLabel('Tags').fill('money');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
  } else {
    await page.keyboard.press('Escape');
    await saved.waitFor({ state: 'detached' });
  }
  await page.keyboard.press(keys);
  await page.getByRole('dialog', { name: title }).waitFor();
};
const openSchedule = async (page) => {
  await openPanel('Alt+o', 'Saved queries')(page);
  await page.getByRole('button', { name: 'More for By country' }).first().click();
  await page.getByRole('menuitem', { name: 'Schedule' }).click();
  await page.getByRole('dialog', { name: 'Schedule' }).getByLabel('How often').waitFor();
};
const openBell = (page) => page.getByRole('button', { name: /^Notifications/ }).click();
const PAGES = [
  ['log-in', '/login', null, false],
  ['sign-up', '/signup', null, false],
  ['home', '/', null, true],
  ['files', '/files', null, true],
  ['source', source, null, true],
  ['load report', `${source}?tab=load`, null, true],
  ['meaning', `${source}?tab=model`, openColumn, true],
  ['conversation', conversation, openReceipt, true],
  ['new conversation', '/conversation', null, true],
  ['query builder', '/query-builder', runQuery, true],
  ['visual builder', '/query-builder', buildQuery, true],
  ['parameters', '/query-builder', writeWithParameter, true],
  ['saved queries', '/query-builder', openPanel('Alt+o', 'Saved queries'), true, '[role="dialog"]'],
  ['save', '/query-builder', openPanel('Control+Shift+s', 'Save the query'), true, '[role="dialog"]'],
  ['history', '/query-builder', openPanel('Alt+h', 'History'), true, '[role="dialog"]'],
  ['plan', '/query-builder', openPanel('Alt+p', 'Plan'), true, '[role="dialog"]'],
  ['in words', '/query-builder', openPanel('Alt+e', 'In words'), true, '[role="dialog"]'],
  ['schedule', '/query-builder', openSchedule, true, '[role="dialog"]'],
  ['taught', '/taught', null, true],
  ['integration status', '/dashboard/integration-status', null, true],
  ['system health', '/dashboard/system-health', null, true],
  ['account', '/account', null, true],
  // Only the panel: what it covers is not meant to be reached while it is open.
  ['notifications', '/', openBell, true, '[role="dialog"]'],
  ['palette', '/', openPalette, true],
];

for (const width of [1440, 390]) {
  for (const scheme of ['light', 'dark']) {
    for (const signedIn of [false, true]) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        reducedMotion: 'reduce',
        ...(signedIn ? { storageState: storage } : {}),
      });
      await context.addInitScript((value) => localStorage.setItem('sextant.scheme', value), scheme);
      const page = await context.newPage();
      for (const [name, path, act, , scope] of PAGES.filter((one) => one[3] === signedIn)) {
        await check(`${name}, ${scheme}, ${width}`, async () => {
          await page.goto(BASE_URL + path);
          await page.locator('main h1:visible, main h2:visible').first().waitFor();
          await page.waitForTimeout(600);
          if (act) await act(page);
          await page.waitForTimeout(300);
          const found = await violations(page, scope);
          assert(found.length === 0, found.join('\n'));
        });
      }
      await context.close();
    }
  }
}
await browser.close();
process.exit(end());
