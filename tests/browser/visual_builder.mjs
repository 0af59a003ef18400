// The visual builder on a running server (BASE_URL): the same query made by mouse and by keyboard, shown
// as SQL and back, and from and to a conversation. Prints "N passed, N failed".
import { assert, BASE_URL, checks, drop, launch, ordersCsv, signUp, watchErrors } from './browser.mjs';

const account = {
  name: 'Ada Tester',
  email: `visual-${Date.now().toString(36)}@example.com`,
  password: 'seven sturdy words 42',
};
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
const page = await context.newPage();
page.setDefaultTimeout(20_000);
const errors = [];
const { check, end } = checks();
const data = ordersCsv();
const shelf = (name) => page.getByRole('region', { name, exact: true });
const field = (name) => page.getByRole('treeitem', { name: new RegExp(`^${name},`) });
const grid = page.getByRole('grid', { name: 'Result' });
const result = page.getByRole('region', { name: 'Result' });
const mode = (name) => page.getByRole('radio', { name, exact: true });
const sql = async () => {
  await mode('SQL').click();
  const text = await page.locator('.cm-content').innerText();
  await mode('Visual').click();
  await shelf('Measure').waitFor();
  return text.replace(/\s+/g, ' ');
};

async function drag(from, to) {
  const a = await from.boundingBox();
  const b = await to.boundingBox();
  const x = a.x + Math.min(40, a.width / 2);
  await page.mouse.move(x, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(x + 12, a.y + a.height / 2 + 8, { steps: 3 });
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 8 });
  await page.mouse.up();
}

await signUp(page, account);
await page.waitForURL((url) => url.pathname === '/');
await page.goto(`${BASE_URL}/files`);
await drop(page, 'orders.csv', data.text);
await page.locator('table a[href^="/sources/"]').waitFor({ timeout: 60_000 });
watchErrors(page, errors);
await page.goto(`${BASE_URL}/query-builder`);
await mode('Visual').click();
await field('revenue').waitFor();
let byMouse = '';

await check('by mouse: fields are dragged to the shelves, and the result follows', async () => {
  await drag(field('revenue'), shelf('Measure').getByText('Add a measure'));
  await shelf('Measure').getByText('revenue').waitFor();
  await drag(field('product'), shelf('Split by').getByText('Add a column'));
  await grid.getByText('Trail Shoe').waitFor();
  await result.getByText('7 rows', { exact: true }).waitFor();
  await drag(field('order_date'), shelf('Split by').getByText('Add a column'));
  await shelf('Split by').getByLabel('Periods of order_date').selectOption({ label: 'by year' });
  await result.getByText('14 rows', { exact: true }).waitFor();
});

await check('by mouse: rows are kept by values that are picked', async () => {
  await drag(field('country'), shelf('Keep rows').getByText('Add a condition'));
  await shelf('Keep rows').getByRole('button', { name: /^Condition on country/ }).click();
  const values = page.getByRole('group', { name: 'Values of country' });
  await values.getByLabel('Norway').waitFor();
  for (const box of await values.getByRole('checkbox', { checked: true }).all()) await box.uncheck();
  await values.getByLabel('Norway').check();
  await values.getByLabel('Spain').check();
  await page.keyboard.press('Escape');
  await shelf('Keep rows').getByText('is Norway or Spain').waitFor();
});

await check('by mouse: groups are kept, sorted and limited', async () => {
  await shelf('Keep groups').getByRole('button', { name: '+ Add a condition on a figure' }).click();
  await shelf('Keep groups').getByLabel('Number that it is compared with').fill('1000');
  await shelf('Sort').getByText('Add an order').click();
  await page.getByRole('listbox', { name: 'Columns' }).getByRole('option', { name: 'sum of revenue' }).click();
  await shelf('At most').getByLabel('Rows at most').selectOption({ label: '5 rows' });
  await result.getByText('5 rows', { exact: true }).waitFor();
  byMouse = await sql();
  for (const part of ['sum("orders"."revenue")', "= 'Norway' OR", 'HAVING "total_revenue" >= 1000', 'LIMIT 5', 'year(']) {
    assert(byMouse.includes(part), `${part} is not in ${byMouse}`);
  }
});

