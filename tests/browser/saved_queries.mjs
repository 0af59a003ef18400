// Saved queries, parameters, history, plan and export of the Query Builder on a running server
// (BASE_URL), mostly by keyboard. Prints "N passed, N failed".
import { readFileSync } from 'node:fs';
import { assert, BASE_URL, checks, drop, launch, ordersCsv, signUp, watchErrors } from './browser.mjs';

const account = {
  name: 'Ada Tester',
  email: `saved-${Date.now().toString(36)}@example.com`,
  password: 'seven sturdy words 42',
};
const data = ordersCsv();
const browser = await launch();
const context = await browser.newContext({
  viewport: { width: 1440, height: 900 },
  locale: 'en-GB',
  acceptDownloads: true,
  reducedMotion: 'reduce',
});
const page = await context.newPage();
page.setDefaultTimeout(20_000);
const errors = [];
const { check, end } = checks();
const editor = page.locator('.cm-content');
const result = page.getByRole('region', { name: 'Result' });
const grid = page.getByRole('grid', { name: 'Result' });
const parameters = page.getByRole('region', { name: 'Parameters' });
const tabs = page.getByRole('list', { name: 'Open queries' });
const panel = (name) => page.getByRole('dialog', { name, exact: true });
const holds = (text) =>
  page.waitForFunction((part) => document.querySelector('.cm-content')?.textContent.includes(part), text);

async function write(sql) {
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(sql);
}
async function closePanel(name) {
  await page.keyboard.press('Escape');
  await panel(name).waitFor({ state: 'detached' });
}
async function more(item) {
  // Not what stands in its place until its code is there.
  await page.locator('[aria-label="More for this query"][aria-haspopup="menu"]').click();
  await page.getByRole('menuitem', { name: item }).click();
}

await signUp(page, account);
await page.waitForURL((url) => url.pathname === '/');
await page.goto(`${BASE_URL}/files`);
await drop(page, 'orders.csv', data.text);
await page.locator('table a[href^="/sources/"]').waitFor({ timeout: 60_000 });
watchErrors(page, errors);
await page.goto(`${BASE_URL}/query-builder`);
await page.getByRole('radio', { name: 'SQL', exact: true }).click();

await check('a mistake is underlined while one types, and a click corrects it', async () => {
  await write('SELECT product, sum(revenu) AS total FROM orders GROUP BY product');
  await page.locator('.cm-lintRange-error', { hasText: 'revenu' }).waitFor();
  await page.getByRole('status').filter({ hasText: 'Line 1' }).waitFor();
  await page.getByRole('button', { name: 'Use revenue' }).click();
  await page.locator('.cm-lintRange-error').waitFor({ state: 'detached' });
  await holds('sum(revenue)');
});

