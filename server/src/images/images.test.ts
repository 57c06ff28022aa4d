import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { type Shops, shops } from '../shops/shops.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { vault } from '../vault/vault.service.ts'
import type { Actor } from '../web/route.ts'
import { placesOfImages } from '../wiring/image-places.ts'
import { fileName, variantLimits } from './image.ts'
import { imagesRoutes } from './images.routes.ts'
import { type Images, images } from './images.service.ts'
import { picturePages } from './pictures.routes.ts'
import { type Press, press } from './press.driver.ts'

let world: TestWorld
let shop: ShopId
let actor: Actor
let library: Images
let tenants: Shops
const host = 'https://crm.onshop.example'

beforeAll(async () => {
  world = await openTestWorld()
  tenants = shops(world)
})
afterAll(() => world.close())
beforeEach(async () => {
  shop = await insertShop(world.db)
  actor = { shop, name: 'member:1', role: 'marketer' }
  library = libraryWith(press())
})

/** Keeps the bytes as they came, for tests in which nothing is decoded. */
const asItCame: Press = async ({ bytes }) => ({
  width: 900,
  height: 600,
  isMoving: false,
  files: (['large', 'still', 'small', 'wide', 'whole'] as const).map((variant) => ({
    variant,
    file: fileName(variant, 'image/webp'),
    media: 'image/webp',
    width: 900,
    height: 600,
    bytes,
  })),
})

function libraryWith(pressed: Press): Images {
  const { db, clock } = world
  return images({
    db,
    clock,
    vault: vault(new Uint8Array(32)),
    press: pressed,
    audit: tenants.audit,
    ...placesOfImages({ db, shops: tenants }),
  })
}

