/** How a message stands on the page; the first four cover part of it and are popups. */
export type OnsiteForm =
  | 'modal'
  | 'slide'
  | 'sheet'
  | 'full'
  | 'bar'
  | 'toast'
  | 'inline'
  | 'button'

/** How long a visitor may ask for silence. */
export type Rest = 'today' | '7d' | '30d' | 'never'

/** A card as it is shown; texts are plain, amounts are written out in the shop's currency. */
export type CardView = {
  /** Names the card in what is logged: the product's id, or `c2` for a written one. */
  readonly key: string
  readonly title: string
  readonly text: string
  readonly image: string | null
  readonly alt: string
  readonly url: string
  readonly price: string | null
  /** The price before the sale. */
  readonly was: string | null
  /** `4.8 (1,204)` */
  readonly rating: string | null
  readonly why: string | null
}

export type FieldView = {
  readonly id: string
  readonly kind: 'email' | 'phone' | 'text' | 'choice' | 'choices'
  readonly label: string
  readonly options: readonly string[]
  readonly required: boolean
}

/** A box to agree by, with the whole lawful wording beneath it. */
export type BoxView = { readonly id: string; readonly label: string; readonly wording: string }

export type PartView =
  | {
      readonly kind: 'heading' | 'text' | 'note'
      readonly id: string
      readonly text: string
    }
  | {
      readonly kind: 'image'
      readonly id: string
      readonly image: string
      readonly alt: string
      readonly focus: { readonly x: number; readonly y: number }
      readonly link: string | null
    }
  | {
      readonly kind: 'button'
      readonly id: string
      readonly label: string
      readonly url: string
    }
  | {
      readonly kind: 'coupon'
      readonly id: string
      readonly title: string
      readonly label: string
      readonly url: string | null
    }
  | {
      readonly kind: 'countdown'
      readonly id: string
      readonly label: string
      /** UTC ms. */
      readonly at: number
    }
  | {
      readonly kind: 'cards'
      readonly id: string
      readonly label: string
      readonly cards: readonly CardView[]
    }
  | {
      readonly kind: 'form'
      readonly id: string
      readonly fields: readonly FieldView[]
      readonly boxes: readonly BoxView[]
      readonly label: string
      readonly thanks: string
    }

/**
 * A message drawn for one person, as the browser gets it. Every text is plain: whoever shows it sets text, never HTML. Every
 * address is http(s).
 */
export type OnsiteView = {
  readonly form: OnsiteForm
  readonly place: string
  readonly selector: string | null
  readonly language: 'ko' | 'en'
  /** Names the dialog to who cannot see it. */
  readonly name: string
  readonly parts: readonly PartView[]
  readonly refuse: string
  readonly rests: readonly Rest[]
  readonly asks: 'nothing' | 'signup' | 'consent'
  readonly look: {
    readonly scheme: 'light' | 'dark'
    readonly color: string
    readonly background: string
    readonly corners: 'round' | 'square'
    readonly font: 'sans' | 'serif'
  }
}
