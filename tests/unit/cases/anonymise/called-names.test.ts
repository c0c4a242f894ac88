import { describe, expect, test } from 'vitest';
import { rosterKeys } from '../../../../server/cases/anonymise/roster.ts';
import { foundIn, KNOWLEDGE } from '../../../builders/anonymise.ts';

describe('somebody is told by how he is called', () => {
  test.each([
    ['an epithet behind a name', 'гена косой сказал что не пойдёт', ['гена косой']],
    ['in another case', 'взяли стаса седого у входа', ['стаса седого']],
    ['where he is said to come from', 'юра кореец приехал утром', ['юра кореец']],
    ['before an English name', 'skinny tolik ran away', ['skinny tolik']],
    ['what he was called', 'второй которого называли бригадир, бил ногами', ['бригадир']],
    ['what everybody calls him', 'everyone calls him spider, he sits there', ['spider']],
    ['a nick', 'client nick needle, came late', ['needle']],
    ['and wherever it stands', 'needle is his nick, needle came late', ['needle', 'needle']],
    ['the same as', 'опер эмиль он же профессор, бил его', ['эмиль', 'профессор']],
    ['«деген» before a person', 'тиги суусар деген жигит көрдү', ['суусар']],
    ['of two words', 'чоң таман деген бала чалды', ['чоң таман']],
    ['somebody and I', 'максат экөөбүздү кармашты', ['максат']],
    ['a friend of mine', 'анан сезим досум келди', ['сезим']],
    ['one’s own kin', 'иним талант үйдө эле', ['талант']],
    ['whose kin she is', 'summer is my daughter, she is nine', ['summer']],
    ['a letter for a name', 'клиентка р., пришла одна', ['р.']],
    ['a letter behind a surname', 'клиент жумабеков н, пришёл сам', ['жумабеков н']],
    ['a surname of two letters behind a role', 'смотрел врач ли, дал справку', ['ли']],
    ['an epithet of the body, whatever follows', 'костю рыжего знают все', ['костю рыжего']],
    ['and to whom', 'позвони вите хромому завтра', ['вите хромому']],
    ['and behind an everyday word', 'гена косой врёт', ['гена косой']],
    ['a people, whatever follows', 'толян кореец должен мне', ['толян кореец']],
    ['a letter that is a preposition too', 'клиентка к. пришла домой', ['к.']],
    ['another', 'врач с. сказал', ['с.']],
    ['a feeling who is somebody', 'там была, вера, соседка, плакала', ['вера']],
    ['alone between commas', 'потом роза, соседка, позвонила', ['роза']],
  ])('%s', (_, text, names) => {
    const found = foundIn(text);
    for (const name of names) expect(found.join(' ')).toContain(name);
  });

  test.each([
    'у вити новый телефон',
    'витя каждый день приходит сюда',
    'дали вите белый пакет',
    'витя последний раз был тут',
    'витя пьяный пришёл домой',
    'его назвали наркоманом и ударили',
    'police called him junkie and left',
    'кечээ экөөбүз чогуу бардык',
    'барам деген киши келген жок',
    'this is my daughter, she is nine',
    'the problem is my son',
    'знаешь ли, он не пришёл',
    'он же сказал, что не пойдёт',
    'people called him yesterday. yesterday we met',
    'everyone called her again and left',
    'everyone calls it police',
    'friends call me often',
    'all called him junkie. junkie, they said',
    'methadone is my friend',
    'captain never came',
    'captain suddenly hit me',
    'lieutenant finally said no',
    'captain again asked me, he never came',
    'үйдө экөөбүз калдык',
    'күтүп экөөбүз турдук',
    'тиги акча деген опер келди, акча алды',
    'токто деген сержант',
    'его все называли дурак',
    'их называют наркоманы',
  ])('%s: nobody else', (text) => {
    expect(foundIn(text).filter((found) => !/^вит[яие]$/u.test(found))).toEqual([]);
  });
});

describe('two letters that the case’s record knows', () => {
  const roster = rosterKeys(['Ли Сергей', 'Ан Вера'], KNOWLEDGE.names);

  test.each([
    ['потом ан ударил его', ['ан']],
    ['у ли забрали деньги', ['ли']],
    ['позвонили, ли ответил', ['ли']],
    ['сказали что сержант ли бил', ['сержант ли']],
  ])('%s', (text, found) => {
    expect(foundIn(text, { roster })).toEqual(found);
  });

  test('the particle stays', () => {
    expect(foundIn('не знаю был ли он там', { roster })).toEqual([]);
    expect(foundIn('у ли забрали деньги')).toEqual([]);
    expect(foundIn('In an office, an old man', { roster })).toEqual([]);
  });
});

describe('numbers and homes as they are typed', () => {
  test.each([
    ['живет асанбай 31/17, боится', 'асанбай 31/17'],
    ['лебединовка, победа 130, экөөнү', 'победа 130'],
    ['ак-өргөдө турат, жаңы-жол 15, эки бала', 'жаңы-жол 15'],
    ['тинтишти, ченцова 14б, иним', 'ченцова 14б'],
    ['машина 7 7 1 2 KG стояла', '7 7 1 2 KG'],
    ['car 0 9 k g 0 0 9, dark', '0 9 k g 0 0 9'],
    ['тойота виш 6671 стояла', '6671'],
    ['серая камри 4410 ждала', '4410'],
    ['дал бумагу, номер справки 2207/а', '2207/а'],
    ['бил в кабинет 217 завели', '217'],
    ['приехала бригада 14', '14'],
    ['позывной 318 подтвердил', '318'],
    ['тел ноль семьсот пять, потом 33 18 70', 'ноль семьсот пять, потом 33 18 70'],
    ['ноль жети жүз алтымыш алты дан башталат', 'ноль жети жүз алтымыш алты'],
    ['ph o555 31 47 9o ask', 'o555 31 47 9o'],
    ['остановил участковый с 12 участка', '12 участка'],
    ['увезли в участок 12 милиции', 'участок 12'],
    ['client b. 1991 came', '1991'],
    ['записал 664 000 и ушёл', '664 000'],
  ])('%s', (text, found) => {
    expect(foundIn(text).join(' | ')).toContain(found);
  });

  test.each([
    'отдал 664 000 и ушёл',
    'штраф был 120 000 в итоге',
    'требовали у него 100 000 сразу',
    'там живёт 250 000 человек',
    'работают 24/7, без выходных',
    'опоздали, минут 40, не больше',
    'участка земли у него нет',
    'купил бензин, литров 20, и уехал',
    'всего 300 000 там было',
    'долг был у меня 100 000',
    'деньги, 150 000, отобрали',
    'нашли 200 000 в кармане',
    'около 200 000 жителей',
    'участок 5 соток у него',
    'это 5 линия обороны',
    'вес 9 0 кг был',
    'ноль один ноль два раза',
  ])('%s: nothing', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});