/** A call of a route as the dashboard makes it. */
async function ask(method: string, path: string, input: { body?: unknown; file?: Blob } = {}) {
  const url = new URL(path, host)
  const match = imagesRoutes({ images: library, publicUrl: host })
    .filter((one) => one.method === method)
    .map((one) => {
      const pattern = new RegExp(`^${one.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
      return { one, found: pattern.exec(url.pathname) }
    })
    .find(({ found }) => found)
  if (!match) throw new Error(`no route ${method} ${path}`)
  const { one, found } = match
  return one.handle({
    actor,
    params: one.params?.parse(found?.groups ?? {}) ?? {},
    query: one.query?.parse(Object.fromEntries(url.searchParams)) ?? {},
    body: one.body?.parse(input.body),
    request: new Request(url, { method: 'POST', ...(input.file ? { body: input.file } : {}) }),
    signal: new AbortController().signal,
  })
}

const plain = (width: number, height: number, color = '#3366cc') =>
  sharp({ create: { width, height, channels: 3, background: color } })
const upload = (bytes: Uint8Array, name = 'photo.jpg') => library.upload(actor, { name, bytes })
const served = (key: string, file: string, headers: Readonly<Record<string, string>> = {}) =>
  picturePages({ images: library }).request(`/i/${key}/${file}`, { headers })
const fileOf = async (key: string, file: string) => {
  const answer = await served(key, file)
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}
const rows = async () => {
  const [row] = await world.db<{ images: number; files: number }[]>`
    select (select count(*) from images where shop = ${shop}) as images,
           (select count(*) from image_files where shop = ${shop}) as files`
  return row
}

test('a photo becomes files fit for every channel, without the place where it was taken', async () => {
  const photo = await sharp({
    create: {
      width: 1_400,
      height: 1_300,
      channels: 3,
      background: '#888888',
      noise: { type: 'gaussian', mean: 128, sigma: 12 },
    },
  })
    .jpeg({ quality: 90 })
    .withExif({
      IFD0: { Make: 'Phone', ImageDescription: 'x'.repeat(30_000) },
      IFD3: { GPSLatitude: '37/1 33/1 0/1', GPSLongitude: '126/1 58/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer()
  expect((await sharp(photo).metadata()).exif?.length).toBeGreaterThan(1_000)

  const answer = await ask('post', '/api/images?name=IMG_0001.JPG', {
    file: new Blob([new Uint8Array(photo)]),
  })
  // Held upright it is as high as it was wide.
  expect(answer).toMatchObject({
    name: 'IMG_0001',
    alt: '',
    width: 1_300,
    height: 1_400,
    moving: false,
    kakao: true,
    isNew: true,
    focus: { x: 0.5, y: 0.5 },
    files: {
      large: { width: 1_114, height: 1_200 },
      letter: { height: 1_200 },
      card: { height: 1_000 },
      small: { height: 320 },
    },
  })
  const { key, files } = answer as { key: string; files: Record<string, { path: string }> }
  for (const { path } of Object.values(files)) {
    const file = path.split('/').at(-1) ?? ''
    const known = await sharp(await fileOf(key, file)).metadata()
    expect([known.space, known.exif, known.icc, known.orientation]).toEqual([
      'srgb',
      undefined,
      undefined,
      undefined,
    ])
  }
  const card = await fileOf(key, 'card.jpg')
  expect(card.length).toBeLessThan(variantLimits.card.bytes)
  expect((await fileOf(key, 'letter.jpg')).length).toBeLessThan(variantLimits.letter.bytes)
  const kakao = await describe(shop, key)
  expect(kakao).toEqual({ wide: '800x400', tall: '800x600' })
})

async function describe(id: ShopId, key: string) {
  const found = await world.db<{ variant: string; size: string }[]>`
    select f.variant, f.width || 'x' || f.height as size from images i
    join image_files f on f.shop = i.shop and f.image = i.id
    where i.shop = ${id} and i.key = ${key} and f.variant in ('wide', 'tall')`
  return Object.fromEntries(found.map(({ variant, size }) => [variant, size]))
}

test('files that were made to hurt are refused in a sentence, and nothing of them is kept', async () => {
  const jpeg = await plain(300, 200).jpeg().toBuffer()
  const bomb = await plain(8_000, 6_000).png().toBuffer()
  // A header that promises 3.6 billion pixels over a few bytes.
  const liar = await plain(4, 4).png().toBuffer()
  liar.writeUInt32BE(60_000, 16)
  liar.writeUInt32BE(60_000, 20)
  const faulty: readonly (readonly [Uint8Array, RegExp])[] = [
    [bomb, /image\.(pixels)/],
    [liar, /image\.(pixels|broken)/],
    [jpeg.subarray(0, jpeg.length / 2), /image\.broken/],
    [Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), /image\.broken/],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), /image\.svg/],
    [Buffer.from('<!doctype html><script>alert(1)</script>'), /image\.kind/],
    [Buffer.alloc(0), /image\.kind/],
    [Buffer.concat([jpeg, Buffer.alloc(10 * 1024 * 1024)]), /image\.bytes/],
  ]
  for (const [bytes, field] of faulty) {
    await expect(upload(bytes)).rejects.toMatchObject({ field: expect.stringMatching(field) })
  }
  expect(await rows()).toEqual({ images: 0, files: 0 })
})

test('what hides behind a picture does not come out with it', async () => {
  const jpeg = await plain(640, 480).jpeg().toBuffer()
  const script = '<script>alert(document.cookie)</script>'
  const { image } = await upload(Buffer.concat([jpeg, Buffer.from(`PK\u0003\u0004${script}`)]))
  for (const { file, variant } of image.files) {
    if (variant === 'wide' || variant === 'tall' || variant === 'whole') continue
    expect((await fileOf(image.key, file)).includes(script)).toBe(false)
  }
})

test('unusual pictures are taken: one point, ink for paper, see-through, moving', async () => {
  const point = await upload(await plain(1, 1).png().toBuffer())
  expect(point.image.files.map(({ variant }) => variant)).not.toContain('wide')
  const paper = await upload(await plain(700, 500).toColourspace('cmyk').jpeg().toBuffer())
  expect(await sharp(await fileOf(paper.image.key, 'card.jpg')).metadata()).toMatchObject({
    space: 'srgb',
    channels: 3,
  })
  const clear = { r: 0, g: 0, b: 0, alpha: 0 }
  const seeThrough = await sharp({
    create: { width: 640, height: 400, channels: 4, background: clear },
  })
    .png()
    .toBuffer()
  const glass = await upload(seeThrough)
  expect((await sharp(await fileOf(glass.image.key, 'letter.png')).stats()).isOpaque).toBe(false)
  // Where a format knows no transparency it stands on white, not on black.
  const [red] = (await sharp(await fileOf(glass.image.key, 'card.jpg')).stats()).channels
  expect(red?.mean).toBeGreaterThan(250)
  const frames = await Promise.all(
    ['#ff0000', '#00ff00', '#0000ff'].map((color) => plain(320, 240, color).png().toBuffer()),
  )
  const gif = await sharp(frames, { join: { animated: true } })
    .gif({ loop: 0 })
    .toBuffer()
  const moving = await upload(gif, 'hello.gif')
  expect(moving.image.moving).toBe(true)
  expect((await sharp(await fileOf(moving.image.key, 'large.webp')).metadata()).pages).toBe(3)
  expect((await sharp(await fileOf(moving.image.key, 'letter.gif')).metadata()).pages).toBe(3)
  expect((await sharp(await fileOf(moving.image.key, 'still.jpg')).metadata()).pages ?? 1).toBe(1)
  expect((await sharp(await fileOf(moving.image.key, 'card.jpg')).metadata()).height).toBe(240)
})

test('the same bytes are one picture, also when two people bring them at once', async () => {
  library = libraryWith(asItCame)
  const bytes = await plain(600, 400).jpeg().toBuffer()
  const both = await Promise.all([upload(bytes, 'one'), upload(bytes, 'two')])
  expect(both[0].image.id).toBe(both[1].image.id)
  expect(both.filter(({ isNew }) => isNew)).toHaveLength(1)
  expect(await upload(bytes)).toMatchObject({ isNew: false, image: { id: both[0].image.id } })
  const other = await insertShop(world.db)
  const theirs = await library.upload({ ...actor, shop: other }, { name: 'x', bytes })
  expect(theirs.isNew).toBe(true)
  expect(theirs.image.key).not.toBe(both[0].image.key)
  await expect(library.get(other, both[0].image.id)).rejects.toMatchObject({ code: 'not-found' })
})

test('an upload that breaks off, a decoder that hangs or dies, a full disk and a kill leave nothing behind', async () => {
  const bytes = await plain(400, 300).jpeg().toBuffer()
  const breaksOff = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes.subarray(0, 100)),
    pull: (controller) => controller.error(new Error('the connection is gone')),
  })
  const [route] = imagesRoutes({ images: library, publicUrl: host }).filter(
    (one) => one.method === 'post' && one.path === '/api/images',
  )
  const request = new Request(host, { method: 'POST', body: breaksOff, duplex: 'half' } as never)
  const call = { actor, params: {}, body: undefined, signal: request.signal, request }
  await expect(route?.handle({ ...call, query: { name: 'x' } })).rejects.toThrow('gone')

  library = libraryWith(press({ msLimit: 1 }))
  await expect(upload(bytes)).rejects.toMatchObject({ field: 'image.slow' })
  library = libraryWith(press({ script: '/nowhere.ts' }))
  await expect(upload(bytes)).rejects.toMatchObject({ field: 'image.broken' })
  library = libraryWith(asItCame)
  for (const [what, code] of [
    ["raise exception using errcode = '53100', message = 'no space left on device'", '53100'],
    // The server loses its place in the middle, between two files.
    ['perform pg_terminate_backend(pg_backend_pid())', expect.stringMatching(/57P01|CONNECTION/)],
  ] as const) {
    await world.db.unsafe(`
      create or replace function no_room() returns trigger language plpgsql as
      $$ begin ${what}; return new; end $$`)
    await world.db`
      create or replace trigger no_room before insert on image_files for each row
      when (new.variant = 'small') execute function no_room()`
    await expect(upload(bytes)).rejects.toMatchObject({ code })
  }
  await world.db`drop function no_room cascade`
  expect(await rows()).toEqual({ images: 0, files: 0 })
  expect((await upload(bytes)).isNew).toBe(true)
})

test('pictures are served to everybody for ever, as pictures only', async () => {
  library = libraryWith(asItCame)
  const { image } = await upload(await plain(900, 600).jpeg().toBuffer())
  const answer = await served(image.key, 'large.webp')
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
  })
  const etag = answer.headers.get('etag') ?? ''
  expect((await served(image.key, 'large.webp', { 'if-none-match': etag })).status).toBe(304)
  const head = await picturePages({ images: library }).request(`/i/${image.key}/large.webp`, {
    method: 'HEAD',
  })
  expect([head.status, await head.text()]).toEqual([200, ''])
  for (const path of [
    `${image.key}/wide.jpg`,
    `${image.key}/whole.webp`,
    `${image.key}/..%2Flarge.webp`,
    `${'a'.repeat(22)}/large.webp`,
  ]) {
    expect((await picturePages({ images: library }).request(`/i/${path}`)).status).toBe(404)
  }
})

test('a new focus cuts the Kakao pictures again, and a message needs words for its picture', async () => {
  const half = await plain(1_000, 1_000, '#ff0000').png().toBuffer()
  const bytes = await plain(1_000, 2_000, '#0000ff')
    .composite([{ input: half, top: 0, left: 0 }])
    .png()
    .toBuffer()
  const { image } = await upload(bytes)
  await expect(library.forChannel(shop, image.key, 'wide')).rejects.toMatchObject({
    field: 'image.wordless',
  })
  const change = { alt: '빨강과 파랑', focus: { x: 0.5, y: 0 }, tags: ['여름', '여름', '신상'] }
  const changed = await ask('patch', `/api/images/${image.id}`, { body: change })
  expect(changed).toMatchObject({
    alt: '빨강과 파랑',
    focus: { x: 0.5, y: 0 },
    tags: ['여름', '신상'],
  })
  const top = await sharp((await library.forChannel(shop, image.key, 'wide')).bytes).stats()
  expect(top.dominant).toMatchObject({ r: 248, b: 8 })
  await library.change(actor, image.id, { focus: { x: 0.5, y: 1 } })
  const bottom = await sharp((await library.forChannel(shop, image.key, 'wide')).bytes).stats()
  expect(bottom.dominant).toMatchObject({ r: 8, b: 248 })
  const narrow = (await upload(await plain(300, 900).png().toBuffer())).image
  await library.change(actor, narrow.id, { alt: '좁은 그림' })
  await expect(library.forChannel(shop, narrow.key, 'wide')).rejects.toMatchObject({
    field: 'image.small',
  })
  const tagged = (await ask('get', '/api/images?tag=신상')) as { items: { id: number }[] }
  expect(tagged.items.map(({ id }) => id)).toEqual([image.id])
  expect(await ask('get', '/api/images?word=빨강')).toMatchObject({
    items: [{ id: image.id }],
    tags: ['신상', '여름'],
    isPublic: true,
  })
})

test('a picture in use says where and stays; an unused one goes, comes back, and is forgotten after 30 days', async () => {
  library = libraryWith(asItCame)
  const { image } = await upload(await plain(200, 200).png().toBuffer(), 'logo')
  const flow = JSON.stringify({ image: { url: `/i/${image.key}/letter.jpg` } })
  const [campaign] = await world.db<{ id: number }[]>`
    insert into campaigns (shop, name, state, version, draft, created_at, updated_at)
    values (${shop}, '봄 인사', 'draft', 0, ${flow}, 1, 1) returning id`
  await tenants.set(shop, 'brand', { logo: `/i/${image.key}/letter.png` })
  expect(await ask('get', `/api/images/${image.id}/uses`)).toEqual({
    items: [
      { kind: 'campaign', id: campaign?.id, name: '봄 인사', as: 'draft' },
      { kind: 'brand' },
    ],
  })
  await expect(library.remove(actor, image.id)).rejects.toMatchObject({ field: 'image.used' })
  await tenants.set(shop, 'brand', null)
  await world.db`insert into campaign_versions values (${shop}, ${campaign?.id ?? 0}, 1, ${flow}, 'member:1', 1)`
  await world.db`update campaigns set state = 'stopped', version = 1, draft = '{}' where shop = ${shop}`
  expect(await library.usesOf(shop, image.id)).toMatchObject([{ as: 'sent' }])

  await library.remove(actor, image.id)
  // What was sent goes on showing it.
  expect((await served(image.key, 'small.webp')).status).toBe(200)
  expect(await ask('get', '/api/images')).toMatchObject({ items: [] })
  expect(await ask('get', '/api/images?deleted=true')).toMatchObject({ items: [{ id: image.id }] })
  expect((await library.restore(actor, image.id)).deletedAt).toBe(null)
  await library.remove(actor, image.id)
  const other = (await upload(await plain(50, 50).png().toBuffer())).image
  await library.remove(actor, other.id)
  world.clock.advance(29 * dayMs)
  expect(await library.forgetDeleted()).toBe(0)
  world.clock.advance(2 * dayMs)
  expect(await library.forgetDeleted()).toBe(1)
  expect((await served(image.key, 'small.webp')).status).toBe(200)
  expect((await served(other.key, 'small.webp')).status).toBe(404)
})
