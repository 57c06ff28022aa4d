import type { Campaigns } from '../campaigns/campaigns.service.ts'
import { stepsOf } from '../campaigns/flow-map.ts'
import { type Previews, poolOf } from '../campaigns/preview.service.ts'
import { chainOf } from '../campaigns/steps/message.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import { sampleCoupon } from '../coupons/drawn.ts'
import { maskName } from '../customers/mask-name.ts'
import type { Database } from '../database/connection.store.ts'
import type { CampaignId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import type { LinkSigner } from '../messages/link.ts'
import type { OnsiteView } from '../messages/onsite/view.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { CouponAnswer, FormAnswer, OnsiteAnswer } from './answer.ts'
import {
  type Previewed,
  previewAddress,
  previewMs,
  previewToken,
  readPreviewToken,
} from './preview-link.ts'
import { readForm } from './read-form.ts'
import type { FormSent } from './wire.ts'

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly campaigns: Pick<Campaigns, 'get'>
  readonly previews: Previews
  readonly coupons: Pick<Coupons, 'pools'>
  readonly signer: LinkSigner
}

/**
 * A draft on the shop's own page, for whoever has the link: drawn by what draws every preview, marked as one. Nothing of it
 * is counted, issued or written down, so that it may be opened as often as one likes. Names are masked: an address travels
 * through other programs that a page carries.
 */
export function previewedOnPage(needs: Needs) {
  const { clock, signer } = needs
  const of = (shop: ShopId, token: string) => {
    const told = readPreviewToken(token, signer)
    return told?.shop === shop && told.until > clock.now() ? told : undefined
  }
  return {
    /** The address of a page with the draft on it; refuses what stands on no page and pages that are not the shop's. */
    link: async (
      shopId: ShopId,
      id: number,
      asked: {
        readonly page: string
        readonly step?: number | undefined
        readonly customer?: number | undefined
      },
    ): Promise<{ readonly url: string; readonly until: number }> => {
      const { page, step, customer } = asked
      const { url: shopUrl } = await needs.shops.shop(shopId)
      const until = clock.now() + previewMs
      const told = { shop: shopId, campaign: id, step, customer, until }
      await messageOf(needs, shopId, told)
      const url = previewAddress(page, shopUrl, previewToken(told, signer))
      if (url === undefined)
        throw new Refusal('invalid', 'This is no page of the shop’s own site.', 'page')
      return { url, until }
    },
    /** Whether a token that a page gives back belongs to a preview, be it over or not. */
    isOne: (token: string) => readPreviewToken(token, signer) !== undefined,
    /** What the page shows: the draft, or why it cannot be shown. */
    show: async (shopId: ShopId, token: string): Promise<OnsiteAnswer> => {
      const told = of(shopId, token)
      const shop = await needs.shops.shop(shopId)
      if (!told) return shown(noticeView('over', '', shop.language), { campaign: 0, token })
      const { flow, step } = await messageOf(needs, shopId, told)
      const drawn = await needs.previews.draw(shopId, {
        flow,
        step: step.id,
        customer: told.customer,
        shownName: maskName,
      })
      const why = drawn.problems[0]?.[shop.language] ?? ''
      const view = drawn.view ? marked(drawn.view) : noticeView('undrawn', why, shop.language)
      return shown(view, { campaign: told.campaign, token })
    },
    /** The coupon with a made-up code; none is taken from the pool. */
    coupon: async (shopId: ShopId, token: string): Promise<CouponAnswer> => {
      const told = of(shopId, token)
      const shop = await needs.shops.shop(shopId)
      const refused = { kind: 'refused', message: notices.over[shop.language] } as const
      if (!told) return refused
      const { flow, step, content } = await messageOf(needs, shopId, told)
      const pool = poolOf(flow, step)
      const [found] = pool === undefined ? [] : await needs.coupons.pools(needs.db, shopId, [pool])
      if (!found) return { ...refused, message: notices.noCoupon[content.language] }
      const sample = sampleCoupon(found, clock.now(), shop)
      const part = content.parts.find(({ kind }) => kind === 'coupon')
      return {
        kind: 'issued',
        code: String(sample.code),
        words: `${found.name} (${notices.sample[content.language]})`,
        expiresAt: typeof sample.expires_at === 'number' ? sample.expires_at : null,
        url: part?.kind === 'coupon' && /^https?:/.test(part.url ?? '') ? (part.url ?? null) : null,
      }
    },
    /** Reads a form as it would be read and keeps nothing of it. */
    form: async (shopId: ShopId, sent: FormSent): Promise<FormAnswer> => {
      const told = of(shopId, sent.token)
      if (!told) throw new Refusal('invalid', 'This preview is over.', 'token')
      const { content } = await messageOf(needs, shopId, told)
      const form = content.parts.find(({ id }) => id === sent.part)
      if (form?.kind !== 'form') throw new Refusal('invalid', 'No such form is in it.', 'part')
      const read = readForm(form, sent, content.language)
      return read.kind === 'refused' ? read : { kind: 'taken' }
    },
  }
}
export type PreviewedOnPage = ReturnType<typeof previewedOnPage>

