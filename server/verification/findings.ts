/** What is checked, in the order of the chain: from the archive's form to what it holds. */
export const STEPS = {
  archive: 'The archive has the one form a pack may have',
  origin: 'The seal is by the key, or has the statement, that you brought',
  signature: 'The signature fits the statement',
  seal: 'The files of the seal are the signed ones',
  statement: 'The statement names this pack, its list and its key',
  tags: 'The bag’s own files are the listed ones',
  payload: 'The evidence files are the listed ones',
  closed: 'Nothing is there that is not listed',
  bag: 'The bag says of itself what is true',
  description: 'The description fits the files',
  commitments: 'The commitments have the root that was signed',
  openings: 'Every exhibit opens its commitment',
  receipts: 'Every redacted copy has a receipt that fits it',
  custody: 'The custody events are in the log that the pack names',
  log: 'The log has the sealed statement',
  logSignature: 'The log is the one whose key you brought',
  timestamp: 'A time stamp says by when it existed',
  revocation: 'No note that you brought revokes the key',
  certificate: 'An authority that you trust vouches for the key',
} as const;

/** One of {@link STEPS}. */
export type StepId = keyof typeof STEPS;

/**
 * Everything that can be wrong with a pack, by code: the step that it fails, and what it says to
 * people. Codes are for programs and never change their meaning.
 */
