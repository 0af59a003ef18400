// What each page makes a browser load before it can paint, compressed; fails above the limit.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 250;
const dist = fileURLToPath(new URL('../dist', import.meta.url));
if (!existsSync(`${dist}/.vite/manifest.json`)) {
  console.error('There is no build in dist/: npm run build');
  process.exit(2);
}
const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, 'utf8'));
const sizes = new Map();
const kb = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(`${dist}/${file}`), { level: 9 }).length / 1000);
  return sizes.get(file);
};

function filesOf(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const next of chunk.imports ?? []) filesOf(next, seen);
  return seen;
}

const sum = (files) => [...files].reduce((total, file) => total + kb(file), 0);
const fonts = ['geist-latin-wght-normal', 'geist-mono-latin-wght-normal'].map((name) => {
  const entry = Object.values(manifest).find((chunk) => chunk.file.includes(`/${name}`));
  return entry ? readFileSync(`${dist}/${entry.file}`).length / 1000 : 0;
});
const entry = filesOf('index.html');
const shell = filesOf('src/app/Frame.tsx', new Set(entry));
const pages = Object.keys(manifest).filter((key) => /features\/.*Page\.tsx$/.test(key));
let worst = 0;
console.log(
  `shell ${sum(shell).toFixed(1)} kB, fonts ${fonts.map((size) => size.toFixed(1)).join(' + ')} kB (limit ${LIMIT_KB} with both fonts)`,
);
for (const page of pages) {
  const base = page.includes('/auth/') ? entry : shell;
  const total = sum(filesOf(page, new Set(base))) + fonts[0] + fonts[1];
  worst = Math.max(worst, total);
  console.log(`${total.toFixed(1).padStart(7)} kB  ${page.replace(/^src\/features\//, '')}`);
}
for (const [name, key] of [
  ['charts, after paint', 'src/charts/EChart.tsx'],
  ['SQL editor, after paint', 'src/features/query/editor/SqlEditor.tsx'],
  ['palette, on Ctrl K', 'src/app/Palette.tsx'],
]) {
  const own = [...filesOf(key)].filter((file) => !shell.has(file));
  console.log(`${sum(own).toFixed(1).padStart(7)} kB  ${name}`);
}
if (worst > LIMIT_KB || pages.length === 0) {
  console.error(`A page loads ${worst.toFixed(1)} kB before it can paint; the limit is ${LIMIT_KB}.`);
  process.exit(1);
}
