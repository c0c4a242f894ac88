import type { InventedWorld } from './invented-names.ts';
import { type GrammarCase, type InventedPerson, kyrgyzForm, russianForm } from './person-forms.ts';

/** A language of the narratives. */
export type NarrativeLanguage = 'ru' | 'ky' | 'en';

/** A stretch of a narrative that has to be gone, or that may go without being missed. */
export interface GoldSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  /** `false`: of no account either way (a rank, a time of day, the word for street). */
  readonly identifying: boolean;
}

/** A narrative that knows what in it leads to a person. */
export interface GoldNarrative {
  readonly text: string;
  readonly gold: readonly GoldSpan[];
}

/** Chooses one of a list. */
export type Pick = <T>(from: readonly T[]) => T;

/** The persons and numbers of one narrative; templates share them. */
export interface Cast {
  readonly people: Readonly<Record<'v' | 'o' | 'w', InventedPerson>>;
  readonly world: InventedWorld;
  readonly language: NarrativeLanguage;
  readonly pick: Pick;
  /** Whether female names in -ь are declined in this narrative; writers differ. */
  readonly declinesSoft: boolean;
}

const SLOT = /\{([^}]+)\}/g;
const DIGITS = '0123456789'.split('');

/**
 * Fills a template. `{v.full.gen}`: the victim's full name in the genitive (also `o` officer, `w`
 * witness; `first last full init binit letters nick patr latin`); `{date} {pin} {plate} {phone} …`:
 * an invented one; `{~…}`: words of no account either way; `{!…}`: words that have to be gone;
 * `{=kind:one|other}`: one of these, which has to be gone.
 */
export function fillTemplate(template: string, cast: Cast): GoldNarrative {
  const gold: GoldSpan[] = [];
  let text = '';
  let from = 0;
  for (const { 0: whole, 1: slot, index } of template.matchAll(SLOT)) {
    text += template.slice(from, index);
    from = index + whole.length;
    const listed = /^=(\w+):(.+)$/u.exec(slot!);
    const [kind, ...rest] = listed === null ? slot!.split('.') : [listed[1]!];
    const neutral = slot!.startsWith('~');
    const literal = neutral || slot!.startsWith('!');
    let value: string;
    if (listed !== null) value = cast.pick(listed[2]!.split('|'));
    else value = literal ? slot!.slice(1) : valueFor(kind!, rest, cast);
    const span = { start: text.length, end: text.length + value.length, kind: kind! };
    if (listed === null) gold.push({ ...span, identifying: !neutral });
    else gold.push(...wordsOf(value, span));
    text += value;
  }
  return { text: text + template.slice(from), gold };
}

/** Words beside what leads to somebody that lead nowhere themselves: «школе», "on the". */
const LEADS_NOWHERE =
  /^(?:на|в|с|from|to|среду|wednesday|первых|башында|күнү|шаршемби|ночь|по|ул|көчөсү|көчөсүндө|street|st|apt|flat|house|дом|мкр|кв|үй|on|in|the|of|no|номер|номери|number|школ\p{L}*|мектеп\p{L}*|батир|гимнази\p{L}*|school|базар\p{L}*|рынка|market|завод\p{L}*|plant|стройк\p{L}*|construction|кафе\p{L}*|cafe|гостиниц\p{L}*|мейманкана\p{L}*|hotel|пункт\p{L}*|байке\p{L}*|baike|ака|aka|карту|карта|card|счет|эсеп|account|отдел|числ\p{L}*|police|department|row|проход\p{L}*|last|year|прошлого|года|былтыр|караган|түнү|night)$/iu;

/** The words of a listed value, each apart, so that what stands between them may stay. */
function wordsOf(value: string, { start, kind }: { start: number; kind: string }): GoldSpan[] {
  return [
    ...value.matchAll(
      /\p{N}+(?=-(?:мектеп|батир|үй|проход))|(?<=\p{N})-(?:мектеп|батир|үй|проход)\p{L}*|[^\s,]+/gu,
    ),
  ].map(({ 0: word, index }) => ({
    start: start + index,
    end: start + index + word.length,
    kind,
    identifying: !LEADS_NOWHERE.test(word.replace('-', '')),
  }));
}

