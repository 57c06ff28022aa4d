/**
 * What is true of the demo shop's shoppers: the parameters they play by. Reports and experiments are judged against it.
 *
 * The buying rhythm is calibrated to the published figures of UCI "Online Retail" (Chen, Sain, Guo 2012, CC BY 4.0;
 * known customers, no cancellations): see `published`. The generator's test holds its own figures against them.
 */
export const published = {
  /** Share of customers with two or more orders within the year. */
  repeatShare: 0.65583,
  /** Median days from the first to the second order. */
  daysToSecondOrder: 50.1167,
  /** 18,532 orders of 4,338 customers. */
  ordersPerCustomer: 4.272,
  /** Mean lines of an order. Its customers are largely wholesalers: our small shop's baskets are an eighth of theirs. */
  linesPerOrder: 21.47,
  /** Orders by calendar month from January; December is its first one, 2010. */
  ordersByMonth: [987, 997, 1321, 1149, 1555, 1393, 1331, 1280, 1755, 1929, 2657, 1400],
  /** First orders by month of the year told, from its first month on; the first holds those who were customers before. */
  newCustomersByMonth: [885, 417, 380, 452, 300, 284, 242, 188, 169, 299, 358, 323, 41],
} as const

/** Days of the year told: 2010-12-01 to 2011-12-09. */
export const yearDays = 373
export const basketScale = 1 / 8

export const truth = {
  /** Orders come at a rate of their own for each customer: gamma over customers. */
  rhythm: { shape: 1.1, meanGapDays: 101 },
  /** After an order a customer is lost for good with this probability (times the product's own factor). */
  lossAfterOrder: 0.015,
  /**
   * What the first product of an order does to the time until the next one and to being lost; 1 and 1 for products not
   * named. This is what the report on first-purchase products can find.
   */
  afterProduct: {
    'green-tea': { gap: 0.6, loss: 0.5 },
    'barley-tea': { gap: 0.65, loss: 0.6 },
    soap: { gap: 0.7, loss: 0.5 },
    yuja: { gap: 0.8, loss: 0.7 },
    granola: { gap: 0.7, loss: 0.8 },
    candle: { gap: 0.85, loss: 0.8 },
    pen: { gap: 1.3, loss: 2.5 },
    calendar: { gap: 1.8, loss: 6 },
    blanket: { gap: 1.5, loss: 3 },
    incense: { gap: 1.1, loss: 1.5 },
    teapot: { gap: 1.25, loss: 2 },
    'rice-bowls': { gap: 1.2, loss: 2 },
  } as { readonly [product: string]: { readonly gap: number; readonly loss: number } },
  /** Pull of the calendar months, January first, on how much is bought. */
  season: [0.95, 0.8, 0.94, 0.86, 1.15, 1.05, 0.95, 0.84, 1.16, 1.17, 1.75, 0.78],
  /** Share of new members who tick each optional box. */
  consents: { personalData: 0.62, emailAds: 0.55, nightAds: 0.2 },
  /** Share of customers who gave a mobile number, and of those who agreed to advertising by text. */
  phones: { given: 0.7, adsByText: 0.6 },
  /** Visits without an order for each visit with one, by how far they go. */
  visitsWithout: { search: 0.16, look: 0.45, cart: 0.25, checkout: 0.08 },
  /** Visitors who never join, for each customer, and how far they go. */
  strangers: 0.6,
  strangersGo: { visit: 0.42, search: 0.14, look: 0.36, cart: 0.08 },
  /** Where first visits and later ones come from, as shares; `adsPullOfRareBuyers` times as many of the rare buyers by ads. */
  arrivals: {
    first: {
      direct: 0.13,
      naver: 0.25,
      naverAd: 0.12,
      google: 0.09,
      blog: 0.08,
      instagram: 0.26,
      kakao: 0.07,
    },
    back: {
      direct: 0.4,
      naver: 0.14,
      naverAd: 0.03,
      google: 0.05,
      blog: 0.02,
      instagram: 0.08,
      kakao: 0.11,
      newsletter: 0.17,
    },
    adsPullOfRareBuyers: 1.5,
  },
  /** Shares of orders that use a coupon or a sale; amounts in KRW, months from 0. They change nothing in who comes back. */
  savings: {
    welcome: { code: 'ONYU-FIRST', amount: 3_000, from: 20_000, used: 0.22, usedByAds: 0.55 },
    letter: { code: 'ONYU-LETTER', percent: 10, most: 10_000, used: 0.5 },
    sale: { months: [4, 10], percent: 15, used: 0.35 },
  },
  refunds: { share: 0.015, afterDays: [2, 9] as const },
  /**
   * What a cart reminder causes: the share of people with a waiting cart who order within three days of the moment it
   * is (or would be) sent. The difference is the true effect.
   */
  cartReminder: {
    orderedWithout: 0.12,
    orderedWith: 0.2,
    windowDays: 3,
    /** Share of reminded people who open the mail's link, whether they buy or not. */
    clicks: 0.3,
  },
} as const

/** Ways into the shop. */
export type ArrivalName = keyof typeof truth.arrivals.back
