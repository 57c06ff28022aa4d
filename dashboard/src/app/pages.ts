import {
  IconActivity,
  IconArrowsSplit,
  IconBasket,
  IconCalendar,
  IconDiamond,
  IconFileImport,
  IconFileSpreadsheet,
  IconFilter,
  IconGridDots,
  IconHome,
  IconInbox,
  IconLayoutGrid,
  IconMailFast,
  IconMessageReply,
  IconPackage,
  IconPhoto,
  IconRepeat,
  IconRoute,
  IconScale,
  IconSettings,
  IconSparkles,
  IconTableColumn,
  IconTargetArrow,
  IconTicket,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { words } from './language.ts'

export const pageNames = words({
  home: { ko: '홈', en: 'Home' },
  journey: { ko: '여정', en: 'Journey' },
  customersGroup: { ko: '고객', en: 'Customers' },
  customers: { ko: '고객 목록', en: 'All customers' },
  segments: { ko: '세그먼트', en: 'Segments' },
  campaignsGroup: { ko: '캠페인', en: 'Campaigns' },
  campaigns: { ko: '캠페인 목록', en: 'All campaigns' },
  playbooks: { ko: '시나리오', en: 'Playbooks' },
  calendar: { ko: '일정', en: 'Calendar' },
  messages: { ko: '발송 내역', en: 'Messages' },
  inbox: { ko: '테스트 수신함', en: 'Test inbox' },
  coupons: { ko: '쿠폰', en: 'Coupons' },
  images: { ko: '이미지', en: 'Images' },
  productsGroup: { ko: '상품', en: 'Products' },
  products: { ko: '상품 목록', en: 'All products' },
  feeds: { ko: '상품 피드', en: 'Product feeds' },
  recommendations: { ko: '추천', en: 'Recommendations' },
  firstPurchase: { ko: '첫 구매 상품', en: 'First purchase' },
  insightGroup: { ko: '분석', en: 'Insight' },
  funnel: { ko: '퍼널', en: 'Funnel' },
  cohort: { ko: '코호트', en: 'Cohorts' },
  rfm: { ko: 'RFM', en: 'RFM' },
  value: { ko: '고객 가치', en: 'Customer value' },
  timing: { ko: '재구매 간격', en: 'Repurchase timing' },
  answers: { ko: '메시지 반응', en: 'Answers to messages' },
  splits: { ko: '외부 발송 효과', en: 'Outside sends' },
  files: { ko: '파일로 가져오기', en: 'Bring files' },
  numbers: { ko: '숫자 맞춰보기', en: 'Match the numbers' },
  settingsGroup: { ko: '설정', en: 'Settings' },
  events: { ko: '연결 상태', en: 'Live events' },
  settings: { ko: '상점 설정', en: 'Shop settings' },
})

export type PageName = keyof typeof pageNames

export type RailItem = {
  readonly to: string
  readonly name: PageName
  readonly icon: ComponentType<{ size?: number | string; 'aria-hidden'?: boolean }>
}

/** The left rail: groups of pages in the order of a marketer's day. */
export const rail: readonly { readonly group?: PageName; readonly items: readonly RailItem[] }[] = [
  {
    items: [
      { to: '/', name: 'home', icon: IconHome },
      { to: '/journey', name: 'journey', icon: IconRoute },
    ],
  },
  {
    group: 'customersGroup',
    items: [
      { to: '/customers', name: 'customers', icon: IconUsers },
      { to: '/segments', name: 'segments', icon: IconUsersGroup },
    ],
  },
  {
    group: 'campaignsGroup',
    items: [
      { to: '/campaigns', name: 'campaigns', icon: IconTargetArrow },
      { to: '/playbooks', name: 'playbooks', icon: IconLayoutGrid },
      { to: '/calendar', name: 'calendar', icon: IconCalendar },
      { to: '/coupons', name: 'coupons', icon: IconTicket },
      { to: '/images', name: 'images', icon: IconPhoto },
      { to: '/messages', name: 'messages', icon: IconMailFast },
      { to: '/inbox', name: 'inbox', icon: IconInbox },
    ],
  },
  {
    group: 'productsGroup',
    items: [
      { to: '/products', name: 'products', icon: IconPackage },
      { to: '/feeds', name: 'feeds', icon: IconFileImport },
      { to: '/recommendations', name: 'recommendations', icon: IconSparkles },
      { to: '/first-purchase', name: 'firstPurchase', icon: IconBasket },
    ],
  },
  {
    group: 'insightGroup',
    items: [
      { to: '/insight/funnel', name: 'funnel', icon: IconFilter },
      { to: '/insight/cohort', name: 'cohort', icon: IconTableColumn },
      { to: '/insight/rfm', name: 'rfm', icon: IconGridDots },
      { to: '/insight/value', name: 'value', icon: IconDiamond },
      { to: '/insight/timing', name: 'timing', icon: IconRepeat },
      { to: '/insight/answers', name: 'answers', icon: IconMessageReply },
      { to: '/insight/splits', name: 'splits', icon: IconArrowsSplit },
    ],
  },
  {
    group: 'settingsGroup',
    items: [
      { to: '/events', name: 'events', icon: IconActivity },
      { to: '/connect/files', name: 'files', icon: IconFileSpreadsheet },
      { to: '/connect/numbers', name: 'numbers', icon: IconScale },
      { to: '/settings', name: 'settings', icon: IconSettings },
    ],
  },
]

/** Whether an address lies on a page of the rail or below it. */
export function isAt(location: string, to: string): boolean {
  return to === '/' ? location === '/' : location === to || location.startsWith(`${to}/`)
}
