import type { PictureName } from './pictures/picture.ts'

export type CategoryId = 'tableware' | 'fabric' | 'scent' | 'pantry' | 'paper'

export type Category = { readonly id: CategoryId; readonly name: string; readonly line: string }

export const categories: readonly Category[] = [
  { id: 'tableware', name: '그릇', line: '매일 손이 가는 흙과 유리' },
  { id: 'fabric', name: '패브릭', line: '빨수록 부드러워지는 천' },
  { id: 'scent', name: '향과 비누', line: '집에 돌아온 기분' },
  { id: 'pantry', name: '차와 저장식', line: '계절을 병에 담아서' },
  { id: 'paper', name: '문구', line: '천천히 쓰는 마음' },
]

export type Product = {
  readonly id: string
  readonly name: string
  readonly category: CategoryId
  /** KRW, whole won. */
  readonly price: number
  readonly stock: number
  readonly line: string
  readonly story: string
  readonly facts: readonly (readonly [label: string, value: string])[]
  readonly picture: PictureName
}

type Row = readonly [id: string, name: string, price: number, stock: number, picture: PictureName]

function product(
  category: CategoryId,
  row: Row,
  words: Pick<Product, 'line' | 'story' | 'facts'>,
): Product {
  const [id, name, price, stock, picture] = row
  return { id, name, category, price, stock, picture, ...words }
}

const washing = ['관리', '찬물에 단독 세탁, 건조기는 피해 주세요'] as const
const oven = ['관리', '전자레인지와 식기세척기에 쓸 수 있어요'] as const

const tableware = [
  product('tableware', ['mug', '물레 머그', 18_000, 84, 'mug'], {
    line: '두 손에 꼭 맞는 320 ml',
    story:
      '물레로 하나씩 빚어 같은 것이 둘도 없어요. 안쪽은 매끈하게, 바깥은 흙의 결이 남도록 반만 유약을 입혔습니다.',
    facts: [['소재', '백자토, 무연 유약'], ['크기', '지름 8.5 × 높이 9 cm'], oven],
  }),
  product('tableware', ['rice-bowls', '온유 밥공기 2인', 32_000, 40, 'bowls'], {
    line: '밥공기와 국그릇, 두 사람 몫',
    story:
      '손가락이 닿는 굽을 조금 높여 뜨거운 밥을 담아도 편히 들 수 있어요. 포개어 두면 한 사람 자리만 차지합니다.',
    facts: [['소재', '분청토'], ['구성', '밥공기 2 · 국그릇 2'], oven],
  }),
  product('tableware', ['plate', '나눔 접시', 24_000, 52, 'plate'], {
    line: '전 한 장, 과일 한 접시',
    story:
      '가장자리를 살짝 세워 국물이 넘치지 않아요. 한가운데 그린 잎은 가마에서 나올 때마다 빛깔이 다릅니다.',
    facts: [['소재', '백자토, 철화 안료'], ['크기', '지름 23 cm'], oven],
  }),
  product('tableware', ['teapot', '달항아리 찻주전자', 58_000, 18, 'teapot'], {
    line: '둥글게 모이는 520 ml',
    story:
      '물이 끊어지는 자리까지 다듬어 찻방울이 흐르지 않아요. 거름망이 들어 있어 잎차를 바로 우릴 수 있습니다.',
    facts: [
      ['소재', '백자토, 대나무 손잡이'],
      ['용량', '520 ml'],
      ['구성', '주전자 · 스테인리스 거름망'],
    ],
  }),
  product('tableware', ['carafe', '물빛 유리병', 29_000, 33, 'carafe'], {
    line: '냉장고 문에 쏙 들어가는 1 L',
    story: '재활용 유리를 불어 만들어 옅은 물빛이 돌아요. 작은 기포는 흠이 아니라 숨의 자국입니다.',
    facts: [
      ['소재', '재활용 유리, 코르크'],
      ['용량', '1,000 ml'],
      ['관리', '끓는 물은 피해 주세요'],
    ],
  }),
]

