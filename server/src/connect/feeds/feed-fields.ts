/** A line of a feed as it came: values by column, lower-cased; what came several times is joined by line feeds. */
export type FeedLine = Readonly<Record<string, string>>

/** Fields of a product that a feed may say. */
export const feedFields = [
  'id',
  'name',
  'price',
  'salePrice',
  'saleDates',
  'category',
  'brand',
  'url',
  'imageUrl',
  'images',
  'availability',
  'stock',
  'benefit',
  'rating',
  'reviewCount',
  'review',
  'badges',
  'delivery',
  'shipping',
  'parentId',
  'adult',
  'cost',
  'currency',
] as const
export type FeedField = (typeof feedFields)[number]

/** Which column says which field; '' is none. */
export type FeedMapping = Readonly<Partial<Record<FeedField, string>>>

/**
 * Columns by which a field is known, the best first: Google Merchant's attributes, Naver Shopping EP 3.0's columns
 * (`price_pc` is what is asked, `normal_price` what it was before), and what Korean shops call them in their own lists.
 */
const names: Readonly<Record<FeedField, readonly string[]>> = {
  id: [
    'id',
    'product_id',
    'productid',
    'item_id',
    'sku',
    '상품코드',
    '상품번호',
    'goods_no',
    'product_no',
    'mall_pid',
  ],
  name: ['title', 'name', 'product_name', 'pname', '상품명', 'goods_nm'],
  price: ['normal_price', 'price', 'regular_price', '소비자가', '정가', '판매가', '가격'],
  salePrice: ['sale_price', 'price_pc', '할인가', '할인판매가', '판매가'],
  saleDates: ['sale_price_effective_date'],
  category: [
    'category_name1',
    'product_type',
    'category',
    'category_name',
    '카테고리',
    '상품분류',
    'google_product_category',
  ],
  brand: ['brand', '브랜드', 'maker', 'manufacturer'],
  url: ['link', 'url', 'product_url', '상품url', '상품링크'],
  imageUrl: ['image_link', 'image_url', 'image', 'imageurl', '이미지', '대표이미지'],
  images: ['additional_image_link', 'add_image_link', 'images', '추가이미지'],
  availability: ['availability', 'class', '판매상태', '품절여부'],
  stock: ['quantity', 'stock', 'inventory', 'stock_quantity', '재고', '재고수량'],
  benefit: ['benefit', 'event_words', 'product_highlight', '한줄설명', '상품요약설명'],
  rating: ['rating', 'average_rating', 'review_rating', '평점', '별점'],
  reviewCount: ['review_count', 'reviews', '리뷰수', '상품평수'],
  review: ['review', '리뷰', '대표리뷰'],
  badges: ['badges', 'badge', '뱃지'],
  delivery: ['delivery', 'delivery_detail', '배송안내', '배송'],
  shipping: ['shipping', '배송비'],
  parentId: ['item_group_id', 'parent_id', '부모상품코드'],
  adult: ['adult', '성인', '성인여부', '성인인증'],
  cost: ['cost_of_goods_sold', 'cost', 'supply_price', '원가', '공급가'],
  currency: ['currency', '통화'],
}

/** The columns by which fields are found in a file with these columns; what the shop said itself comes first. */
export function mappingFor(columns: readonly string[], said: FeedMapping): FeedMapping {
  const there = new Set(columns)
  const found: Partial<Record<FeedField, string>> = {}
  for (const field of feedFields) {
    const own = said[field]
    const column = own ?? names[field].find((name) => there.has(name))
    if (column !== undefined && column !== '') found[field] = column
  }
  return found
}

/** Which program's file it looks like. */
export function formatOf(columns: readonly string[]): 'naver' | 'google' | 'own' {
  if (columns.includes('price_pc') && columns.includes('category_name1')) return 'naver'
  return columns.includes('image_link') && columns.includes('availability') ? 'google' : 'own'
}

/** A column's name as it is compared: without its XML prefix, lower-cased, spaces as underscores. */
export function columnName(text: string): string {
  return text.normalize('NFC').trim().toLowerCase().replace(/^g:/, '').replaceAll(/\s+/g, '_')
}
