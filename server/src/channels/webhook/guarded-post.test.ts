import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { guardedPost, isPublicAddress, refusedUrl } from './guarded-post.driver.ts'

test('only addresses of the public internet are called', () => {
  for (const address of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111'])
    expect([address, isPublicAddress(address)]).toEqual([address, true])
  const inside = ['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.0.1', '169.254.169.254']
  const odd = ['0.0.0.0', '100.64.0.1', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1']
  const dressed = [
    'fc00::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ]
  for (const address of [...inside, ...odd, ...dressed, 'localhost', ''])
    expect([address, isPublicAddress(address)]).toEqual([address, false])
})

test('an address within, a name that leads within, and other schemes are refused', async () => {
  expect(await refusedUrl('https://127.0.0.1/x')).toContain('public internet')
  expect(await refusedUrl('https://[::1]/x')).toContain('public internet')
  // Other spellings of 127.0.0.1.
  expect(await refusedUrl('https://2130706433/x')).toContain('public internet')
  expect(await refusedUrl('https://0x7f.1/x')).toContain('public internet')
  expect(await refusedUrl('https://localhost/x')).toContain('public internet')
  expect(await refusedUrl('http://8.8.8.8/x')).toContain('https')
  expect(await refusedUrl('file:///etc/passwd')).toContain('https')
  expect(await refusedUrl('https://kim:pw@8.8.8.8/')).toContain('password')
  expect(await refusedUrl('no address')).toContain('no address')
  expect(await refusedUrl('https://8.8.8.8/hooks')).toBeUndefined()
})

test('a redirect is an answer, not a way; a silent server is given up', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url === '/moved')
      response.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end()
    else if (request.url === '/endless') {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'.repeat(60_000)), 1)
      response.once('close', () => clearInterval(timer))
    } else if (request.url !== '/silent') response.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const call = (path: string, timeoutMs = 25_000) =>
    guardedPost(
      { url: `http://localhost:${port}${path}`, headers: {}, body: '{}' },
      { allowPrivate: true, timeoutMs },
    )
  expect(await call('/')).toEqual({ kind: 'answered', status: 204 })
  expect(await call('/moved')).toEqual({ kind: 'answered', status: 302 })
  expect(await call('/endless')).toEqual({ kind: 'answered', status: 200 })
  expect(await call('/silent', 1_500)).toEqual({
    kind: 'failed',
    why: 'No answer in time.',
    left: true,
  })
  expect(asked).toEqual(['/', '/moved', '/endless', '/silent'])
  server.closeAllConnections()
  server.close()
})
