import { PbfReader, PbfWriter } from 'pbf';
import { decodeText } from './bytes.ts';

// Messages described by data, on pbf's reader and writer. pbf trusts what it reads: it takes a length
// past the end for a shorter one, so every field is checked here.

const VARINT = 0;
const LENGTH_DELIMITED = 2;

type Rule = 'required' | 'optional' | 'repeated';

interface Kind<Value> {
  readonly wire: number;
  read(reader: PbfReader): Value;
  write(writer: PbfWriter, value: Value): void;
}

interface Field<Value, Is extends Rule> {
  readonly number: number;
  readonly rule: Is;
  readonly wire: number;
  read(reader: PbfReader): Value;
  /** Typed by Message<Schema>, so that fields of all types fit one record. */
  write(writer: PbfWriter, value: unknown): void;
}

export type Schema = Readonly<Record<string, Field<unknown, Rule>>>;

type ValueOf<F> = F extends Field<infer Value, Rule> ? Value : never;
type Named<S extends Schema, Is extends Rule> = {
  [Name in keyof S]: S[Name] extends Field<unknown, Is> ? Name : never;
}[keyof S];

/** What a schema describes. */
export type Message<S extends Schema> = {
  readonly [Name in Named<S, 'required'>]: ValueOf<S[Name]>;
} & { readonly [Name in Named<S, 'optional'>]?: ValueOf<S[Name]> | undefined } & {
  readonly [Name in Named<S, 'repeated'>]: readonly ValueOf<S[Name]>[];
};

/** int32, int64 and enums; exact up to 2^53. */
export const integer: Kind<number> = {
  wire: VARINT,
  read: (reader) => reader.readVarint(true),
  write: (writer, value) => writer.writeVarint(value),
};

export const boolean: Kind<boolean> = {
  wire: VARINT,
  read: (reader) => reader.readBoolean(),
  write: (writer, value) => writer.writeBoolean(value),
};

export const bytes: Kind<Uint8Array> = {
  wire: LENGTH_DELIMITED,
  read: (reader) => reader.readBytes(),
  write: (writer, value) => writer.writeBytes(value),
};

export const text: Kind<string> = {
  wire: LENGTH_DELIMITED,
  read(reader) {
    const value = decodeText(reader.readBytes());
    if (value === undefined) throw new Error('a string is no UTF-8');
    return value;
  },
  write: (writer, value) => writer.writeString(value),
};

/** A message within a message. */
export function message<S extends Schema>(schema: S): Kind<Message<S>> {
  return {
    wire: LENGTH_DELIMITED,
    read: (reader) => decodeMessage(schema, reader.readBytes()),
    write: (writer, value) =>
      writer.writeRawMessage((inner: Message<S>, to) => writeFields(schema, inner, to), value),
  };
}

export function required<Value>(number: number, kind: Kind<Value>): Field<Value, 'required'> {
  return { ...erase(kind), number, rule: 'required' };
}

export function optional<Value>(number: number, kind: Kind<Value>): Field<Value, 'optional'> {
  return { ...erase(kind), number, rule: 'optional' };
}

export function repeated<Value>(number: number, kind: Kind<Value>): Field<Value, 'repeated'> {
  return { ...erase(kind), number, rule: 'repeated' };
}

/**
 * Reads a message; throws when it is cut, garbled or lacks a required field.
 *
 * @example decodeMessage({ tableName: required(1, text) }, body).tableName
 */
export function decodeMessage<S extends Schema>(schema: S, body: Uint8Array): Message<S> {
  const result: Record<string, unknown> = {};
  const names = namesByNumber(schema);
  for (const [name, field] of Object.entries(schema))
    if (field.rule === 'repeated') result[name] = [];
  const reader = new PbfReader(body);
  while (reader.pos < body.length) {
    const tag = reader.nextField();
    if (tag === 0) throw new Error('a field has no number');
    const name = names.get(tag);
    const field = name === undefined ? undefined : schema[name];
    if (name === undefined || !field) {
      reader.skip(reader.type);
    } else {
      if (reader.type !== field.wire) throw new Error(`${name} is of another wire type`);
      const value = field.read(reader);
      if (field.rule === 'repeated') (result[name] as unknown[]).push(value);
      else result[name] = value;
    }
    if (reader.pos > body.length) throw new Error('the message is cut');
  }
  for (const [name, field] of Object.entries(schema)) {
    if (field.rule === 'required' && result[name] === undefined) throw new Error(`no ${name}`);
  }
  return result as Message<S>;
}

/**
 * Writes a message.
 *
 * @example encodeMessage({ code: required(1, text) }, { code: 'OTSServerBusy' })
 */
export function encodeMessage<S extends Schema>(schema: S, value: Message<S>): Uint8Array {
  const writer = new PbfWriter();
  writeFields(schema, value, writer);
  return writer.finish();
}

function writeFields<S extends Schema>(schema: S, value: Message<S>, writer: PbfWriter): void {
  for (const [name, field] of Object.entries(schema)) {
    const given = (value as Readonly<Record<string, unknown>>)[name];
    if (given === undefined) continue;
    for (const one of field.rule === 'repeated' ? (given as readonly unknown[]) : [given]) {
      writer.writeTag(field.number, field.wire);
      field.write(writer, one);
    }
  }
}

function erase<Value>(kind: Kind<Value>): Pick<Field<Value, Rule>, 'wire' | 'read' | 'write'> {
  return {
    wire: kind.wire,
    read: kind.read,
    write: (writer, value) => kind.write(writer, value as Value),
  };
}

const namesOf = new WeakMap<Schema, ReadonlyMap<number, string>>();

function namesByNumber(schema: Schema): ReadonlyMap<number, string> {
  const known = namesOf.get(schema);
  if (known) return known;
  const names = new Map(Object.entries(schema).map(([name, field]) => [field.number, name]));
  namesOf.set(schema, names);
  return names;
}
