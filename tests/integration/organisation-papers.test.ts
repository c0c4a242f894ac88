import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadPdfTemplates } from '../../server/adapters/pdf/pdf-templates.ts';
import { createPopplerPapers } from '../../server/adapters/pdf/poppler-papers.ts';
import { createSharpStills } from '../../server/adapters/sharp-stills.ts';
import { runCli } from '../../server/cli/run-cli.ts';
import { composeTools } from '../../server/composition/compose-tools.ts';
import { readConfig, TEMPLATES_DIR } from '../../server/config.ts';
import { sha256 } from '../../server/kernel/digest.ts';
import { judgeLetter } from '../../server/letters/checks/judge-letter.ts';
import type { LetterModel } from '../../server/letters/letter-model.ts';
import type { PaperSheet } from '../../server/letters/papers/papers.ts';
import { checkedLetter } from '../../server/letters/parse-letter.ts';
import { aLetter, everywhere } from '../builders/letter.ts';
import { openHouse } from '../builders/open-house.ts';
import { aSmallPdf } from '../builders/small-pdf.ts';
import { quartersPicture } from '../builders/still.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// The papers of the organisation: what is taken in, what of it is kept, and where it is bound.

const readPaper = createPopplerPapers({ pictures: createSharpStills() });
const folder = temporaryFolder();

/** What a tool of other hands makes of a small PDF. */
function made(name: string, tool: string, ...args: string[]): Uint8Array {
  const [from, to] = [path.join(folder, `${name}.in.pdf`), path.join(folder, `${name}.pdf`)];
  writeFileSync(from, aSmallPdf('certificate'));
  execFileSync(
    tool,
    args.map((arg) => ({ FROM: from, TO: to })[arg] ?? arg),
  );
  return new Uint8Array(readFileSync(to));
}

function tagsOf(jpeg: Uint8Array): string {
  const file = path.join(folder, 'sheet.jpg');
  writeFileSync(file, jpeg);
  return tagged(file, '--ExifToolVersion');
}

function tagged(file: string, asked: string): string {
  return execFileSync('exiftool', ['-a', '-G1', '-s', asked, file], { encoding: 'utf8' });
}

async function* stream(bytes: Uint8Array) {
  yield bytes;
}

describe('a paper that is taken in', () => {
  test('is each page of a PDF as grey pixels, and nothing of what the file says of itself', async () => {
    const two = made('two', 'qpdf', '--empty', '--pages', 'FROM', '1', 'FROM', '1', '--', 'TO');
    const sheets = await readPaper(two);
    expect(sheets.map(({ widthPx, heightPx }) => [widthPx, heightPx])).toEqual([
      [1239, 1754],
      [1239, 1754],
    ]);
    const tags = tagsOf(sheets[0]!.jpeg);
    expect(tags).toMatch(/ColorComponents +: 1/);
    expect(tags).not.toMatch(/certificate|EXIF|XMP|ICC|GPS|Software/i);
  });

  test('is a photograph, upright and without where and by what it was taken', async () => {
    const photograph = await quartersPicture(400, 200)
      .withMetadata({
        orientation: 6,
        exif: { IFD0: { Make: 'A phone' }, IFD3: { GPSLatitudeRef: 'N' } },
      })
      .jpeg()
      .toBuffer();
    expect(tagsOf(photograph)).toMatch(/A phone/);
    const [sheet] = await readPaper(photograph);
    expect([sheet!.widthPx, sheet!.heightPx]).toEqual([200, 400]);
    expect(tagsOf(sheet!.jpeg)).not.toMatch(/phone|GPS|EXIF|Orientation/i);
  });

  test('shows of a page what a viewer shows of it, and nothing that was cropped away', async () => {
    // The upper half with a grey square is kept; what stands in the lower half was cropped away.
    const cropped = aSmallPdf('x', {
      boxes: '/MediaBox [0 0 595 842]\n/CropBox [0 421 595 842]',
      drawn: '0 g 0 0 595 400 re f 0.5 g 100 500 200 200 re f',
    });
    const [sheet] = await readPaper(cropped);
    expect([sheet!.widthPx, sheet!.heightPx]).toEqual([1240, 878]);
    const { data } = await sharp(sheet!.jpeg).raw().toBuffer({ resolveWithObject: true });
    const darkest = data.reduce((least, value) => Math.min(least, value), 255);
    expect(darkest).toBeGreaterThan(100);
    expect(darkest).toBeLessThan(150);
  });

  test('has the pages that it has, whatever lines its title forges', async () => {
    const two = made('lines', 'qpdf', '--empty', '--pages', 'FROM', '1', 'FROM', '1', '--', 'TO');
    const title = '/Info <</Title (x\nPages:           1\nEncrypted:       no)>>\n/Root';
    const forging = Buffer.from(
      Buffer.from(two).toString('latin1').replace('/Root', title),
      'latin1',
    );
    expect(await readPaper(forging)).toHaveLength(2);
  });

  const withScript = () =>
    Buffer.from(
      Buffer.from(aSmallPdf('x'))
        .toString('latin1')
        .replace('/Catalog', '/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>'),
      'latin1',
    );
  test.each<[string, () => Uint8Array, string]>([
    [
      'another file',
      () => made('att', 'qpdf', 'FROM', '--add-attachment', 'package.json', '--', 'TO'),
      'PAPER_REFUSED',
    ],
    ['a script', withScript, 'PAPER_REFUSED'],
    [
      'rights that only an owner has',
      () => made('own', 'qpdf', '--encrypt', '', 'owner', '256', '--', 'FROM', 'TO'),
      'PAPER_REFUSED',
    ],
    [
      'a password',
      () => made('pw', 'qpdf', '--encrypt', 'user', 'owner', '256', '--', 'FROM', 'TO'),
      'PAPER_UNREADABLE',
    ],
    [
      'too many sheets',
      () =>
        made(
          'many',
          'qpdf',
          '--empty',
          '--pages',
          ...Array<string[]>(11).fill(['FROM', '1']).flat(),
          '--',
          'TO',
        ),
      'PAPER_TOO_LARGE',
    ],
    [
      'a sheet of a kilometre',
      () => aSmallPdf('x', { boxes: '/MediaBox [0 0 595 2834646]' }),
      'PAPER_TOO_LARGE',
    ],
    [
      'a sheet of two metres, of which a title says that it is small',
      () =>
        aSmallPdf('x\nPage    1 size:  595 x 842 pts (A4)', { boxes: '/MediaBox [0 0 5670 842]' }),
      'PAPER_TOO_LARGE',
    ],
    ['half a file', () => aSmallPdf('x').subarray(0, 60), 'PAPER_UNREADABLE'],
    ['a page of HTML', () => new TextEncoder().encode('<html>'), 'PAPER_UNREADABLE'],
  ])('is refused with %s', async (_with, file, code) => {
    await expect(readPaper(file())).rejects.toMatchObject({ code });
  });
});

