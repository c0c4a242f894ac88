import type { CalledScene } from './called-scene.ts';

const PEOPLE_SAY = /^(?:everyone|everybody|all|people|friends|we|locals)$/;
const CALL = /^(?:calls?|called)$/;
const WHOM = /^(?:him|her|them|me|his)$/;
/** What stands behind "called him" and is no name: when, how, who was called, and what was said to hurt. */
const NO_NAME =
  /ly$|^(?:yesterday|today|tonight|tomorrow|now|then|again|back|often|always|never|sometimes|later|earlier|once|twice|thrice|first|last|next|every|many|over|out|up|down|here|there|home|outside|inside|also|just|only|still|soon|police|cops|ambulance|doctors?|lawyers?|names?|bad|stupid|dirty|sick|crazy|junk(?:ie|y)s?|addicts?|drugs?|dealers?|thie(?:f|ves)|liars?|criminals?|whores?|bitch|himself|herself|themselves|myself|angry|drunk)$/;
/** "Roma gypsy": where he is said to come from, in the place of a surname. */
const PEOPLE_OF =
  /^(?:gypsy|korean|uzbek|tajik|dungan|uighur|uyghur|turk|tatar|chechen|kazakh|kyrgyz|russian)s?$/;
const KIN =
  /^(?:daughter|son|kid|child|wife|husband|mother|father|mum|mom|dad|sister|brother|cousin|aunt|uncle|nephew|niece|boyfriend|girlfriend|bf|gf)$/;
/** Of things as well: "methadone is my friend". */
const CLOSE = /^(?:friend|neighbou?r|partner)$/;
const NO_KIN = /^(?:problem|reason|worry|point|truth|thing|person|guy|boy|one|other|who|what)$/;
/** Ranks that are no other English word: not "private", "major", "general". */
const RANK = /^(?:sergeant|sgt|lieutenant|lt|captain|capt|colonel|col)$/;
const BEHIND_NAME =
  /^(?:is|was|has|had|said|says|told|and|n|came|hit|beat|took|asked|wants|wanted|from)$/;
const EPITHET =
  /^(?:big|fat|old|young|little|tall|skinny|lame|limping|blind|deaf|crazy|bald|bearded|one-eyed)$/;
const WHOSE = /^(?:my|his|her|our|their)$/;
/** What only people do, behind an English name that is an everyday word as well. */
const DID =
  /^(?:said|says|told|tells|saw|cried|cries|came|went|asked|asks|works|worked|lives|lived|screamed|wants|wanted|heard|knows|knew|paid|ran|died|called|calls)$/;

/** Words that say something of their neighbours to {@link findCalledEnglish}. */
export const ENGLISH_CUES = [/^nick(?:name)?$/, CALL, EPITHET, PEOPLE_OF];

/** In English: what everybody calls him, a nick, by how he looks, behind a rank, whose kin she is. */
export function findCalledEnglish(scene: CalledScene, at: number): void {
  const { lowerAt, isBeside, isName, isGiven, isRole, opensPhrase, endsPhrase } = scene;
  const { names, words } = scene;
  const lower = lowerAt(at);
  const next = at + 1;
  const isFree = (one: number) => scene.isFree(one) && !NO_NAME.test(lowerAt(one));
  // "everyone calls him lame"
  if (CALL.test(lower) && PEOPLE_SAY.test(lowerAt(at - 1)) && WHOM.test(lowerAt(next))) {
    if (isBeside(at + 2) && isFree(at + 2)) scene.addCalled(at + 2, 'nickname');
  }
  // "client nick shorty", "baby is his nick"
  if (/^nick(?:name)?$/.test(lower)) {
    const owned = WHOSE.test(lowerAt(at - 1)) || isRole(at - 1);
    if (owned && isBeside(next) && isFree(next)) scene.addCalled(next, 'nickname');
    const said = lowerAt(at - 2) === 'is' && isFree(at - 3) && opensPhrase(at - 3);
    if (owned && said) scene.addCalled(at - 3, 'nickname');
  }
  // "lieutenant park is": behind a rank, and nothing else is said of it.
  const verb = DID.test(lower) || BEHIND_NAME.test(lower);
  if (RANK.test(lowerAt(at - 1)) && isBeside(at) && isFree(at) && !verb) {
    if (endsPhrase(at) || BEHIND_NAME.test(lowerAt(next))) scene.add(at, 'rank-or-role');
  }
  if (PEOPLE_OF.test(lower) && isBeside(at) && isFree(at)) {
    if (isName(at - 1) && names.isGiven(lowerAt(at - 1))) scene.add(at, 'nickname');
  }
  // "big oleg": by how he looks he is known.
  if (EPITHET.test(lower) && isBeside(next) && scene.isFree(at)) {
    if (isName(next) && names.isGiven(lowerAt(next))) scene.add(at, 'nickname');
  }
  // "rose is my daughter"
  const whose = /^(?:is|was)$/.test(lowerAt(next)) && WHOSE.test(lowerAt(at + 2));
  const kin = lowerAt(at + 3);
  const somebody = KIN.test(kin) || (CLOSE.test(kin) && names.isGivenAsIs(lower));
  if (whose && somebody && opensPhrase(at) && isFree(at) && !NO_KIN.test(lower)) {
    scene.addCalled(at, 'did-something');
  }
  // "rose cried"
  const subject = opensPhrase(at) || /^(?:and|n)$/.test(lowerAt(at - 1));
  const did = DID.test(lowerAt(next)) && isBeside(next);
  if (words[at]!.language === 'en' && isGiven(at) && subject && did) {
    scene.add(at, 'did-something');
  }
}
