import { createHash, randomBytes } from 'node:crypto'

/** 192 bits from the machine's generator, base64url: 32 characters. */
export const newSecret = (): string => randomBytes(24).toString('base64url')

/** SHA-256 of a random secret; enough for secrets no dictionary holds (passwords are hashed with argon2 instead). */
export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest()