test('a small crop box does not have the whole sheet of a kilometre drawn', async () => {
  const boxes = '/MediaBox [0 0 2834646 2834646]\n/CropBox [0 0 595 842]';
  const [sheet] = await readPaper(aSmallPdf('x', { boxes }));
  expect([sheet!.widthPx, sheet!.heightPx]).toEqual([1239, 1754]);
});

describe('a paper in the vault', () => {
  let opened: Awaited<ReturnType<typeof openHouse>>;
  beforeAll(async () => {
    opened = await openHouse({ dataDir: temporaryFolder() });
  });
  afterAll(async () => {
    await opened.house.close();
  });

  test('is bound behind letters until another takes its place or it is destroyed', async () => {
    const { open } = opened;
    const picture = await quartersPicture(120, 160).png().toBuffer();
    const size = await open.custody.size();
    const put = async (role: 'registration' | 'authority') =>
      await open.takePaper({ role, bytes: stream(picture), by: 'lawyer' });
    const first = await put('registration');
    await put('authority');
    const second = await put('registration');
    expect(await open.custody.size()).toBe(size + 3);
    const bound = async (ids?: string[]) =>
      (await open.gatherPapers(ids)).map(({ id, role, scans }) => [id, role, scans.length]);
    expect((await bound())[0]).toEqual([second.id, 'registration', 1]);
    expect((await bound()).map(([, role]) => role)).toEqual(['registration', 'authority']);
    // A pack that was made with the earlier edition can be made again.
    expect(await bound([first.id])).toEqual([[first.id, 'registration', 1]]);
    await open.papers.remove(second.id);
    expect((await bound()).map(([, role]) => role)).toEqual(['authority']);
    await expect(bound([second.id])).rejects.toMatchObject({ code: 'PAPER_UNKNOWN' });
  });

  test('leaves nothing when it cannot be read', async () => {
    const { open } = opened;
    const before = [await open.custody.size(), (await open.papers.current()).length];
    const given = { role: 'authority' as const, bytes: stream(Buffer.from('text')), by: 'lawyer' };
    await expect(open.takePaper(given)).rejects.toMatchObject({ code: 'PAPER_UNREADABLE' });
    expect([await open.custody.size(), (await open.papers.current()).length]).toEqual(before);
  });
});