const fabric = [
  product('fabric', ['towels', '와플 타월 3장', 27_000, 120, 'towels'], {
    line: '얇게 말라 가볍게',
    story:
      '결이 도드라진 와플 조직이라 물을 빨리 먹고 반나절이면 마릅니다. 장마철 욕실에 특히 좋아요.',
    facts: [['소재', '면 100 %'], ['크기', '40 × 80 cm, 3장'], washing],
  }),
  product('fabric', ['apron', '리넨 앞치마', 36_000, 46, 'apron'], {
    line: '등에서 한 번 묶는 앞치마',
    story: '도톰한 리넨을 한 번 삶아 줄지 않아요. 넓은 주머니에는 행주 두 장이 들어갑니다.',
    facts: [['소재', '리넨 100 %'], ['크기', '길이 85 cm, 자유 크기'], washing],
  }),
  product('fabric', ['blanket', '누빔 담요', 69_000, 22, 'blanket'], {
    line: '무릎 위의 늦가을',
    story:
      '얇은 솜을 두고 손바느질 간격으로 누볐어요. 소파에서, 차에서, 아이 낮잠 자리에서 두루 씁니다.',
    facts: [['소재', '겉 면 100 %, 속 면솜'], ['크기', '130 × 170 cm'], washing],
  }),
  product('fabric', ['cushion', '단추 쿠션', 34_000, 38, 'cushion'], {
    line: '허리를 받치는 네모',
    story: '굵은 실로 짠 천에 자개 단추를 달았어요. 솜은 꺼내어 빨 수 있습니다.',
    facts: [['소재', '면 70 · 리넨 30 %'], ['크기', '45 × 45 cm, 솜 포함'], washing],
  }),
  product('fabric', ['market-bag', '장날 가방', 19_000, 95, 'tote'], {
    line: '대파가 꽂히는 깊이',
    story:
      '바닥을 두 겹으로 덧대 무거운 것도 걱정 없어요. 접으면 손바닥만 해서 늘 넣고 다닐 수 있습니다.',
    facts: [['소재', '워싱 면 12수'], ['크기', '38 × 42 cm'], washing],
  }),
]

const scent = [
  product('scent', ['candle', '저녁 캔들', 26_000, 70, 'candle'], {
    line: '무화과와 젖은 흙',
    story: '콩에서 얻은 밀랍에 무화과 잎 향을 더했어요. 불을 끄고 나서도 방에 은은하게 남습니다.',
    facts: [
      ['향', '무화과 · 삼나무 · 흙'],
      ['용량', '180 g, 약 40시간'],
      ['주의', '한 번에 4시간을 넘기지 마세요'],
    ],
  }),
  product('scent', ['diffuser', '마루 디퓨저', 39_000, 44, 'diffuser'], {
    line: '편백 숲을 현관에',
    story: '문을 열 때 가장 먼저 반기는 향이에요. 스틱 수로 세기를 고를 수 있습니다.',
    facts: [
      ['향', '편백 · 유자껍질'],
      ['용량', '150 ml, 약 두 달'],
      ['구성', '본품 · 섬유 스틱 6개'],
    ],
  }),
  product('scent', ['incense', '돌 인센스 홀더', 22_000, 31, 'incense'], {
    line: '재가 흩어지지 않는 물결',
    story: '물결 모양으로 판 홈이 재를 받아 줘요. 백단 인센스 열 개비를 함께 보내 드립니다.',
    facts: [
      ['소재', '현무암'],
      ['크기', '지름 11 cm'],
      ['구성', '홀더 · 백단 인센스 10개비'],
    ],
  }),
  product('scent', ['room-spray', '이불 스프레이', 24_000, 63, 'spray'], {
    line: '햇볕에 말린 이불',
    story: '자기 전 두 번이면 충분해요. 천에 얼룩이 남지 않도록 알코올을 줄였습니다.',
    facts: [
      ['향', '면 · 흰 꽃 · 햇볕'],
      ['용량', '200 ml'],
      ['주의', '실크에는 쓰지 마세요'],
    ],
  }),
  product('scent', ['soap', '쌀겨 비누', 9_000, 210, 'soap'], {
    line: '두 달을 말린 순한 거품',
    story:
      '방앗간에서 받아 온 쌀겨로 만들어요. 얼굴과 몸에 두루 쓰고, 물이 빠지는 곳에 두면 오래 갑니다.',
    facts: [
      ['성분', '쌀겨, 올리브유, 코코넛유'],
      ['무게', '110 g'],
      ['사용', '개봉 후 1년'],
    ],
  }),
]

