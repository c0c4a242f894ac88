import type { Language } from '../writing/language.ts';

// A rank before a capital is a name of somebody. Behind a mere role also stand names of offices and
// districts («сотрудники Министерства», «Первомайского РУВД»), so there the word must look like one
// of a person: initials, уулу or кызы, or the ending of a surname.

/** One or two initials; the second may be a patronymic's. */
const INITIALS = String.raw`\p{Lu}\.[ \u00a0]*(?:\p{Lu}\.[ \u00a0]*)?`;
const WORD = String.raw`\p{Lu}\p{Ll}+`;
const UULU_KYZY = String.raw`${WORD}\s+(?:уулу|кызы)(?!\p{L})`;
const NAME_WITH_INITIALS = String.raw`(?:${INITIALS}${WORD}|${WORD}\s+\p{Lu}\.)`;

const NO_PERSON =
  '(?!Министер|Управлен|Департамент|Комитет|Служб|Отдел|Бишкек|Ош(?!\\p{L})|Кыргыз|Республик|Штаб)';

const RU_RANK =
  '(?:[Сс]ержант|[Сс]таршин|[Пп]рапорщик|[Лл]ейтенант|[Кк]апитан|[Мм]айор|[Пп]одполковник|[Пп]олковник|[Гг]енерал(?!ьн))';
const RU_ROLE =
  '(?:[Сс]отрудник|[Ии]нспектор|[Оо]перуполномоченн|[Оо]перативник|[Уу]частков(?:ый|ого|ому|ым)|[Сс]ледовател|[Дд]ознавател|[Мм]илиционер|[Нн]ачальник)';
const RU_OF = '(?:(?:милиции|полиции|юстиции|МВД|ОВД|РУВД|ГУВД|УВД|ГОМ)\\s+)?';
/** Asanov, Asanova, Niyazbekov, Ilyin in every case; not «Свердловского», which is of a district. */
const RU_SURNAME = String.raw`${NO_PERSON}\p{Lu}\p{Ll}+(?:[ое]в|ёв|ин|ын)(?:а|у|ым|ой|е)?(?!\p{L})`;

const KY_RANK =
  '(?:[Сс]ержант|[Сс]таршина|[Пп]рапорщик|[Лл]ейтенант|[Кк]апитан|[Мм]айор|[Пп]одполковник|[Пп]олковник|[Гг]енерал(?!дык))';
const KY_ROLE = '(?:[Кк]ызматкер|[Ии]нспектор|[Тт]ергөөчү|[Уу]частковый|[Мм]илиционер|[Бб]ашчы)';
const KY_SURNAME = String.raw`${NO_PERSON}\p{Lu}\p{Ll}+(?:[ое]в|ёв)а?(?:[гкдтн][аеоөуүыи]\p{Ll}{0,2})?(?!\p{L})`;

const EN_RANK = '(?:Sergeant|Lieutenant|Captain|Major|Colonel|General|Officer|Inspector)';
const EN_ROLE = '(?:[Oo]fficer|[Ii]nspector|[Dd]etective|[Ii]nvestigator|[Cc]onstable)';
const EN_SURNAME = String.raw`\p{Lu}\p{Ll}+(?:ov|ev|yev|in|yn)a?(?!\p{L})`;

const either = (...patterns: string[]) => new RegExp(`(?<!\\p{L})(?:${patterns.join('|')})`, 'u');

const NAMED: Readonly<Record<Language, RegExp>> = {
  ky: either(
    String.raw`${KY_RANK}\p{Ll}*\s+(?:милициянын\s+|милиции\s+)?(?:${INITIALS})?${NO_PERSON}${WORD}`,
    String.raw`${KY_ROLE}\p{Ll}*\s+(?:${NAME_WITH_INITIALS}|${UULU_KYZY}|${KY_SURNAME})`,
  ),
  ru: either(
    String.raw`${RU_RANK}\p{Ll}*\s+${RU_OF}(?:${INITIALS})?${NO_PERSON}${WORD}`,
    String.raw`${RU_ROLE}\p{Ll}*\s+${RU_OF}(?:${NAME_WITH_INITIALS}|${UULU_KYZY}|${RU_SURNAME})`,
  ),
  en: either(
    String.raw`${EN_RANK}\s+(?:${INITIALS})?(?!General|Prosecutor|Assembly|Staff)${WORD}`,
    String.raw`${EN_ROLE}\s+(?:${NAME_WITH_INITIALS}|${EN_SURNAME})`,
  ),
};

/** Whether a text names an officer: a rank or role of the police with a person's name behind it. */
export function namesOfficer(text: string, lang: Language): boolean {
  return NAMED[lang].test(text);
}
