import type { InventedPerson } from './person-forms.ts';

const person = (row: string): InventedPerson => {
  const [sex, first, last, patronymic, nickname, latinFirst, latinLast] = row.split('|');
  return {
    sex: sex as 'm' | 'f',
    first: first!,
    last: last!,
    patronymic: patronymic!,
    nickname: nickname!,
    latinFirst: latinFirst!,
    latinLast: latinLast!,
  };
};

/** What fills the slots of one set of templates. */
export interface InventedWorld {
  readonly people: readonly InventedPerson[];
  readonly streetsRu: readonly string[];
  readonly streetsKy: readonly string[];
  readonly streetsEn: readonly string[];
  /** Nominative and prepositional. */
  readonly villagesRu: readonly (readonly [string, string])[];
  readonly villagesKy: readonly string[];
  readonly villagesEn: readonly string[];
  readonly unitsRu: readonly string[];
  readonly unitsKy: readonly string[];
  readonly unitsEn: readonly string[];
  readonly landmarks: readonly string[];
  readonly landmarksEn: readonly string[];
}

/** The world in which rules may be tried out. */
export const DEVELOPMENT_WORLD: InventedWorld = {
  people: [
    'm|Бакыт|Асанов|Токтогулович|Серый|Bakyt|Asanov',
    'f|Айгуль|Мамбетова|Сапаровна|Пчёлка|Aigul|Mambetova',
    'm|Нурлан|Жумабеков|Эсенович|Боксёр|Nurlan|Jumabekov',
    'f|Гүлзат|Токтосунова|Маратовна|Лиса|Gulzat|Toktosunova',
    'm|Талант|Бейшеналиев|Кубанычевич|Длинный|Talant|Beishenaliev',
    'f|Жылдыз|Абдыкадырова|Алмазовна|Малая|Zhyldyz|Abdykadyrova',
    'm|Эрмек|Шаршенов|Болотович|Кот|Ermek|Sharshenov',
    'f|Айнура|Орозбаева|Рысбековна|Белка|Ainura|Orozbaeva',
    'm|Сергей|Кравченко|Иванович|Крава|Sergei|Kravchenko',
    'f|Наталья|Волкова|Петровна|Наташка|Natalya|Volkova',
    'm|Рустам|Юлдашев|Хамидович|Узбек|Rustam|Yuldashev',
    'f|Зарина|Каримова|Рустамовна|Зара|Zarina|Karimova',
    'm|Азамат|Темирбек уулу||Азик|Azamat|Temirbek uulu',
    'f|Мээрим|Нурбек кызы||Мека|Meerim|Nurbek kyzy',
    'm|Чыңгыз|Осмоналиев|Сагынович|Чика|Chyngyz|Osmonaliev',
    'f|Бегимай|Исакова|Таалайбековна|Бегиш|Begimai|Isakova',
    'm|Алексей|Белоцерковский|Юрьевич|Лёха|Aleksei|Belotserkovsky',
    'f|Венера|Сыдыкова|Асановна|Вена|Venera|Sydykova',
  ].map(person),
  streetsRu: ['Киевская', 'Ахунбаева', 'Льва Толстого', 'Жибек Жолу', 'Панфилова'],
  streetsKy: ['Ахунбаев', 'Жибек Жолу', 'Панфилов', 'Байтик Баатыр', 'Исанов'],
  streetsEn: ['Kievskaya', 'Akhunbaev', 'Moskovskaya', 'Jibek Jolu', 'Panfilov'],
  villagesRu: [
    ['Лебединовка', 'Лебединовке'],
    ['Сокулук', 'Сокулуке'],
    ['Ново-Павловка', 'Ново-Павловке'],
    ['Беловодское', 'Беловодском'],
  ],
  villagesKy: ['Сокулук', 'Кант', 'Кара-Суу', 'Беловодское'],
  villagesEn: ['Sokuluk', 'Lebedinovka', 'Kara-Suu', 'Belovodskoe'],
  unitsRu: ['Свердловском РОВД', 'Ленинском РУВД', 'ГОМ-4', 'Октябрьском РОВД'],
  unitsKy: ['Свердлов РИИБи', 'Октябрь РИИБи', 'Ленин районунун ИИБи', 'ГОМ-4'],
  unitsEn: ['Sverdlov district police department', 'Oktyabr ROVD', 'GOM-4'],
  landmarks: ['Дордой', 'Фаиза', 'Ак-Эмир'],
  landmarksEn: ['Dordoi', 'Faiza', 'Ak-Emir'],
};

