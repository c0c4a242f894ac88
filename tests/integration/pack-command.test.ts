import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openHouse } from '../builders/open-house.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { aPackInAVault } from '../builders/vault-pack.ts';

const REPLY = 'Ваше обращение рассмотрено, подтверждения не нашли.\n';
let pack: Awaited<ReturnType<typeof aPackInAVault>>;
beforeAll(async () => {
  pack = await aPackInAVault({ sealedAt: '2025-03-03T10:15:00Z' });
});

const at = (name: string) => path.join(pack.reader, name);
const dalil = (...args: string[]) => runDalil(['pack', ...args], pack.env);

interface Listed {
  submissions: {
    id: string;
    registered: object | null;
    replies: { id: string; sha256: string }[];
  }[];
}

test('a pack is followed from its sending to the reply, which comes out as it went in', async () => {
  const sent = await dalil(
    'sent',
    pack.zip,
    '--on',
    '2025-03-04',
    '--by',
    'post',
    '--number',
    '12/К',
  );
  expect(sent).toMatchObject({ code: 0, out: expect.stringMatching(/^[a-z2-7]+\n$/) });
  expect(
    await dalil('registered', pack.id, '--number', 'вх. 3305', '--on', '2025-03-05'),
  ).toMatchObject({ code: 0, out: sent.out });
  writeFileSync(at('ответ.pdf'), REPLY);
  const reply = [
    '--on',
    '2025-03-24',
    '--kind',
    'formal',
    '--number',
    '8/77',
    '--dated',
    '2025-03-21',
  ];
  const answered = await dalil('answered', pack.id, at('ответ.pdf'), ...reply);
  expect(answered.code).toBe(0);

  const { out } = await runDalil(['--json', 'pack', 'responses', pack.id], pack.env);
  const { submissions } = JSON.parse(out) as Listed;
  const [digest] = execFileSync('sha256sum', { input: REPLY, encoding: 'utf8' }).split(' ');
  expect(submissions).toMatchObject([
    {
      ...{ sentOn: '2025-03-04', by: 'post', number: '12/К', to: null },
      registered: { number: 'вх. 3305', on: '2025-03-05' },
      replies: [
        {
          ...{ receivedOn: '2025-03-24', kind: 'formal', fileName: 'ответ.pdf', sha256: digest },
          reference: { number: '8/77', on: '2025-03-21' },
        },
      ],
      // This pack has no letter that terms hang on.
      ...{ term: null, first: null },
    },
  ]);
  const { id } = submissions[0]!.replies[0]!;
  expect((await dalil('reply', pack.id, id, '--out', at('copy.pdf'))).code).toBe(0);
  expect(readFileSync(at('copy.pdf'), 'utf8')).toBe(REPLY);
  const read = await dalil('responses', pack.id);
  expect(read.out).toMatch(
    /sent 2025-03-04, post, under 12\/К, registered 2025-03-05 under вх. 3305/,
  );
});

test('the log has three events, whose details are commitments, and nothing lies there in the clear', async () => {
  const { house, open } = await openHouse({ dataDir: pack.dataDir });
  const size = await open.custody.size();
  const { entries } = await open.custody.excerpt([size - 3, size - 2, size - 1]);
  expect(entries.map(({ event }) => event.kind)).toEqual(['sent', 'registered', 'answered']);
  const { detail } = await open.custody.opening(size - 1);
  const [digest] = execFileSync('sha256sum', { input: REPLY, encoding: 'utf8' }).split(' ');
  expect(detail.about).toMatchObject({ pack: pack.id, kind: 'formal', sha256: digest });
  await house.close();
  for (const secret of ['рассмотрено', 'вх. 3305', 'ответ.pdf', digest!]) {
    const found = spawnSync('grep', ['-rlaF', '-e', secret, pack.dataDir], { encoding: 'utf8' });
    expect([secret, found.stdout]).toEqual([secret, '']);
  }
});

test('what cannot be is refused in one sentence', async () => {
  const reply = ['--on', '2025-03-24', '--kind', 'refused'];
  const refusals: [number, ...string[]][] = [
    [2, 'sent', pack.id, '--on', '2025-03-02', '--by', 'hand'],
    [2, 'sent', pack.id, '--on', '4 March', '--by', 'hand'],
    [3, 'answered', pack.id, at('none.pdf'), ...reply],
  ];
  for (const [wanted, ...args] of refusals) {
    const { code, out, said } = await dalil(...args);
    expect([args.join(' '), code, out, said.length]).toEqual([args.join(' '), wanted, '', 1]);
  }
});
