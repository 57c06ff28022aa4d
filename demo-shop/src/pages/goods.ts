import { html } from 'hono/html'
import {
  type Category,
  categories,
  categoryOf,
  inCategory,
  krw,
  type Product,
  productOf,
  products,
} from '../catalog.ts'
import { type Frame, type Html, page } from './layout.ts'

/** A product as events name it (Segment's e-commerce spec v2). */
export function asProperties(product: Product) {
  return {
    product_id: product.id,
    name: product.name,
    category: categoryOf(product.category)?.name ?? product.category,
    price: product.price,
    currency: 'KRW',
    url: `/products/${product.id}`,
    image_url: `/pictures/${product.picture}.svg`,
  }
}

/** The same product as a GA4 item, as a shop with Google Analytics already pushes it. */
function asItem(product: Product, index?: number) {
  return {
    item_id: product.id,
    item_name: product.name,
    item_category: categoryOf(product.category)?.name,
    price: product.price,
    ...(index !== undefined && { index }),
  }
}

export function grid(list: readonly Product[]): Html {
  return html`<ul class="grid">${list.map(
    (product) => html`<li><a class="card" href="/products/${product.id}">
      <span class="picture"><img src="/pictures/${product.picture}.svg" alt="" loading="lazy" width="400" height="400"></span>
      <span class="name">${product.name}</span><span class="line">${product.line}</span><span class="price">${krw(product.price)}</span>
    </a></li>`,
  )}</ul>`
}

function listData(id: string, name: string, list: readonly Product[]) {
  return {
    kind: 'list',
    layer: {
      event: 'view_item_list',
      ecommerce: {
        item_list_id: id,
        item_list_name: name,
        currency: 'KRW',
        items: list.slice(0, 12).map(asItem),
      },
    },
  }
}

const front = ['teapot', 'green-tea', 'candle', 'mug', 'towels', 'yuja', 'notebook', 'blanket']

export function home(frame: Frame): Html {
  const list = front.flatMap((id) => productOf(id) ?? [])
  const body = html`
    <section class="hero"><div class="bar">
      <div class="words"><p class="season">오늘의 온기</p><h1>찬 바람이 불면<br>따뜻한 것부터</h1>
        <p>찻물을 올리고, 담요를 꺼내고, 초를 켭니다.<br>오래 곁에 두는 물건만 골랐어요.</p>
        <a class="button" href="/category/pantry">차와 저장식 보기</a></div>
      <div class="shelf" aria-hidden="true">${['teapot', 'jar', 'candle'].map((name) => html`<img src="/pictures/${name}.svg?alone" alt="" width="340" height="330">`)}</div>
    </div></section>
    <section class="bar"><div class="head"><h2>요즘 많이 찾으세요</h2></div>${grid(list)}</section>
    <section class="bar"><div class="head"><h2>어디에 둘 물건인가요</h2></div>
      <ul class="rooms">${categories.map((category) => {
        const [first] = inCategory(category.id)
        return html`<li><a href="/category/${category.id}"><img src="/pictures/${first?.picture ?? 'mug'}.svg" alt="" loading="lazy" width="400" height="400"><span><strong>${category.name}</strong>${category.line}</span></a></li>`
      })}</ul></section>
    <section class="promise bar"><p><strong>천천히 골라요</strong>한 달을 써 보고 올립니다.</p><p><strong>${krw(50_000)}부터 무료 배송</strong>상자는 다시 쓸 수 있어요.</p><p><strong>7일 안에 바꿔 드려요</strong>마음이 바뀌어도 괜찮아요.</p></section>`
  return page(frame, { title: '오래 곁에 두는 물건', body, data: listData('home', '홈', list) })
}

export function categoryPage(frame: Frame, category: Category): Html {
  const list = inCategory(category.id)
  const body = html`<section class="bar"><div class="head tall"><h1>${category.name}</h1><p>${category.line} · ${list.length}가지</p></div>${grid(list)}</section>`
  return page(frame, {
    title: category.name,
    body,
    data: listData(category.id, category.name, list),
  })
}

export function searchPage(frame: Frame, query: string, found: readonly Product[]): Html {
  const nothing = html`<div class="empty"><p>‘${query}’에 맞는 상품을 찾지 못했어요.</p><p>이런 건 어떠세요?</p></div>${grid(products.slice(0, 4))}`
  const body = html`<section class="bar"><div class="head tall"><h1>${query ? html`‘${query}’` : '찾기'}</h1><p>${query ? `${found.length}가지를 찾았어요` : '찾고 싶은 물건을 적어 주세요'}</p></div>${found.length || !query ? grid(found) : nothing}</section>`
  const layer = { event: 'view_search_results', search_term: query, results: found.length }
  return page(frame, {
    title: query || '찾기',
    body,
    query,
    data: { kind: 'search', ...(query && { layer }) },
  })
}

export function productPage(frame: Frame, product: Product): Html {
  const beside = inCategory(product.category).filter((other) => other.id !== product.id)
  const body = html`<article class="bar product">
      <div class="picture"><img src="/pictures/${product.picture}.svg" alt="${product.name} 사진" width="400" height="400"></div>
      <div class="about">
        <p class="where"><a href="/category/${product.category}">${categoryOf(product.category)?.name}</a></p>
        <h1>${product.name}</h1><p class="line">${product.line}</p><p class="price big">${krw(product.price)}</p>
        <p class="story">${product.story}</p>
        <dl class="facts">${product.facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}<dt>배송</dt><dd>내일 보내요 · ${krw(50_000)}부터 무료</dd></dl>
        <form class="buy" data-add="${product.id}">
          <div class="stepper"><button type="button" data-step="-1" aria-label="하나 빼기">−</button><input name="quantity" value="1" inputmode="numeric" aria-label="수량" maxlength="2"><button type="button" data-step="1" aria-label="하나 더하기">+</button></div>
          <button class="button wide" name="then" value="cart">장바구니에 담기</button>
          <button class="button quiet" name="then" value="checkout">바로 사기</button>
        </form>
      </div></article>
    <section class="bar"><div class="head"><h2>같이 두면 좋아요</h2></div>${grid(beside.slice(0, 4))}</section>`
  return page(frame, {
    title: product.name,
    body,
    data: {
      kind: 'product',
      product: asProperties(product),
      layer: {
        event: 'view_item',
        ecommerce: { currency: 'KRW', value: product.price, items: [asItem(product)] },
      },
    },
  })
}
