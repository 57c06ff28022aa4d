import { z } from 'zod'
import type { Route } from '../web/route.ts'

type Schema = Readonly<Record<string, unknown>>

/** The OpenAPI 3.1 document of the routes, made from the very schemas that parse their input. */
export function openapi(routes: readonly Route[], publicUrl: string): Schema {
  const paths: Record<string, Record<string, Schema>> = {}
  const parts = sharedParts()
  for (const one of routes) {
    const methods = paths[one.path] ?? {}
    methods[one.method] = operation(one, parts.schemaOf)
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
      schemas: { Problem: problem, ...parts.schemas },
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

type SchemaOf = (schema: z.ZodType, io: 'input' | 'output') => Schema

function operation(one: Route, schemaOf: SchemaOf): Schema {
  return {
    summary: one.summary,
    operationId: `${one.method}${one.path.replace('/api', '').replaceAll(/[^\w]+(\w?)/g, (_, next: string) => next.toUpperCase())}`,
    tags: [one.path.split('/')[2] ?? 'api'],
    ...(one.roles === 'anyone' ? { security: [] } : { 'x-roles': ['owner', ...one.roles] }),
    parameters: [
      ...parameters(one.params, 'path', schemaOf),
      ...parameters(one.query, 'query', schemaOf),
    ],
    ...bodyOf(one, schemaOf),
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

function bodyOf({ body, media }: Route, schemaOf: SchemaOf): Schema {
  if (media?.request) return { requestBody: { required: true, content: { [media.request]: {} } } }
  if (!body) return {}
  const content = { 'application/json': { schema: schemaOf(body, 'input') } }
  return { requestBody: { required: true, content } }
}

function parameters(
  schema: z.ZodObject | undefined,
  place: 'path' | 'query',
  schemaOf: SchemaOf,
): readonly Schema[] {
  if (!schema) return []
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !(field as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(field as z.ZodType, 'input'),
  }))
}

/**
 * Schemas as JSON Schema; what says itself again (a condition within a condition) is a part of the whole document, because there
 * `#/` is the document and not the schema. The same parts are kept once.
 */
function sharedParts() {
  const schemas: Record<string, Schema> = {}
  const groups = new Map<string, number>()
  const schemaOf: SchemaOf = (schema, io) => {
    // Schemas that JSON Schema cannot say (transforms) are described as "anything".
    const made = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
    const { $schema: _, $defs: parts, ...rest } = made as Record<string, unknown>
    if (parts === undefined) return rest
    const text = JSON.stringify(parts)
    const group = groups.get(text) ?? groups.size + 1
    const named = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value).replaceAll(
          /"#\/\$defs\/__schema(\d+)"/g,
          `"#/components/schemas/Part${group}_$1"`,
        ),
      )
    if (!groups.has(text))
      for (const [name, part] of Object.entries(parts as Record<string, unknown>))
        schemas[name.replace('__schema', `Part${group}_`)] = named(part) as Schema
    groups.set(text, group)
    return named(rest) as Schema
  }
  return { schemas, schemaOf }
}
