import type { KakaoButton, KakaoTemplate } from '../carrier.ts'

type Maybe = string | null | undefined

/** What stands around a template's text; undefined when nothing does. */
export function aroundOf(told: {
  readonly header: Maybe
  readonly title: Maybe
  readonly subtitle: Maybe
  readonly extra: Maybe
  readonly items: readonly { readonly title?: Maybe; readonly description?: Maybe }[] | Maybe
}): KakaoTemplate['around'] {
  const items = (Array.isArray(told.items) ? told.items : []).map((item) => ({
    title: item.title ?? '',
    description: item.description ?? '',
  }))
  const around = {
    ...(told.header ? { header: told.header } : {}),
    ...(told.title ? { title: told.title } : {}),
    ...(told.subtitle ? { subtitle: told.subtitle } : {}),
    ...(told.extra ? { extra: told.extra } : {}),
    ...(items.length > 0 ? { items } : {}),
  }
  return Object.keys(around).length === 0 ? undefined : around
}

const buttonTypes: ReadonlySet<string> = new Set(['WL', 'AL', 'BK', 'MD', 'DS', 'AC', 'BC', 'BT'])

/** A button of an approved template in our words. */
export function buttonOf(told: {
  readonly type: Maybe
  readonly name: Maybe
  readonly mobileUrl: Maybe
  readonly pcUrl: Maybe
}): KakaoButton {
  const type = told.type ?? ''
  return {
    type: buttonTypes.has(type) ? (type as KakaoButton['type']) : 'other',
    name: told.name ?? '',
    ...(told.mobileUrl ? { mobileUrl: told.mobileUrl } : {}),
    ...(told.pcUrl ? { pcUrl: told.pcUrl } : {}),
  }
}