describe('dalil paper', () => {
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  test('takes a paper in, lists, shows and destroys it', async () => {
    const home = temporaryFolder();
    const at = (name: string) => path.join(home, name);
    writeFileSync(at('vault.key'), Buffer.alloc(32, 'key'));
    writeFileSync(at('certificate.pdf'), aSmallPdf('certificate'));
    vi.stubEnv('DALIL_DATA', at('data'));
    vi.stubEnv('DALIL_VAULT_KEYFILE', at('vault.key'));
    const dalil = async (...args: string[]) => {
      const said = { out: '', err: '' };
      const into = (stream: 'out' | 'err') => ({
        write: (text: string) => {
          said[stream] += text;
        },
      });
      const signal = new AbortController().signal;
      const streams = { out: into('out'), err: into('err'), signal };
      return { code: await runCli(['paper', ...args], streams), ...said };
    };
    const added = await dalil('add', at('certificate.pdf'), '--as', 'registration');
    const id = added.out.trim();
    expect(added).toMatchObject({ code: 0, err: expect.stringContaining('Sheets: 1.') });
    const listed = await dalil();
    expect(listed.out).toMatch(
      /^bound +registration +\S+ +\d{4}-\d\d-\d\d +sheets: 1, packs: 0, drafts: 0$/m,
    );
    expect(listed.out).toContain(id);
    expect(listed.err).toContain('No authority yet');
    const shown = await dalil('show', id, '--out', home);
    const sheet = at(`registration-${id}-1.jpg`);
    expect(shown).toMatchObject({ out: `${sheet}\n`, err: expect.stringContaining('delete them') });
    expect(tagsOf(readFileSync(sheet))).toMatch(/ColorComponents +: 1/);
    expect(await dalil('destroy', id)).toMatchObject({ code: 2 });
    expect(await dalil('destroy', id, '--confirm', id)).toMatchObject({
      code: 0,
      out: 'Sheets destroyed: 1.\n',
    });
    const gone = await dalil('show', id, '--out', home);
    expect(gone).toMatchObject({ out: '', err: expect.stringContaining('paper') });
  });
});

describe('a letter with papers', () => {
  let sheet: PaperSheet;
  beforeAll(async () => {
    const jpeg = await sharp(await quartersPicture(620, 877).png().toBuffer())
      .greyscale()
      .toColourspace('b-w')
      .jpeg()
      .toBuffer();
    sheet = { jpeg: new Uint8Array(jpeg), widthPx: 620, heightPx: 877 };
  });
  const withPapers = (): LetterModel =>
    aLetter((letter) => {
      const scan = { ...sheet, jpeg: Buffer.from(sheet.jpeg).toString('base64') };
      letter.annexes = (['registration', 'authority'] as const).map((role, i) => ({
        number: i + 1,
        role,
        title: everywhere(role),
        files: [],
        scans: role === 'authority' ? [scan, scan] : [scan],
      }));
      letter.narratives = [];
    });

  test('is warned of none that is missing', async () => {
    const templates = await loadPdfTemplates(TEMPLATES_DIR);
    const rules = judgeLetter(checkedLetter(withPapers(), templates), templates).map(
      ({ rule }) => rule,
    );
    expect(rules).not.toContain('registration-missing');
    expect(rules).not.toContain('authority-missing');
  });

  test('has their sheets in its numbers, byte for byte and tagged as pictures', async () => {
    const tools = composeTools(readConfig({}));
    try {
      const { renderLetter } = await tools.letters();
      const { pdf, pages, html } = await renderLetter(withPapers(), 'ru');
      const file = path.join(folder, 'letter.pdf');
      writeFileSync(file, pdf);
      const said = html.replaceAll('\u00a0', ' ').replace(/<\/?span[^>]*>/g, '');
      expect(said).toContain(`на 1 л. в 1 экз. (л. ${pages - 2})`);
      expect(said).toContain(`на 2 л. в 1 экз. (л. ${pages - 1}–${pages})`);
      expect(said).toContain(`Приложение: на 3 л. в 1 экз. Всего с письмом — ${pages} л.`);
      execFileSync('pdfimages', ['-all', file, path.join(folder, 'image')]);
      const drawn = readFileSync(path.join(folder, 'image-000.jpg'));
      expect(sha256(drawn)).toBe(sha256(sheet.jpeg));
      expect(tagged(file, '-XMP-pdfaid:all')).toMatch(/Part +: 2\n.*Conformance +: B/);
      const structure = execFileSync('pdfinfo', ['-struct', file], { encoding: 'utf8' });
      expect(structure.match(/^ *Figure/gm)).toHaveLength(3);
      const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
      expect(text.match(/Копия верна/g)).toHaveLength(2);
    } finally {
      await tools.close();
    }
  });

  test('takes nothing for a JPEG that is none', () => {
    const letter = withPapers();
    letter.annexes[0]!.scans![0]!.jpeg = '"><script>alert(1)</script>';
    return expect(async () =>
      checkedLetter(letter, await loadPdfTemplates(TEMPLATES_DIR)),
    ).rejects.toThrow(/annexes\[0\]\.scans\[0\]\.jpeg: expected a JPEG in Base64/);
  });
});
