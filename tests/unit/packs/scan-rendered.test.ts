import { expect, test } from 'vitest';
import { createScanRendered } from '../../../server/packs/scan-rendered.ts';

// What finds names has tests of its own; here it is where they are looked for.

const scanRendered = createScanRendered({
  namesTakenOut: async () => (text) => text.includes('Чокобаев'),
  readText: async (bytes) => new TextDecoder().decode(bytes),
});
const plain = { ky: 'Жазуу', ru: 'Запись', en: 'Recording' };
const named = { ...plain, ru: 'Запись: Чокобаев у входа' };
const order = { letter: { sender: {}, addressee: {}, signatory: {}, executor: {} } };

const scanned = (words: string, fileTitle: typeof plain, copyTitle: typeof plain) =>
  scanRendered(
    [
      {
        path: 'data/letter/complaint.ky.pdf',
        role: 'letter',
        mediaType: 'application/pdf',
        title: fileTitle,
        bytes: new TextEncoder().encode(words),
      },
    ],
    {
      cases: [],
      media: [{ exhibit: 'M-01', copy: { mediaType: 'video/mp4' }, title: copyTitle }] as never,
    },
    order as never,
  );

test('names are looked for in words and titles of files, and in the titles of copies', async () => {
  await expect(scanned('', plain, plain)).resolves.toBeUndefined();
  const refusedWith = (message: RegExp) => ({
    code: 'NAME_IN_FILE',
    message: expect.stringMatching(message),
  });
  const letter = refusedWith(/^data\/letter\/complaint\.ky\.pdf would/);
  await expect(scanned('Чокобаев', plain, plain)).rejects.toMatchObject(letter);
  await expect(scanned('', named, plain)).rejects.toMatchObject(letter);
  const refused = scanned('', plain, named);
  await expect(refused).rejects.toMatchObject(
    refusedWith(/^The title of data\/media\/M-01\.mp4 would/),
  );
  await expect(refused).rejects.not.toThrow(/Чокобаев/);
});
