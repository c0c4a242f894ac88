import { checkEd25519Signature } from '../adapters/keys/ed25519-signatures.ts';
import { checkP256Signature } from '../adapters/keys/p256-signatures.ts';
import { judgeCertificates } from '../adapters/keys/pkijs-certificates.ts';
import { judgeTimestamp } from '../adapters/keys/pkijs-timestamps.ts';
import { nodeDigests } from '../adapters/pack-file.ts';
import { createVerifyPack, type VerifyPack } from '../verification/verify-pack.ts';

/** Builds what judges a pack: the least part of the house that a stranger has a use for. */
export function composeVerify(): VerifyPack {
  return createVerifyPack({
    digests: nodeDigests,
    checkSignature: checkP256Signature,
    checkLogSignature: checkEd25519Signature,
    judgeTimestamp,
    judgeCertificates,
  });
}