export const FINDINGS = {
  'archive-end-missing': [
    'archive',
    'The archive has no end: it was cut off, or its end was changed.',
  ],
  'archive-directory-nowhere': [
    'archive',
    'The end of the archive points to no directory that could be one.',
  ],
  'archive-directory-damaged': ['archive', 'The directory of the archive is damaged.'],
  'archive-directory-form': [
    'archive',
    'The directory of the archive is not written in the one way a pack may have.',
  ],
  'archive-empty': ['archive', 'There is no file in the archive.'],
  'archive-folder': ['archive', 'There is no folder named by a pack’s id.'],
  'archive-outside': ['archive', 'The file lies outside of the pack’s folder.'],
  'archive-entry-form': ['archive', 'Its line in the directory is not the one a pack may have.'],
  'archive-entry-special': ['archive', 'It is a link or something else that is no file.'],
  'archive-entry-packed': ['archive', 'The file is compressed or encrypted.'],
  'archive-entry-nowhere': ['archive', 'The file lies where none can.'],
  'archive-entry-unreadable': ['archive', 'The file cannot be read.'],
  'archive-entry-too-large': ['archive', 'The file is larger than one of its kind can be.'],
  'archive-name': ['archive', 'No file of a pack may have such a name.'],
  'archive-name-twice': ['archive', 'The archive has two files of this name.'],
  'archive-order': ['archive', 'The file is out of order.'],
  'archive-gap': ['archive', 'Bytes lie between the files, or files lie over each other.'],
  'archive-header': ['archive', 'The header before the file is not the one a pack may have.'],
  'archive-checksum': [
    'archive',
    'The checksum after the file, or in the directory, does not fit its bytes.',
  ],

  'origin-key-unusable': ['origin', 'The key that was brought is no P-256 key.'],
  'origin-other-key': ['origin', 'The pack was sealed with another key than the one brought.'],
  'origin-other-digest': [
    'origin',
    'What was brought is neither the digest of the key nor that of the statement.',
  ],
  'origin-other-statement': ['origin', 'The statement has another digest than the one brought.'],

  'signature-key-unusable': ['signature', 'There is no P-256 key here.'],
  'signature-missing': ['signature', 'The signature, or what it signs, is missing.'],
  'signature-wrong': ['signature', 'The signature is not by this key over these bytes.'],
  'signature-twin': ['signature', 'It is the twin (n − s) of a signature, which no pack has.'],

  'seal-signature-missing': ['seal', 'The signature, or what it signs, is missing.'],
  'seal-signature-wrong': ['seal', 'The signature is not by this key over these bytes.'],
  'seal-signature-twin': ['seal', 'It is the twin (n − s) of a signature, which no pack has.'],
  'seal-list-missing': ['seal', 'The list is missing or cannot be read.'],
  'seal-list-malformed': ['seal', 'The list is not of its one form.'],
  'seal-list-incomplete': ['seal', 'The list of the seal does not have it.'],
  'seal-list-foreign': ['seal', 'The list of the seal has a file that no seal has.'],
  'seal-file-missing': ['seal', 'The file is listed but missing.'],
  'seal-file-changed': ['seal', 'The file is not what was listed.'],
  'seal-file-unreadable': ['seal', 'The file cannot be read.'],

  'letter-without-base': ['seal', 'The signed letter is of no letter that is here.'],
  'letter-other-base': ['seal', 'The signed letter does not begin with the letter, byte for byte.'],
  'letter-revision': [
    'seal',
    'What follows the letter is not one revision with a signature over all of it.',
  ],
  'letter-signature': ['seal', 'The signature in the letter is not by this key.'],

  'statement-malformed': ['statement', 'The statement is missing or not of its one form.'],
  'statement-other-key': ['statement', 'The statement names another key.'],
  'statement-other-list': ['statement', 'The statement names another list of the bag’s files.'],
  'statement-other-pack': ['statement', 'The statement is of another pack than the folder’s name.'],

  'tags-list-missing': ['tags', 'The list is missing or cannot be read.'],
  'tags-list-malformed': ['tags', 'The list is not of its one form.'],
  'tags-list-incomplete': ['tags', 'The list of the bag’s files lacks it.'],
  'tags-list-foreign': ['tags', 'The list of the bag’s files has what belongs in another one.'],
  'tags-list-unknown': ['tags', 'The file is listed, but no pack of this version has such a one.'],
  'tags-file-missing': ['tags', 'The file is listed but missing.'],
  'tags-file-changed': ['tags', 'The file is not what was listed.'],
  'tags-file-unreadable': ['tags', 'The file cannot be read.'],

  'payload-list-missing': ['payload', 'The list is missing or cannot be read.'],
  'payload-list-malformed': ['payload', 'The list is not of its one form.'],
  'payload-list-foreign': ['payload', 'The list of evidence has another file.'],
  'payload-file-missing': ['payload', 'The file is listed but missing.'],
  'payload-file-changed': ['payload', 'The file is not what was listed.'],
  'payload-file-unreadable': ['payload', 'The file cannot be read.'],

  'file-extra': ['closed', 'The file is in no list.'],

  'bag-declaration': ['bag', 'It is not the declaration of a BagIt 1.0 bag.'],
  'bag-info-malformed': ['bag', 'It is missing or not of its one form.'],
  'bag-info-payload': ['bag', 'The evidence has another number of files or bytes.'],
  'bag-info-other-pack': ['bag', 'It names another pack.'],
  'bag-info-other-day': ['bag', 'It names another day than the statement.'],

  'description-malformed': ['description', 'The description is missing or not of its one form.'],
  'description-other-pack': ['description', 'It names another pack.'],
  'description-other-time': ['description', 'It names another time of sealing than the statement.'],
  'description-other-superseded': [
    'description',
    'It names another superseded pack than the statement.',
  ],
  'description-sample': ['description', 'It and bag-info.txt differ on whether this is a sample.'],
  'description-item-left-out': ['description', 'The description leaves the file out.'],
  'description-item-digest': [
    'description',
    'The description has another digest than the list of evidence.',
  ],
  'description-item-size': ['description', 'The description has another size than the file.'],
  'description-item-place': [
    'description',
    'The description calls it something that does not lie in this folder.',
  ],

  'commitments-malformed': ['commitments', 'The commitments are missing or not of their one form.'],
  'commitments-other-root': ['commitments', 'Their root is not the one of the statement.'],
  'commitments-description': [
    'commitments',
    'The description has another root or number of leaves.',
  ],

  'openings-malformed': ['openings', 'The openings are missing or not of their one form.'],
  'opening-uncommitted': ['openings', 'An opening fits none of the commitments.'],
  'opening-missing': ['openings', 'No opening fits the exhibit.'],
  'opening-foreign': ['openings', 'An opening belongs to no exhibit.'],
  'opening-shared': ['openings', 'Two exhibits claim one commitment.'],

  'receipt-missing': ['receipts', 'There is no receipt of this redacted copy.'],
  'receipt-malformed': ['receipts', 'The receipt is not of its form, or has a failed check.'],
  'receipt-other-file': ['receipts', 'The receipt is of another file.'],
  'receipt-uncommitted': ['receipts', 'The receipt’s original is not among the commitments.'],
  'receipt-opened': ['receipts', 'The receipt names as its original what the pack discloses.'],
  'receipt-shared': ['receipts', 'Two redacted copies have one exhibit number.'],
  'receipt-foreign': ['receipts', 'The receipt belongs to no file.'],

  'custody-malformed': ['custody', 'The events are missing or not of their one form.'],
  'custody-empty': ['custody', 'There is no event.'],
  'custody-not-included': ['custody', 'An event is not in the log that the checkpoint names.'],
  'custody-description': ['custody', 'The description has another number of events.'],

  'log-proof-malformed': ['log', 'The proof is missing or not of its one form.'],
  'log-proof-other-statement': ['log', 'The proof is of another statement.'],
  'log-proof-other-log': ['log', 'The proof is of another log than the events.'],
  'log-proof-not-included': ['log', 'The statement is not in the log that the checkpoint names.'],
  'log-key-unusable': ['logSignature', 'The key of the log that was brought is no Ed25519 key.'],
  'log-checkpoint-malformed': ['logSignature', 'There is no checkpoint of a log here.'],
  'log-other-key': [
    'logSignature',
    'The checkpoint is not signed by the log’s key that was brought.',
  ],
  'log-signature-wrong': ['logSignature', 'The signature does not fit the checkpoint.'],

  'timestamp-malformed': ['timestamp', 'It holds no time stamp.'],
  'timestamp-other-statement': [
    'timestamp',
    'The time stamp is of another statement or signature.',
  ],
  'timestamp-wrong': ['timestamp', 'The signature of the time stamp does not hold.'],
  'timestamp-untrusted': [
    'timestamp',
    'The time stamp leads to no authority that you trust, or to none that held at its moment.',
  ],

  'certificate-malformed': ['certificate', 'It holds no certificates in their one form.'],
  'certificate-other-key': ['certificate', 'The certificate is of another key.'],
  'certificate-untrusted': [
    'certificate',
    'The certificate leads to no authority that you trust, or was not valid at the moment of sealing.',
  ],

  'revocation-malformed': ['revocation', 'A note that was brought revokes no key.'],
  'revocation-forged': ['revocation', 'The note that revokes the key was not signed by it.'],
  'key-revoked': ['revocation', 'The key was revoked.'],
} as const satisfies Record<string, readonly [StepId, string]>;

/** One of {@link FINDINGS}. */
export type FindingCode = keyof typeof FINDINGS;

/** Something that is not as it must be. */
export interface Finding {
  readonly code: FindingCode;
  readonly step: StepId;
  /** The file that it is about, inside the pack; null for the pack as a whole. */
  readonly path: string | null;
  /** In English; every code has its words in other languages too. */
  readonly message: string;
  /** What differs from pack to pack in the words of the code. */
  readonly detail?: string;
}

/** A finding of its code. `message` only where there is more to say than the code does. */
export function finding(
  code: FindingCode,
  path: string | null,
  message?: string,
  detail?: string,
): Finding {
  const [step, said] = FINDINGS[code];
  const more = detail === undefined ? {} : { detail };
  return { code, step, path, message: message ?? said, ...more };
}
