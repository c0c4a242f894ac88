import type { Language, Localized } from './language.ts';
import type { Ground, LegalData } from './legal-data.ts';
import { longDate } from './letter-dates.ts';
import type { LetterModel } from './letter-model.ts';
import { presenceFigures } from './presence-days.ts';
import { type AnnexItemView, presentAnnexList } from './present-annex-list.ts';
import { presentFigures, presentPattern, type TableView } from './present-figures.ts';
import { type PageView, presentPage } from './present-page.ts';
import { setParagraph } from './typography.ts';
import { duration, listed, type Writer } from './writer.ts';

/** One side of the letterhead. */
interface SenderView {
  readonly lang: Language;
  readonly name: string;
  readonly lines: readonly string[];
}

/** All that a letter shows, as finished texts; the template only places them. */
export interface LetterView {
  readonly page: PageView;
  readonly letterhead: readonly SenderView[];
  readonly outgoing: { readonly number: string; readonly date: string };
  readonly addressee: readonly string[];
  readonly kind: string;
  readonly subject: string;
  readonly salutation: string;
  readonly standing: readonly string[];
  readonly facts: { readonly heading: string; readonly paragraphs: readonly string[] };
  readonly pattern: {
    readonly heading: string;
    readonly intro: string;
    readonly tables: readonly TableView[];
    readonly narratives: string | null;
  } | null;
  readonly presence: { readonly heading: string; readonly paragraphs: readonly string[] } | null;
  readonly law: {
    readonly heading: string;
    readonly intro: string;
    readonly grounds: readonly string[];
    readonly outro: string;
  };
  readonly limits: {
    readonly heading: string;
    readonly intro: string;
    readonly points: readonly string[];
  };
  readonly demands: {
    readonly heading: string;
    readonly intro: string;
    readonly points: readonly string[];
  };
  readonly original: string;
  readonly annexes: { readonly heading: string; readonly items: readonly AnnexItemView[] } | null;
  readonly signature: {
    readonly office: string;
    readonly name: string;
    readonly place: string;
    readonly seal: string;
  };
  readonly executor: string;
}

/** Writes the letter in one language. Nothing reaches the page that is not listed here. */
export function presentLetter(model: LetterModel, writer: Writer, legal: LegalData): LetterView {
  const { number } = model.outgoing;
  const date = longDate(model.outgoing.date, writer.lang);
  const kind = writer.plain(`letter.kind.${model.kind}`);
  const page = presentPage(model, writer, writer.plain('letter.title', { kind, number, date }));
  const { addressee, signatory, executor } = model;
  return {
    page,
    letterhead: presentSender(model.sender, writer.lang),
    outgoing: {
      number: writer.line('letter.outgoing', { number }),
      date: writer.line('letter.outgoingDate', { date }),
    },
    addressee: [
      addressee.dative,
      ...(addressee.address === undefined ? [] : [addressee.address]),
    ].map(writer.own),
    kind,
    subject:
      model.subject === undefined ? writer.line('letter.subject') : writer.own(model.subject),
    salutation: writer.own(addressee.salutation),
    standing: presentStanding(model, writer, legal),
    facts: {
      heading: writer.line('letter.facts.heading'),
      paragraphs: presentFigures(model, writer),
    },
    pattern: presentPatternPart(model, writer),
    presence: presentPresence(model, writer),
    law: {
      heading: writer.line('letter.law.heading'),
      intro: writer.paragraph('letter.law.intro'),
      grounds: listed(
        model.grounds.map((id) => {
          const ground = legal.grounds.get(id)!;
          return setParagraph(
            `${cited(ground, writer.lang)}: ${ground.rule[writer.lang]}`,
            writer.lang,
          );
        }),
      ),
      outro: writer.paragraph('letter.law.outro'),
    },
    limits: presentLimits(model, writer),
    demands: {
      heading: writer.line('letter.demands.heading'),
      intro: writer.paragraph('letter.demands.intro'),
      points: listed(
        model.demands.map((demand) =>
          writer.ownParagraph(
            typeof demand === 'string' ? legal.demands.get(demand)!.text : demand.text,
          ),
        ),
      ),
    },
    original: writer.paragraph('letter.original'),
    annexes:
      model.annexes.length === 0
        ? null
        : {
            heading: writer.line('letter.annexes.heading'),
            items: presentAnnexList(model, writer),
          },
    signature: {
      office: writer.own(signatory.office),
      name: writer.own(signatory.name),
      place: writer.line('letter.signature.place'),
      seal: writer.line('letter.signature.seal'),
    },
    executor: writer.line('letter.executor', {
      name: executor.name[writer.lang],
      contact: executor.contact,
    }),
  };
}

