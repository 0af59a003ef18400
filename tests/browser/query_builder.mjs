// The Query Builder on a running server (BASE_URL): SQL written with completion, run, corrected, sorted,
// copied and kept, by mouse and by keyboard. Prints "N passed, N failed".
import { assert, BASE_URL, checks, drop, launch, ordersCsv, signUp, watchErrors } from './browser.mjs';

const run = Date.now().toString(36);
const account = { name: 'Ada Tester', email: `query-${run}@example.com`, password: 'seven sturdy words 42' };
const data = ordersCsv();

const browser = await launch();
const context = await browser.newContext({
  viewport: { width: 1440, height: 900 },
  locale: 'en-GB',
  permissions: ['clipboard-read', 'clipboard-write'],
});
const page = await context.newPage();
page.setDefaultTimeout(20_000);
const errors = [];
const { check, end } = checks();
const digits = (text) => text.replace(/[^\d]/g, '');
const editor = page.locator('.cm-content');
const result = page.getByRole('region', { name: 'Result' });
const grid = page.getByRole('grid', { name: 'Result' });

async function write(sql) {
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(sql);
}
const count = (text) => result.getByText(text, { exact: true }).first().waitFor();

await signUp(page, account);
await page.waitForURL((url) => url.pathname === '/');
await page.goto(`${BASE_URL}/files`);
await drop(page, 'orders.csv', data.text);
await page.locator('table a[href^="/sources/"]').waitFor({ timeout: 60_000 });
watchErrors(page, errors);

await check('the navigation leads there, and the schema is shown', async () => {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Query Builder' }).click();
  await page.waitForURL(/\/query-builder$/);
  await page.getByRole('radio', { name: 'SQL', exact: true }).click();
  const tree = page.getByRole('tree', { name: 'Tables and columns' });
  await tree.getByRole('treeitem', { name: /^orders,/ }).waitFor();
  await tree.getByRole('treeitem', { name: /^revenue,/ }).waitFor();
});

await check('columns and values are found in the schema', async () => {
  const search = page.getByRole('searchbox', { name: 'Find a column or a value' });
  await search.fill('norway');
  await page.getByText('has the value “Norway”').waitFor();
  await search.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert((await page.evaluate(() => document.activeElement.textContent)).includes('country'), 'the arrow does not lead to the column');
  await search.fill('');
});

