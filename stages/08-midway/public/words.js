/** `{}` is a place for a value; before `|` stands what is said of one. */
const english = {
  title: 'Todos',
  user: 'You write as {}',
  newTodo: 'New todo',
  name: 'Name',
  description: 'Description',
  add: 'Add',
  nameNeeded: 'Write a name first.',
  search: 'Search by name',
  status: 'Status',
  all: 'All',
  status0: 'Closed',
  status1: 'In progress',
  status2: 'Done',
  status3: 'Paused',
  statusOf: 'Status of {}',
  select: 'Select {}',
  selectAll: 'Select all on this page',
  reload: 'Reload the list',
  total: '1 todo|{} todos',
  loading: 'Loading…',
  noList: 'No list',
  edit: 'Edit',
  save: 'Save',
  cancel: 'Cancel',
  delete: 'Delete',
  deleteSome: 'Delete {}',
  confirmDelete: 'Delete this todo?|Delete these {} todos?',
  noWayBack: 'It is deleted for everyone. There is no way back.',
  created: 'Created',
  updated: 'Updated',
  pages: 'Pages',
  page: 'Page {}',
  previous: 'Previous page',
  next: 'Next page',
  pageOf: 'Page {} of {}',
  empty: 'Nothing to do yet. Write the first todo on the line above.',
  noMatch: 'No todo matches.',
  showAll: 'Show all todos',
  about:
    'Everyone who opens this page shares this list. The total is counted anew for each request, todo by todo.',
  added: 'Added {}.',
  saved: 'Saved {}.',
  deleted: 'Deleted 1 todo.|Deleted {} todos.',
  notAdded: 'Not added.',
  notSaved: 'Not saved.',
  notDeleted: 'Not deleted.',
  notLoaded: 'The list did not load.',
  changed:
    'Someone else has changed this todo to “{}”, {}. Save again to replace that, or cancel to keep it.',
  reverted: 'Someone else has changed this todo. This is their version.',
  vanished: 'Someone else has changed or deleted this todo. Reload the list to see.',
  signIn: 'Sign in to change todos.',
  signInNow: 'Sign in',
  signOut: 'Sign out',
  userName: 'User name',
  password: 'Password',
  register: 'Register',
  demo: 'Use the demo account',
  demoAccount: 'Just looking? The demo account is everyone’s.',
  CREDENTIALS_WRONG: 'The name is unknown or the password wrong.',
  USER_NAME_TAKEN: 'Someone has this name. Choose another one.',
  USER_NAME_INVALID: 'A name has 1 to 64 letters, digits, dots, dashes or underscores.',
  PASSWORD_INVALID: 'A password has 8 to 200 characters.',
  NETWORK: 'The server did not answer.',
  TIMEOUT: 'The server did not answer in time.',
  NOT_JSON: 'The server’s answer makes no sense.',
  tryAgain: 'Try again',
};

const chinese = {
  title: '待办',
  user: '当前身份：{}',
  newTodo: '新待办',
  name: '名称',
  description: '描述',
  add: '添加',
  nameNeeded: '请先填写名称。',
  search: '按名称搜索',
  status: '状态',
  all: '全部',
  status0: '已关闭',
  status1: '进行中',
  status2: '已完成',
  status3: '已暂停',
  statusOf: '“{}”的状态',
  select: '选中“{}”',
  selectAll: '选中本页全部待办',
  reload: '刷新列表',
  total: '{} 条待办',
  loading: '加载中……',
  noList: '没有列表',
  edit: '编辑',
  save: '保存',
  cancel: '取消',
  delete: '删除',
  deleteSome: '删除 {} 条',
  confirmDelete: '要删除这 {} 条待办吗？',
  noWayBack: '删除对所有人生效，而且无法恢复。',
  created: '创建于',
  updated: '更新于',
  pages: '分页',
  page: '第 {} 页',
  previous: '上一页',
  next: '下一页',
  pageOf: '第 {} 页，共 {} 页',
  empty: '还没有待办，在上面写下第一条吧。',
  noMatch: '没有符合条件的待办。',
  showAll: '显示全部待办',
  about: '所有打开本页的人共用这份清单。总数在每次请求时逐条清点。',
  added: '已添加“{}”。',
  saved: '已保存“{}”。',
  deleted: '已删除 {} 条待办。',
  notAdded: '添加失败。',
  notSaved: '保存失败。',
  notDeleted: '删除失败。',
  notLoaded: '列表加载失败。',
  changed: '别人刚把这条待办改成了“{}”，{}。再次保存会覆盖对方的修改，取消则保留。',
  reverted: '别人刚改过这条待办，这里显示的是对方的版本。',
  vanished: '别人刚修改或删除了这条待办，请刷新列表查看。',
  signIn: '登录之后才能修改待办。',
  signInNow: '登录',
  signOut: '退出登录',
  userName: '用户名',
  password: '密码',
  register: '注册',
  demo: '用演示账号',
  demoAccount: '只是看看？演示账号人人可用。',
  CREDENTIALS_WRONG: '用户名或密码不对。',
  USER_NAME_TAKEN: '这个用户名有人用了，换一个吧。',
  USER_NAME_INVALID: '用户名为 1 到 64 个字母、汉字、数字、点、连字符或下划线。',
  PASSWORD_INVALID: '密码为 8 到 200 个字符。',
  NETWORK: '服务器没有响应。',
  TIMEOUT: '服务器响应超时。',
  NOT_JSON: '服务器返回的内容无法识别。',
  tryAgain: '重试',
};

/**
 * The language asked for, else the first of the reader's that the page speaks, else English.
 * @example chooseLanguage('', ['fr', 'zh-HK']) // 'zh-CN'
 */
export function chooseLanguage(asked, preferred) {
  const spoken = [asked, ...preferred].find((tag) => /^(en|zh)\b/i.test(tag));
  return /^zh/i.test(spoken ?? '') ? 'zh-CN' : 'en';
}

export const language = chooseLanguage(
  new URLSearchParams(location.search).get('lang') ?? '',
  navigator.languages,
);
export const words = language === 'en' ? english : chinese;

/**
 * Puts values into words.
 * @example fill(words.total, 3) // '3 todos'
 */
export function fill(text, ...values) {
  const form = text.split('|').at(values[0] === 1 ? 0 : -1) ?? text;
  return form.replaceAll('{}', () => String(values.shift()));
}

/**
 * The words of a name that is known only at run time, '' when there are none.
 * @example wordsOf(`status${2}`) // 'Done'
 */
export function wordsOf(name) {
  return Object.hasOwn(words, name) ? words[name] : '';
}

/** The reader's own region (en-GB, zh-SG) where it is the page's language that they read. */
const region = navigator.languages.find((tag) => tag.startsWith(language.slice(0, 2)));
const timeFormat = new Intl.DateTimeFormat(region ?? language, {
  dateStyle: 'medium',
  timeStyle: 'short',
});

/**
 * A moment in the reader's calendar and time zone.
 * @example formatTime(new Date('2026-11-23T06:30:00Z')) // '23 Nov 2026, 06:30'
 */
export function formatTime(moment) {
  return timeFormat.format(moment);
}
