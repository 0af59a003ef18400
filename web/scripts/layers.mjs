// Keeps the layers of src/: app → features → components, charts → api, lib. A feature never imports
// another one, and only the chart host may import the chart library.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../src', import.meta.url));
const allowed = {
  app: ['app', 'features', 'components', 'charts', 'api', 'lib'],
  features: ['components', 'charts', 'api', 'lib'],
  charts: ['charts', 'components', 'api', 'lib'],
  components: ['components', 'api', 'lib'],
  api: ['api', 'lib'],
  lib: ['lib'],
  testing: ['testing', 'app', 'components', 'charts', 'api', 'lib'],
};
const chartLibraryHosts = ['charts/EChart.tsx'];
const problems = [];

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

for (const file of sources(root)) {
  const name = relative(root, file);
  const [layer, feature] = name.split('/');
  const text = readFileSync(file, 'utf8');
  for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
    if (/^echarts(\/|$)/.test(target) && !chartLibraryHosts.includes(name) && !/import type [^;]*'echarts/.test(text)) {
      problems.push(`${name}: only ${chartLibraryHosts.join(', ')} may load the chart library`);
    }
    const path = target.startsWith('@/')
      ? target.slice(2)
      : target.startsWith('.')
        ? relative(root, resolve(dirname(file), target))
        : null;
    if (path === null) continue;
    const [toLayer, toFeature] = path.split('/');
    if (layer === 'features' && toLayer === 'features') {
      if (feature !== toFeature) problems.push(`${name}: a feature must not import another (${path})`);
    } else if (name.endsWith('.test.ts') || name.endsWith('.test.tsx')) {
      // Tests may look anywhere.
    } else if (!allowed[layer]?.includes(toLayer)) {
      problems.push(`${name}: ${layer} must not import ${path}`);
    }
  }
}
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
