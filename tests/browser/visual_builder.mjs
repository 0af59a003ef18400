// The visual builder on a running server (BASE_URL): the same queries made by mouse, by keyboard and by
// touch, shown as SQL and back, and from and to a conversation. Prints "N passed, N failed".
import { assert, axeSource, BASE_URL, checks, drop, launch, logIn, ordersCsv, signUp, watchErrors } from './browser.mjs';

const account = {
  name: 'Ada Tester',
  email: `visual-${Date.now().toString(36)}@example.com`,
  password: 'seven sturdy words 42',
};
const SELLERS = 'seller_id,region\n1,North\n2,South\n3,East\n';
const DEALS = `deal_id,seller_id,closer_id,worth\n${Array.from({ length: 30 }, (_, index) => `${500 + index},${1 + (index % 2)},${1 + (index % 3)},${10 * (index + 1)}`).join('\n')}\n`;
const browser = await launch();
const errors = [];
const { check, end } = checks();
const data = ordersCsv();
let page;
const shelf = (name) => page.getByRole('region', { name, exact: true });
const field = (name) => page.getByRole('treeitem', { name: new RegExp(`^${name},`) });
const grid = () => page.getByRole('grid', { name: 'Result' });
const result = () => page.getByRole('region', { name: 'Result' });
const mode = (name) => page.getByRole('radio', { name, exact: true });
const sql = async () => {
  await mode('SQL').click();
  const text = await page.locator('.cm-content').innerText();
  await mode('Visual').click();
  return text.replace(/\s+/g, ' ');
};
const rowsShown = (text) => result().getByText(text, { exact: true }).waitFor();
const headings = () =>
  page.evaluate(() =>
    [...document.querySelectorAll('[role="grid"] [role="columnheader"]')].map((head) => head.textContent.trim()),
  );
const headed = (...starts) =>
  page.waitForFunction((wanted) => {
    const heads = [...document.querySelectorAll('[role="grid"] [role="columnheader"]')].map((head) =>
      head.textContent.trim(),
    );
    return wanted.every((start) => heads.some((head) => head.startsWith(start)));
  }, starts);

/** Where a thing is, once it stands still. */
const middle = async (locator) => {
  await locator.scrollIntoViewIfNeeded();
  let box = await locator.boundingBox();
  for (let look = 0; look < 40; look++) {
    await page.waitForTimeout(50);
    const before = box;
    box = await locator.boundingBox();
    if (before && box && before.x === box.x && before.y === box.y) break;
  }
  return { x: box.x + Math.min(40, box.width / 2), y: box.y + box.height / 2 };
};

/** A click in the first 50 ms after a drop is taken to belong to the drag. */
const AFTER_DROP_MS = 80;

async function dragByMouse(from, to) {
  const b = await middle(to);
  const a = await middle(from);
  await page.mouse.move(a.x, a.y);
  await page.mouse.down();
  await page.mouse.move(a.x + 12, a.y + 8, { steps: 3 });
  await page.mouse.move(b.x, b.y, { steps: 8 });
  await page.mouse.up();
  await page.waitForTimeout(AFTER_DROP_MS);
}

/** A finger that rests a moment takes hold of what is under it. */
async function dragByTouch(from, to) {
  const b = await middle(to);
  const a = await middle(from);
  const touch = await page.context().newCDPSession(page);
  const send = (type, points) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await send('touchStart', [a]);
  await page.waitForTimeout(400);
  for (let step = 1; step <= 8; step++) {
    await send('touchMove', [{ x: a.x + ((b.x - a.x) * step) / 8, y: a.y + ((b.y - a.y) * step) / 8 }]);
    await page.waitForTimeout(16);
  }
  await send('touchEnd', []);
  await page.waitForTimeout(AFTER_DROP_MS);
  await touch.detach();
}

/** What is typed goes to what has the focus. */
const focused = async (locator) => {
  await locator.waitFor();
  await locator.and(page.locator(':focus')).waitFor();
};

