// A result of 1,000,000 × 10 scrolled from its first row to its last, on a running server (BASE_URL).
// Prints memory of the page's process and the longest task, with their targets; exit status 1 when one is missed.
import { readFileSync } from 'node:fs';
import { BASE_URL, launch, signUp } from './browser.mjs';

const ROWS = 1_000_000;
const MEMORY_MB = 400;
const LONG_TASK_MS = 100;
const STEPS = 400;
const SQL = `SELECT range AS id, range * 7 % 1000 AS quantity, round(range * 1.37, 2) AS amount,
  DATE '2020-01-01' + (range % 2000)::INTEGER AS day, 'Customer ' || range % 5000 AS customer,
  'Product ' || range % 300 AS product, range % 2 = 0 AS paid, (range * 3) % 97 AS score,
  TIMESTAMP '2024-01-01' + INTERVAL (range) SECOND AS seen, md5(range::VARCHAR) AS token
FROM range(${ROWS})`;

/** md5 of 999999. */
const LAST = '52c69e3a57331081823331c4e69d3f2e';

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
await page.addInitScript(() => {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.longTasks.push(entry.duration);
  }).observe({ type: 'longtask', buffered: true });
});
await signUp(page, {
  name: 'Ada Tester',
  email: `rows-${Date.now().toString(36)}@example.com`,
  password: 'seven sturdy words 42',
});
await page.waitForURL((url) => url.pathname === '/');
await page.goto(`${BASE_URL}/query-builder`);
await page.getByRole('radio', { name: 'SQL', exact: true }).click();
await page.locator('.cm-content').click();
await page.keyboard.insertText(SQL);
await page.keyboard.press('Control+Enter');
const grid = page.getByRole('grid', { name: 'Result' });
await page.waitForFunction(
  (rows) => document.querySelector('[role="grid"][aria-label="Result"]')?.getAttribute('aria-rowcount') === String(rows + 1),
  ROWS,
  { timeout: 120_000 },
);

/** MB of the processes that show pages, shared memory counted by its share. */
async function pageMemory() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const kilobytes = processInfo
    .filter((process) => process.type === 'renderer')
    .map((process) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${process.id}/smaps_rollup`, 'utf8'))?.[1] ?? 0));
  return Math.max(...kilobytes) / 1000;
}

await page.waitForTimeout(500);
await page.evaluate(() => {
  window.longTasks.length = 0;
});
let most = await pageMemory();
const before = most;
const started = Date.now();
for (let step = 1; step <= STEPS; step++) {
  await grid.evaluate((node, part) => {
    node.scrollTop = (node.scrollHeight - node.clientHeight) * part;
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, step / STEPS);
  if (step % 10 === 0) {
    // Standing still: the rows in view come.
    await page.waitForFunction(() => {
      const cell = [...document.querySelectorAll('[role="gridcell"][data-column="0"]')].at(-12);
      return cell?.textContent !== '';
    });
    most = Math.max(most, await pageMemory());
  }
}
for (let turn = 0; turn < 20; turn++) await page.mouse.wheel(0, -400);
await grid.focus();
await page.keyboard.press('Control+End');
await page.keyboard.press('Control+End');
await grid.locator(`[data-row="${ROWS - 1}"][data-column="9"]`).filter({ hasText: LAST }).waitFor();
const seconds = (Date.now() - started) / 1000;
most = Math.max(most, await pageMemory());
const tasks = await page.evaluate(() => window.longTasks);
const longest = Math.max(0, ...tasks);
const elements = await page.evaluate(() => document.querySelectorAll('*').length);
console.log(`rows                 ${ROWS} × 10, the last one shown`);
console.log(`scrolled in          ${seconds.toFixed(1)} s, ${STEPS} steps`);
console.log(`memory of the page   ${most.toFixed(0)} MB (< ${MEMORY_MB}), ${before.toFixed(0)} before scrolling`);
console.log(`longest task         ${longest.toFixed(0)} ms (≤ ${LONG_TASK_MS}), ${tasks.length} of 50 ms and more`);
console.log(`elements             ${elements}`);
await browser.close();
process.exit(most < MEMORY_MB && longest <= LONG_TASK_MS ? 0 : 1);
