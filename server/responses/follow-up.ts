import { bishkekDate, type Clock } from '../kernel/time.ts';
import type { FollowedSubmission, FollowPacks } from './follow-packs.ts';
import type { LetterOfPack } from './ports.ts';
import type { Registration } from './submission.ts';

/** Until when a reply is in time. */
export interface ReplyDue {
  /** `YYYY-MM-DD`, in Bishkek: the last day in time. */
  readonly due: string;
  /** Whether that day is over and no reply of any kind was recorded. */
  readonly overdue: boolean;
  /** Whether it was counted by a calendar that is not final. */
  readonly provisional: boolean;
  /** Whether a lawyer has confirmed the term it was counted by. */
  readonly confirmed: boolean;
}

/** What a reminder says of the letter that it is about: `first` in its model. */
export interface FirstLetter {
  readonly number: string;
  readonly date: string;
  readonly registered: { readonly number: string; readonly date: string };
  /** Nothing came, or only replies that leave the requests aside. */
  readonly reply: 'none' | 'formal';
}

/** A sending with what came of it and what follows from its days. */
export interface FollowUp extends FollowedSubmission {
  /**
   * Null before it was registered, for what went elsewhere than its letter, and where no term is known.
   */
  readonly term: ReplyDue | null;
  /** Null before it was registered, and once a reply came that is more than formal. */
  readonly first: FirstLetter | null;
}

/** Tells what follows from the days of a pack's sendings. Throws for a pack that is not here. */
export type FollowUpPack = (pack: string) => Promise<readonly FollowUp[]>;

/** Creates the telling of what follows. It proposes; a lawyer decides whether to remind. */
export function createFollowUpPack(deps: {
  followPacks: Pick<FollowPacks, 'of'>;
  letterOf: LetterOfPack;
  clock: Clock;
}): FollowUpPack {
  const { followPacks, letterOf, clock } = deps;

  return async function followUpPack(pack) {
    const followed = await followPacks.of(pack);
    const letter = await letterOf(pack);
    const today = bishkekDate(clock.now());
    return await Promise.all(
      followed.map(async ({ submission, replies }) => {
        const { registered, to } = submission;
        if (registered === null || letter === null) {
          return { submission, replies, term: null, first: null };
        }
        const counted = to === null ? await letter.termFrom(registered.on) : null;
        // Whether a reply answers is for a lawyer to say; a delay is claimed where none came at all.
        const overdue = counted !== null && today > counted.due && replies.length === 0;
        const term = counted === null ? null : { ...counted, overdue };
        return { submission, replies, term, first: firstLetter(registered) };

        function firstLetter({ number, on }: Registration): FirstLetter | null {
          if (replies.some(({ kind }) => kind !== 'formal')) return null;
          return {
            number: submission.number ?? letter!.number,
            date: letter!.date,
            registered: { number, date: on },
            reply: replies.length === 0 ? 'none' : 'formal',
          };
        }
      }),
    );
  };
}
