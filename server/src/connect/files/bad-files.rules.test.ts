import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { openFile, rowsOf } from './open-file.service.ts'
import { sheet } from './sheet.driver.ts'
import type { Chosen } from './understood.ts'
import { workbook } from './workbook.driver.ts'

/** A zip archive as spreadsheets write them; `claimed` is what its directory says of a part, true or not. */
function zip(parts: Readonly<Record<string, string>>): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(parts)) {
    const packed = deflateRawSync(Buffer.from(text))
    const title = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(title.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(title.length, 28)
    entry.writeUInt32LE(at, 42)
    bodies.push(local, title, packed)
    directory.push(entry, title)
    at += 30 + title.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, ...directory, end])
}

const parts = (sheet: string) => ({
  'xl/workbook.xml':
    '<workbook xmlns:r="r"><sheets><sheet name="숨김" state="hidden" r:id="r1"/><sheet name="주문" r:id="r2"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="r1" Target="worksheets/a.xml"/><Relationship Id="r2" Target="worksheets/b.xml"/></Relationships>',
  'xl/sharedStrings.xml':
    '<sst><si><t>주문번호</t></si><si><r><t>상품</t></r><r><t>명</t></r><rPh><t>x</t></rPh></si></sst>',
  'xl/styles.xml':
    '<styleSheet><numFmts><numFmt numFmtId="180" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="180"/></cellXfs></styleSheet>',
  'xl/worksheets/b.xml': sheet,
})

test('a workbook gives its first visible sheet, its days and long numbers whole', async () => {
  const sheet =
    '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>' +
    '<row r="3"><c r="A3"><v>2.0261122000123E13</v></c><c r="B3" s="1"><v>46348.375</v></c><c r="C3" t="inlineStr"><is><t>컵 &amp; 접시</t></is></c></row></sheetData></worksheet>'
  const rows = await rowsOf(zip(parts(sheet)), 10)
  expect(rows).toEqual([
    { line: 1, cells: ['주문번호', '', '상품명'] },
    { line: 3, cells: ['20261122000123', '2026-11-22 09:00:00', '컵 & 접시'] },
  ])
})

/** What is understood of a file, as the page would show it. */
async function look(bytes: Buffer, chosen?: Chosen) {
  const reading = {
    ...{ zone: 'Asia/Seoul', currency: 'KRW', now: Date.UTC(2026, 10, 22) },
    pseudonym: (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8),
    contactId: (kind: string, text: string) => `${kind}:${text}`,
  }
  const opened = await openFile(bytes, reading, async () => chosen)
  const rows = opened.read?.rows ?? []
  return { ...opened, rows, orders: rows.filter((row) => row.resource === 'orders') }
}

const inKorean = (text: string) => iconv.encode(text, 'cp949')
const row = (tag: string, cells: readonly string[]) =>
  `<tr>${cells.map((cell) => `<${tag}>${cell}`).join('')}`

describe('a table of a web page that is called .xls', () => {
  test('is read, in CP949, with cells that are never closed, merged cells and numbers as formulas', async () => {
    const head = ['주문번호', '주문일', '주문자 휴대전화', '상품명', '수량', '판매가', '결제금액']
    const page = `<html><meta http-equiv="Content-Type" content="text/html; charset=euc-kr"><style>td { mso-number-format: "\\@" }</style>
      <table border=1>${row('th', head)}
      <tr><td rowspan=2>="20261101-1"<td rowspan="2">2026-11-01<td rowspan=2>010-1111-2222<td><b>머그컵</b><br>흰색<td>1<td>10,000<td rowspan=2>25,000
      <tr><td>접시 &amp; 받침<td>1<td>15,000</tr>
      ${row('td', ['20261102-1', '2026.11.02', '1033334444', '컵', '2', '5,000', '10,000&nbsp;원'])}
      <tr><td colspan=4>합 계<td>4<td>35,000<td>35,000</table></html>`
    const { orders, read } = await look(inKorean(page))
    expect(orders).toMatchObject([
      {
        id: '20261101-1',
        buyer: { phone: '+821011112222' },
        lines: [{ name: '머그컵 흰색' }, { name: '접시 & 받침' }],
        paidAmount: 250_000_000,
      },
      { id: '20261102-1', buyer: { phone: '+821033334444' }, paidAmount: 100_000_000 },
    ])
    expect(read?.leftOut).toMatchObject([{ fault: 'sum' }])
  })

  test('is read as XML of Excel 2003, with places that are counted', async () => {
    const cell = (text: string, more = '') =>
      `<Cell${more}><Data ss:Type="String">${text}</Data></Cell>`
    const line = (cells: readonly string[]) => `<Row>${cells.join('')}</Row>`
    const xml = `\ufeff<?xml version="1.0"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>
      ${line(['아이디', '이름', '메모', '휴대전화'].map((name) => cell(name)))}
      ${line([cell('sky'), cell('김하늘'), cell('010-1234-5678', ' ss:Index="4"')])}</Table></Worksheet></ss:Workbook>`
    const { rows } = await look(Buffer.from(xml))
    expect(rows).toMatchObject([{ id: 'sky', name: '김하늘', phone: '+821012345678' }])
  })
})

