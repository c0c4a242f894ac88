/** What the reference page shows of the service: every string is text, nothing is markup. */
export interface ReferenceView {
  readonly version: string;
  readonly parts: ReadonlyArray<{
    readonly name: string;
    readonly operations: readonly OperationView[];
  }>;
}

interface OperationView {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly roles: string;
  readonly status: string;
  readonly mediaType: string | null;
  readonly parameters: ReadonlyArray<FieldView & { readonly place: string }>;
  readonly body: boolean;
  readonly bodyType: string;
  readonly bodyFields: readonly FieldView[];
  readonly request: string | null;
  readonly answerFields: readonly FieldView[];
  readonly response: string | null;
}

interface FieldView {
  readonly name: string;
  readonly form: string;
  readonly needed: 'yes' | 'no';
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
}

interface Content {
  readonly [mediaType: string]: { readonly schema?: Schema; readonly example?: unknown };
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly 'x-roles'?: readonly string[];
  readonly parameters: ReadonlyArray<{
    name: string;
    in: string;
    required: boolean;
    schema: Schema;
  }>;
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

/** Shows the description of the service to people, in parts by the first word of the address. */
export function presentReference(description: Record<string, unknown>): ReferenceView {
  const paths = description.paths as Record<string, Record<string, Operation>>;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      part: path.split('/')[3] ?? path,
      view: presentOperation(method, path, operation),
    })),
  );
  const parts = Map.groupBy(operations, ({ part }) => part);
  return {
    version: String((description.info as { version: string }).version),
    parts: [...parts].map(([name, members]) => ({
      name,
      operations: members.map(({ view }) => view),
    })),
  };
}

function presentOperation(method: string, path: string, operation: Operation): OperationView {
  const [status = '', good = {}] =
    Object.entries(operation.responses).find(([one]) => one !== 'default') ?? [];
  const [mediaType = null, answer = {}] = Object.entries(good.content ?? {})[0] ?? [];
  const [bodyType = '', body = {}] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    roles: operation['x-roles']?.join(', ') ?? 'everybody',
    status,
    mediaType,
    parameters: operation.parameters.map(({ name, in: place, required, schema }) => ({
      name,
      place,
      form: formOf(schema),
      needed: required ? 'yes' : 'no',
    })),
    body: operation.requestBody !== undefined,
    bodyType,
    bodyFields: fieldsOf(body.schema),
    request: textOf(body.example),
    answerFields: fieldsOf(answer.schema),
    response: textOf(answer.example),
  };
}

function textOf(example: unknown): string | null {
  return example === undefined ? null : JSON.stringify(example, null, 2);
}

/** The fields of an object, and those of objects in it, as `outer.inner` and `list[].inner`. */
function fieldsOf(schema: Schema | undefined, prefix = '', depth = 0): FieldView[] {
  if (schema === undefined) return [];
  const options = (schema.anyOf ?? [schema]).filter(({ type }) => type !== 'null');
  return options.flatMap(({ properties = {}, required = [], items }) => {
    if (items !== undefined && prefix !== '') return fieldsOf(items, `${prefix}[]`, depth);
    return Object.entries(properties).flatMap(([name, of]): FieldView[] => {
      const path = prefix === '' ? name : `${prefix}.${name}`;
      const needed = required.includes(name) ? 'yes' : 'no';
      const deeper = depth < 3 ? fieldsOf(of, path, depth + 1) : [];
      return [{ name: path, form: formOf(of), needed }, ...deeper];
    });
  });
}

/** One line: what a value is. */
function formOf(schema: Schema): string {
  const { description, default: fallback } = schema;
  const form = kindOf(schema);
  const means = description === undefined ? form : `${form}: ${description}`;
  const isPlain = fallback !== undefined && typeof fallback !== 'object';
  return isPlain ? `${means} (${JSON.stringify(fallback)} if not given)` : means;
}

function kindOf({ type, const: only, enum: choices, anyOf, items, prefixItems }: Schema): string {
  if (only !== undefined) return JSON.stringify(only);
  if (choices !== undefined) return choices.map((choice) => JSON.stringify(choice)).join(' or ');
  if (anyOf !== undefined) return [...new Set(anyOf.map(kindOf))].join(' or ');
  if (prefixItems !== undefined) return `list of ${prefixItems.length}`;
  if (type === 'array') return items === undefined ? 'list' : `list of ${kindOf(items)}`;
  return typeof type === 'string' ? type : 'any JSON';
}
