import { expect, test } from 'vitest';
import { DEFAULT_CODE_LISTS } from '../../../../server/cases/codes/code-lists.ts';
import { DEFAULT_HIERARCHY } from '../../../../server/cases/disclosure/hierarchy.ts';
import type {
  FigureRisk,
  MediaRisk,
  RiskReport,
} from '../../../../server/cases/disclosure/risk-report.ts';
import { tellRisk } from '../../../../server/cases/disclosure/tell-risk.ts';
import { shippedRules } from '../../../builders/letter.ts';

const { messages } = shippedRules;

const NO_FOOTAGE: MediaRisk = { moments: 0, cases: 0, joinCount: 0, joins: [] };

function told(
  lang: 'ky' | 'ru' | 'en',
  coarsened: FigureRisk['coarsened'],
  media: MediaRisk = NO_FOOTAGE,
) {
  const report: RiskReport = {
    recipient: 'ministry',
    counted: 40,
    leftOut: 0,
    stops: {
      cases: 0,
      alone: 0,
      few: 0,
      aloneByAll: 0,
      telling: [],
      coarsen: null,
    },
    figures: {
      smallestCell: 5,
      untoldPercent: 0,
      heldBack: 0,
      coarsened,
      earlierPacks: 0,
      found: [],
    },
    media,
    stories: [],
    storyCount: 0,
  };
  return tellRisk(report, { say: messages[lang], lang, lists: DEFAULT_CODE_LISTS });
}

test('what is told more coarsely, and what not at all, stands in plain words', () => {
  const coarsened = [
    { dimension: 'time', from: 'month', to: 'half-year' },
    { dimension: 'areaTime', from: 'district/quarter', to: 'oblast/year' },
    { dimension: 'place', from: 'place', to: null },
  ];
  expect(told('en', coarsened)).toContain(
    'Told more coarsely than this body might be told, so that no figure points at few: when (only by half-year); where and when together (only by oblast and year).',
  );
  expect(told('ru', coarsened)).toContain(
    'Не сказано вовсе, потому что такая таблица указывала бы на немногих: вид места.',
  );
  expect(told('ky', coarsened).join(' ')).toContain('качан болгону (жарым жыл боюнча гана)');
});

test.each(['ky', 'ru', 'en'] as const)(
  'every way to tell less has its words, and none is said where nothing is lost: %s',
  (lang) => {
    const ways = DEFAULT_HIERARCHY.dimensions.flatMap(({ name, levels }) =>
      [...levels.slice(1), null].map((to) => ({ dimension: name, from: levels[0]!, to })),
    );
    const plain = told(lang, []);
    for (const way of ways) {
      const more = told(lang, [way]).filter((line) => !plain.includes(line));
      expect(more).toHaveLength(1);
      expect(more[0]).not.toMatch(/risk\.|undefined|[{}]/);
    }
    expect(ways.length).toBeGreaterThan(DEFAULT_HIERARCHY.dimensions.length);
  },
);

test('footage that leads to a case is told in the words of each language', () => {
  const join = {
    case: 'A-8',
    by: 'day',
    medium: 'clip',
    date: '2026-03-03',
    from: '14:00',
    to: '14:20',
    site: 'osh-1',
    moments: 1,
    fits: 1,
    told: true,
  } as const;
  const media: MediaRisk = {
    moments: 9,
    cases: 2,
    joinCount: 45,
    joins: [join, { ...join, medium: 'presence', site: null, moments: 3, fits: 4, told: false }],
  };
  const en = told('en', [], media);
  expect(en.join(' ')).toContain(
    'Footage leads to 2 cases; of 45 matches 2 are named here, those that tell most first.',
  );
  expect(told('ru', [], media).join(' ')).toContain('здесь названо совпадений: 2 из 45, сначала');
  expect(told('ky', [], media).join(' ')).toContain('бул жерде 45 дал келүүнүн 2 аталды');
  expect(en).toContain(
    'Case A-8: a clip filmed at site osh-1 on 2026-03-03, 14:00–14:20 may show who was stopped then; no other case is of that day and place. Its story may go to this body too.',
  );
  expect(en).toContain(
    'Case A-8: by a presence log police stood at a place that may be its own on 2026-03-03, 14:00–14:20, and 2 more times; 4 cases may be of that day and place.',
  );
  expect(told('ru', [], media)).toContain(
    'Случай A-8: видеозапись (пункт osh-1, 03.03.2026, 14:00–14:20) может показывать, кого тогда остановили; других случаев в тот день в этом месте нет. Этому адресату может уйти и рассказ о нём.',
  );
  expect(told('ky', [], media).join(' ')).toContain(
    'A-8 учуру: болуу журналы боюнча милиция ал жерде турган (жери аталган эмес, дал келиши мүмкүн, 03.03.2026, 14:00–14:20 жана дагы 2 жолу); ал күнү ал жерде 4 учур болушу мүмкүн.',
  );
});

test.each(['ky', 'ru', 'en'] as const)('every kind of join has its words: %s', (lang) => {
  const one = { case: 'A-8', date: '2026-03-03', from: '14:00', to: '14:20', moments: 1, fits: 7 };
  const joins = (['clip', 'presence'] as const).flatMap((medium) =>
    (['day', 'month'] as const).map((by) => ({ ...one, medium, by, site: null, told: false })),
  );
  const lines = told(lang, [], { moments: 4, cases: 4, joinCount: 4, joins });
  expect(new Set(lines).size).toBe(lines.length);
  expect(lines.filter((line) => line.includes('A-8'))).toHaveLength(4);
  expect(lines.join(' ')).not.toMatch(/undefined|[{}]|risk\./);
  const none = told(lang, [], { moments: 4, cases: 0, joinCount: 0, joins: [] });
  expect(none).toHaveLength(lines.length - 5);
});
