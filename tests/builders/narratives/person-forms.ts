/** A person as the templates need one. Everything is invented. */
export interface InventedPerson {
  readonly sex: 'm' | 'f';
  readonly first: string;
  readonly last: string;
  /** Father's name: «Асан уулу», «Асановна», or empty. */
  readonly patronymic: string;
  readonly nickname: string;
  readonly latinFirst: string;
  readonly latinLast: string;
}

/** Cases that the templates ask for, in Russian and Kyrgyz alike. */
export type GrammarCase = 'nom' | 'gen' | 'dat' | 'acc' | 'ins' | 'loc' | 'abl';

const ORDER = ['nom', 'gen', 'dat', 'acc', 'ins', 'loc'] as const;

/** A Russian form of a name, by the grammar book and by nothing that Dalil itself uses. */
export function russianForm(
  name: string,
  options: { sex: 'm' | 'f'; surname: boolean; wanted: GrammarCase },
): string {
  const { sex, surname, wanted } = options;
  const at = wanted === 'abl' ? 1 : ORDER.indexOf(wanted);
  const ended = (cut: number, endings: readonly string[]) =>
    name.slice(0, name.length - cut) + endings[at]!;
  if (surname && /(?:ов|ев|ёв|ин|ын)$/.test(name) && sex === 'm') {
    return ended(0, ['', 'а', 'у', 'а', 'ым', 'е']);
  }
  if (surname && /(?:ов|ев|ёв|ин|ын)а$/.test(name)) {
    return ended(1, ['а', 'ой', 'ой', 'у', 'ой', 'ой']);
  }
  if (surname && /[сц]кий$/.test(name)) return ended(2, ['ий', 'ого', 'ому', 'ого', 'им', 'ом']);
  if (surname && /[сц]кая$/.test(name)) return ended(2, ['ая', 'ой', 'ой', 'ую', 'ой', 'ой']);
  if (/(?:ович|евич|ьич)$/.test(name)) return ended(0, ['', 'а', 'у', 'а', 'ем', 'е']);
  if (/[еоиуыэюөү]$/.test(name) || name.length < 3) return name;
  if (/[гкхжшчщ]а$/.test(name)) return ended(1, ['а', 'и', 'е', 'у', 'ой', 'е']);
  if (name.endsWith('а')) return ended(1, ['а', 'ы', 'е', 'у', 'ой', 'е']);
  if (name.endsWith('я')) return ended(1, ['я', 'и', 'е', 'ю', 'ей', 'е']);
  if (sex === 'f') return name;
  if (name.endsWith('й')) return ended(1, ['й', 'я', 'ю', 'я', 'ем', 'е']);
  if (name.endsWith('ь')) return ended(1, ['ь', 'я', 'ю', 'я', 'ем', 'е']);
  return ended(0, ['', 'а', 'у', 'а', 'ом', 'е']);
}

/** A Kyrgyz form: the suffix follows the last vowel and the last letter. */
export function kyrgyzForm(name: string, wanted: GrammarCase): string {
  if (wanted === 'nom' || wanted === 'ins') return name;
  const vowels = name.toLowerCase().match(/[аоуыэеиөүяюё]/g) ?? ['а'];
  const last = vowels.at(-1)!;
  const row = 'аыя'.includes(last)
    ? { close: 'ы', open: 'а' }
    : 'оё'.includes(last)
      ? { close: 'у', open: 'о' }
      : 'ую'.includes(last)
        ? { close: 'у', open: 'а' }
        : 'эеи'.includes(last)
          ? { close: 'и', open: 'е' }
          : { close: 'ү', open: 'ө' };
  const end = name.at(-1)!.toLowerCase();
  const vowel = /[аоуыэеиөүяюё]/.test(end);
  const voiceless = /[кпстфхцчшщ]/.test(end);
  const d = voiceless ? 'т' : 'д';
  const onset = vowel ? 'н' : d;
  const suffix = {
    gen: `${onset}${row.close}н`,
    dat: `${voiceless ? 'к' : 'г'}${row.open}`,
    acc: `${onset}${row.close}`,
    loc: `${d}${row.open}`,
    abl: `${d}${row.open}н`,
  }[wanted];
  return name + suffix;
}