await check('parameters get controls of the type that the statement needs', async () => {
  await write(
    'SELECT country, count(*) AS n FROM orders WHERE order_date >= {{since}} AND quantity > {{least}} AND product = {{what}} GROUP BY country ORDER BY country',
  );
  await parameters.getByLabel('since', { exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector('section[aria-label="Parameters"] input[type="date"]'));
  assert((await parameters.getByLabel('Type of least').inputValue()) === 'integer', 'least is no whole number');
});

await check('what is missing or wrong is said at the control, and nothing runs', async () => {
  await editor.click();
  await page.keyboard.press('Control+Enter');
  await parameters.getByText('Give a value.').first().waitFor();
  await parameters.getByLabel('least', { exact: true }).fill('many');
  await parameters.getByText('“many” is no whole number, such as 42.').waitFor();
  assert((await grid.count()) === 0, 'it ran');
});

await check('bound values select rows; the summary and sorting have them too', async () => {
  await parameters.getByLabel('since', { exact: true }).fill('2025-01-01');
  await parameters.getByLabel('least', { exact: true }).fill('2');
  await parameters.getByLabel('what', { exact: true }).fill('Tent');
  await page.keyboard.press('Control+Enter');
  await grid.waitFor();
  const rows = data.text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .filter(([, date, , , product, quantity]) => date >= '2025-01-01' && Number(quantity) > 2 && product === 'Tent');
  const countries = new Set(rows.map((row) => row[3]));
  await result.getByText(`${countries.size}\u00a0rows`, { exact: true }).waitFor();
  await grid.getByRole('button', { name: 'Sort by n', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('[role="columnheader"][aria-sort="ascending"]'));
});

await check('Ctrl S saves with a name, folder, tags and parameters', async () => {
  await editor.click();
  await page.keyboard.press('Control+s');
  const form = panel('Save the query');
  await form.getByLabel('Name', { exact: true }).fill('Tents by country');
  await form.getByLabel('What it shows').fill('How many tents went where');
  await form.getByLabel('Folder').fill('Sales/Products');
  await form.getByLabel('Tags').fill('tents, weekly');
  await form.getByLabel('Label of what').fill('Product');
  await form.getByLabel('Choices of what').fill('Tent, Rope, Stove');
  await form.getByLabel('Default of what').fill('Tent');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.waitFor({ state: 'detached' });
  await tabs.getByRole('button', { name: 'Tents by country', exact: true }).waitFor();
  await parameters.getByRole('combobox', { name: 'Product' }).selectOption('Rope');
});

await check('changes show on the tab until they are saved; versions show what changed', async () => {
  await write(
    'SELECT country,\n  count(*) AS n\nFROM orders\nWHERE product = {{what}}\nGROUP BY country',
  );
  await tabs.getByRole('button', { name: 'Tents by country, not saved' }).waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Saved. It is at version 2.').waitFor();
  await tabs.getByRole('button', { name: 'Tents by country', exact: true }).waitFor();
  await more('Versions');
  const versions = panel('Versions');
  await versions.locator('[data-kind="added"]', { hasText: 'WHERE product' }).waitFor();
  assert((await versions.locator('[data-kind="removed"]').count()) === 1, 'not one line removed');
  await versions.getByRole('button', { name: /^Version 1/ }).click();
  await versions.getByRole('button', { name: 'Go back to version 1' }).click();
  await versions.getByRole('button', { name: /^Version 3/ }).waitFor();
  await closePanel('Versions');
});

await check('what is saved stays the tab’s after a reload, with its values', async () => {
  await page.reload();
  await tabs.getByRole('button', { name: 'Tents by country', exact: true }).waitFor();
  assert((await parameters.getByRole('combobox', { name: 'Product' }).inputValue()) === 'Rope', 'the value is gone');
});

await check('a saved query is renamed, shared, duplicated and found', async () => {
  await more('Name, folder, tags, sharing');
  const details = panel('Name, folder, tags, sharing');
  await details.getByText('FROM saved.tents_by_country').waitFor();
  await details.getByLabel('Name', { exact: true }).fill('Where tents go');
  await details.getByLabel(/^Shared in the workspace/).press('Space');
  await details.getByRole('button', { name: 'Save', exact: true }).click();
  await details.waitFor({ state: 'detached' });
  await tabs.getByRole('button', { name: 'Where tents go', exact: true }).waitFor();
  await page.keyboard.press('Alt+o');
  const saved = panel('Saved queries');
  await saved.getByRole('region', { name: 'Sales/Products' }).getByText('Shared', { exact: true }).waitFor();
  await saved.getByRole('button', { name: 'More for Where tents go' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await page.getByText(/^The copy is/).waitFor();
  await saved.getByRole('searchbox').fill('tents go');
  await page.waitForFunction(() => document.querySelectorAll('[role="dialog"] section li').length === 2);
});

await check('a query goes to the trash and comes back, by Undo and from the trash', async () => {
  const saved = panel('Saved queries');
  const copy = saved.getByRole('listitem').filter({ hasNotText: 'Shared' });
  const name = await copy.getByRole('button').first().innerText();
  const discard = async () => {
    await saved.getByRole('button', { name: `More for ${name}`, exact: true }).click();
    await page.getByRole('menuitem', { name: 'Move to the trash' }).click();
    await page.waitForFunction(() => document.querySelectorAll('[role="dialog"] section li').length === 1);
  };
  await discard();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => document.querySelectorAll('[role="dialog"] section li').length === 2);
  await discard();
  await saved.getByRole('button', { name: 'Trash' }).click();
  await saved.getByRole('button', { name: `More for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete for good' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await saved.getByText('No saved query is like this.').or(saved.getByText(/^The trash is empty/)).waitFor();
  await saved.getByRole('button', { name: 'Back to the queries' }).click();
  await closePanel('Saved queries');
});

await check('a saved query is read by another', async () => {
  await page.keyboard.press('Alt+n');
  await write('SELECT sum(n) AS tents FROM saved.tents_by_country');
  await parameters.waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+e');
  await panel('In words').getByText('saved.tents_by_country', { exact: true }).waitFor();
  await closePanel('In words');
});

await check('the plan shows steps with times, and the history has what was run', async () => {
  await write('SELECT product, count(*) AS n FROM orders GROUP BY product');
  await page.keyboard.press('Control+Enter');
  await result.getByText('7\u00a0rows', { exact: true }).waitFor();
  await page.keyboard.press('Alt+p');
  const plan = panel('Plan');
  await plan.getByText('Times are processor time', { exact: false }).waitFor();
  await plan.getByText('orders', { exact: false }).first().waitFor();
  await plan.getByRole('button', { name: 'Without running it' }).click();
  await plan.getByText('It was not run; rows are estimated.').waitFor();
  await closePanel('Plan');
  await page.keyboard.press('Alt+h');
  const history = panel('History');
  await history.getByRole('searchbox').fill('GROUP BY product');
  const run = history.getByRole('button', { name: /SELECT product, count/ });
  await run.first().press('Enter');
  await history.getByRole('cell', { name: 'Trail Shoe' }).waitFor();
  await history.getByRole('button', { name: 'Open in a tab' }).click();
  await history.waitFor({ state: 'detached' });
  await holds('count(*) AS n FROM orders GROUP BY product');
});

await check('failed runs are found in the history', async () => {
  await write('SELECT CAST(product AS INTEGER) FROM orders');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').filter({ hasText: 'Could not convert' }).waitFor();
  await page.keyboard.press('Alt+h');
  const history = panel('History');
  await history.getByLabel('How it ended').selectOption('failed');
  await history.getByRole('button', { name: /CAST\(product/ }).waitFor();
  // The list of before stands until this one is there.
  await history.getByRole('button', { name: /GROUP BY product/ }).first().waitFor({ state: 'detached' });
  await closePanel('History');
});

await check('a result is exported to disk through a link', async () => {
  await write('SELECT order_id, product FROM orders ORDER BY order_id');
  await page.keyboard.press('Control+Enter');
  await result.getByText('1,460\u00a0rows', { exact: true }).waitFor();
  for (const [label, ending, holdsBytes] of [
    ['CSV', 'csv', 'order_id,product'],
    ['Parquet', 'parquet', 'PAR1'],
  ]) {
    await result.getByRole('button', { name: 'Export' }).click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: label, exact: true }).click();
    const download = await waiting;
    assert(download.suggestedFilename().endsWith(`.${ending}`), download.suggestedFilename());
    const bytes = readFileSync(await download.path());
    assert(bytes.subarray(0, 40).toString('latin1').startsWith(holdsBytes), bytes.subarray(0, 40).toString('latin1'));
    if (ending === 'csv') assert(bytes.toString().trim().split('\n').length === 1461, 'not all rows');
    const exports = page.getByRole('list', { name: 'Exports' });
    await exports.getByText(/is complete/).waitFor();
    await exports.getByRole('button', { name: /^Put / }).click();
    await exports.waitFor({ state: 'detached' });
  }
});

await check('a long export shows how far it is, and is cancelled', async () => {
  await write("SELECT a.order_id, b.product, repeat('x', 200) AS t FROM orders a, orders b");
  await page.keyboard.press('Control+Enter');
  await result.getByText(/^(2,131,600|More than 1,000)\srows$/).waitFor();
  await result.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Excel (XLSX)', exact: true }).click();
  const exports = page.getByRole('list', { name: 'Exports' });
  await exports.getByText(/rows so far/).waitFor();
  await exports.getByRole('button', { name: 'Cancel' }).click();
  await exports.getByText(/was cancelled/).waitFor();
  await exports.getByRole('button', { name: /^Put / }).click();
});

await check('a schedule is set, switched off and removed', async () => {
  await tabs.getByRole('button', { name: 'Where tents go', exact: true }).click();
  await more('Schedule');
  const schedule = panel('Schedule');
  await schedule.getByLabel('How often').selectOption('weekly');
  await schedule.getByLabel('Weekday').selectOption('1');
  await schedule.getByLabel('since', { exact: true }).fill('2025-01-01');
  await schedule.getByLabel('least', { exact: true }).fill('1');
  await schedule.getByRole('button', { name: 'Save the schedule' }).click();
  await schedule.getByText(/^Runs next on/).waitFor();
  await schedule.getByLabel('On', { exact: true }).press('Space');
  await schedule.getByRole('button', { name: 'Save the schedule' }).click();
  await schedule.getByText('It is off.').waitFor();
  await schedule.getByRole('button', { name: 'Remove it' }).click();
  await schedule.getByText(/^It runs by itself/).waitFor();
  await closePanel('Schedule');
});

await check('Enter on a group lists the rows behind it; without groups it says why not', async () => {
  await page.keyboard.press('Alt+n');
  await page.getByRole('radio', { name: 'Visual', exact: true }).click();
  const add = async (shelf, label, name) => {
    await page.getByRole('region', { name: shelf, exact: true }).getByRole('button', { name: label }).click();
    await page.getByRole('combobox', { name: label }).fill(name);
    await page.keyboard.press('Enter');
  };
  await add('Measure', 'Add a measure', 'revenue');
  await add('Split by', 'Add a column', 'country');
  await result.getByText('4\u00a0rows', { exact: true }).waitFor();
  await grid.getByRole('gridcell', { name: 'Norway' }).click();
  await page.keyboard.press('Enter');
  await tabs.getByRole('button', { name: 'Rows of Norway', exact: true }).waitFor();
  const norway = data.text.split('\n').filter((line) => line.split(',')[3] === 'Norway').length;
  await result.getByText(`${norway}\u00a0rows`, { exact: true }).waitFor();
  await page.keyboard.press('Alt+n');
  await page.getByRole('radio', { name: 'SQL', exact: true }).click();
  await write("SELECT 'a' AS x, 1 AS y UNION ALL SELECT 'b', 2");
  await page.keyboard.press('Control+Enter');
  await grid.getByRole('gridcell', { name: 'b', exact: true }).dblclick();
  await page.getByText(/^The rows behind it can not be found in this SQL/).waitFor();
});

await check('no console errors on the way', async () => {
  const unexpected = errors.filter((error) => !/status of (400|404)/.test(error));
  assert(unexpected.length === 0, unexpected.join('\n'));
});

const code = end();
if (code !== 0 && process.env.PICTURES)
  await page.screenshot({ path: `${process.env.PICTURES}/saved_queries-failed.png` });
await browser.close();
process.exit(code);
