import { z } from 'zod';
import { PROBLEM_SCHEMA } from './problem.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

/** What was sent to a route once, and what the service answered. */
export interface RouteExample {
  readonly request?: unknown;
  readonly response?: unknown;
}

/**
 * The description of the service (OpenAPI 3.1), made from the routes' own schemas.
 *
 * @param examples - by the id of the operation.
 */
export function describeService(
  routes: readonly Route[],
  version: string,
  examples: Readonly<Record<string, RouteExample>> = {},
): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    const described = operation(route, examples[operationId(route)] ?? {});
    paths[path] = { ...paths[path], [route.method]: described };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Dalil',
      version,
      description:
        'Evidence packs that expose nobody and that nobody has to take on trust. Sign in at /api/v1/session; send its csrfToken as X-CSRF-Token with every change.',
    },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'dalil-session' },
      },
      schemas: { Problem: schemaOf(PROBLEM_SCHEMA, 'output') },
    },
  };
}

function operation(route: Route, example: RouteExample): Json {
  const { roles, summary, params, query, body, form, answer, idempotent } = route;
  const problem = {
    description: 'What failed and how to mend it',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  const good: Json = { description: 'Done' };
  if (answer.schema !== undefined) {
    good.content = {
      'application/json': {
        schema: schemaOf(answer.schema, 'output'),
        ...(example.response === undefined ? {} : { example: example.response }),
      },
    };
  } else if (answer.mediaType !== undefined) {
    good.content = { [answer.mediaType]: {} };
  }
  return {
    summary,
    operationId: operationId(route),
    ...(roles === 'public'
      ? { security: [] }
      : { security: [{ session: [] }], 'x-roles': [...roles] }),
    parameters: [
      ...parametersOf(params, 'path'),
      ...parametersOf(query, 'query'),
      ...(idempotent === true ? [header('Idempotency-Key', false)] : []),
      ...(roles !== 'public' && route.method !== 'get' ? [header('X-CSRF-Token', true)] : []),
    ],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: schemaOf(body, 'input'),
                ...(example.request === undefined ? {} : { example: example.request }),
              },
            },
          },
        }),
    ...(form === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'multipart/form-data': { schema: formSchema(form) } },
          },
        }),
    responses: { [answer.status]: good, default: problem },
  };
}

/** Names a route for programs: `get-cases-by-id`. */
export function operationId({ method, path }: Pick<Route, 'method' | 'path'>): string {
  const words = path.split('/').filter((part) => part !== '' && part !== 'api' && part !== 'v1');
  return [method, ...words.map((word) => word.replace(/^:/, 'by-'))].join('-');
}

function header(name: string, required: boolean): Json {
  return { name, in: 'header', required, schema: { type: 'string' } };
}

/** Fields first: the file is stored as it comes, by what the fields say of it. */
function formSchema({ file, fields }: NonNullable<Route['form']>): Json {
  const { properties = {}, required = [] } = (
    fields === undefined ? {} : schemaOf(fields, 'input')
  ) as { properties?: Json; required?: string[] };
  return {
    type: 'object',
    properties: { ...properties, [file]: { type: 'string', format: 'binary' } },
    required: [...required, file],
    additionalProperties: false,
  };
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Json;
    required?: string[];
  };
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: of,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}
