import { createSeededRandom } from '../../../scripts/sample/seeded-random.ts';
import { CHAT_TEMPLATES } from './chat-templates.ts';
import { DEVELOPMENT_TEMPLATES } from './development-templates.ts';
import {
  fillTemplate,
  type GoldNarrative,
  type GoldSpan,
  type NarrativeLanguage,
} from './fill-template.ts';
import { HELD_OUT_TEMPLATES } from './held-out-templates.ts';
import {
  CHAT_WORLD,
  DEVELOPMENT_WORLD,
  HELD_OUT_WORLD,
  type InventedWorld,
  SECOND_CHAT_WORLD,
  SECOND_HELD_OUT_WORLD,
  THIRD_CHAT_WORLD,
} from './invented-names.ts';
import { SECOND_CHAT_TEMPLATES } from './second-chat-templates.ts';
import { SECOND_HELD_OUT_TEMPLATES } from './second-held-out-templates.ts';
import { THIRD_CHAT_TEMPLATES } from './third-chat-templates.ts';
import { CHAT_HABITS, WRITING_HABITS, type WritingHabit } from './writing-habits.ts';

/** A narrative with the habit of whoever wrote it. */
export interface InventedNarrative extends GoldNarrative {
  readonly habit: WritingHabit;
}

interface SourceOfNarratives {
  readonly templates: Readonly<Record<NarrativeLanguage, readonly string[]>>;
  readonly world: InventedWorld;
  readonly habits: readonly WritingHabit[];
  /** What sentences are joined by. */
  readonly joints: readonly string[];
}

const REPORTED = { habits: WRITING_HABITS, joints: [' '] };
const TYPED = { habits: CHAT_HABITS, joints: [' ', '\n', ', ', '. ', ' '] };
const SETS = {
  development: { templates: DEVELOPMENT_TEMPLATES, world: DEVELOPMENT_WORLD, ...REPORTED },
  'held-out': { templates: HELD_OUT_TEMPLATES, world: HELD_OUT_WORLD, ...REPORTED },
  'second-held-out': {
    templates: SECOND_HELD_OUT_TEMPLATES,
    world: SECOND_HELD_OUT_WORLD,
    ...REPORTED,
  },
  chat: { templates: CHAT_TEMPLATES, world: CHAT_WORLD, ...TYPED },
  'third-chat': { templates: THIRD_CHAT_TEMPLATES, world: THIRD_CHAT_WORLD, ...TYPED },
  'second-chat': { templates: SECOND_CHAT_TEMPLATES, world: SECOND_CHAT_WORLD, ...TYPED },
} satisfies Record<string, SourceOfNarratives>;

/** Which sentences and names narratives are made of. */
export type NarrativeSet = keyof typeof SETS;

/**
 * Invents narratives with their gold spans. Equal arguments give equal narratives.
 *
 * @param set - `development`: rules may be tried out on it; the held-out ones: other names, other
 *   sentences, other places, frozen before the rules were run on them.
 */
export function inventNarratives(
  language: NarrativeLanguage,
  set: NarrativeSet,
  count: number,
): InventedNarrative[] {
  const random = createSeededRandom(`narratives/${set}/${language}`);
  const { pick } = random;
  const { world, templates: all, habits, joints }: SourceOfNarratives = SETS[set];
  const templates = all[language];
  return Array.from({ length: count }, (_, at) => {
    const people = [...world.people];
    const take = () => people.splice(random.below(people.length), 1)[0]!;
    const cast = {
      people: { v: take(), o: take(), w: take() },
      world,
      language,
      pick,
      declinesSoft: random.below(10) < 3,
    };
    // Every template comes first in turn, so that none is left out.
    const chosen = new Set([templates[at % templates.length]!]);
    while (chosen.size < 5) chosen.add(pick(templates));
    const sentences = [...chosen].map((template) => fillTemplate(template, cast));
    const habit = habits[at % habits.length]!;
    return { ...habit.apply(joined(sentences, joints[at % joints.length]!), random), habit };
  });
}

function joined(sentences: readonly GoldNarrative[], joint: string): GoldNarrative {
  let text = '';
  const gold: GoldSpan[] = [];
  for (const sentence of sentences) {
    if (text !== '') text += joint;
    for (const span of sentence.gold) {
      gold.push({ ...span, start: span.start + text.length, end: span.end + text.length });
    }
    text += sentence.text;
  }
  return { text, gold };
}