/** The list behind a shelf's last place, searched by name. */
async function addByKeys(name, label, words) {
  await shelf(name).getByRole('button', { name: label }).focus();
  await page.keyboard.press('Enter');
  await focused(page.getByRole('combobox', { name: label }));
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

async function addByTouch(name, label, words) {
  await shelf(name).getByRole('button', { name: label }).tap();
  await page.getByRole('combobox', { name: label }).fill(words);
  await page.getByRole('listbox', { name: 'Columns' }).getByRole('option').first().tap();
}

async function writeByKeys(input, text) {
  await input.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

/** Goes to an option of a list as a person does: by its first letters, or step by step. */
async function chooseByKeys(select, label) {
  await select.focus();
  const at = await select.evaluate(
    (element, wanted) => {
      const labels = [...element.options].map((option) => option.textContent.trim());
      return labels.indexOf(wanted) - element.selectedIndex;
    },
    label,
  );
  for (let step = 0; step < Math.abs(at); step++) await page.keyboard.press(at > 0 ? 'ArrowDown' : 'ArrowUp');
}

const HANDS = {
  mouse: {
    press: (locator) => locator.click(),
    write: (input, text) => input.fill(text),
    choose: (select, label) => select.selectOption({ label }),
    put: async (name, shelfName, label) => {
      await dragByMouse(field(name), shelf(shelfName).getByRole('button', { name: label }));
      await shelf(shelfName).getByText(name, { exact: false }).first().waitFor();
    },
    pick: async (shelfName, label, words) => {
      await shelf(shelfName).getByRole('button', { name: label }).click();
      await page.getByRole('combobox', { name: label }).fill(words);
      await page.getByRole('listbox', { name: 'Columns' }).getByRole('option').first().click();
    },
    move: (grip, to) => dragByMouse(grip, to),
  },
  keyboard: {
    press: async (locator) => {
      await locator.focus();
      const box = await locator.evaluate((element) => element.type === 'checkbox');
      await page.keyboard.press(box ? 'Space' : 'Enter');
    },
    write: writeByKeys,
    choose: chooseByKeys,
    put: (name, shelfName, label) => addByKeys(shelfName, label, name),
    pick: addByKeys,
    move: async (grip, _to, keys) => {
      await grip.focus();
      await page.keyboard.press('Space');
      await page.waitForTimeout(150);
      for (const key of keys) {
        await page.keyboard.press(key);
        await page.waitForTimeout(250);
      }
      await page.keyboard.press('Space');
    },
  },
  touch: {
    press: (locator) => locator.tap(),
    write: async (input, text) => {
      await input.tap();
      await input.fill(text);
    },
    choose: (select, label) => select.selectOption({ label }),
    put: (name, shelfName, label) => dragByTouch(field(name), shelf(shelfName).getByRole('button', { name: label })),
    pick: addByTouch,
    move: (grip, to) => dragByTouch(grip, to),
  },
};

async function openCondition(hand, column, inside) {
  await hand.press(shelf('Keep rows').getByRole('button', { name: new RegExp(`^Condition on ${column}`) }));
  await inside.waitFor();
}

async function onlyValues(hand, column, names) {
  const values = page.getByRole('group', { name: `Values of ${column}` });
  await openCondition(hand, column, values.getByLabel(names[0]));
  for (const box of await values.getByRole('checkbox', { checked: true }).all()) await hand.press(box);
  for (const name of names) await hand.press(values.getByLabel(name));
  await page.keyboard.press('Escape');
}

// ── an account with three tables, one of which is joined in two ways ──

const first = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
page = await first.newPage();
page.setDefaultTimeout(20_000);
await signUp(page, account);
await page.waitForURL((url) => url.pathname === '/');
for (const [name, text] of [
  ['orders.csv', data.text],
  ['sellers.csv', SELLERS],
  ['deals.csv', DEALS],
]) {
  await page.goto(`${BASE_URL}/files`);
  await drop(page, name, text);
  await page.locator('table a[href^="/sources/"]', { hasText: name.split('.')[0] }).first().waitFor({ timeout: 60_000 });
}
const api = async (method, path, body, token) => {
  const response = await fetch(`${BASE_URL}/api${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  assert(response.ok, `${method} ${path}: ${response.status} ${await response.clone().text()}`);
  return response.json();
};
const { email, password } = account;
const session = await api('POST', '/auth/login', { email, password });
const token = session.access_token ?? session.token;
const { models } = await api('GET', '/models', null, token);
const deals = models.find((model) => model.schema_definition.tables.some((table) => table.name === 'deals'));
await api(
  'PATCH',
  `/models/${deals.id}`,
  {
    schema_definition: {
      joins: [
        ...deals.schema_definition.joins,
        {
          left: { table: 'deals', column: 'closer_id' },
          right: { table: 'sellers', column: 'seller_id' },
          cardinality: 'many_to_one',
        },
      ],
    },
  },
  token,
);
await first.close();

const made = {};
for (const [name, hand] of Object.entries(HANDS)) {
  const keep = (step, text) => {
    made[step] ??= text;
    assert(made[step] === text, `by ${name}: ${text}\nby ${Object.keys(HANDS)[0]}: ${made[step]}`);
  };
  const context = await browser.newContext({
    viewport: { width: 1440, height: 1000 },
    locale: 'en-GB',
    hasTouch: name === 'touch',
  });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await logIn(page, account);
  await page.waitForURL((url) => url.pathname === '/');
  watchErrors(page, errors, `${name}: `);
  await page.goto(`${BASE_URL}/query-builder`);
  await mode('Visual').click();
  await field('revenue').waitFor();
  await shelf('Split by').waitFor();

  await check(`by ${name}: fields go to the shelves, and the result follows`, async () => {
    await hand.put('revenue', 'Measure', 'Add a measure');
    await shelf('Measure').getByText('revenue').waitFor();
    await hand.put('product', 'Split by', 'Add a column');
    await grid().getByText('Trail Shoe').waitFor();
    await rowsShown('7 rows');
    await hand.put('order_date', 'Split by', 'Add a column');
    await hand.choose(shelf('Split by').getByLabel('Periods of order_date'), 'by year');
    await rowsShown('14 rows');
  });

  await check(`by ${name}: rows are kept by values that are picked, with how many there are`, async () => {
    await hand.put('country', 'Keep rows', 'Add a condition');
    await onlyValues(hand, 'country', ['Norway', 'Spain']);
    await shelf('Keep rows').getByText('is Norway or Spain').waitFor();
    await hand.put('quantity', 'Keep rows', 'Add a condition');
    await openCondition(hand, 'quantity', page.getByLabel('How quantity is compared'));
    await hand.choose(page.getByLabel('How quantity is compared'), 'is');
    await page.getByRole('group', { name: 'Values of quantity' }).getByText('365', { exact: true }).first().waitFor();
    await hand.choose(page.getByLabel('How quantity is compared'), '≥');
    await hand.write(page.getByLabel('Value', { exact: true }), '2');
    await page.keyboard.press('Escape');
    await shelf('Keep rows').getByText('≥ 2').waitFor();
  });

  await check(`by ${name}: groups are kept, sorted and limited`, async () => {
    await hand.press(shelf('Keep groups').getByRole('button', { name: '+ Add a condition on a figure' }));
    await hand.write(shelf('Keep groups').getByLabel('Number that it is compared with'), '1000');
    await hand.pick('Sort', 'Add an order', 'sum of');
    await hand.choose(shelf('At most').getByLabel('Rows at most'), '5 rows');
    await rowsShown('5 rows');
    const text = await sql();
    for (const part of [
      'sum("orders"."revenue")',
      "= 'Norway' OR",
      '"quantity" >= 2',
      'HAVING "total_revenue" >= 1000',
      'LIMIT 5',
      'year(',
    ]) {
      assert(text.includes(part), `${part} is not in ${text}`);
    }
    keep('groups', text);
  });

  await check(`by ${name}: the first of each group`, async () => {
    await hand.press(shelf('At most').getByLabel('for each product'));
    await rowsShown('14 rows');
    const text = await sql();
    assert(text.includes('QUALIFY row_number() OVER (PARTITION BY "product"'), text);
    keep('per group', text);
    await hand.press(shelf('At most').getByLabel('for each product'));
    await rowsShown('5 rows');
  });

  await check(`by ${name}: shelves are put in order, and things are taken off`, async () => {
    const grip = shelf('Split by').getByRole('button', { name: 'Move order_date', exact: true });
    await hand.move(grip, shelf('Split by').getByText('product', { exact: true }), ['ArrowUp']);
    await page.waitForFunction(() => {
      const heads = [...document.querySelectorAll('[role="grid"] [role="columnheader"]')].map((head) => head.textContent);
      return heads[1]?.startsWith('year');
    });
    keep('moved', await sql());
    await hand.press(shelf('Keep groups').getByRole('button', { name: 'Remove the condition on groups' }));
    await hand.press(shelf('Keep rows').getByRole('button', { name: 'Remove quantity' }));
    await hand.press(shelf('Sort').getByRole('button', { name: /^Remove/ }));
    await hand.choose(shelf('At most').getByLabel('Rows at most'), 'all rows');
    await rowsShown('14 rows');
    keep('removed', await sql());
  });

  await check(`by ${name}: the years become columns, and rows again`, async () => {
    await hand.put('order_date', 'Columns', 'Add columns of values');
    await shelf('Columns').getByText('order_date').waitFor();
    await rowsShown('7 rows');
    await headed('product', '2024', '2025').catch(async () => assert(false, (await headings()).join(' | ')));
    const text = await sql();
    assert(text.includes('FILTER (WHERE "long"."year" = 2024) AS "2024"'), text);
    keep('columns', text);
    await hand.press(shelf('Columns').getByRole('button', { name: 'Remove order_date' }));
    await rowsShown('7 rows');
    await shelf('Columns').getByRole('button', { name: 'Add columns of values' }).waitFor();
  });

  await check(`by ${name}: a group with too many values does not become columns, and it is said why`, async () => {
    await hand.pick('Columns', 'Add columns of values', 'order_id');
    await page.getByRole('alert').filter({ hasText: 'order_id has more than 50 values' }).waitFor();
    await hand.press(shelf('Columns').getByRole('button', { name: 'Remove order_id' }));
    await rowsShown('7 rows');
  });

  await check(`by ${name}: a computed column, after a mistake in it is told`, async () => {
    await hand.press(shelf('Computed').getByRole('button', { name: '+ Add a computed column' }));
    await hand.write(page.getByLabel('Name', { exact: true }), 'unit_price');
    await hand.write(page.getByLabel('Expression'), 'revenu / quantity');
    await hand.press(page.getByRole('button', { name: 'Save the column' }));
    await page.getByRole('alert').filter({ hasText: 'revenu' }).waitFor();
    await hand.write(page.getByLabel('Expression'), 'revenue / quantity');
    await hand.press(page.getByRole('button', { name: 'Save the column' }));
    await shelf('Computed').getByText('unit_price').waitFor();
    await hand.pick('Measure', 'Add a measure', 'unit_price');
    await headed('total_unit_price');
    const text = await sql();
    assert(text.includes('sum(("orders"."revenue" / "orders"."quantity"))'), text);
    keep('computed', text);
    await hand.press(shelf('Measure').getByRole('button', { name: 'Remove sum of unit_price' }));
    await hand.press(shelf('Computed').getByRole('button', { name: 'Remove unit_price' }));
  });

  await check(`by ${name}: another join is taken, and rows without a partner are left out`, async () => {
    await page.keyboard.press('Alt+n');
    await page.getByText('Drag a field to a shelf').waitFor();
    await hand.pick('Measure', 'Add a measure', 'worth');
    await hand.pick('Split by', 'Add a column', 'region');
    await rowsShown('2 rows');
    await hand.choose(shelf('Joined').getByLabel('How sellers is joined'), 'deals.closer_id = sellers.seller_id');
    await rowsShown('3 rows');
    await hand.choose(shelf('Joined').getByLabel('Rows without a partner in sellers'), 'only rows with a partner');
    // At once, before the sentence and the result have followed.
    const text = await sql();
    assert(/(?<!LEFT )JOIN "sellers" ON "deals"."closer_id" = "sellers"."seller_id"/.test(text), text);
    keep('joined', text);
  });

  await check(`by ${name}: figures of two tables stand side by side`, async () => {
    await page.keyboard.press('Alt+n');
    await page.getByText('Drag a field to a shelf').waitFor();
    await hand.pick('Measure', 'Add a measure', 'number of deals');
    await hand.pick('Measure', 'Add a measure', 'number of sellers');
    await hand.pick('Split by', 'Add a column', 'region');
    await headed('region', 'number_of_deals', 'number_of_sellers');
    keep('side by side', await sql());
  });

  if (name === 'mouse') {
    await check('axe finds no serious violation', async () => {
      await page.evaluate(axeSource());
      const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      assert(
        serious.length === 0,
        serious.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`).join('\n'),
      );
    });
  }
  if (name !== 'touch') await context.close();
}