function valueFor(kind: string, rest: readonly string[], cast: Cast): string {
  if (kind === 'v' || kind === 'o' || kind === 'w') {
    return nameOf(cast.people[kind], rest[0]!, (rest[1] ?? 'nom') as GrammarCase, cast);
  }
  const { pick, world, language } = cast;
  const digits = (count: number) => Array.from({ length: count }, () => pick(DIGITS)).join('');
  const local = { ru: world.streetsRu, ky: world.streetsKy, en: world.streetsEn }[language];
  const day = String(1 + Number(pick(DIGITS)) + 10 * Number(pick(['0', '1'])));
  const year = pick(['2019', '2020', '2021', '2023', '2024']);
  switch (kind) {
    case 'street':
      return pick(local);
    case 'house':
      return pick(['12', '95', '7а', '114', '33/2']);
    case 'village': {
      if (language === 'ky') return kyrgyzForm(pick(world.villagesKy), rest[0] as GrammarCase);
      if (language === 'en') return pick(world.villagesEn);
      return pick(world.villagesRu)[rest[0] === 'loc' ? 1 : 0]!;
    }
    case 'landmark':
      return pick(language === 'en' ? world.landmarksEn : world.landmarks);
    case 'unit':
      return pick({ ru: world.unitsRu, ky: world.unitsKy, en: world.unitsEn }[language]);
    case 'date':
      return pick(datesOf(language, day, year));
    case 'pin':
      return `${pick(['1', '2'])}${day.padStart(2, '0')}0${pick(DIGITS.slice(1))}19${pick(['7', '8', '9'])}${digits(6)}`;
    case 'passport':
      return pick([`ID${digits(7)}`, `AN ${digits(7)}`, `АС№${digits(7)}`, `ID № ${digits(7)}`]);
    case 'plate':
      return pick([
        `01 KG ${digits(3)} ABK`,
        `01KG${digits(3)}ADM`,
        `0${pick(['2', '7', '8'])}KG ${digits(3)} КАО`,
        `B ${digits(4)} AB`,
        `В${digits(4)}Х`,
        `S ${digits(4)} A`,
      ]);
    case 'phone': {
      const [a, b, c] = [pick(['555', '700', '772', '509', '312']), digits(3), digits(3)];
      return pick([
        `+996 ${a} ${b} ${c}`,
        `+996${a}${b}${c}`,
        `0${a} ${b.slice(0, 2)}-${b.slice(2)}${c[0]}-${c.slice(1)}`,
        `0${a}${b}${c}`,
        `0 (${a}) ${b}-${c}`,
      ]);
    }
    case 'landline':
      return `${digits(2)}-${digits(2)}-${digits(2)}`;
    case 'email':
      return `${cast.people.v.latinFirst.toLowerCase()}.${digits(2)}@mail.ru`;
    case 'url':
      return `https://facebook.com/${cast.people.v.latinLast.toLowerCase().replaceAll(' ', '.')}`;
    case 'handle':
      return `@${cast.people.v.latinFirst.toLowerCase()}_${digits(2)}`;
    default:
      throw new Error(`a template asks for ${kind}`);
  }
}

function datesOf(language: NarrativeLanguage, day: string, year: string): string[] {
  const two = day.padStart(2, '0');
  const common = [`${two}.03.${year}`, `${year}-03-${two}`, `${two}/11/${year.slice(2)}`];
  if (language === 'ru') {
    return [...common, `${day} марта ${year} года`, `${day}-го мая`, `${day} ноября`];
  }
  if (language === 'ky') {
    return [...common, `${year}-жылдын ${day}-марты`, `${day}-ноябрда`, `${day}-апрель`];
  }
  return [...common, `${day} March ${year}`, `May ${day}, ${year}`, `November ${day}`];
}

function nameOf(person: InventedPerson, shape: string, wanted: GrammarCase, cast: Cast): string {
  const { language } = cast;
  if (language === 'en') {
    const possessive = wanted === 'gen' ? "'s" : '';
    const { latinFirst: first, latinLast: last } = person;
    switch (shape) {
      case 'first':
        return first + possessive;
      case 'last':
        return last + possessive;
      case 'init':
        return `${last} ${first[0]}.`;
      case 'binit':
        return `${first[0]}. ${last}${possessive}`;
      case 'letters':
        return `${first[0]}.${last[0]}.`;
      case 'nick':
      case 'latin':
        return `${first.slice(0, 4)}ik`;
      default:
        return `${first} ${last}${possessive}`;
    }
  }
  const form = (name: string, surname: boolean) => {
    if (name === '') return '';
    if (/ (?:уулу|кызы)$/.test(name)) return language === 'ky' ? kyrgyzForm(name, wanted) : name;
    if (language === 'ky') return kyrgyzForm(name, wanted);
    if (cast.declinesSoft && person.sex === 'f' && /[лдтн]ь$/.test(name)) {
      const at = { nom: 'ь', gen: 'и', dat: 'и', acc: 'ь', ins: 'ью', loc: 'и', abl: 'и' }[wanted];
      return name.slice(0, -1) + at;
    }
    return russianForm(name, { sex: person.sex, surname, wanted });
  };
  const { first, last, patronymic } = person;
  switch (shape) {
    case 'first':
      return form(first, false);
    case 'last':
      return form(last, true);
    case 'patr':
      return patronymic === ''
        ? form(first, false)
        : `${form(first, false)} ${form(patronymic, false)}`;
    case 'init':
      return `${form(last, true)} ${first[0]}.`;
    case 'binit':
      return `${first[0]}. ${form(last, true)}`;
    case 'letters':
      return `${first[0]}.${last[0]}.`;
    case 'nick':
      return person.nickname;
    case 'latin':
      return person.latinLast;
    default:
      // In Kyrgyz only the last part of a name is declined.
      return language === 'ky'
        ? `${last} ${form(first, false)}`
        : `${form(last, true)} ${form(first, false)}`;
  }
}