/** Kyrgyz on the left, as the state language; beside it Russian, in an English letter English. */
function presentSender(sender: LetterModel['sender'], lang: Language): SenderView[] {
  const languages: Language[] = ['ky', lang === 'en' ? 'en' : 'ru'];
  return languages.map((side) => ({
    lang: side,
    name: sender.name[side],
    lines: [sender.registration[side], sender.address[side], sender.contacts.join(', ')],
  }));
}

function presentStanding(model: LetterModel, writer: Writer, legal: LegalData): string[] {
  const mandate: Localized | undefined = model.mandate;
  return [
    writer.paragraph('letter.standing.who', {
      sender: model.sender.name[writer.lang],
      ground: cited(legal.standing, writer.lang),
    }),
    writer.paragraph(
      `letter.standing.${model.kind}`,
      mandate === undefined ? {} : { mandate: mandate[writer.lang] },
    ),
  ];
}

function cited(ground: Ground, lang: Language): string {
  return ground.article === null
    ? ground.act[lang]
    : `${ground.act[lang]}, ${ground.article[lang]}`;
}

function presentPatternPart(model: LetterModel, writer: Writer): LetterView['pattern'] {
  if (model.pattern.length === 0) return null;
  return {
    heading: writer.line('letter.pattern.heading'),
    intro: writer.paragraph('letter.pattern.intro'),
    tables: presentPattern(model, writer, null),
    narratives: presentNarratives(model, writer),
  };
}

function presentNarratives(model: LetterModel, writer: Writer): string | null {
  const annex = model.annexes.find(({ role }) => role === 'cases');
  if (model.narratives.length === 0 || annex === undefined) return null;
  return writer.paragraph('letter.pattern.narratives', {
    count: model.narratives.length,
    annex: annex.number,
  });
}

function presentPresence(model: LetterModel, writer: Writer): LetterView['presence'] {
  if (model.presence === undefined) return null;
  const figures = presenceFigures(model.presence);
  const annex = model.annexes.find(({ role }) => role === 'presence');
  const seen = writer.plain('letter.presence.seen', {
    place: model.presence.place[writer.lang],
    recorded: figures.recordedDays,
    reviewed: figures.reviewedDays,
    present: figures.presentDays,
  });
  const longest = writer.plain('letter.presence.longest', {
    duration: duration(writer, figures.longestS),
  });
  const details = [
    seen,
    ...(figures.intervals === 0 ? [] : [longest]),
    writer.plain('letter.presence.unreviewed'),
    ...(annex === undefined
      ? []
      : [writer.plain('letter.presence.annex', { annex: annex.number })]),
  ];
  return {
    heading: writer.line('letter.presence.heading'),
    paragraphs: [
      setParagraph(details.join(' '), writer.lang),
      writer.paragraph('letter.presence.caution'),
    ],
  };
}

function presentLimits(model: LetterModel, writer: Writer): LetterView['limits'] {
  const concerned = model.figures.lawEnforcement;
  const point = (key: string) => writer.paragraph(`letter.limits.${key}`, { concerned });
  return {
    heading: writer.line('letter.limits.heading'),
    intro: writer.line('letter.limits.intro'),
    points: listed([
      point('unproven'),
      ...(model.figures.nearOstSites === concerned ? [] : [point('elsewhere')]),
      point('extent'),
      ...(model.presence === undefined ? [] : [point('vehicles')]),
      point('persons'),
    ]),
  };
}
