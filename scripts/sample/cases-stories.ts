/** A story that was published with a changed name, told anew in three languages. */
export interface SampleStory {
  /** The changed name, as each language writes it. */
  readonly pseudonym: { readonly ky: string; readonly ru: string; readonly en: string };
  readonly month: string;
  readonly place: string;
  readonly perpetrators: readonly string[];
  readonly acts: readonly string[];
  readonly response: string;
  readonly readiness: string;
  readonly durationMinutes: number | null;
  readonly text: { readonly ky: string; readonly ru: string; readonly en: string };
}

/** What every narrative of the sample begins with. */
export const SAMPLE_MARK = { ky: 'ҮЛГҮ.', ru: 'ОБРАЗЕЦ.', en: 'SAMPLE.' } as const;

/**
 * The four published stories in words of our own. Month and year, no street, no department, no
 * officer; sums, exact hours and objects are generalised, for an officer would know them again.
 */
export const SAMPLE_STORIES: readonly SampleStory[] = [
  {
    pseudonym: { ky: 'Илим', ru: 'Илим', en: 'Ilim' },
    month: '2021-02',
    place: 'ost-site',
    perpetrators: ['police-district'],
    acts: [
      'unlawful-stop',
      'denial-of-ost',
      'vehicle-confinement',
      'coerced-informing',
      'threat',
      'humiliation',
      'unlawful-detention',
    ],
    response: 'consultation',
    readiness: 'not-prepared',
    durationMinutes: 170,
    text: {
      ky: '2021-жылдын февралында Илим (аты өзгөртүлгөн) эртең менен дарылануу пунктуна келген. Киреберишинде аны милиция кызматкерлери токтотуп, дары алууга мүмкүндүк беришкен эмес. Аны унаага отургузуп, пунктка келген башка адам тууралуу айтып берүүнү талап кылышкан. Айтпаса, камап коёбуз деп коркутуп, кордогон сөздөрдү айтышкан. Андан кийин милиция бөлүмүнө алып барышып, ал жерде да басым уланган. Бир нече сааттан кийин кечирим сурабай эле коё беришкен. Илим куугунтуктан чочулап, арыз жазуудан баш тарткан. Ага укуктары жана кармалганда өзүн кандай алып жүрүү керектиги түшүндүрүлгөн.',
      ru: 'В феврале 2021 года Илим (имя изменено) утром пришёл в пункт терапии. У входа его остановили сотрудники милиции и не дали получить лекарство. Его посадили в автомобиль и потребовали рассказать о другом посетителе пункта. Ему говорили, что иначе его посадят, и унижали словами. Затем его отвезли в отделение милиции, где давление продолжалось. Через несколько часов его отпустили без извинений. Писать заявление Илим отказался, опасаясь преследования. Ему рассказали о его правах и о том, как вести себя при задержании.',
      en: 'In February 2021 Ilim (name changed) came to the treatment site in the morning. At the entrance he was stopped by police officers and was not allowed to take his medicine. He was put in a vehicle and pressed to tell them about another visitor of the site. They said that he would otherwise be locked up, and humiliated him with words. Then he was taken to a police station, where the pressure went on. After several hours he was let go without an apology. For fear of persecution Ilim chose not to file a complaint. He was told about his rights and about how to act when detained.',
    },
  },
  {
    pseudonym: { ky: 'Ахмед', ru: 'Ахмед', en: 'Ahmed' },
    month: '2021-03',
    place: 'vehicle',
    perpetrators: ['police-unspecified'],
    acts: ['unlawful-stop', 'vehicle-confinement', 'threat', 'beating', 'coerced-informing'],
    response: 'rights-information',
    readiness: 'not-prepared',
    durationMinutes: 190,
    text: {
      ky: '2021-жылдын мартында Ахмед (аты өзгөртүлгөн) дарылануу пунктунан дарысын алып чыккан. Жолдо аны милиция кызматкерлери токтотуп, унаага отургузуп, алыс жакка алып кетишкен. Ал жерде коркутуп, күч колдонушкан жана пунктка барган башка адамдар тууралуу маалымат берүүгө мажбурлашкан. Аны унаада бир нече саат кармап, анан коё беришкен. Ахмед милиция кызматкерлеринин үстүнөн арызданууну каалаган эмес. Көчө юристи ага жарандын укуктары боюнча кеңеш берген.',
      ru: 'В марте 2021 года Ахмед (имя изменено) получил лекарство в пункте терапии и вышел на улицу. Его остановили сотрудники милиции, посадили в автомобиль и увезли в отдалённое место. Там ему угрожали, применяли физическую силу и принуждали сообщать о других посетителях пункта. Его держали в автомобиле несколько часов, а потом отпустили. Жаловаться Ахмед не захотел. Уличный юрист рассказал ему о правах граждан.',
      en: 'In March 2021 Ahmed (name changed) received his medicine at the treatment site and left. He was stopped by police officers, put in a vehicle and driven to a distant place. There he was threatened, physically hurt, and pressed to inform on other visitors of the site. He was held in the vehicle for several hours and then let go. He did not wish to complain about the officers. A street lawyer advised him on his rights as a citizen.',
    },
  },
  {
    pseudonym: { ky: 'Уткур', ru: 'Уткур', en: 'Utkur' },
    month: '2021-10',
    place: 'vehicle',
    perpetrators: ['police-district', 'police-unspecified'],
    acts: [
      'unlawful-stop',
      'vehicle-confinement',
      'beating',
      'coerced-informing',
      'extortion',
      'threat',
    ],
    response: 'none',
    readiness: 'not-prepared',
    durationMinutes: null,
    text: {
      ky: '2021-жылдын октябрында Уткур (аты өзгөртүлгөн) дарылануу пунктунан чыкканда аны милиция кызматкерлери токтотушкан. Аны унаага отургузуп, уруп, же башка адамдарды айтып берүүнү, же болбосо үзгүлтүксүз акча төлөп турууну талап кылышкан. Антпесе камакка алабыз деп коркутушкан. Ал төлөөгө макул болгондон кийин гана коё беришкен. Куугунтуктан чочулап, ал көп узабай башка жакка кетүүгө аргасыз болгон.',
      ru: 'В октябре 2021 года Уткур (имя изменено) вышел из пункта терапии, и его остановили сотрудники милиции. Его посадили в автомобиль, ударили и потребовали либо назвать других людей, либо регулярно платить деньги. Иначе, говорили ему, он окажется за решёткой. Отпустили его только после того, как он согласился платить. Опасаясь преследования, он вскоре был вынужден уехать.',
      en: 'In October 2021 Utkur (name changed) left the treatment site and was stopped by police officers. They put him in a car, hit him, and demanded that he either name other people or pay them money regularly. Otherwise, they said, he would be locked up. He was let go only after he agreed to pay. Fearing persecution, he soon had to move away.',
    },
  },
  {
    pseudonym: { ky: 'Владимир', ru: 'Владимир', en: 'Vladimir' },
    month: '2021-12',
    place: 'police-station',
    perpetrators: ['police-plainclothes'],
    acts: [
      'unlawful-detention',
      'vehicle-confinement',
      'search-without-witnesses',
      'coerced-informing',
      'humiliation',
      'planting-threat',
    ],
    response: 'consultation',
    readiness: 'unknown',
    durationMinutes: 300,
    text: {
      ky: '2021-жылдын декабрында Владимир (аты өзгөртүлгөн) дарысын алып, үйүнө бараткан. Жолдо анын жанына унаа токтоп, жарандык кийимчен адамдар өздөрүн милиция кызматкерлери деп тааныштырып, чогуу баруусун айтышкан. Ал макул болбогондо, аны күчтөп унаага салып, милиция бөлүмүнө алып барышкан. Бөлүмдө аны калыссыз жана видеого тартпастан тинтишкен. Тыюу салынган эч нерсе табылган эмес. Андан кийин кызматташууга көндүрүүгө аракет кылышып, кемсинтип, макул болбосо камоого шылтоо табабыз деп коркутушкан. Бир нече сааттан кийин аны бошотушкан.',
      ru: 'В декабре 2021 года Владимир (имя изменено) получил лекарство и шёл домой. Возле него остановилась машина, люди в гражданской одежде назвались сотрудниками милиции и предложили поехать с ними. Когда он отказался, его силой посадили в машину и отвезли в отделение милиции. Там его досмотрели без понятых и без видеозаписи. Ничего запрещённого не нашли. После этого его склоняли к сотрудничеству, унижали и говорили, что найдут, за что посадить, если он не согласится. Через несколько часов его отпустили.',
      en: 'In December 2021 Vladimir (name changed) had received his medicine and was on his way home. A car stopped near him; people in plain clothes said they were police officers and asked him to come along. When he refused, he was forced into the car and taken to a police station. There he was searched without witnesses and without a video record. Nothing prohibited was found. Then they tried to recruit him, humiliated him, and said that they would find a reason to lock him up if he did not agree. After several hours he was released.',
    },
  },
];