await check('shelves are put in order by dragging', async () => {
  const grip = (name) => shelf('Split by').getByRole('button', { name: `Move ${name}`, exact: true });
  await drag(grip('order_date'), shelf('Split by').getByText('product', { exact: true }));
  await page.waitForFunction(() => {
    const heads = [...document.querySelectorAll('[role="grid"] [role="columnheader"]')].map((head) => head.textContent);
    return heads[1]?.startsWith('year');
  });
  await grip('order_date').focus();
  await page.keyboard.press('Space');
  await page.waitForTimeout(150);
  await page.keyboard.press('ArrowDown');
  await page.waitForTimeout(250);
  await page.keyboard.press('Space');
  await page.waitForFunction(() => {
    const heads = [...document.querySelectorAll('[role="grid"] [role="columnheader"]')].map((head) => head.textContent);
    return heads[1]?.startsWith('product');
  });
});

await check('by keyboard: the same query, without the mouse', async () => {
  await page.keyboard.press('Alt+n');
  await page.getByText('Drag a field to a shelf').waitFor();
  await field('order_id').focus();
  for (let step = 0; step < 20; step++) {
    const name = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    if (name.startsWith('revenue')) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await shelf('Measure').getByText('revenue').waitFor();
  const add = async (name, label, words) => {
    await shelf(name).getByRole('button', { name: label }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: label }).waitFor();
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
  };
  await add('Split by', 'Add a column', 'product');
  await shelf('Split by').getByText('product', { exact: true }).waitFor();
  await add('Split by', 'Add a column', 'order_date');
  await shelf('Split by').getByLabel('Periods of order_date').focus();
  await page.keyboard.type('by y');
  await add('Keep rows', 'Add a condition', 'country');
  await shelf('Keep rows').getByRole('button', { name: /^Condition on country/ }).focus();
  await page.keyboard.press('Enter');
  const values = page.getByRole('group', { name: 'Values of country' });
  await values.getByLabel('Norway').waitFor();
  for (const box of await values.getByRole('checkbox', { checked: true }).all()) {
    await box.focus();
    await page.keyboard.press('Space');
  }
  for (const name of ['Norway', 'Spain']) {
    await values.getByLabel(name).focus();
    await page.keyboard.press('Space');
  }
  await page.keyboard.press('Escape');
  await shelf('Keep groups').getByRole('button', { name: '+ Add a condition on a figure' }).focus();
  await page.keyboard.press('Enter');
  await shelf('Keep groups').getByLabel('Number that it is compared with').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('1000');
  await add('Sort', 'Add an order', 'sum of');
  await shelf('At most').getByLabel('Rows at most').focus();
  await page.keyboard.type('5 ');
  await result.getByText('5 rows', { exact: true }).waitFor();
  const byKeyboard = await sql();
  assert(byKeyboard === byMouse, `${byKeyboard}\n${byMouse}`);
});

await check('SQL written by hand is shown on the shelves, and stays as it is', async () => {
  await mode('SQL').click();
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText("select country, count(*) as n from orders where product <> 'Tent' group by country");
  await mode('Visual').click();
  await shelf('Measure').getByText('number of orders').waitFor();
  await page.getByText('n will be called number_of_orders.').waitFor();
  await mode('SQL').click();
  assert((await page.locator('.cm-content').innerText()).startsWith('select country'), 'the text was changed');
});

await check('SQL that has no place there stays SQL, with the reason', async () => {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('SELECT upper(country) FROM orders');
  await mode('Visual').click();
  await page.getByRole('alert').filter({ hasText: 'The visual builder can not show this.' }).waitFor();
  await page.locator('.cm-lintRange-error', { hasText: 'upper' }).waitFor();
  assert((await mode('SQL').getAttribute('aria-checked')) === 'true', 'not SQL any more');
});

await check('a conversation opens here, and this opens a conversation', async () => {
  await page.goto(`${BASE_URL}/conversation?ask=${encodeURIComponent('top 5 products by revenue')}`);
  await page.getByRole('link', { name: 'Open in Query Builder' }).click();
  await page.waitForURL(/\/query-builder/);
  await shelf('Measure').getByText('revenue').waitFor();
  await result.getByText('5 rows', { exact: true }).waitFor();
  await grid.getByText(data.top[0][0]).waitFor();
  await result.getByRole('button', { name: 'Ask about this' }).click();
  await page.waitForURL(/\/conversation\/.+/);
  await page.locator('section[id^="turn-"]').getByText(data.top[0][0]).first().waitFor();
});

await check('no console errors on the way', async () => {
  const unexpected = errors.filter((error) => !/status of 4(00|22)/.test(error));
  assert(unexpected.length === 0, unexpected.join('\n'));
});

const code = end();
if (code !== 0 && process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/visual_builder-failed.png` });
await browser.close();
process.exit(code);