/** The world that rules are judged by: other names, half of them on no list. */
export const HELD_OUT_WORLD: InventedWorld = {
  people: [
    'm|Тынчтыкбек|Кожогелдиев|Жакшылыкович|Бугор|Tynchtykbek|Kozhogeldiev',
    'f|Сайкал|Дүйшөналиева|Мирлановна|Кукла|Saikal|Duishonalieva',
    'm|Уланбек|Чотонов|Дооронбекович|Чот|Ulanbek|Chotonov',
    'f|Назгуль|Тургунбаева|Акматовна|Рыжая|Nazgul|Turgunbaeva',
    'm|Кадырбай|Эргешов|Маматович|Хромой|Kadyrbai|Ergeshov',
    'f|Бермет|Сатыбалдиева|Жолдошбековна|Бека|Bermet|Satybaldieva',
    'm|Фарход|Худойбердиев|Исмоилович|Фара|Farkhod|Khudoiberdiev',
    'f|Толгонай|Мукамбетова|Сталбековна|Толкун|Tolgonai|Mukambetova',
    'm|Виктор|Ляшенко|Степанович|Витёк|Viktor|Lyashenko',
    'f|Оксана|Черновицкая|Игоревна|Ксюха|Oksana|Chernovitskaya',
    'm|Арсен|Хачатрян|Ашотович|Арс|Arsen|Khachatryan',
    'f|Умут|Эсенбаева|Кенешовна|Ума|Umut|Esenbaeva',
    'm|Жанболот|Сейит уулу||Жан|Zhanbolot|Seiit uulu',
    'f|Акмарал|Дөөлөт кызы||Марал|Akmaral|Doolot kyzy',
    'm|Илгиз|Хабибулин|Рафикович|Хабиб|Ilgiz|Khabibulin',
    'f|Роза|Отунчиева|Исаковна|Розочка|Roza|Otunchieva',
    'm|Омурбек|Бабанов|Турсунович|Омка|Omurbek|Babanov',
    'f|Эльнура|Алымкулова|Эмилбековна|Эля|Elnura|Alymkulova',
    'm|Ден|Цой|Викторович|Кореец|Den|Tsoi',
    'f|Перизат|Кулматова|Замировна|Периша|Perizat|Kulmatova',
  ].map(person),
  streetsRu: ['Тыныстанова', 'Суюмбаева', 'Чокморова', 'Юнусалиева', 'Матросова', 'Алма-Атинская'],
  streetsKy: ['Тыныстанов', 'Сүйүмбаев', 'Чокморов', 'Матросов', 'Курманжан Датка'],
  streetsEn: ['Tynystanov', 'Suyumbaev', 'Chokmorov', 'Matrosov', 'Alma-Atinskaya'],
  villagesRu: [
    ['Военно-Антоновка', 'Военно-Антоновке'],
    ['Кызыл-Кыя', 'Кызыл-Кыя'],
    ['Шопоков', 'Шопокове'],
    ['Маевка', 'Маевке'],
    ['Базар-Коргон', 'Базар-Коргоне'],
  ],
  villagesKy: ['Маевка', 'Шопоков', 'Базар-Коргон', 'Кызыл-Адыр', 'Ноокат'],
  villagesEn: ['Maevka', 'Shopokov', 'Bazar-Korgon', 'Kyzyl-Adyr', 'Nookat'],
  unitsRu: ['Первомайском РУВД', 'Аламудунском РОВД', 'ГОМ-9', 'ОВД Кара-Сууйского района'],
  unitsKy: ['Биринчи Май РИИБи', 'Аламүдүн РИИБи', 'Кара-Суу районунун ИИБи', 'ГОМ-9'],
  unitsEn: ['Pervomai district police department', 'Alamudun ROVD', 'GOM-9'],
  landmarks: ['Моссовет', 'Нарын', 'Таш-Рабат'],
  landmarksEn: ['Mossovet', 'Naryn', 'Tash-Rabat'],
};

