import { expect, test } from 'vitest'
import { isPlainlyPrivate } from './private-host.ts'

test('an address inside a network is told from one of the internet before anything is published', () => {
  const inside =
    'https://localhost/x https://shop.localhost https://192.168.0.3/x https://10.0.0.1 https://127.1/x https://2130706433/ https://172.20.0.1 https://100.64.0.1 https://169.254.169.254/latest https://[::1]/x https://[fd00::1] https://metadata.google.internal https://intranet/x'
  const outside =
    'https://shop.example/hooks https://172.32.0.1 https://100.128.0.1 https://8.8.8.8 https://[2606:4700::1111]/ https://localhost.shop.kr'
  for (const address of inside.split(' ')) expect(isPlainlyPrivate(address), address).toBe(true)
  for (const address of outside.split(' ')) expect(isPlainlyPrivate(address), address).toBe(false)
})
