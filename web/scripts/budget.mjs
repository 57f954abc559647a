// Checks what a first visit to a page downloads (gzip -9) against its budget, from Vite's manifest.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const KIB = 1024;
// entry: the page's source modules; everything they import statically is counted once.
const BUDGETS = [
  { page: 'shell', limit: 270, modules: ['index.html', 'src/app/Shell.tsx'] },
  {
    page: 'list',
    limit: 470,
    modules: [
      'index.html',
      'src/app/Shell.tsx',
      'src/shared/meta/ListPage.tsx',
      'src/shared/meta/ListTable.tsx',
      'src/shared/meta/ListFilters.tsx',
      'src/shared/meta/ListTools.tsx',
    ],
  },
  {
    page: 'phone list',
    limit: 290,
    modules: ['index.html', 'src/app/Shell.tsx', 'src/shared/meta/ListPage.tsx'],
  },
];
// Hand-made phone registers join the phone budget as soon as they exist.
const PHONE = /src\/features\/registers\/[A-Za-z]*Page\.tsx$/;

// So do the pages of a merchant, behind a frame of their own.
const PORTAL = /src\/features\/portal\/(?!Merchant)[A-Za-z]*Page\.tsx$/;

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
for (const name of Object.keys(manifest).filter((key) => PHONE.test(key))) {
  BUDGETS.push({
    page: name.split('/').pop(),
    limit: 290,
    modules: ['index.html', 'src/app/Shell.tsx', name],
  });
}
for (const name of Object.keys(manifest).filter((key) => PORTAL.test(key))) {
  BUDGETS.push({
    page: `portal ${name.split('/').pop()}`,
    limit: 290,
    modules: ['index.html', 'src/features/portal/PortalShell.tsx', name],
  });
}

function filesOf(modules) {
  const files = new Set();
  const seen = new Set();
  const visit = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`${key} is not in the manifest`);
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const module of modules) visit(module);
  return files;
}

const sizes = new Map();
function gzipSize(file) {
  if (!sizes.has(file)) {
    sizes.set(file, gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length);
  }
  return sizes.get(file);
}

let failed = 0;
for (const { page, limit, modules } of BUDGETS) {
  const files = filesOf(modules);
  const kib = [...files].reduce((sum, file) => sum + gzipSize(file), 0) / KIB;
  const ok = kib <= limit;
  if (!ok) failed += 1;
  console.log(
    `${ok ? 'ok  ' : 'OVER'} ${page.padEnd(16)} ${kib.toFixed(1).padStart(6)} / ${limit} KiB gzip, ${files.size} files`,
  );
}
console.log(`${BUDGETS.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
