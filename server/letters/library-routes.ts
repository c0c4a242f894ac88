import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { isSha256, type Sha256 } from '../kernel/digest.ts';
import { bishkekDate, type Clock } from '../kernel/time.ts';
import { knownTexts } from './checks/kyrgyz-texts.ts';
import { presentSaid, SAID } from './checks/present-findings.ts';
import { CLAUSE_CONDITIONS, CLAUSE_ROLES, LETTER_PARTS } from './clauses/clause-library.ts';
import { LetterError } from './errors.ts';
import { groundDoubt } from './grounds/choose-grounds.ts';
import {
  CONFIRMED_THINGS,
  type Confirmations,
  type ConfirmedThing,
  groundDigest,
  termDigest,
  textDigest,
} from './grounds/confirmations.ts';
import { replyTerm } from './grounds/reply-term.ts';
import type { LetterRules } from './letter-rules.ts';
import { LETTER_TYPES } from './letter-types.ts';
import type { ConfirmationStore } from './ports.ts';
import { proposeAddressee } from './writing/propose-addressee.ts';

const nameLine = z.string().trim().min(1).max(80);
const digest = z.string().refine(isSha256, { error: 'expected a SHA-256 digest' });
const day = z.iso.date();

/** What letters are made of: clauses and types, grounds and who confirmed them, terms, addressees. */
export function letterLibraryRoutes(deps: {
  rules: () => Promise<LetterRules & { readonly confirmed: Confirmations }>;
  confirmations: () => ConfirmationStore;
  /** Notes in the custody log what was confirmed, without the name of who read it. */
  recordConfirmed: (of: ConfirmedThing, digests: readonly Sha256[]) => Promise<unknown>;
  clock: Clock;
}): Route[] {
  const { rules, confirmations, recordConfirmed, clock } = deps;
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/letters/library',
      roles: ['lawyer'],
      summary: 'The clauses that letters are made of, and the types of letters',
      needsVault: false,
      answer: {
        status: 200,
        schema: z.strictObject({
          version: z.int(),
          clauses: z.array(
            z.strictObject({
              id: z.string(),
              part: z.enum(LETTER_PARTS),
              role: z.enum(CLAUSE_ROLES),
              required: z.boolean(),
              when: z.array(z.enum(CLAUSE_CONDITIONS)),
              text: SAID.nullable().describe(
                'with fields in braces; null for tables and lists of data',
              ),
            }),
          ),
          types: z.array(
            z.strictObject({
              id: z.enum(LETTER_TYPES),
              recipient: z.string(),
              receipt: z.boolean().describe('whether it has a box for the chancery’s stamp'),
              narratives: z
                .enum(['none', 'C2'])
                .describe('the consent, given for the recipient, that an account of a case needs'),
              first: z.enum(['required', 'optional', 'none']),
              title: SAID.nullable(),
              subject: SAID,
              clauses: z.array(z.string()),
            }),
          ),
        }),
      },
      async handle() {
        const { clauseLibrary, types } = await rules();
        return {
          status: 200,
          json: {
            version: clauseLibrary.version,
            clauses: [...clauseLibrary.clauses.values()].map(
              ({ id, part, role, required, when, text }) => ({
                id,
                part,
                role,
                required,
                when: [...when],
                text: text === null ? null : presentSaid(text),
              }),
            ),
            types: [...types.values()].map((type) => ({
              id: type.id,
              recipient: type.recipient,
              receipt: type.receipt,
              narratives: type.narratives,
              first: type.first,
              title: type.title === null ? null : presentSaid(type.title),
              subject: presentSaid(type.subject),
              clauses: [...type.clauses],
            })),
          },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/letters/grounds',
      roles: ['lawyer'],
      summary: 'Grounds and ready demands, with what is uncertain of them and who confirmed what',
      needsVault: true,
      answer: {
        status: 200,
        schema: z.strictObject({
          standing: z.string().describe('the ground on which every letter rests'),
          grounds: z.array(
            z.strictObject({
              id: z.string(),
              digest: z.string().describe('of exactly these words and dates; to confirm them by'),
              act: SAID,
              article: SAID.nullable(),
              rule: SAID,
              source: z.string(),
              inForceFrom: z.string().nullable(),
              inForceTo: z.string().nullable(),
              uncertainty: SAID,
              doubt: z.enum(['unconfirmed', 'notInForce']).nullable().describe('as of today'),
              confirmed: z.strictObject({ by: z.string(), on: z.string() }).nullable(),
            }),
          ),
          demands: z.array(z.strictObject({ id: z.string(), text: SAID })),
        }),
      },
      async handle() {
        const current = await rules();
        const today = bishkekDate(clock.now());
        const { legal } = current;
        return {
          status: 200,
          json: {
            standing: legal.standing.id,
            grounds: [...legal.grounds.values()].map((ground) => {
              const given = current.confirmed.ground.get(groundDigest(ground));
              return {
                id: ground.id,
                digest: groundDigest(ground),
                act: presentSaid(ground.act),
                article: ground.article === null ? null : presentSaid(ground.article),
                rule: presentSaid(ground.rule),
                source: ground.source,
                inForceFrom: ground.inForceFrom,
                inForceTo: ground.inForceTo,
                uncertainty: presentSaid(ground.uncertainty),
                doubt: groundDoubt(ground, today, current),
                confirmed: given === undefined ? null : { by: given.by, on: given.on },
              };
            }),
            demands: [...legal.demands.values()].map(({ id, text }) => ({
              id,
              text: presentSaid(text),
            })),
          },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/letters/confirmations',
      roles: ['lawyer'],
      summary:
        'Confirm grounds and terms (a lawyer) or Kyrgyz texts (a named reader), as they were read',
      needsVault: true,
      body: z
        .strictObject({
          of: z.enum(CONFIRMED_THINGS),
          digests: z
            .array(digest)
            .max(500)
            .default([])
            .describe('of grounds, terms, or texts that Dalil itself has'),
          texts: z
            .array(z.string().min(1).max(6_000))
            .max(500)
            .default([])
            .describe('Kyrgyz texts word by word; those that a lawyer entered only so'),
          by: nameLine.describe(
            'of grounds and terms, the role of the lawyer; of texts, the name of the reader',
          ),
        })
        .refine(({ digests, texts }) => digests.length + texts.length > 0, {
          path: ['digests'],
          error: 'expected at least one digest or text',
        })
        .refine(({ of, texts }) => of === 'kyrgyz' || texts.length === 0, {
          path: ['texts'],
          error: 'expected of Kyrgyz texts only',
        }),
      answer: { status: 200, schema: z.strictObject({ confirmed: z.int(), on: z.string() }) },
      async handle({ body: { of, digests, texts, by } }) {
        refuseUnknown(of, digests, await rules());
        const on = bishkekDate(clock.now());
        const all = [...new Set([...digests, ...texts.map(textDigest)])];
        await recordConfirmed(of, all);
        await confirmations().add(all.map((one) => ({ of, digest: one, by, on })));
        return { status: 200, json: { confirmed: all.length, on } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/letters/term',
      roles: ['lawyer'],
      summary: 'When an appeal that was registered on a day must be answered',
      needsVault: false,
      query: z.strictObject({ registered: day }),
      answer: {
        status: 200,
        schema: z.strictObject({
          workingDays: z.int(),
          due: z.string(),
          provisional: z.boolean().describe('counted by a calendar that is not final'),
          digest: z.string().describe('of the term and how it is counted; to confirm it by'),
          confirmed: z.boolean().describe('whether a lawyer has confirmed the term'),
          uncertainty: SAID,
        }),
      },
      async handle({ query: { registered } }) {
        const { terms, confirmed } = await rules();
        const term = replyTerm(registered, terms);
        return {
          status: 200,
          json: {
            workingDays: term.workingDays,
            due: term.due,
            provisional: term.provisional,
            digest: term.digest,
            confirmed: confirmed.term.has(term.digest),
            uncertainty: presentSaid(term.uncertainty),
          },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/letters/addressee',
      roles: ['lawyer'],
      summary: 'Proposes dative and salutation of an officeholder; to be confirmed by a person',
      needsVault: false,
      body: z.strictObject({
        last: nameLine,
        first: nameLine,
        middle: nameLine.optional(),
        gender: z.enum(['male', 'female']),
      }),
      answer: {
        status: 200,
        schema: z.strictObject({
          dative: SAID,
          salutation: SAID,
          doubts: z.array(SAID).describe('why the proposal must be looked at twice'),
          confirm: z.literal(true).describe('nothing here is used before a person has entered it'),
        }),
      },
      async handle({ body: { last, first, middle, gender } }) {
        const { messages } = await rules();
        const { dative, salutation, doubts } = proposeAddressee({
          last,
          first,
          ...(middle === undefined ? {} : { middle }),
          gender,
        });
        return {
          status: 200,
          json: {
            dative: presentSaid(dative),
            salutation: presentSaid(salutation),
            doubts: doubts.map((doubt) => ({
              ky: messages.ky(`addressee.${doubt}`),
              ru: messages.ru(`addressee.${doubt}`),
              en: messages.en(`addressee.${doubt}`),
            })),
            confirm: true,
          },
        };
      },
    }),
  ];
}

/** Nobody confirms by a digest what Dalil could not have shown. */
function refuseUnknown(of: ConfirmedThing, digests: readonly Sha256[], rules: LetterRules): void {
  const { legal, terms } = rules;
  const [known, code, what] = {
    ground: () =>
      [[...legal.grounds.values()].map(groundDigest), 'GROUND_UNKNOWN', 'A ground'] as const,
    term: () =>
      [
        terms.terms.map((term) => termDigest(term, terms.countFrom)),
        'TERM_UNKNOWN',
        'A term',
      ] as const,
    kyrgyz: () => [knownTexts(rules).map(textDigest), 'TEXT_UNKNOWN', 'A text'] as const,
  }[of]();
  if (digests.every((one) => known.includes(one))) return;
  throw new LetterError(
    code,
    `${what} has changed since it was read, or is none of Dalil’s own: read it again, and send a text that was entered word by word.`,
  );
}
