import * as z from 'zod/mini'
import type { Field } from '#kit/field/kind.ts'
import { formFields, type Programme } from '#kit/programme.ts'
import type { Registered } from './route.server.ts'

type Json = Record<string, unknown>

const schemaOf = (schema: z.ZodMiniType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: 'any', io }) as Json
  return rest
}

function parameters(route: Registered): Json[] {
  const of = (where: 'path' | 'query', schema: z.ZodMiniType) => {
    const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
      properties?: Json
      required?: string[]
    }
    return Object.entries(properties).map(([name, s]) => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      schema: s,
    }))
  }
  return [...of('path', route.params), ...of('query', route.query)]
}

function fieldSchema(field: Field): Json {
  const schema = schemaOf(field.schema, 'input')
  return { title: field.label, ...schema, ...(field.hint ? { description: field.hint } : {}) }
}

function rowSchema(fields: Record<string, Field>): Json {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, fieldSchema(f)])),
    required: Object.entries(fields)
      .filter(([, f]) => f.required)
      .map(([name]) => name),
  }
}

/** The body of a programme's records as JSON Schema, children included. */
export function programmeSchema(programme: Programme): Json {
  const row = rowSchema(formFields(programme)) as Json & { properties: Json }
  for (const [name, child] of Object.entries(programme.children)) {
    row.properties[name] = {
      title: child.label,
      type: 'array',
      maxItems: 500,
      items: rowSchema(child.fields),
    }
  }
  return { title: programme.label, ...row }
}

/** OpenAPI 3.1 of all routes, from the same schemas that guard them, with the body of each programme. */
export function openApi(routes: readonly Registered[], programmes: readonly Programme[]): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.url.replace(/:(\w+)/g, '{$1}')
    const body =
      route.method === 'GET' || route.method === 'DELETE'
        ? {}
        : { requestBody: { content: { 'application/json': { schema: schemaOf(route.body, 'input') } } } }
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: {
        summary: route.summary,
        'x-policy': route.policy,
        parameters: [
          ...parameters(route),
          ...(route.method === 'GET' || route.keyless
            ? []
            : [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string' } }]),
        ],
        ...body,
        responses: {
          200: {
            description: '成功',
            content: { 'application/json': { schema: schemaOf(route.reply, 'output') } },
          },
          default: {
            description: '出错',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        },
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: '巾帼 API', version: '1' },
    paths,
    components: {
      schemas: {
        Problem: {
          type: 'object',
          required: ['code', 'message'],
          properties: {
            code: { type: 'string' },
            message: { type: 'string' },
            reqId: { type: 'string' },
            issues: { type: 'array' },
            details: { type: 'object' },
          },
        },
        ...Object.fromEntries(programmes.map((p) => [p.key, programmeSchema(p)])),
      },
    },
  }
}
