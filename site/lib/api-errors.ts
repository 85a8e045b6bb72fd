import type { Text } from './languages.ts';

/** An error code of the API: when it comes, and the first stage that can answer it. */
export interface ApiErrorLine {
  readonly status: number;
  readonly code: string;
  readonly when: Text;
  readonly since: number;
}

interface Source {
  readonly stage: number;
  readonly path: string;
  readonly text: string;
}

const WHEN: Readonly<Record<string, Text>> = {
  BODY_INVALID: {
    en: 'The body is JSON, but no object.',
    'zh-CN': '请求体是 JSON，但不是对象。',
  },
  BODY_TOO_LARGE: { en: 'The body is larger than 64 KB.', 'zh-CN': '请求体超过 64 KB。' },
  CHARSET_UNSUPPORTED: { en: 'The body is not UTF-8.', 'zh-CN': '请求体不是 UTF-8 编码。' },
  CREDENTIALS_INVALID: {
    en: 'Signing in or registering came without a name and a password as text.',
    'zh-CN': '登录或注册时，没有以文本给出用户名和密码。',
  },
  CROSS_SITE: {
    en: 'A browser says that another site began this write.',
    'zh-CN': '浏览器表明这次写操作来自别的网站。',
  },
  DESC_INVALID: {
    en: 'The description is no text, or longer than 2,000 characters.',
    'zh-CN': '描述不是文本，或超过 2,000 个字符。',
  },
  ENCODING_UNSUPPORTED: {
    en: 'The body is compressed in a way the service does not read.',
    'zh-CN': '请求体用了服务读不了的压缩方式。',
  },
  IDEMPOTENCY_KEY_INVALID: {
    en: 'The `Idempotency-Key` is empty, too long, or not printable ASCII.',
    'zh-CN': '`Idempotency-Key` 为空、过长，或含有不可见、非 ASCII 的字符。',
  },
  IDEMPOTENCY_KEY_REUSED: {
    en: 'The same `Idempotency-Key` came with another todo within 24 hours.',
    'zh-CN': '24 小时内，同一个 `Idempotency-Key` 带来过别的内容。',
  },
  INTERNAL: {
    en: 'Something broke that was not foreseen. The log says what; the answer does not.',
    'zh-CN': '出了没料到的错。原因只写在日志里，不会出现在响应中。',
  },
  JSON_MALFORMED: { en: 'The body is not valid JSON.', 'zh-CN': '请求体不是合法的 JSON。' },
  KEY_MISSING: {
    en: 'A change or deletion does not say which todo it means.',
    'zh-CN': '修改或删除时没有指明是哪条待办。',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    en: 'The body is not sent as `application/json`.',
    'zh-CN': '请求体不是以 `application/json` 发送的。',
  },
  METHOD_NOT_ALLOWED: {
    en: 'The address exists, the method does not; `Allow` lists those that do.',
    'zh-CN': '地址存在，但不支持这个方法；`Allow` 列出支持的方法。',
  },
  METHOD_UNKNOWN: {
    en: '`method` in the body of a POST is not `post`, `update` or `delete`.',
    'zh-CN': 'POST 请求体里的 `method` 不是 `post`、`update` 或 `delete`。',
  },
  NAME_INVALID: {
    en: 'The name is missing, empty, no text, or longer than 200 characters.',
    'zh-CN': '名称缺失、为空、不是文本，或超过 200 个字符。',
  },
  PASSWORD_INVALID: {
    en: 'The password has fewer than 8 or more than 200 characters.',
    'zh-CN': '密码不到 8 个字符，或超过 200 个。',
  },
  REQUEST_INVALID: {
    en: 'The request could not be read at all, for example a broken `%` in the address.',
    'zh-CN': '请求本身读不出来，例如地址里的 `%` 转义有误。',
  },
  ROUTE_UNKNOWN: { en: 'Nothing is at this address.', 'zh-CN': '这个地址没有内容。' },
  SERVICE_AWAY: {
    en: 'The gateway finds nobody behind it. Nothing is known to have changed.',
    'zh-CN': '网关后面没有服务应答。没有数据改变的迹象。',
  },
  SERVICE_SLOW: {
    en: 'A service behind the gateway has not answered in time: nobody knows whether it made the change.',
    'zh-CN': '网关后面的服务没有及时应答：改没改成，谁也不知道。',
  },
  SIGN_IN_NEEDED: {
    en: 'A write came without a token, or with one that is forged, changed or no longer valid.',
    'zh-CN': '写操作没带令牌，或者令牌是伪造的、被改过的、已经失效的。',
  },
  STATUS_INVALID: {
    en: 'The status is none of 0, 1, 2 and 3.',
    'zh-CN': '状态不是 0、1、2、3 之一。',
  },
  STORAGE_BROKEN: {
    en: 'The file that holds the todos cannot be understood. It is left as it is.',
    'zh-CN': '存放待办的文件读不懂。服务不会动它。',
  },
  STORAGE_FAILED: {
    en: 'The file could not be written, for example because the disk is full. Nothing has changed.',
    'zh-CN': '文件写不进去，例如磁盘满了。数据没有变化。',
  },
  STORAGE_READ_ONLY: {
    en: 'The disk cannot be written, as in a function. Nothing has changed.',
    'zh-CN': '磁盘不可写，函数里就是这样。数据没有变化。',
  },
  TABLE_FAILED: {
    en: 'The table refused the call. Nothing has changed.',
    'zh-CN': '表拒绝了这次操作。数据没有变化。',
  },
  TABLE_NOT_READY: {
    en: 'The table is still being made. Nothing has changed.',
    'zh-CN': '表还在创建。数据没有变化。',
  },
  TABLE_SILENT: {
    en: 'The table was asked and did not answer: nobody knows whether it made the change.',
    'zh-CN': '请求已发给表，却没有回音：改没改成，谁也不知道。',
  },
  TABLE_UNREACHABLE: {
    en: 'The table cannot be reached. Nothing has changed.',
    'zh-CN': '连不上表。数据没有变化。',
  },
  TODO_UNKNOWN: { en: 'No todo has this key.', 'zh-CN': '没有哪条待办是这个 key。' },
  USER_NAME_INVALID: {
    en: 'The name to register is not made of 1 to 64 letters, digits, dots, dashes or underscores.',
    'zh-CN': '要注册的用户名，不是由 1 到 64 个字母、数字、点、短横线或下划线组成。',
  },
  USER_NAME_TAKEN: {
    en: 'Somebody has this name.',
    'zh-CN': '这个用户名已有人用。',
  },
  VERSION_INVALID: { en: 'The version is no whole number.', 'zh-CN': '版本号不是整数。' },
  VERSION_OLD: {
    en: 'Somebody else has changed the todo since it was read.',
    'zh-CN': '读取之后，已有别人改过这条待办。',
  },
};

