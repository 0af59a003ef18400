// Writes src/api/gen/schema.d.ts from the server's own description of its API.
// Takes ../build/openapi.json when it is there (or the file named as argument), else asks ../build/sextant.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const file = process.argv[2] ?? here('../../build/openapi.json');
const program = here('../../build/sextant');

function contract() {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  if (existsSync(program)) return execFileSync(program, ['openapi'], { encoding: 'utf8', maxBuffer: 64 << 20 });
  throw new Error(`Neither ${file} nor ${program} is there. Build the server first: ./run --build-only`);
}

const ast = await openapiTS(JSON.parse(contract()), { alphabetize: true, defaultNonNullable: false });
const head = '// Made by `npm run gen` from the server’s OpenAPI document. Do not edit.\n\n';
writeFileSync(here('../src/api/gen/schema.d.ts'), head + astToString(ast));