describe('headings and lines that are none', () => {
  test('headings of two lines are read together, pages below each other tell theirs again', async () => {
    const table = `쇼핑몰 주문 내역,,,,,,
주문,,주문자,,상품,,
번호,일시,이름,휴대전화,상품명,수량,판매가
1001,2026-11-01 10:00,김하늘,1012345678,컵,1,"1,000"
번호,일시,이름,휴대전화,상품명,수량,판매가
1002,2026-11-01 11:00,박바다,010-2222-3333,접시,1,"2,000"
총합계 : ,,,,,2,"3,000원"`
    const { recognised, orders, read } = await look(Buffer.from(table))
    expect(recognised.headings.slice(0, 4)).toEqual([
      ...['주문 번호', '주문 일시', '주문자 이름', '주문자 휴대전화'],
    ])
    expect(orders).toMatchObject([
      { id: '1001', buyer: { name: '김하늘', phone: '+821012345678' } },
      { id: '1002', paidAmount: 20_000_000 },
    ])
    expect(read?.leftOut.map(({ fault }) => fault)).toEqual(['heading', 'sum'])
  })

  test('a line that lost its order number is no line of the order above, nor is a line of sums', async () => {
    const table = `주문번호,주문일,주문자명,상품명,수량,판매가,결제금액
1,2026-11-01,김하늘,컵,1,1000,3000
,,,접시,1,2000,
,2026-11-02,박바다,컵,1,1000,1000
,,,합계,3,,7000`
    const { orders, read } = await look(Buffer.from(table))
    expect(orders.map(({ lines }) => lines.length)).toEqual([2])
    expect(read?.leftOut.map(({ line, fault }) => [line, fault])).toEqual([
      [4, 'no_order'],
      [5, 'sum'],
    ])
  })

  test('numbers that Excel shortened name no order, no member and no product', async () => {
    const faults = async (text: string) =>
      (await look(Buffer.from(text))).read?.leftOut.map(({ fault }) => fault)
    expect(
      await faults(
        '주문번호,주문일,상품명,판매가\n2.02611E+15,2026-11-01,컵,1\n20261101,2026-11-01,컵,1',
      ),
    ).toEqual(['rounded'])
    expect(await faults('아이디,이름,이메일\n1.2E+11,하늘,a@b.kr\n1E5,바다,b@b.kr')).toEqual([
      'rounded',
    ])
    expect(await faults('상품코드,상품명,판매가\n8.80123E+12,컵,1000\n합계,,1000')).toEqual([
      'rounded',
      'sum',
    ])
  })
})

