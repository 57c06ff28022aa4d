import { z } from 'zod'
import type { Route } from '../web/route.ts'

type Schema = Readonly<Record<string, unknown>>

/** The OpenAPI 3.1 document of the routes, made from the very schemas that parse their input. */
export function openapi(routes: readonly Route[], publicUrl: string): Schema {
  const paths: Record<string, Record<string, Schema>> = {}
  for (const one of routes) {
    const methods = paths[one.path] ?? {}
    methods[one.method] = operation(one)
    paths[one.path] = methods
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Danggol',
      version: '0.1.0',
      description: 'Everything the dashboard does, as an API.',
    },
    servers: [{ url: publicUrl }],
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key of scope admin.' },
        session: { type: 'apiKey', in: 'cookie', name: 'danggol_session' },
      },
      schemas: { Problem: problem },
    },
  }
}

const problem: Schema = {
  type: 'object',
  description: 'RFC 9457 problem details.',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    field: { type: 'string', description: 'The input at fault.' },
  },
}

function operation(one: Route): Schema {
  return {
    summary: one.summary,
    operationId: `${one.method}${one.path.replace('/api', '').replaceAll(/[^\w]+(\w?)/g, (_, next: string) => next.toUpperCase())}`,
    tags: [one.path.split('/')[2] ?? 'api'],
    ...(one.roles === 'anyone' ? { security: [] } : { 'x-roles': ['owner', ...one.roles] }),
    parameters: [...parameters(one.params, 'path'), ...parameters(one.query, 'query')],
    ...bodyOf(one),
    responses: {
      200: {
        description: 'Done.',
        content: {
          [one.media?.response ?? 'application/json']: { schema: schemaOf(one.response, 'output') },
        },
      },
      default: {
        description: 'Refused.',
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    },
  }
}

function bodyOf({ body, media }: Route): Schema {
  if (media?.request) return { requestBody: { required: true, content: { [media.request]: {} } } }
  if (!body) return {}
  const content = { 'application/json': { schema: schemaOf(body, 'input') } }
  return { requestBody: { required: true, content } }
}

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query'): readonly Schema[] {
  if (!schema) return []
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !(field as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(field as z.ZodType, 'input'),
  }))
}

// Schemas that JSON Schema cannot say (transforms) are described as "anything".
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<
    string,
    unknown
  >
  return rest
}