/** A third world, for the second set of held-out sentences: names that nobody took from a list. */
export const SECOND_HELD_OUT_WORLD: InventedWorld = {
  people: [
    'm|Элебес|Турсуналиев|Абдрахманович|Борода|Elebes|Tursunaliev',
    'f|Жаркынай|Кочорбаева|Ырысбаевна|Жара|Zharkynai|Kochorbaeva',
    'm|Данияр|Ибраев|Муратович|Дэн|Daniyar|Ibraev',
    'f|Мавлюда|Ташматова|Абдуллаевна|Мавка|Mavlyuda|Tashmatova',
    'm|Улукбек|Раимкулов|Чолпонбаевич|Улук|Ulukbek|Raimkulov',
    'f|Светлана|Бондаренко|Васильевна|Светик|Svetlana|Bondarenko',
    'm|Кайрат|Сооронбаев|Жумакадырович|Каир|Kairat|Sooronbaev',
    'f|Гульбарчын|Асылбекова|Турдубаевна|Барча|Gulbarchyn|Asylbekova',
    'm|Шерзод|Мирзаев|Ботирович|Шер|Sherzod|Mirzaev',
    'f|Динара|Сулайманова|Нурлановна|Дина|Dinara|Sulaimanova',
    'm|Максат|Абдылда уулу||Макс|Maksat|Abdylda uulu',
    'f|Нурзат|Эркинбек кызы||Нура|Nurzat|Erkinbek kyzy',
    'm|Павел|Гончар|Андреевич|Паша|Pavel|Gonchar',
    'f|Лола|Юсупжанова|Икрамовна|Лолка|Lola|Yusupzhanova',
    'm|Медер|Жээнбеков|Сапарбекович|Медик|Meder|Zheenbekov',
    'f|Сүйүнбүбү|Байгазиева|Өмүрзаковна|Сүйүн|Suyunbubu|Baigazieva',
    'm|Хасан|Ма|Юсупович|Дунган|Khasan|Ma',
    'f|Кристина|Шульц|Робертовна|Крис|Kristina|Schulz',
    'm|Айбек|Кыдыралиев|Замирбекович|Бек|Aibek|Kydyraliev',
    'f|Чынара|Дөөтбекова|Эсенгуловна|Чына|Chynara|Dootbekova',
  ].map(person),
  streetsRu: [
    'Шабдан Баатыра',
    'Токомбаева',
    'Скрябина',
    'Байтик Баатыра',
    'Гагарина',
    'Садыгалиева',
  ],
  streetsKy: ['Шабдан Баатыр', 'Токомбаев', 'Скрябин', 'Гагарин', 'Садыгалиев'],
  streetsEn: ['Tokombaev', 'Skryabin', 'Gagarin', 'Sadygaliev', 'Shabdan Baatyr'],
  villagesRu: [
    ['Ивановка', 'Ивановке'],
    ['Новопокровка', 'Новопокровке'],
    ['Кочкор', 'Кочкоре'],
    ['Карабалта', 'Карабалте'],
    ['Узген', 'Узгене'],
  ],
  villagesKy: ['Кочкор', 'Өзгөн', 'Кара-Балта', 'Ивановка', 'Ат-Башы'],
  villagesEn: ['Kochkor', 'Uzgen', 'Kara-Balta', 'Ivanovka', 'At-Bashy'],
  unitsRu: ['Ленинском РОВД', 'Жайылском РОВД', 'ГОМ-7', 'УВД города Ош'],
  unitsKy: ['Ленин РИИБи', 'Жайыл РИИБи', 'Ош шаардык ИИБ', 'ГОМ-7'],
  unitsEn: ['Lenin district police department', 'Jaiyl ROVD', 'GOM-7'],
  landmarks: ['Алтын Ордо', 'Бета', 'Карагач'],
  landmarksEn: ['Altyn Ordo', 'Beta', 'Karagach'],
};

/** People of notes by messenger: many a surname or name of theirs is an everyday word as well. */
export const CHAT_WORLD: InventedWorld = {
  ...SECOND_HELD_OUT_WORLD,
  people: [
    'm|Нурдин|Жээналиев|Таалаевич|Крест|Nurdin|Jeenaliev',
    'f|Ырыскан|Токтомушева|Камчыбековна|Рыся|Yryskan|Toktomusheva',
    'm|Тилек|Мороз|Иванович|Дед|Tilek|Moroz',
    'f|Наргиз|Сорока|Олеговна|Птица|Nargiz|Soroka',
    'm|Эркин|Байышов|Сатыбалдиевич|Чёрный|Erkin|Baiyshov',
    'f|Кымбат|Абдиева|Усеновна|Кыма|Kymbat|Abdieva',
    'm|Олег|Бойко|Петрович|Бойка|Oleg|Boiko',
    'f|Тамара|Лебедь|Фёдоровна|Тома|Tamara|Lebed',
    'm|Жеңиш|Кубат уулу||Жека|Jenish|Kubat uulu',
    'f|Бегайым|Талант кызы||Бега|Begaiym|Talant kyzy',
    'm|Марс|Идиятов|Ринатович|Сникерс|Mars|Idiyatov',
    'f|Айпери|Ким|Сергеевна|Пери|Aiperi|Kim',
    'm|Равшан|Ахунов|Турабович|Рав|Ravshan|Akhunov',
    'f|Гульнора|Хамракулова|Содиковна|Нора|Gulnora|Khamrakulova',
    'm|Самат|Король|Викторович|Царь|Samat|Korol',
    'f|Диляра|Юнусова|Маратовна|Диля|Dilyara|Yunusova',
    'm|Ырысбек|Чоюбеков|Акылбекович|Ырыс|Yrysbek|Choyubekov',
    'f|Вера|Ткач|Ильинична|Верка|Vera|Tkach',
    'm|Лёша|Жук|Степанович|Жучок|Lyosha|Zhuk',
    'f|Мээрим|Үсөнова|Дуйшеевна|Мери|Meerim|Usonova',
  ].map(person),
};

