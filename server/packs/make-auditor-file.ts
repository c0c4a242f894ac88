import type { Sha256 } from '../kernel/digest.ts';
import { PackError } from './errors.ts';
import { formatOpenings, type Opening } from './manifest/commitments.ts';
import type { EncryptTo, PackCustody, PackStore } from './ports.ts';
import type { RefuseEndedConsent } from './refuse-ended-consent.ts';

/** For whom an auditor's file is made, and on what word. */
export interface AuditorFileOrder {
  readonly pack: string;
  /** Public keys of age, at least one. */
  readonly recipients: readonly string[];
  /** What the readers are. Of a body of the state the cameras' owners must have been asked first. */
  readonly readers: 'independent' | 'state-body';
  /** Whether every owner of a camera agreed in writing that a state body learns of their recording. */
  readonly ownersAgreed: boolean;
}

/** An auditor's file, and what is in it. */
export interface AuditorFile {
  readonly bytes: Uint8Array;
  readonly leaves: readonly Sha256[];
  /** Originals that it cannot open any more, for their salts were destroyed. */
  readonly unopenable: number;
}

/** Makes the file that lets named auditors ask a camera's owner for the digest of their own copy. */
export type MakeAuditorFile = (order: AuditorFileOrder, role: string) => Promise<AuditorFile>;

/**
 * Creates the making of `auditor.age`: the openings of a pack's original recordings, encrypted to
 * recipients. Inside are the lines that `dalil verify --opening` reads. It is never in the pack, for
 * what is encrypted today can be read one day. Consent is asked once more,
 * for today. The custody log has it before anybody else.
 *
 * @throws {PackError} from the use case: `PACK_UNKNOWN`, `PACK_UNSEALED`, `RECIPIENT_INVALID`,
 *   `OWNERS_NOT_ASKED`, `CONSENT_ENDED`, `NOTHING_TO_OPEN`.
 */
export function createMakeAuditorFile(deps: {
  packs: Pick<PackStore, 'draft' | 'sealed' | 'opening'>;
  refuseEndedConsent: RefuseEndedConsent;
  custody: Pick<PackCustody, 'record'>;
  encrypt: EncryptTo;
}): MakeAuditorFile {
  const { packs, refuseEndedConsent, custody, encrypt } = deps;

  return async function makeAuditorFile({ pack, recipients, readers, ownersAgreed }, role) {
    if (readers === 'state-body' && !ownersAgreed) throw ownersNotAsked();
    const draft = await packs.draft(pack);
    if ((await packs.sealed(pack)) === null) throw unsealed();
    await refuseEndedConsent(draft);
    const withheld = await Promise.all(
      draft.commitments
        .filter(({ path }) => path === null)
        .map(async ({ leaf, source }) => ({
          leaf,
          original: source.startsWith('recording/'),
          opening: await packs.opening(pack, leaf),
        })),
    );
    const originals = withheld.filter(({ original }) => original);
    const openable = originals.filter(
      (one): one is (typeof originals)[number] & { opening: Opening } => one.opening !== null,
    );
    if (openable.length === 0) throw nothingToOpen();
    const lines = formatOpenings(openable.map(({ opening }) => opening));
    const bytes = await encrypt(new TextEncoder().encode(lines), recipients);
    const leaves = openable.map(({ leaf }) => leaf);
    await custody.record({
      kind: 'exported',
      role,
      detail: { pack, auditor: { leaves, recipients: [...recipients], readers, ownersAgreed } },
    });
    return { bytes, leaves, unopenable: originals.length - openable.length };
  };
}

function ownersNotAsked(): PackError {
  return new PackError(
    'OWNERS_NOT_ASKED',
    'A body of the state may learn the digests of recordings only if every owner of a camera agreed to that in writing: they could be found by it. Ask them, and say so.',
  );
}

function unsealed(): PackError {
  return new PackError(
    'PACK_UNSEALED',
    'The pack is a draft and commits to nothing yet. Seal it first.',
  );
}

function nothingToOpen(): PackError {
  return new PackError(
    'NOTHING_TO_OPEN',
    'The pack withholds no recording that could still be opened, so there is nothing for an auditor.',
  );
}
