import { describe, expect, test } from 'vitest';
import { nameForms, rosterKeys } from '../../../../server/cases/anonymise/roster.ts';
import { foundIn, KNOWLEDGE } from '../../../builders/anonymise.ts';

describe('names that the case’s record knows', () => {
  const roster = rosterKeys(['Асан уулу Бугор', 'Медведева Ольга'], KNOWLEDGE.names);

  test.each([
    ['Бугра не было, Бугор ушёл, к Бугру пошли.', 'Бугру'],
    ['Потом Олька ушла.', 'Олька'],
    ['Там Medvedeva стояла.', 'Medvedeva'],
  ])('%s', (raw, found) => {
    expect(foundIn(raw, { roster })).toContain(found);
  });

  test('without it a word of the closed vocabulary that opens a sentence stays', () => {
    expect(foundIn('Сумка видна издалека.')).toEqual([]);
    expect(
      foundIn('Сумка видна издалека.', { roster: rosterKeys(['Сумка'], KNOWLEDGE.names) }),
    ).toEqual(['Сумка']);
  });
});

describe('forms of a name', () => {
  test.each([
    ['Асанов', ['асанова', 'асанову', 'асановым', 'асанове', 'асановдун', 'асановго', 'асановдор']],
    ['Айнура', ['айнуры', 'айнуре', 'айнуру', 'айнурой', 'айнуранын', 'айнурага', 'айнуралар']],
    ['Айгуль', ['айгуль', 'айгули', 'айгулью']],
    ['Сергей', ['сергея', 'сергею', 'сергеем', 'сергейдин', 'сергейге']],
    ['Гүлзат', ['гүлзаттын', 'гүлзатка', 'гүлзатты', 'гүлзаттан']],
    ['Дөөлөт', ['дөөлөттүн', 'дөөлөткө', 'дөөлөттөн']],
    ['Белоцерковский', ['белоцерковского', 'белоцерковским']],
    ['Asanov', ["asanov's"]],
  ])('%s', (name, forms) => {
    expect(nameForms(name)).toEqual(expect.arrayContaining(forms));
  });
});