const pantry = [
  product('pantry', ['green-tea', '하동 햇녹차', 21_000, 58, 'tin'], {
    line: '곡우 즈음의 어린잎',
    story: '무쇠솥에 여러 번 덖어 풋내를 걷어냈어요. 70도 물에 1분, 세 번까지 우려 드세요.',
    facts: [
      ['원재료', '녹차(하동) 100 %'],
      ['용량', '60 g'],
      ['보관', '서늘하고 어두운 곳'],
    ],
  }),
  product('pantry', ['yuja', '고흥 유자청', 17_000, 88, 'jar'], {
    line: '껍질째 썰어 절인 한 병',
    story:
      '11월에 딴 유자를 씨만 빼고 곱게 썰었어요. 따뜻한 물에도, 탄산수에도, 샐러드에도 좋습니다.',
    facts: [
      ['원재료', '유자(고흥) 55 %, 설탕'],
      ['용량', '500 g'],
      ['보관', '개봉 후 냉장'],
    ],
  }),
  product('pantry', ['honey', '아카시아 꿀', 28_000, 47, 'honey'], {
    line: '오월 한 철의 맑은 꿀',
    story: '꽃이 지기 전에 뜬 꿀만 담았어요. 수저를 함께 넣어 보내 드립니다.',
    facts: [
      ['원재료', '벌꿀 100 %'],
      ['용량', '450 g'],
      ['주의', '12개월 미만 아기에게 먹이지 마세요'],
    ],
  }),
  product('pantry', ['barley-tea', '볶은 보리차', 12_000, 160, 'pouch'], {
    line: '주전자 하나에 한 봉',
    story: '겉보리를 진하게 볶아 구수해요. 끓여도, 찬물에 밤새 두어도 좋습니다.',
    facts: [
      ['원재료', '겉보리(국내산) 100 %'],
      ['구성', '10 g × 20봉'],
      ['보관', '서늘한 곳'],
    ],
  }),
  product('pantry', ['granola', '들깨 그래놀라', 15_000, 74, 'granola'], {
    line: '달지 않은 아침 한 줌',
    story: '귀리와 들깨를 조청에 버무려 낮은 불에 구웠어요. 요거트에 한 줌이면 아침이 든든합니다.',
    facts: [
      ['원재료', '귀리, 들깨, 쌀조청, 호두'],
      ['용량', '300 g'],
      ['보관', '개봉 후 한 달'],
    ],
  }),
]

const paper = [
  product('paper', ['notebook', '실제본 노트', 13_000, 140, 'notebook'], {
    line: '활짝 펴지는 160쪽',
    story:
      '등을 실로 엮어 어느 쪽이든 평평하게 펴져요. 만년필 잉크가 번지지 않는 종이를 골랐습니다.',
    facts: [
      ['종이', '미색 85 g, 160쪽'],
      ['크기', 'A5'],
      ['내지', '모눈 4 mm'],
    ],
  }),
  product('paper', ['pen', '황동 펜', 42_000, 26, 'pen'], {
    line: '손을 타며 깊어지는 빛',
    story: '쓸수록 손때가 묻어 나만의 색이 돼요. 심은 어디서나 살 수 있는 규격입니다.',
    facts: [
      ['소재', '황동'],
      ['길이', '13.4 cm, 28 g'],
      ['심', '볼펜 0.5 mm'],
    ],
  }),
  product('paper', ['calendar', '2027 탁상 달력', 16_000, 180, 'calendar'], {
    line: '절기가 적힌 열두 장',
    story:
      '달마다 다른 그릇을 그렸어요. 절기와 음력을 작게 적어 두어 어른들께도 좋은 선물이 됩니다.',
    facts: [
      ['종이', '비목재 펄프 250 g'],
      ['크기', '15 × 18 cm'],
      ['기간', '2026년 12월부터'],
    ],
  }),
  product('paper', ['letters', '겨울 편지 세트', 11_000, 110, 'letters'], {
    line: '봉투 넷, 편지지 여덟',
    story: '손으로 뜬 한지를 섞어 가장자리가 살아 있어요. 밀랍 봉인 스티커를 함께 넣었습니다.',
    facts: [
      ['종이', '한지 30 %'],
      ['구성', '봉투 4 · 편지지 8 · 봉인 4'],
      ['크기', 'A6'],
    ],
  }),
]

export const products: readonly Product[] = [...tableware, ...fabric, ...scent, ...pantry, ...paper]

const byId = new Map(products.map((each) => [each.id, each]))

export function productOf(id: string): Product | undefined {
  return byId.get(id)
}

export function categoryOf(id: string): Category | undefined {
  return categories.find((category) => category.id === id)
}

export function inCategory(id: CategoryId): readonly Product[] {
  return products.filter((each) => each.category === id)
}

/** Products whose name, line or category holds every word of the query (NFC, case folded). */
export function search(query: string): readonly Product[] {
  const words = query.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return []
  return products.filter((each) => {
    const text =
      `${each.name} ${each.line} ${each.story} ${categoryOf(each.category)?.name}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** `12,345원` */
export function krw(won: number): string {
  return `${won.toLocaleString('ko-KR')}원`
}
