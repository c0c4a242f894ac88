/** As many answers are kept; a text of nothing but new words must not fill the memory. */
const LIMIT = 100_000;

/** The same function, with its answers kept: texts repeat their words. */
export function remember<Answer>(ask: (word: string) => Answer): (word: string) => Answer {
  const answers = new Map<string, Answer>();
  return (word) => {
    const known = answers.get(word);
    if (known !== undefined) return known;
    if (answers.size >= LIMIT) answers.clear();
    const answer = ask(word);
    answers.set(word, answer);
    return answer;
  };
}
