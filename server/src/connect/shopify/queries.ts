/** The version of the Admin API whose documents were read; Shopify answers by it for a year. */
export const apiVersion = '2026-07'

/** What each query may cost in Shopify's bucket; charged before it is known what it does cost. */
export const costs = {
  products: 700,
  customers: 160,
  orders: 850,
  order: 90,
  lines: 450,
  refunds: 510,
  coupons: 220,
  small: 30,
} as const

const product = `id title status vendor productType updatedAt onlineStoreUrl totalInventory tracksInventory
  featuredMedia { preview { image { url } } }
  variants(first: 25) { nodes { price compareAtPrice availableForSale } }`

const customer = `id firstName lastName createdAt updatedAt state
  defaultEmailAddress { emailAddress marketingState marketingUpdatedAt }
  defaultPhoneNumber { phoneNumber marketingState marketingUpdatedAt }`

const money = '{ shopMoney { amount } }'
const line = `id title variantTitle quantity originalUnitPriceSet ${money} product { id }`

const order = `id name createdAt processedAt updatedAt cancelledAt test sourceName displayFinancialStatus currencyCode
  taxesIncluded discountCodes email phone customer { id } billingAddress { name phone }
  totalPriceSet ${money} totalShippingPriceSet ${money} totalTaxSet ${money}
  transactions(first: 10) { kind status processedAt }
  lineItems(first: 10) { nodes { ${line} } pageInfo { hasNextPage endCursor } }
  refunds(first: 1) { id }`

const paged = (name: string, size: number, node: string): string => `
query ${name}($after: String, $query: String) {
  ${name}(first: ${size}, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes { ${node} } pageInfo { hasNextPage endCursor }
  }
}`

/** Products, customers and orders a page at a time, those changed longest ago first; `$query` is Shopify's own search. The singular ones ask for one by its gid. */
export const productsQuery = paged('products', 20, product)
export const productQuery = `query product($id: ID!) { product(id: $id) { ${product} } }`
export const customersQuery = paged('customers', 50, customer)
export const customerQuery = `query customer($id: ID!) { customer(id: $id) { ${customer} } }`
export const ordersQuery = paged('orders', 10, order)
export const orderQuery = `query order($id: ID!) { order(id: $id) { ${order} } }`

/** The lines of an order after those that came with it. */
export const linesQuery = `query lines($id: ID!, $after: String) {
  order(id: $id) {
    lineItems(first: 100, after: $after) { nodes { ${line} } pageInfo { hasNextPage endCursor } }
  }
}`

/** The refunds of an order: a list without pages, of which Shopify gives no more than this; and of one, what came back, by pages. */
export const refundsQuery = `query refunds($id: ID!) {
  order(id: $id) { refunds(first: 250) { id createdAt totalRefundedSet ${money} } }
}`
export const refundLinesQuery = `query refundLines($id: ID!, $after: String) {
  refund(id: $id) {
    refundLineItems(first: 10, after: $after) {
      nodes { quantity lineItem { id } } pageInfo { hasNextPage endCursor }
    }
  }
}`

/** Whose key it is, in which zone and currency it sells, and what the key may. */
export const shopQuery = `query shop {
  shop { name myshopifyDomain ianaTimezone currencyCode }
  currentAppInstallation { accessScopes { handle } }
}`

/** Webhooks of this app: listed, made for a topic, and taken away. */
export const webhooksQuery = `query webhookSubscriptions($after: String) {
  webhookSubscriptions(first: 50, after: $after) {
    nodes { id topic uri } pageInfo { hasNextPage endCursor }
  }
}`
export const makeWebhook = `mutation webhookSubscriptionCreate($topic: WebhookSubscriptionTopic!, $webhook: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $webhook) {
    webhookSubscription { id } userErrors { message }
  }
}`
export const dropWebhook = `mutation webhookSubscriptionDelete($id: ID!) {
  webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { message } }
}`

/** A code with its discount: made, and looked for again where the answer to making it was lost. */
export const makeCoupon = `mutation discountCodeBasicCreate($discount: DiscountCodeBasicInput!) {
  discountCodeBasicCreate(basicCodeDiscount: $discount) {
    codeDiscountNode { id } userErrors { message }
  }
}`
export const couponsQuery = `query codeDiscountNodes($query: String) {
  codeDiscountNodes(first: 50, query: $query) {
    nodes { id codeDiscount { ... on DiscountCodeBasic { title createdAt endsAt codes(first: 1) { nodes { code } } } } }
    pageInfo { hasNextPage endCursor }
  }
}`
