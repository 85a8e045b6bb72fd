/** The only user there is. The field names are those that Ant Design Pro reads. */
export const demoUser = {
  userid: 'demo',
  name: 'Demo',
  avatar: './favicon.svg',
  access: 'user',
} as const;
