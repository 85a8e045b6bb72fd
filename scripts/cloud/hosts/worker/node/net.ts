const BYTE = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^(?:${BYTE}\\.){3}${BYTE}$`);

/** Whether a text is an IPv4 address. */
export const isIPv4 = (text: string): boolean => IPV4.test(text);

/** Whether a text is an IPv6 address: what the browser takes between brackets in a URL, a zone at its end. */
export function isIPv6(text: string): boolean {
  const [address = '', zone, ...more] = text.split('%');
  if (!address.includes(':') || more.length > 0 || zone === '') return false;
  return /^[\da-f:.]+$/i.test(address) && URL.canParse(`http://[${address}]`);
}

/** 4, 6, or 0 for what is no address. */
export function isIP(text: string): 0 | 4 | 6 {
  if (isIPv4(text)) return 4;
  return isIPv6(text) ? 6 : 0;
}

export default { isIP, isIPv4, isIPv6 };