/** Codes that a source makes from a field's name, by a code that stands in the same source. */
const MADE_WITH: Readonly<Record<string, string>> = { NAME_INVALID: 'DESC_INVALID' };

const THROWN = /new ApiError\(\s*(\d{3}),\s*'([A-Z_]+)'/g;

/**
 * The error codes that the stages' sources throw, each explained, by status and code. A code that
 * nobody has explained breaks the build.
 *
 * @example apiErrors([{ stage: 1, path: 'a.ts', text: "throw new ApiError(404, 'TODO_UNKNOWN', '')" }])[0].since // 1
 */
export function apiErrors(sources: readonly Source[]): ApiErrorLine[] {
  const lines = new Map<string, ApiErrorLine>();
  for (const { stage, path, text } of sources) {
    for (const [, status, thrown = ''] of text.matchAll(THROWN)) {
      for (const code of [thrown, MADE_WITH[thrown] ?? thrown]) {
        const since = Math.min(stage, lines.get(code)?.since ?? stage);
        lines.set(code, { status: Number(status), code, when: explained(code, path), since });
      }
    }
  }
  return [...lines.values()].toSorted(
    (a, b) => a.status - b.status || a.code.localeCompare(b.code, 'en'),
  );
}

function explained(code: string, path: string): Text {
  const when = WHEN[code];
  if (when) return when;
  throw new Error(`${path}: ${code} is thrown there and not explained in site/lib/api-errors.ts`);
}
