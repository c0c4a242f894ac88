/** The texts of a page by language and key. */
export type PageTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Fills a text; `{name}` stands for a value. Formatted no further: browsers know no Kyrgyz. */
export interface PageText {
  (key: string, values?: Readonly<Record<string, string | number>>): string;
  readonly language: string;
}

/** The texts of one language. Throws for a key that the page was not given. */
export function pageText(texts: PageTexts, language: string): PageText {
  const fill = (key: string, values: Readonly<Record<string, string | number>> = {}) => {
    const text = texts[language]?.[key];
    if (text === undefined) throw new Error(`no text ${key}`);
    return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  };
  return Object.assign(fill, { language });
}