await page.keyboard.press('Alt+n');

await check('a query whose parts are all taken off is empty as SQL too', async () => {
  await addByTouch('Measure', 'Add a measure', 'worth');
  assert((await sql()).includes('sum("deals"."worth")'), 'no SQL');
  await shelf('Measure').getByRole('button', { name: 'Remove sum of worth' }).tap();
  await page.getByText('Drag a field to a shelf').waitFor();
  const text = await sql();
  assert(!text.includes('sum('), text);
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
  await page.keyboard.insertText("SELECT string_agg(country, ',') FROM orders");
  await mode('Visual').click();
  await page.getByRole('alert').filter({ hasText: 'The visual builder can not show this.' }).waitFor();
  await page.locator('.cm-lintRange-error', { hasText: 'string_agg' }).waitFor();
  assert((await mode('SQL').getAttribute('aria-checked')) === 'true', 'not SQL any more');
});

await check('an expression in SQL is a computed column there', async () => {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('SELECT upper(country) AS place, count(*) AS number_of_orders FROM orders GROUP BY 1');
  await mode('Visual').click();
  await shelf('Computed').getByText('place').first().waitFor();
  await result().getByText(/^\d+\srows$/).waitFor();
  await mode('SQL').click();
});

await check('a conversation opens here, and this opens a conversation', async () => {
  await page.goto(`${BASE_URL}/conversation?ask=${encodeURIComponent('top 5 products by revenue')}`);
  await page.getByRole('link', { name: 'Open in Query Builder' }).click();
  await page.waitForURL(/\/query-builder/);
  await shelf('Measure').getByText('revenue').waitFor();
  await result().getByText('5 rows', { exact: true }).waitFor();
  await grid().getByText(data.top[0][0]).waitFor();
  await result().getByRole('button', { name: 'Ask about this' }).click();
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
