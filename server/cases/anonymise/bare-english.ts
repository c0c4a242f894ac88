import { CONTEXTS } from './contexts.ts';
import type { Marked } from './group-marks.ts';
import type { Word } from './words.ts';

/** What stands before a noun that is a thing: no name has one. */
const DETERMINER =
  /^(?:an?|the|my|your|his|her|its|our|their|this|that|these|those|some|any|no|every|each|all|both|another|other|one|two|three|four|five|six|several|many|much|more|most|few|first|second|last|next|same|own|such|what|which|whose|half|enough|per|n't)$/;
/** Before a verb, or before what somebody is like. */
const BEFORE_VERB =
  /^(?:i|we|they|you|he|she|it|who|not|to|can|could|will|would|shall|should|must|may|might|do|does|did|don't|didn't|doesn't|cannot|can't|couldn't|won't|wouldn't|let's|i'll|i'd|we'll|they'll|they'd|never|just|please)$/;
const BEFORE_QUALITY =
  /^(?:is|was|are|were|be|been|being|am|very|so|too|more|most|as|feel|felt|looks?|looked|seems?|seemed|got|get|turned|became|only|still|quite|how|in|on|into|of|at|like|than)$/;
/** Verbs, auxiliaries, conjunctions and prepositions: what never has the word before it as its own. */
const NO_NOUN =
  /^(?:is|was|are|were|be|been|am|has|had|have|do|does|did|will|would|can|could|shall|should|may|might|must|and|or|but|nor|if|when|while|because|that|who|whom|which|where|how|why|then|than|as|at|by|for|from|in|into|of|off|on|onto|out|over|to|up|down|with|without|about|after|against|before|behind|near|under|until|till|since|through|the|an?|my|your|his|her|its|our|their|me|him|them|us|it|he|she|we|they|you|i|this|these|those|also|always|never|just|only|again|there|here|not|came|went|told|said|says|saw|took|gave|paid|ran|left|got|put|sat|stood|lay|hit|beat|knew|knows|kept|heard|felt|found|fell|made|met|cried|tried|lost|let|began|broke|brought|bought|called|calls|comes|goes|gets|got|had|works|lives|wants|wrote|woke|spoke|sold|sent|hid|held|threw|tore|drove|stole|swore|shook|showed|shows|late|early|alone|yesterday|today|tonight|tomorrow|now|too)$/;
const PAST = /(?:ed|n't)$/;
const ADJECTIVE = /(?:y|ful|less|ous|ive|al|ed|en|er|est|ish|able|ible|ing|ic|ant|ent)$/;
/** Short adjectives that stand between "the" and a noun. */
const SHORT_ADJECTIVE =
  /^(?:old|new|big|bad|good|long|short|small|great|little|young|high|low|whole|real|free|full|hard|soft|hot|cold|warm|cool|dark|dirty|black|white|red|green|blue|grey|gray|nice|poor|rich|main|right|left|near|far|local|night|police|street|public|city|bus|car|dead|deep|false|fat|thin|weak|strong|wet|dry|late|early)$/;

/** Whom one tells or asks is somebody. */
const SPOKEN_TO = /^(?:tell|told|ask|asked|thank|thanked|phone|phoned|hug)$/;
/** A question begins: somebody stands behind, and what he can or did behind that. */
const ASKS = /^(?:can|could|will|would|did|does|should|has|is|was)$/;
const FELT = /^(?:scared|afraid|frightened|terrified|wary|because|sick|tired)$/;

/** A word among the others of its text, and what each of them was taken for. */
interface SeenWord {
  readonly words: readonly Word[];
  readonly marks: readonly Marked[];
  readonly at: number;
}

/**
 * Whether an English everyday word that is a name as well stands as names do: with no article and nobody
 * whose it is before it, and with no noun behind it that it tells of. "Hope cried", "with young", and
 * neither "the hope" nor "young men".
 */
export function standsAsName(seen: SeenWord): boolean {
  const { words, marks, at } = seen;
  const isBeside = (one: number) => one > 0 && one < words.length && words[one]!.gap === ' ';
  const before = isBeside(at) ? words[at - 1]!.lower : '';
  const twoBefore = isBeside(at) && isBeside(at - 1) ? words[at - 2]!.lower : '';
  const behind = isBeside(at + 1) ? words[at + 1]!.lower : '';
  // "tell dawn thank you", "can chase send it", "scared of doc"
  if (SPOKEN_TO.test(before)) return !DETERMINER.test(behind);
  if (ASKS.test(before) && twoBefore === '' && behind !== '') return !NO_NOUN.test(behind);
  if (before === 'of' && FELT.test(twoBefore)) return true;
  // "before dawn": the hour.
  if (words[at]!.lower === 'dawn' && /^(?:before|until|till|by|since|after|towards?)$/.test(before))
    return false;
  if (DETERMINER.test(before) || /'s$/.test(before) || BEFORE_QUALITY.test(before)) return false;
  const tells = ADJECTIVE.test(before) || SHORT_ADJECTIVE.test(before);
  if (tells && (DETERMINER.test(twoBefore) || BEFORE_QUALITY.test(twoBefore))) return false;
  if (BEFORE_VERB.test(before) && behind !== '' && !/^(?:was|is|and|said|came)$/.test(behind)) {
    return (
      before === 'to' && /^(?:talk|spoke|speak|talked|gave|give|said|listen\w*)$/.test(twoBefore)
    );
  }
  const noun =
    behind !== '' &&
    marks[at + 1]!.mark === 'plain' &&
    /[a-z]/.test(behind) &&
    !NO_NOUN.test(behind) &&
    !PAST.test(behind) &&
    !CONTEXTS.functionWords.has(behind);
  return !noun;
}

/** What may be the subject of a sentence with no article before it, and is nobody. */
const BARE_SUBJECT =
  /(?:s|ly|ing|ed|one|body|thing|where|people|men|women|children|folk)$|^(?:police|money|blood|water|time|night|day|work|help|court|staff|traffic|food|rain|snow|pain|fear|life|death|law|news|evidence|evening|morning|afternoon|yesterday|today|tomorrow|tonight|later|then|there|here|now|once|first|second|third|next|last|another|other|many|some|most|few|each|all|both|none|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|mum|mom|mother|father|dad|grandma|grandpa|auntie|uncle|please|maybe|perhaps|soon|never|ever|even|also|still|just|again|always|often|already|almost|instead|outside|inside|upstairs|downstairs|everywhere|because|since|although|though|however|methadone|treatment|therapy|access|hair|skin|methadon|everything|chief|boss|home|school|hospital|prison|jail|detention|violence|harassment|pressure|medicine|nurse|doctor|lawyer|victim|client|witness|officer|man|woman|boy|girl|guy|son|wife|husband|who|that|what|which)$/;
const DID =
  /^(?:said|says|told|tells|saw|cried|came|went|asked|lives|lived|screamed|wants|wanted|heard|knows|knew|paid|ran|died|called|calls|was|is|has|had|did|does|took|gave|left|got|sat|stood|lost|met|hit|beat|works|worked|pushed|pulled|kicked|shouted|signed|wrote|refused|helped|stayed|waited|sells?|sold|brought|found|felt|fell|kept|let|made|put|spoke|began|tried|walked|slept|sleeps|cries|will|would|can|could|cannot|didn't|doesn't|wasn't|isn't)$/;
const BEFORE_SUBJECT =
  /^(?:and|but|because|when|while|if|officer|called|client|nurse|lawyer|investigator|sergeant)$/;

/**
 * Whether an English word is the subject of what only people do, with no article and nobody whose it is:
 * "brook pushed him". Everyday nouns hardly ever stand so; those that do are listed.
 */
export function actsAsName(seen: SeenWord): boolean {
  const { words, marks, at } = seen;
  const { lower, gap } = words[at]!;
  if (lower.length < 3 || marks[at]!.mark !== 'plain' || BARE_SUBJECT.test(lower)) return false;
  if (CONTEXTS.functionWords.has(lower) || NO_NOUN.test(lower) || BEFORE_VERB.test(lower))
    return false;
  const next = words[at + 1];
  if (next === undefined || next.gap !== ' ' || !DID.test(next.lower)) return false;
  const before = words[at - 1]?.lower ?? '';
  return at === 0 || /[,;:.!?\n(]/.test(gap) || (gap === ' ' && BEFORE_SUBJECT.test(before));
}

/** The past and the third person, which never stand behind "will" and "may". */
const NO_BARE_VERB =
  /^(?:said|says|told|tells|saw|sees|cried|came|comes|went|goes|asked|asks|knew|knows|took|takes|gave|gives|got|gets|sat|stood|lost|met|was|is|has|had|did|does|didn't|doesn't|wasn't|isn't|wants|wanted|heard|hears|paid|made|felt|fell|wrote|writes|brought|found|left|kept|lives|lived|works|worked|called|calls|signed|refused|screamed|stayed|waited|helped|walked)$/;
const TO_SOMEBODY =
  /^(?:tell|told|ask|asked|call|called|with|from|for|by|to|saw|met|see|meet|about|and|of|like|thank|text|beat|hit)$/;
const AND_SOMEBODY = /^(?:i|me|my|he|she|we|his|her)$/;

/**
 * Whether "will" or "may" is somebody: what they stand before could not stand behind an auxiliary
 * ("will told me", "Will and I", "ask will, he knows").
 */
export function isAuxiliaryAsName(words: readonly Word[], at: number): boolean {
  const { lower } = words[at]!;
  if (!/^(?:will|may)(?:'s)?$/.test(lower)) return false;
  if (lower.endsWith("'s")) return true;
  const next = words[at + 1];
  const behind = next?.gap === ' ' ? next.lower : '';
  if (NO_BARE_VERB.test(behind)) return true;
  if (/^(?:and|n)$/.test(behind) && AND_SOMEBODY.test(words[at + 2]?.lower ?? '')) return true;
  const before = words[at]!.gap === ' ' ? (words[at - 1]?.lower ?? '') : '';
  return (
    TO_SOMEBODY.test(before) &&
    (behind === '' || NO_NOUN.test(behind)) &&
    !/^(?:be|have|not)$/.test(behind)
  );
}