/** Other people of such notes, for the second judgement. */
export const SECOND_CHAT_WORLD: InventedWorld = {
  ...SECOND_HELD_OUT_WORLD,
  people: [
    'm|Сыймык|Абдразаков|Канатович|Сыма|Syimyk|Abdrazakov',
    'f|Нуржан|Кулиева|Сабировна|Нуша|Nurjan|Kulieva',
    'm|Таалай|Пастух|Андреевич|Пастор|Taalai|Pastukh',
    'f|Жазгүл|Маматкулова|Анарбаевна|Весна|Jazgul|Mamatkulova',
    'm|Улан|Казак|Юрьевич|Атаман|Ulan|Kazak',
    'f|Света|Дрозд|Павловна|Дроздик|Sveta|Drozd',
    'm|Бакай|Шер уулу||Борз|Bakai|Sher uulu',
    'f|Асыл|Манас кызы||Асылка|Asyl|Manas kyzy',
    'm|Нурбол|Токоев|Мундузбаевич|Тока|Nurbol|Tokoev',
    'f|Чолпон|Бекова|Рахатовна|Звезда|Cholpon|Bekova',
    'm|Денис|Кравец|Игоревич|Портной|Denis|Kravets',
    'f|Лена|Пак|Родионовна|Ленчик|Lena|Pak',
    'm|Шамиль|Гайдук|Русланович|Гай|Shamil|Gaiduk',
    'f|Наима|Тохтахунова|Хакимовна|Ная|Naima|Tokhtakhunova',
    'm|Азиз|Рахимов|Бахтиёрович|Зиза|Aziz|Rakhimov',
    'f|Надежда|Голуб|Степановна|Надюха|Nadezhda|Golub',
    'm|Кубан|Сарыбаев|Эшимович|Куба|Kuban|Sarybaev',
    'f|Айзат|Дыйканова|Чоробековна|Зат|Aizat|Dyikanova',
    'm|Ян|Мирный|Львович|Янчик|Yan|Mirny',
    'f|Рахат|Жолдошева|Асанкуловна|Рахатик|Rakhat|Joldosheva',
  ].map(person),
};

/** People of the third notes. */
export const THIRD_CHAT_WORLD: InventedWorld = {
  ...SECOND_HELD_OUT_WORLD,
  people: [
    'm|Баястан|Калыков|Эркинбекович|Баяс|Bayastan|Kalykov',
    'f|Сезим|Осорова|Талайбековна|Сима|Sezim|Osorova',
    'm|Жолдош|Мамыров|Садырович|Жоля|Joldosh|Mamyrov',
    'f|Любовь|Щербак|Никитична|Любаня|Lyubov|Shcherbak',
    'm|Тимофей|Кот|Глебович|Тимоха|Timofei|Kot',
    'f|Зарема|Аитова|Рашитовна|Зара|Zarema|Aitova',
    'm|Кадыр|Жумаш уулу||Кадик|Kadyr|Jumash uulu',
    'f|Бурул|Сабыр кызы||Бука|Burul|Sabyr kyzy',
    'm|Эдуард|Тен|Валерьевич|Эдик|Eduard|Ten',
    'f|Назира|Тургуналиева|Акылбековна|Назик|Nazira|Turgunalieva',
    'm|Максат|Дыйканбаев|Омурбекович|Макс|Maksat|Dyikanbaev',
    'f|Оля|Кравцова|Денисовна|Ольча|Olya|Kravtsova',
    'm|Дилмурат|Исраилов|Турсунович|Дила|Dilmurat|Israilov',
    'f|Гулина|Бектурова|Жапаровна|Гулька|Gulina|Bekturova',
    'm|Семён|Шульга|Макарович|Шуля|Semyon|Shulga',
    'f|Айгерим|Сатарова|Эмилевна|Айка|Aigerim|Satarova',
    'm|Бек|Темиров|Канатович|Бекуля|Bek|Temirov',
    'f|Роза|Мусабаева|Жекшеновна|Розка|Roza|Musabaeva',
  ].map(person),
};
