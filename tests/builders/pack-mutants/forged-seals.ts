import { aTimestampAuthority } from '../timestamp-authority.ts';
import { digestOf, type ForgedPack, forged, textOf, ZEROS } from './forging.ts';

const STAMP = 'seal/tsa.example.tsr';

/** Seals that are signed all the same. */
export const FORGED_SEALS: readonly ForgedPack[] = [
  {
    name: 'the statement is of another pack',
    make: forged(() => ({
      statement: (text) => text.replace(/^pack .*$/m, `pack EP-${'b'.repeat(26)}`),
    })),
    finds: ['statement-other-pack'],
  },
  {
    name: 'the statement names another list',
    make: forged(() => ({
      statement: (text) => text.replace(/^(tagmanifest-sha256) .*$/m, `$1 ${ZEROS}`),
    })),
    finds: ['statement-other-list', 'tags-file-changed'],
  },
  {
    name: 'the statement names another root',
    make: forged(() => ({
      statement: (text) => text.replace(/^(commitment-root) .*$/m, `$1 ${ZEROS}`),
    })),
    finds: ['commitments-other-root'],
  },
  {
    name: 'the statement names another key',
    make: forged(() => ({
      statement: (text) => text.replace(/^(signer p256) .*$/m, `$1 ${ZEROS}`),
    })),
    finds: ['statement-other-key'],
  },
  {
    name: 'the statement names another day',
    make: forged(() => ({
      statement: (text) => text.replace('2026-11-23T', '2026-11-24T'),
    })),
    finds: ['bag-info-other-day', 'description-other-time'],
  },
  {
    name: 'the statement replaces a pack that the description does not',
    make: forged(() => ({
      statement: (text) => text.replace(/^supersedes .*$/m, `supersedes ${ZEROS}`),
    })),
    finds: ['description-other-superseded'],
  },
  {
    name: 'the statement has a line more',
    make: forged(() => ({ statement: (text) => `${text}log example.org\n` })),
    finds: ['statement-malformed'],
  },
  {
    name: 'the statement has lines that end in CR LF',
    make: forged(() => ({ statement: (text) => text.replaceAll('\n', '\r\n') })),
    finds: ['statement-malformed'],
  },
  {
    name: 'the statement names a day that no calendar has',
    make: forged(() => ({ statement: (text) => text.replace('2026-11-23', '2026-02-30') })),
    finds: ['statement-malformed'],
  },
  {
    name: 'the list of the seal leaves the signature out',
    make: forged((pack) => {
      const list = `${digestOf(pack.signer.publicKeyPem)}  seal/signer.pem\n`;
      const bytes = new TextEncoder().encode(list);
      return {
        after: {
          'seal/manifest-sha256.txt': bytes,
          'seal/manifest.p256.sig': pack.signer.sign(bytes),
        },
      };
    }),
    finds: ['seal-list-incomplete'],
  },
  {
    name: 'the list of the seal has a file of the bag',
    make: forged((pack) => {
      const sealed = new TextEncoder().encode(
        `${digestOf(textOf(pack, 'bagit.txt'))}  bagit.txt\n`,
      );
      return {
        after: {
          'seal/manifest-sha256.txt': sealed,
          'seal/manifest.p256.sig': pack.signer.sign(sealed),
        },
      };
    }),
    finds: ['seal-list-foreign', 'seal-list-incomplete'],
  },
  {
    name: 'the seal has a time stamp of something else',
    make: forged(() => ({
      seal: { [STAMP]: aTimestampAuthority().stamp(Buffer.from('something else')) },
    })),
    finds: ['timestamp-other-statement'],
  },
  {
    name: 'the seal has a time stamp that is none',
    make: forged(() => ({ seal: { [STAMP]: 'at noon\n' } })),
    finds: ['timestamp-malformed'],
  },
  {
    name: 'the seal has a time stamp with something behind it',
    make: forged(() => ({
      seal: {
        [STAMP]: Buffer.concat([
          aTimestampAuthority().stamp(Buffer.from('something else')),
          Buffer.from([5, 0]),
        ]),
      },
    })),
    finds: ['timestamp-malformed'],
  },
  {
    name: 'the seal has a listed file that no seal has',
    make: forged(() => ({ seal: { 'seal/more.txt': 'more\n' } })),
    finds: ['file-extra', 'seal-list-foreign'],
  },
  {
    name: 'the seal has a time stamp under a name that none has',
    make: forged(() => ({
      seal: { 'seal/TSA.tsr': aTimestampAuthority().stamp(Buffer.from('something else')) },
    })),
    finds: ['file-extra', 'seal-list-foreign'],
  },
  {
    name: 'the seal has a certificate that is none',
    make: forged(() => ({ seal: { 'seal/signer.crt': 'we are who we are\n' } })),
    finds: ['certificate-malformed'],
  },
  {
    name: 'the list of the seal is a sentence',
    make: forged((pack) => {
      const bytes = new TextEncoder().encode('all is well\n');
      return {
        after: {
          'seal/manifest-sha256.txt': bytes,
          'seal/manifest.p256.sig': pack.signer.sign(bytes),
        },
      };
    }),
    finds: ['seal-list-malformed'],
  },
  {
    name: 'the key has a line before it',
    make: forged(({ signer }) => ({
      after: { 'seal/signer.pem': `our key\n${signer.publicKeyPem}` },
    })),
    finds: ['seal-file-changed', 'signature-key-unusable', 'statement-other-key'],
  },
];
