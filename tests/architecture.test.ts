import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

// The import law of the house. A folder that is not named here may import nothing of ours.

const root = path.resolve(import.meta.dirname, '..');
const files = readdirSync(path.join(root, 'server'), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `server/${name.split(path.sep).join('/')}`);

const DOMAINS = [
  'cases',
  'footage',
  'letters',
  'packs',
  'custody',
  'responses',
  'accounts',
  'jobs',
];

/** What each folder's rules may import, besides themselves and the kernel. */
const ALLOWED: Record<string, RegExp[]> = {
  kernel: [],
  cases: [],
  footage: [],
  letters: [],
  custody: [],
  responses: [],
  accounts: [],
  jobs: [],
  packs: [],
  verification: [/^server\/packs\/manifest\//],
  // Time stamps and certificates are judged by one piece of code, in Node and in pages.
  browser: [
    /^server\/verification\//,
    /^server\/packs\/manifest\//,
    /^server\/adapters\/keys\/pkijs-(timestamps|certificates)\.ts$/,
  ],
  http: [],
  cli: [/^server\//],
  composition: [/^server\//],
  adapters: [/^server\/[a-z]+\//],
};

/** `packs` may know the published types of these, never their code. */
const TYPES_ONLY: Record<string, RegExp[]> = {
  packs: [/^server\/(cases|footage|letters|custody)\//],
  letters: [/^server\/(cases|footage)\//],
  http: [/^server\/(accounts|jobs)\//],
};

/** The rooms of footage in the order of its walk: a later one may know an earlier one. */
const FOOTAGE_WALK = ['analysis', 'plan', 'copy', 'stills'];

const MEDIA_AND_ENGINES =
  /^(sharp|fluent-ffmpeg|mediabunny|puppeteer|@cantoo\/pdf-lib|archiver|yazl|@zip\.js\/zip\.js|kysely|node:sqlite|csv-parse.*|exceljs|age-encryption|pkijs|node:child_process)$/;

interface Import {
  from: string;
  target: string;
  typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const pattern = /^\s*(?:import|export)\s+(type\s)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
  return [...text.matchAll(pattern)].map((match) => {
    const specifier = match[2]!;
    const target = specifier.startsWith('.')
      ? path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier))
      : specifier;
    return { from: file, target, typeOnly: match[1] !== undefined };
  });
}

const all = files.flatMap(importsOf);
const show = (found: Import[]) => found.map((i) => `${i.from} → ${i.target}`);
const folderOf = (file: string) => (file.split('/').length > 2 ? file.split('/')[1]! : '');

describe('the import law', () => {
  test('every folder is in the law', () => {
    const unknown = files.map(folderOf).filter((folder) => folder !== '' && !(folder in ALLOWED));
    expect([...new Set(unknown)]).toEqual([]);
  });

  test('a folder imports only itself, the kernel and what the law grants it', () => {
    const broken = all.filter((i) => {
      const folder = folderOf(i.from);
      if (folder === '' || !i.target.startsWith('server/')) return false;
      if (i.target.startsWith('server/kernel/') || folderOf(i.target) === folder) return false;
      const isRoutes = /[/-]routes\.ts$/.test(i.from) && i.target.startsWith('server/http/');
      const granted = ALLOWED[folder]!.some((rule) => rule.test(i.target));
      const typeGranted = i.typeOnly && (TYPES_ONLY[folder] ?? []).some((r) => r.test(i.target));
      return !granted && !typeGranted && !isRoutes;
    });
    expect(show(broken)).toEqual([]);
  });

  test('engines and the file system stay in adapters and the entry points', () => {
    const broken = all.filter(
      (i) =>
        [...DOMAINS, 'kernel', 'verification', 'browser'].includes(folderOf(i.from)) &&
        !i.typeOnly &&
        (MEDIA_AND_ENGINES.test(i.target) || /^node:(fs|net|http|os)/.test(i.target)),
    );
    expect(show(broken)).toEqual([]);
  });

  test('footage walks one way: what is there, what is decided, what is covered', () => {
    const room = (file: string) =>
      file.startsWith('server/footage/') ? FOOTAGE_WALK.indexOf(file.split('/')[2]!) : -1;
    const back = all.filter(
      (i) => !i.typeOnly && room(i.from) >= 0 && room(i.target) > room(i.from),
    );
    expect(show(back)).toEqual([]);
  });

  test('the house reads in one direction: no file leads back to itself, not even by its types', () => {
    const left = new Map(
      files.map((file) => [file, all.filter((i) => i.from === file).map((i) => i.target)] as const),
    );
    // Whoever knows none of those that are left can be read now; what stays behind leads in a circle.
    for (let before = -1; before !== left.size; ) {
      before = left.size;
      for (const [file, known] of left) {
        if (!known.some((target) => left.has(target))) left.delete(file);
      }
    }
    expect([...left.keys()]).toEqual([]);
  });

  test('Express is known to routes, http/ and app.ts only', () => {
    const broken = all.filter(
      (i) =>
        /^(express|helmet|multer)$/.test(i.target) &&
        !/(\/routes\.ts|^server\/http\/.*|^server\/app\.ts)$/.test(i.from),
    );
    expect(show(broken)).toEqual([]);
  });

  test('fluent-ffmpeg is known to one file', () => {
    const users = all.filter((i) => i.target === 'fluent-ffmpeg').map((i) => i.from);
    expect(users.length).toBeLessThanOrEqual(1);
  });

  test('verification knows no sealer and no private key', () => {
    const reached = reach(files.filter((file) => folderOf(file) === 'verification'));
    const forbidden = reached.filter(
      (file) => !/^server\/(verification|kernel|packs\/manifest)\//.test(file),
    );
    expect(forbidden).toEqual([]);
  });

  test('only config.ts reads the environment', () => {
    const readers = files.filter((file) =>
      /process\s*\.\s*env\b|process\[['"]env/.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(readers).toEqual(['server/config.ts']);
  });

  test('no folder imports itself in a circle', () => {
    const graph = new Map(files.map((file) => [file, importsOf(file).filter((i) => !i.typeOnly)]));
    const circles = files.filter((file) => {
      const seen = new Set<string>();
      const queue = (graph.get(file) ?? []).map((i) => i.target);
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        if (next === file) return true;
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push(...(graph.get(next) ?? []).map((i) => i.target));
      }
      return false;
    });
    expect(circles).toEqual([]);
  });
});

describe('what leaves goes through a list of fields', () => {
  test('present.ts and the manifest spread no record', () => {
    const doors = files.filter((file) => /\/present[a-z-]*\.ts$|packs\/manifest\//.test(file));
    const spreading = doors.filter((file) =>
      /\{\s*\.\.\.(?!\()[a-z]/.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(spreading).toEqual([]);
  });

  test('no template prints unescaped', () => {
    const templates = readdirSync(path.join(root, 'templates'), {
      recursive: true,
      encoding: 'utf8',
    }).filter((name) => /\.(hbs|html)$/.test(name));
    const unescaped = templates.filter((name) =>
      /\{\{\{|\{\{\s*&/.test(readFileSync(path.join(root, 'templates', name), 'utf8')),
    );
    expect(unescaped).toEqual([]);
  });
});

/** All of our files that a set of files reaches, values and types alike. */
function reach(start: string[]): string[] {
  const seen = new Set<string>();
  const queue = [...start];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (files.includes(file))
      queue.push(
        ...importsOf(file)
          .map((i) => i.target)
          .filter((t) => t.startsWith('server/')),
      );
  }
  return [...seen];
}
