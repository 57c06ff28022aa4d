import { Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listConnections } from '../api/connections.ts'
import { useWords, words } from '../app/language.ts'
import type { CouponForm } from './coupon-draft.ts'
import style from './coupons.module.css'
import { type FieldsProps, faultOf } from './form-fields.tsx'

const text = words({
  how: { ko: '번호를 어떻게 정할까요', en: 'How codes come about' },
  generated: { ko: '한 사람마다 다른 번호를 만들어요', en: 'One each, made here' },
  generatedNote: {
    ko: '상점의 주문서에서 이 번호를 확인할 수 있어야 해요. API로 번호를 물어볼 수 있어요.',
    en: 'The shop must be able to check them; it can ask the API for a code.',
  },
  uploaded: { ko: '쇼핑몰에서 만든 번호를 올려요', en: 'One each, from a list' },
  uploadedNote: {
    ko: '카페24 같은 관리자 화면에서 내려받은 시리얼 번호를 붙여 넣어요.',
    en: 'Codes made by the shop platform, one each.',
  },
  box: { ko: '카페24 쿠폰함에 넣어 드려요', en: "In the member's coupon box at Cafe24" },
  boxNote: {
    ko: '메시지를 보내기 직전에 회원에게 발급해요. 번호를 적지 않아도 주문서에 바로 보여요. 기한은 24시간의 배수나 마지막 날 하나만 정해 주세요.',
    en: 'Given to the member right before the message leaves; no code to type. Choose whole days of 24 hours, or a last day.',
  },
  own: {
    ko: '쇼핑몰에 회원만 쓸 수 있는 번호를 만들어요',
    en: "Made at your shop, for the member's own use",
  },
  ownNote: {
    ko: '메시지를 보내기 직전에 Shopify나 우커머스에 만들어요. 받은 회원만 한 번 쓸 수 있어요. 기한은 24시간의 배수나 마지막 날 하나만 정해 주세요.',
    en: 'Made at Shopify or WooCommerce right before the message leaves; only that member can use it, once. Choose whole days of 24 hours, or a last day.',
  },
  noShipping: {
    ko: '무료 배송은 쇼핑몰 쿠폰으로 드릴 수 없어요.',
    en: 'Free delivery cannot lie at the shop platform.',
  },
  amountOnly: {
    ko: '이 쇼핑몰은 최대 할인액을 정할 수 없어서 금액 할인만 할 수 있어요.',
    en: 'This platform cannot limit what a percentage takes off: choose an amount.',
  },
  shared: { ko: '모두에게 같은 번호를 드려요', en: 'One for everybody' },
  sharedNote: {
    ko: '밖으로 퍼질 수 있어요. 쓰인 만큼 수량에서 빠져요.',
    en: 'It may spread; each use counts against the number.',
  },
  prefix: { ko: '앞에 붙는 글자', en: 'First letters' },
  prefixNote: { ko: '예: FALL. 헷갈리는 I, O, 0, 1은 쓰지 않아요.', en: 'Without I, O, 0 and 1.' },
  prefixPlease: {
    ko: 'I, O, 0, 1을 뺀 영문과 숫자로 10자까지 적어 주세요.',
    en: 'Letters and digits without I, O, 0, 1; 10 at most.',
  },
  code: { ko: '쿠폰 번호', en: 'Code' },
  codePlease: {
    ko: '띄어쓰기 없이 3자에서 40자까지 적어 주세요.',
    en: '3 to 40 characters without spaces.',
  },
  list: { ko: '쿠폰 번호 목록', en: 'List of codes' },
  listNote: {
    ko: '한 줄에 하나씩이에요. 파일에서 번호가 있는 열을 복사해 붙여 넣어 주세요.',
    en: 'One a line. Copy the column of codes from the file.',
  },
  listPlease: { ko: '쿠폰 번호를 붙여 넣어 주세요.', en: 'Paste the codes.' },
})

function noteOf(
  kind: CouponForm['kind'],
  { isFit, isBox }: { readonly isFit: boolean; readonly isBox: boolean },
) {
  if (kind === 'shipping') return 'noShipping'
  if (!isFit) return 'amountOnly'
  return isBox ? 'boxNote' : 'ownNote'
}

/** Where codes come from. */
export function CodeFields({ form, put, faults }: FieldsProps) {
  const said = useWords(text)
  const connections = useQuery({
    queryKey: ['connections'],
    queryFn: ({ signal }) => listConnections(signal),
    staleTime: 60_000,
  })
  const place = connections.data?.items.find(
    ({ couponKinds, state }) => couponKinds.length > 0 && state === 'connected',
  )
  const isBox = place?.kind === 'cafe24'
  const isFit = place?.couponKinds.includes(form.kind) ?? false
  return (
    <div className={style.form}>
      <Radio.Group
        aria-label={said.how}
        value={form.codes}
        onChange={(value) => put({ codes: value as CouponForm['codes'], connection: place?.id })}
      >
        <Stack gap="sm">
          {place && (
            <Radio
              value="platform"
              label={isBox ? said.box : said.own}
              description={said[noteOf(form.kind, { isFit, isBox })]}
              disabled={!isFit}
            />
          )}
          <Radio value="generated" label={said.generated} description={said.generatedNote} />
          <Radio value="uploaded" label={said.uploaded} description={said.uploadedNote} />
          <Radio value="shared" label={said.shared} description={said.sharedNote} />
        </Stack>
      </Radio.Group>
      {form.codes === 'generated' && (
        <TextInput
          label={said.prefix}
          description={said.prefixNote}
          maxLength={10}
          value={form.prefix}
          onChange={(event) => put({ prefix: event.currentTarget.value.toUpperCase() })}
          {...faultOf(faults, 'prefix', said.prefixPlease)}
        />
      )}
      {form.codes === 'shared' && (
        <TextInput
          label={said.code}
          required
          maxLength={40}
          value={form.sharedCode}
          onChange={(event) => put({ sharedCode: event.currentTarget.value })}
          {...faultOf(faults, 'code', said.codePlease)}
        />
      )}
      {form.codes === 'uploaded' && (
        <Textarea
          label={said.list}
          description={said.listNote}
          required
          rows={6}
          value={form.list}
          onChange={(event) => put({ list: event.currentTarget.value })}
          {...faultOf(faults, 'list', said.listPlease)}
        />
      )}
    </div>
  )
}
