import type { Text } from './languages.ts';

/** A route of the API as the page lists it. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly what: Text;
  readonly answers: Text;
}

export const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/rule',
    what: { en: 'One page of the list, newest first.', 'zh-CN': '列表的一页，新的在前。' },
    answers: {
      en: '200 with `{data, total, success, pageSize, current}`',
      'zh-CN': '200，`{data, total, success, pageSize, current}`',
    },
  },
  {
    method: 'POST',
    path: '/api/rule',
    what: { en: 'Adds a todo: `{name, desc?}`.', 'zh-CN': '新建一条：`{name, desc?}`。' },
    answers: {
      en: '201 with the todo; 422 when an `Idempotency-Key` comes with another todo',
      'zh-CN': '201，返回这条待办；同一个 `Idempotency-Key` 换了内容 422',
    },
  },
  {
    method: 'PUT',
    path: '/api/rule',
    what: {
      en: 'Changes a todo: `{key, name?, desc?, status?, version?}`. A field that is absent stays as it is.',
      'zh-CN': '修改一条：`{key, name?, desc?, status?, version?}`。没传的字段保持原样。',
    },
    answers: {
      en: '200 with the merged todo; 404 unknown key; 409 old version',
      'zh-CN': '200，返回合并后的待办；key 不存在 404；版本过旧 409',
    },
  },
  {
    method: 'DELETE',
    path: '/api/rule',
    what: {
      en: 'Deletes todos by exact key: `{key: [...]}` or one key.',
      'zh-CN': '按 key 精确删除：`{key: [...]}` 或单个 key。',
    },
    answers: {
      en: '200 with `{list, pagination: {total}}`, the first page that is left',
      'zh-CN': '200，`{list, pagination: {total}}`，即删完后的第一页',
    },
  },
  {
    method: 'GET',
    path: '/api/currentUser',
    what: { en: 'Who is asking.', 'zh-CN': '当前用户是谁。' },
    answers: {
      en: '200 with `{userid, name, avatar, access}`; from stage 4 on with the cookie that a write needs',
      'zh-CN': '200，`{userid, name, avatar, access}`；从阶段 4 起，还有写操作要用的 Cookie',
    },
  },
  {
    method: 'GET',
    path: '/healthz',
    what: { en: 'Whether the service is up.', 'zh-CN': '服务是否活着。' },
    answers: { en: '200 with `{success, status}`', 'zh-CN': '200，`{success, status}`' },
  },
];

/** From the stage on that has accounts. */
export const ACCOUNT_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/user/register',
    what: {
      en: 'Makes an account: `{userName, password}`.',
      'zh-CN': '注册：`{userName, password}`。',
    },
    answers: {
      en: '201 with `{status, currentAuthority}` and the user; 409 when somebody has the name',
      'zh-CN': '201，`{status, currentAuthority}` 和用户信息；用户名被占用 409',
    },
  },
  {
    method: 'POST',
    path: '/api/login/account',
    what: { en: 'Signs in: `{userName, password}`.', 'zh-CN': '登录：`{userName, password}`。' },
    answers: {
      en: '200 with `{status, type, currentAuthority}` and the cookie; 401 with `status: error`',
      'zh-CN':
        '200，`{status, type, currentAuthority}`，并种下 Cookie；不对则 401，`status` 为 `error`',
    },
  },
  {
    method: 'POST',
    path: '/api/logout',
    what: { en: 'Takes the cookie away.', 'zh-CN': '退出，清掉 Cookie。' },
    answers: { en: '200 with `{success}`', 'zh-CN': '200，`{success}`' },
  },
  {
    method: 'GET',
    path: '/api/users',
    what: { en: 'Everybody who has an account, without secrets.', 'zh-CN': '所有账号，不含秘密。' },
    answers: {
      en: '200 with `{data, total, success}`; 401 without signing in',
      'zh-CN': '200，`{data, total, success}`；没登录 401',
    },
  },
];

/** A field of a todo, as it travels. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly what: Text;
}

export const FIELDS: readonly Field[] = [
  {
    name: 'key',
    type: 'string',
    what: { en: 'Names the todo for good.', 'zh-CN': '待办的唯一标识，永不改变。' },
  },
  {
    name: 'name',
    type: 'string',
    what: { en: '1 to 200 characters.', 'zh-CN': '1 到 200 个字符。' },
  },
  {
    name: 'desc',
    type: 'string',
    what: {
      en: 'Up to 2,000 characters, possibly none.',
      'zh-CN': '最多 2,000 个字符，可以为空。',
    },
  },
  {
    name: 'status',
    type: '0 | 1 | 2 | 3',
    what: {
      en: '0 closed, 1 in progress, 2 done, 3 paused. Clients send a number or digits.',
      'zh-CN': '0 关闭，1 进行中，2 完成，3 暂停。客户端传数字或数字字符串都行。',
    },
  },
  {
    name: 'owner',
    type: 'string',
    what: {
      en: 'Who added it. The list is shared; the owner is only recorded.',
      'zh-CN': '由谁新建。列表是共享的，这里只作记录。',
    },
  },
  {
    name: 'avatar',
    type: 'string',
    what: { en: 'Address of a picture for the owner.', 'zh-CN': '新建者头像的地址。' },
  },
  {
    name: 'href',
    type: 'string',
    what: { en: 'Where the todo is shown.', 'zh-CN': '待办所在页面的地址。' },
  },
  {
    name: 'callNo',
    type: 'number',
    what: {
      en: 'Counts up and is never given twice, whatever is deleted.',
      'zh-CN': '一直递增；删掉的编号不会再用。',
    },
  },
  {
    name: 'progress',
    type: 'number',
    what: { en: 'Per cent: 100 when done, else 0.', 'zh-CN': '百分比：完成为 100，否则为 0。' },
  },
  {
    name: 'disabled',
    type: 'boolean',
    what: { en: 'Part of the format; always false.', 'zh-CN': '格式的一部分，始终为 false。' },
  },
  {
    name: 'createdAt',
    type: 'string',
    what: { en: 'ISO 8601, UTC.', 'zh-CN': 'ISO 8601，UTC 时间。' },
  },
  {
    name: 'updatedAt',
    type: 'string',
    what: { en: 'When it last changed.', 'zh-CN': '最近一次修改的时间。' },
  },
  {
    name: 'version',
    type: 'number',
    what: {
      en: 'Counts changes from 1. Send it with a change and an older one gets 409.',
      'zh-CN': '从 1 起，每改一次加一。修改时带上它，版本过旧就返回 409。',
    },
  },
];
