/** A product as reports name it. */
export type ListedProduct = {
  readonly id: string
  readonly name: string
  readonly category: string | null
  readonly imageUrl: string | null
  /** The product it is a variant of. */
  readonly parent: string | null
  readonly isSellable: boolean
}