/** The message of the draft as it is saved now, standing alone in its chain. */
async function messageOf({ campaigns }: Needs, shop: ShopId, { campaign, step }: Previewed) {
  const { draft } = await campaigns.get(shop, campaign as CampaignId)
  for (const one of stepsOf(draft)) {
    if (one.kind !== 'message' || (step !== undefined && one.id !== step)) continue
    const content = chainOf(one).find((link) => link.content.channel === 'onsite')?.content
    if (content?.channel !== 'onsite') continue
    const pool = poolOf(draft, one)
    const alone = { ...one, content, ...(pool === undefined ? {} : { coupon: pool }) }
    return { flow: { ...draft, steps: [alone] }, step: alone, content }
  }
  throw new Refusal('invalid', 'This message stands on no page.', 'step')
}

function shown(
  view: OnsiteView,
  { campaign, token }: { readonly campaign: number; readonly token: string },
): OnsiteAnswer {
  const properties = { campaign_id: campaign, creative: '', order: 'fixed', order_seed: '' }
  return {
    watch: [],
    show: [{ campaign, token, view, properties, preview: true }],
    quietSeconds: 0,
  }
}

const notices = {
  mark: {
    ko: '미리보기예요. 보고 눌러도 세지 않고 아무것도 남지 않아요.',
    en: 'A preview: nothing you see or press is counted or kept.',
  },
  name: { ko: '[미리보기]', en: '[Preview]' },
  sample: { ko: '예시 코드', en: 'sample code' },
  over: {
    ko: '미리보기 링크의 시간이 끝났어요. 캠페인 화면에서 새로 만들어 주세요.',
    en: 'This preview link is over. Make a new one on the campaign’s page.',
  },
  undrawn: {
    ko: '이 메시지를 지금은 그릴 수 없어요.',
    en: 'This message cannot be drawn now.',
  },
  noCoupon: {
    ko: '이 메시지에 쿠폰이 정해져 있지 않아요.',
    en: 'No coupon goes with this message.',
  },
} as const

/** The view with its mark on top, where everybody sees it, and in its name. */
function marked(view: OnsiteView): OnsiteView {
  const mark = { kind: 'note', id: 'preview', text: notices.mark[view.language] } as const
  return {
    ...view,
    name: `${notices.name[view.language]} ${view.name}`,
    parts: [mark, ...view.parts],
  }
}

/** A corner toast in place of a message that cannot be shown. */
function noticeView(why: 'over' | 'undrawn', more: string, language: 'ko' | 'en'): OnsiteView {
  const text = [notices[why][language], more].filter((one) => one !== '').join(' ')
  return {
    form: 'toast',
    place: 'bottom_right',
    selector: null,
    language,
    name: text,
    parts: [{ kind: 'text', id: 'preview', text: `${notices.name[language]} ${text}` }],
    refuse: '',
    rests: [],
    asks: 'nothing',
    look: {
      scheme: 'light',
      color: '#111827',
      background: '#ffffff',
      corners: 'round',
      font: 'sans',
    },
  }
}