describe('a workbook', () => {
  const sheetOf = (lines: readonly (readonly string[])[]) =>
    `<worksheet><sheetData>${lines
      .map(
        (cells) =>
          `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`,
      )
      .join('')}</sheetData></worksheet>`

  test('with a page of notes before the orders has the orders read, and says that there is more', async () => {
    const book = zip({
      ...parts(sheetOf([['내려받기 안내'], ['개인정보를 지켜 주세요']])),
      'xl/worksheets/a.xml': sheetOf([
        ['주문번호', '주문일', '상품명', '판매가'],
        ['1', '2026-11-01', '컵', '1000'],
      ]),
      'xl/workbook.xml':
        '<workbook xmlns:r="r"><sheets><sheet name="안내" r:id="r2"/><sheet name="주문" r:id="r1"/></sheets></workbook>',
    })
    const { orders, read } = await look(book)
    expect(orders).toMatchObject([{ id: '1' }])
    expect(read?.understood.notes).toContain('other_sheets')
  })

  test('whose formula nobody worked out says an amount that cannot be read, not nothing', async () => {
    const cells =
      '<c t="inlineStr"><is><t>1</t></is></c><c t="inlineStr"><is><t>2026-11-01</t></is></c><c t="inlineStr"><is><t>컵</t></is></c>'
    const head = sheetOf([['주문번호', '주문일', '상품명', '판매가']]).replace(
      '</sheetData></worksheet>',
      '',
    )
    const body = `<row>${cells}<c><f>500*2</f></c></row><row>${cells.replace('>1<', '>2<')}<c><f>500*2</f><v>1000</v></c></row>`
    const { orders, read } = await look(zip(parts(`${head}${body}</sheetData></worksheet>`)))
    expect(orders).toMatchObject([{ id: '2', paidAmount: 10_000_000 }])
    expect(read?.leftOut).toMatchObject([{ line: 2, fault: 'bad_amount' }])
  })
})

test('what unpacks without end and a damaged archive are refused in words', async () => {
  const bomb = zip({
    ...parts('<worksheet/>'),
    'xl/workbook.xml': `<workbook>${' '.repeat(20 * 1024 * 1024)}</workbook>`,
  })
  await expect(workbook(bomb).rows().next()).rejects.toThrow('unpacks to too much')
  expect(() => workbook(zip(parts('')).subarray(40))).toThrow('cannot be read')
})

/** The first bytes of Microsoft's old container, in which names are UTF-16. */
const container = 'OLE:'
const bytesOf = (text: string) =>
  text.startsWith(container)
    ? Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(512),
        Buffer.from(text.slice(container.length), 'utf16le'),
      ])
    : Buffer.from(text)

test.each([
  ['a workbook under a password', `${container}EncryptedPackage`, 'has a password'],
  ['a workbook of Excel before 2007', `${container}Workbook`, 'an old .xls'],
  ['a web archive', 'MIME-Version: 1.0\nContent-Type: multipart/related', 'web archive'],
  ['a web page', '<!doctype html><html><body>로그인해 주세요</body></html>', 'without a table'],
  ['spaces and nothing else', '        \n   \n', 'is empty'],
  ['headings alone', '주문번호,주문일,상품명,판매가\n', 'no lines below'],
  [
    'a quotation mark that is never closed',
    '주문번호,상품명\n1,컵\n2,"접시\n3,잔\n',
    'near line 3',
  ],
  ['an archive of something else', 'zip', 'no Excel workbook'],
])('%s is refused in words that say what to do', async (_, text, words) => {
  const bytes = text === 'zip' ? zip({ 'a.txt': 'a' }) : bytesOf(text)
  const opening = async () => {
    sheet(bytes)
    return look(bytes)
  }
  await expect(opening()).rejects.toThrow(words)
})

test('the last line of a file settles how its first one writes its day; what nothing settles waits for a word', async () => {
  const table = (...days: readonly string[]) =>
    Buffer.from(
      ['주문번호,주문일,상품명,판매가', ...days.map((day, at) => `A${at},${day},컵,1000`)].join(
        '\n',
      ),
    )
  const daysOf = async (bytes: Buffer, days?: 'day' | 'month') => {
    const mapping = { order: 0, orderedAt: 1, productName: 2, unitPrice: 3 }
    const { orders, read } = await look(bytes, days && { kind: 'orders', mapping, days })
    const shown = orders.map(({ orderedAt }) =>
      new Date(orderedAt + 9 * 3_600_000).toISOString().slice(0, 10),
    )
    return [shown, read?.understood.doubtfulDay]
  }
  expect(await daysOf(table('03/04/2026', '23/04/2026'))).toEqual([
    ['2026-04-03', '2026-04-23'],
    null,
  ])
  const doubtful = table('03/04/2026', '05/06/2026')
  expect(await daysOf(doubtful)).toEqual([
    ['2026-03-04', '2026-05-06'],
    { cell: '03/04/2026', order: 'month' },
  ])
  expect(await daysOf(doubtful, 'day')).toEqual([
    ['2026-04-03', '2026-06-05'],
    { cell: '03/04/2026', order: 'day' },
  ])
})