await check('names and values are completed while one types', async () => {
  await editor.click();
  await page.keyboard.type('SELECT product, sum(rev');
  await page.locator('.cm-tooltip-autocomplete li', { hasText: 'revenue' }).first().waitFor();
  await page.waitForTimeout(150);
  await page.keyboard.press('Enter');
  await page.keyboard.type(") AS revenue FROM orders WHERE country = '");
  await page.locator('.cm-tooltip-autocomplete li', { hasText: 'Norway' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.type("Norway' GROUP BY product");
  const text = await editor.innerText();
  assert(/sum\(revenue\)/.test(text), text);
});

await check('Ctrl Enter runs it: chart, rows and their sum', async () => {
  await page.keyboard.press('Control+Enter');
  await grid.getByText('Trail Shoe').waitFor();
  await count('7 rows');
  await result.locator('[role="img"] svg').first().waitFor();
  await result.getByRole('radio', { name: 'Table' }).click();
  assert((await result.locator('[role="img"] svg').count()) === 0, 'the chart is still there');
  await grid.getByText('7 distinct').waitFor();
});

await check('a head sorts, up and down', async () => {
  const first = () => grid.getByRole('gridcell').first().innerText();
  await grid.getByRole('button', { name: 'Sort by product', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('[role="gridcell"]')?.textContent === 'Backpack');
  await grid.getByRole('button', { name: 'Sort by product', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('[role="gridcell"]')?.textContent === 'Trail Shoe');
  assert((await first()) === 'Trail Shoe', 'not sorted downwards');
  assert((await grid.getByRole('columnheader', { name: /product/ }).getAttribute('aria-sort')) === 'descending', 'no aria-sort');
});

await check('the menu of a column pins it and profiles it', async () => {
  await grid.getByRole('button', { name: 'More about revenue' }).click();
  await page.getByRole('menuitem', { name: 'Pin to the left' }).click();
  const heads = await grid.getByRole('columnheader').allInnerTexts();
  assert(heads[1].includes('revenue'), heads.join());
  await grid.getByRole('button', { name: 'More about revenue' }).click();
  await page.getByRole('menuitem', { name: 'Profile' }).click();
  await page.getByText('Median').waitFor();
  await page.keyboard.press('Escape');
});

await check('a column is made wider by its edge', async () => {
  const head = grid.getByRole('columnheader', { name: /product/ });
  const before = await head.boundingBox();
  await page.mouse.move(before.x + before.width - 1, before.y + 16);
  await page.mouse.down();
  await page.mouse.move(before.x + before.width + 79, before.y + 16, { steps: 4 });
  await page.mouse.up();
  const after = await head.boundingBox();
  assert(Math.abs(after.width - before.width - 80) <= 2, `${before.width} → ${after.width}`);
});

await check('cells are marked by keyboard and copied', async () => {
  await grid.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+c');
  await page.getByText(/2\srows copied/).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const lines = copied.split('\n').map((line) => line.split('\t'));
  assert(lines.length === 3 && lines[0].join() === 'revenue,product' && lines[1][1] === 'Trail Shoe', copied);
});

await check('an error is underlined where it is and corrected by a click', async () => {
  await write('SELECT product,\n  sum(revenu) AS total\nFROM orders\nGROUP BY product');
  await page.keyboard.press('Control+Enter');
  const alert = page.getByRole('alert').filter({ hasText: 'Line 2' });
  await alert.waitFor();
  await page.locator('.cm-lintRange-error', { hasText: 'revenu' }).waitFor();
  await result.getByText('Of the query before the last change').waitFor();
  await alert.getByRole('button', { name: 'Use revenue' }).click();
  await page.keyboard.press('Control+Enter');
  await alert.waitFor({ state: 'detached' });
  await grid.getByRole('columnheader', { name: /total/ }).waitFor();
});

await check('only what is marked is run', async () => {
  await write("SELECT 'one' AS a;\nSELECT 'two' AS b");
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('Control+Enter');
  await grid.getByRole('columnheader', { name: /Sort by b/ }).waitFor();
  await grid.getByText('two').waitFor();
});

await check('the SQL is set line by line', async () => {
  await write('select product,sum(revenue) from orders where country in (\'Norway\') group by product');
  await page.getByRole('button', { name: 'Format' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.cm-line').length >= 6);
  assert(/^SELECT/.test(await editor.innerText()), await editor.innerText());
});

await check('tabs are opened, renamed, closed and kept over a reload', async () => {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+n');
  await write('SELECT count(*) AS orders FROM orders');
  const tabs = page.getByRole('list', { name: 'Open queries' });
  await tabs.getByRole('button', { name: 'Query 2', exact: true }).focus();
  await page.keyboard.press('F2');
  await page.getByLabel('Name of the query').fill('How many');
  await page.keyboard.press('Enter');
  await page.reload();
  await tabs.getByRole('button', { name: 'How many', exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector('.cm-content')?.textContent.includes('count(*)'));
  await editor.click();
  await page.keyboard.press('Control+Enter');
  await count('1 row');
  assert(digits(await result.innerText()).includes(String(data.rows)), 'not the number of orders');
  await tabs.getByRole('button', { name: 'Query 1', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('.cm-content')?.textContent.includes('Norway'));
  await tabs.getByRole('button', { name: 'Close Query 1' }).click();
  await page.waitForFunction(() => document.querySelector('.cm-content')?.textContent.includes('count(*)'));
});

const openTabs = page.getByRole('list', { name: 'Open queries' });

async function closeRows(name) {
  await openTabs.getByRole('button', { name: `Close Rows of ${name}` }).click();
  await editor.waitFor();
}

await check('a click on a bar opens the rows behind it', async () => {
  await write("SELECT product, sum(revenue) AS total_revenue FROM orders WHERE country = 'Norway' GROUP BY product ORDER BY total_revenue DESC");
  await page.keyboard.press('Control+Enter');
  await count('7 rows');
  await grid.getByText('7 distinct').waitFor();
  const first = await grid.locator('[data-row="0"][data-column="0"]').innerText();
  // The longest bar is that of the first row.
  const bars = result.locator('[role="img"] svg path[fill]:not([fill="none"])');
  await bars.first().waitFor();
  await page.waitForTimeout(1200);
  const boxes = await bars.evaluateAll((paths) =>
    paths.map((path) => path.getBoundingClientRect()).map(({ x, y, width, height }) => ({ x, y, width, height })),
  );
  const largest = boxes.filter(({ height, width }) => Math.min(height, width) < 60).sort((a, b) => b.width * b.height - a.width * a.height)[0];
  await page.mouse.click(largest.x + largest.width / 2, largest.y + largest.height / 2);
  await openTabs.getByRole('button', { name: `Rows of ${first}`, exact: true }).waitFor();
  await grid.getByRole('gridcell', { name: first, exact: true }).first().waitFor();
  await grid.getByRole('gridcell', { name: 'Norway', exact: true }).first().waitFor();
  await closeRows(first);
});

await check('a click near a point of a line opens the rows of its month', async () => {
  await write("SELECT date_trunc('month', order_date) AS started, sum(revenue) AS taken FROM orders GROUP BY started ORDER BY started");
  await page.keyboard.press('Control+Enter');
  await count(`${data.months} rows`);
  await result.locator('[role="img"] svg path').first().waitFor({ state: 'attached' });
  const box = await result.locator('[role="img"] svg').boundingBox();
  await page.mouse.click(box.x + box.width - 14, box.y + box.height / 2);
  await openTabs.getByRole('button', { name: /^Rows of 2025-12-01/ }).first().waitFor();
  await count('60 rows');
  await openTabs.getByRole('button', { name: /^Close Rows of/ }).click();
  await editor.waitFor();
});

await check('Enter on a row of the table does the same', async () => {
  await page.keyboard.press('Escape');
  await grid.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Enter');
  await openTabs.getByRole('button', { name: /^Rows of 2024-01-01/ }).first().waitFor();
  await openTabs.getByRole('button', { name: /^Close Rows of/ }).click();
  await editor.waitFor();
});

await check('a faster way is shown with both times and taken by a click', async () => {
  const slow = 'SELECT x, sum(y) AS total\nFROM (SELECT i % 10 AS x, i AS y FROM range(2000000) t(i) ORDER BY i * 7919 % 100003)\nGROUP BY x';
  await write(slow);
  await page.keyboard.press('Alt+p');
  const plan = page.getByRole('dialog', { name: 'Plan' });
  await plan.getByRole('button', { name: 'Make it faster' }).click();
  const way = plan.getByRole('region', { name: 'A faster way' });
  await way.getByText(/instead of/).waitFor({ timeout: 60_000 });
  await way.getByText('Do not sort what is not seen in order').waitFor();
  await way.getByText(/gave the same 10.rows/).waitFor();
  assert((await editor.innerText()).includes('ORDER BY'), 'the text was changed without being asked');
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/faster.png` });
  await way.getByRole('button', { name: 'Use the faster one' }).click();
  await plan.waitFor({ state: 'detached' });
  await page.waitForFunction(() => !document.querySelector('.cm-content')?.textContent.includes('ORDER BY'));
  await editor.click();
  await page.keyboard.press('Control+Enter');
  await count('10 rows');
  await page.keyboard.press('Alt+p');
  await plan.getByRole('button', { name: 'Make it faster' }).click();
  await plan.getByText(/No faster way was found/).waitFor({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await plan.waitFor({ state: 'detached' });
});

await check('a result that Visual can not show is kept as a table and asked about', async () => {
  await write("SELECT country, sum(revenue) AS taken FROM (SELECT country, revenue FROM orders WHERE quantity > 1) GROUP BY country");
  await page.keyboard.press('Control+Enter');
  await count('4 rows');
  await result.getByRole('button', { name: 'Ask about this' }).click();
  const ask = page.getByRole('dialog', { name: 'Ask about this result' });
  await ask.getByLabel('Name of the table').fill('Taken by country');
  await ask.getByLabel('What do you want to know of it?').fill('What is the total taken?');
  await ask.getByRole('button', { name: 'Keep the result and ask' }).click();
  await page.waitForURL(/\/conversation/, { timeout: 60_000 });
  const taken = data.text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .reduce((sum, cells) => sum + (Number(cells[5]) > 1 ? Number(cells[6]) : 0), 0);
  await page.locator('section[id^="turn-"]').getByText(taken.toLocaleString('en')).first().waitFor();
  await page.goBack();
  await editor.waitFor();
});

await check('limits of the workspace are set at Account, and what can not be is told', async () => {
  await page.goto(`${BASE_URL}/account`);
  const rows = page.getByLabel('Rows of one result');
  const save = page.locator('form').filter({ has: rows }).getByRole('button', { name: 'Save' });
  await rows.fill('2000000');
  await page.getByRole('alert').filter({ hasText: 'A whole number from 1 to 1,000,000.' }).waitFor();
  assert(await save.isDisabled(), 'what can not be is saved');
  await rows.fill('3');
  await save.click();
  await page.getByText('Queries keep to these limits from now on.').waitFor();
  await page.goto(`${BASE_URL}/query-builder`);
  await editor.waitFor();
  await write('SELECT order_id FROM orders');
  await page.keyboard.press('Control+Enter');
  await result.getByText(/first 3 rows|3 rows/).first().waitFor();
  await page.goto(`${BASE_URL}/account`);
  assert((await rows.inputValue()) === '3', 'the limit is not shown');
  await rows.fill('');
  await save.click();
  await page.getByText('Queries keep to these limits from now on.').waitFor();
  await page.goto(`${BASE_URL}/query-builder`);
  await editor.waitFor();
});

await check('a long query is stopped', async () => {
  await write('SELECT count(*) FROM range(100000000) a(x), range(100) b(y) WHERE x % 7 = y % 3');
  await page.keyboard.press('Control+Enter');
  await result.getByRole('button', { name: 'Stop' }).click();
  await result.getByText(/^Running for/).waitFor({ state: 'detached' });
});

await check('no console errors on the way', async () => {
  const unexpected = errors.filter((error) => !/status of 400/.test(error));
  assert(unexpected.length === 0, unexpected.join('\n'));
});

const code = end();
if (code !== 0 && process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/query_builder-failed.png` });
await browser.close();
process.exit(code);
