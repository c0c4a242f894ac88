import type { CalledScene } from './called-scene.ts';
import { CONTEXTS } from './contexts.ts';

/** «Көк деген бала»: a person who is called so. */
const SOMEBODY =
  /^(?:бала|аял|жигит|мент|опер|кыз|келин|чал|кемпир|кошуна|адам|киши|участковый|сержант|лейтенант|капитан|майор|погоняло\p{L}{0,3}|лака[пб]\p{L}{0,3})(?:[ыиуү]?м|с?[ыиуү])?(?:[нд][ыиуү]н?|[гк][аеоө])?$/u;
/** What was said or done, in Kyrgyz: «барам деген киши» is one who said that he would come. */
const SAID =
  /(?:[йа-я]т|[аеоөуүыи]м|[дт][ыиуү]|[гк][аеоө]н|с[ыиуү]ң|б[ыиуү]з|йм[ыиуү]н|[аеоө]йын|[аеоө]лы|б[ыиуү]|[гк]ыла|[гк]иле)$|^(?:кел|кет|бер|бар|ал|жок|эмес|керек|жакшы|жаман|ооба|мас|наркоман|баңги|ошондой|мындай|андай|кандай|эмне)$/u;
/** What is shouted or spoken of, and nobody: «токто деген сержант», «акча деген опер». */
const SPOKEN =
  /^(?:токто|тур|чык|бас|кач|жат|отур|ур|айт|көр|тез|акча|пул|айып|штраф|дары|милиция|полиция|закон|мыйзам|кайсы|бир|эки|үч|төрт|беш|он|жыл|күн|саат|ушундай|ошол)$/u;
/** «Максат экөөбүз»: somebody and I. */
const AND_I = /^(?:экөө|экоо|үчөө|учоо|төртөө)б[үу]з\p{L}{0,4}$/u;
/** «Үйдө экөөбүз», «күтүп экөөбүз»: where and how. */
const WHERE_OR_HOW = /(?:[дт][аеоө]|[ыиуү]?п)$/u;
/** «Кечээ экөөбүз»: when, how, and not with whom. */
const WHEN =
  /^(?:анан|кеч[эе]{1,2}|бүгүн|бугун|азыр|эртең|эртен|дагы|бирге|чогуу|баары|бары|кечинде|түнүндө|күндүзү|ошентип|ошентсе|мурда|мурун|эки|андан|ушинтип|акыры|бирок|себеби|демек|кыз|жигит|эл)$/u;
/** Kin and friends of who tells, «досум», «жездемди»: «Элебес досум», «иним Нурсултан». */
const MY_KIN =
  /^(?:жезде|жеңе|женге|таяке|тага|таята|тайэне|дос|курбу|карындаш|сиңди|синди|ини|ин|аке|эже|байке|ата|апа|эне|чоңата|чоңэне|уул|кыз|бала|келин|күйөө|куйоо|аял|жолдош|жигит|кошуна|тууган|бөлө|боло)(?:[ыиуү]?м|[ыиуү]?б[ыиуү]з)(?:[дн][ыиуү]н?|[аеоө]|[дт][аеоө]н?)?$/u;
/** Words that say something of their neighbours to {@link findCalledKyrgyz}. */
export const KYRGYZ_CUES = [/^де(?:ген|п)$/u, AND_I, MY_KIN];

/**
 * In Kyrgyz: «көк деген бала», somebody and I, kin of who tells, what is left of a whole name.
 */
export function findCalledKyrgyz(scene: CalledScene, at: number): void {
  const { lowerAt, isBeside, isName, isFree, isGiven, opensPhrase, endsPhrase } = scene;
  const { marks, names, found } = scene;
  const lower = lowerAt(at);
  const next = at + 1;
  const isSaid = (one: number) => SAID.test(lowerAt(one)) || SPOKEN.test(lowerAt(one));
  /** «Чоң кара деп»: the first of two words of a nickname. */
  const addWordBefore = (last: number) => {
    const first = last - 1;
    const plain = marks[first]?.mark === 'plain' && !CONTEXTS.functionWords.has(lowerAt(first));
    if (!isBeside(last) || !plain || isSaid(first)) return;
    if (opensPhrase(first) || MY_KIN.test(lowerAt(first - 1))) scene.add(first, 'nickname');
  };

  if (lower === 'деген' && isBeside(at) && isBeside(next)) {
    const somebody = SOMEBODY.test(lowerAt(next)) || MY_KIN.test(lowerAt(next));
    if (somebody && isFree(at - 1) && !isSaid(at - 1)) scene.addCalled(at - 1, 'nickname');
    if (somebody && (found.has(at - 1) || isName(at - 1))) addWordBefore(at - 1);
  }
  if (lower === 'деп' && marks[at - 1]?.rule === 'nickname' && isBeside(at)) addWordBefore(at - 1);
  if (AND_I.test(lower) && isBeside(at) && isFree(at - 1)) {
    const before = lowerAt(at - 1);
    const other = WHEN.test(before) || WHERE_OR_HOW.test(before) || MY_KIN.test(before);
    if (isGiven(at - 1) || (opensPhrase(at - 1) && !other && !isSaid(at - 1))) {
      scene.add(at - 1, 'kin');
    }
  }
  if (MY_KIN.test(lower)) {
    if (isBeside(at) && isGiven(at - 1)) scene.add(at - 1, 'kin');
    if (isBeside(next) && isGiven(next)) scene.add(next, 'kin');
  }
  // «аты-жөнү сагынбек уулу ниет»: nothing more is said of him.
  if (marks[at - 1]?.rule === 'child-of' && isBeside(at) && isFree(at) && endsPhrase(at)) {
    const named = /^(?:аты(?:-жөнү)?|жөнү|фио)$/u.test(lowerAt(at - 3));
    if (named || names.isGivenAsIs(lower)) scene.add(at, 'child-of');
  }
}
