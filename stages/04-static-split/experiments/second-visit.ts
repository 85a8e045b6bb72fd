import type { Bench, Experiment } from './experiment.ts';

const MINUTE = 60_000;

/** Script and styles: what the page names besides itself. */
async function filesOf(page: Response): Promise<string[]> {
  const html = await page.text();
  return [...html.matchAll(/(?:src|href)="([^"]+)" integrity/g)].map(([, url = '']) => url);
}

/** Where each file came from, by its ending. */
async function load(bench: Bench, files: readonly string[]): Promise<Record<string, string>> {
  const from: Record<string, string> = {};
  for (const url of files) {
    const { headers } = await bench.fetch(url);
    const ending = url.slice(url.lastIndexOf('.') + 1);
    from[ending] = headers.get('x-cache')?.split(' ')[0] ?? 'no answer';
  }
  return from;
}

const running = (bench: Bench): string[] => bench.instances().map(({ service }) => service);

export default {
  title: {
    en: 'Second visit: the CDN answers, the function sleeps',
    'zh-CN': '第二次访问：CDN 应答，函数在睡觉',
  },
  target: 'fc',
  hypothesis: {
    en: 'The first visit fetches the files through the CDN from the bucket. After that they are in the CDN, and no instance of a function has to be there for them.',
    'zh-CN':
      '第一次访问，CDN 回源到存储桶取文件。之后文件就留在 CDN 上，发文件这件事不需要任何函数实例。',
  },
  prediction: {
    question: {
      en: 'One reader has opened the page. Ten quiet minutes later every instance has been reclaimed. Another reader’s browser asks for script and styles: who is started?',
      'zh-CN':
        '一个读者打开过页面。安静了十分钟，实例全被回收。另一个读者的浏览器来取脚本和样式：会启动谁？',
    },
    answers: [
      {
        text: { en: 'An instance of the page function', 'zh-CN': '页面函数的一个实例' },
        holds: false,
      },
      { text: { en: 'Nobody', 'zh-CN': '谁也不启动' }, holds: true },
      {
        text: {
          en: 'Nobody, but the CDN asks the bucket again',
          'zh-CN': '谁也不启动，但 CDN 要再回源一次',
        },
        holds: false,
      },
    ],
  },

  async run(bench) {
    bench.step({ en: 'First visit', 'zh-CN': '第一次访问' });
    const files = await filesOf(await bench.fetch('/'));
    bench.observe(
      { en: 'where the files come from', 'zh-CN': '文件来自哪里' },
      await load(bench, files),
      { svg: 'MISS', css: 'MISS', js: 'MISS' },
    );
    bench.observe({ en: 'instances', 'zh-CN': '实例' }, running(bench), ['page']);

    bench.step({ en: 'Ten quiet minutes', 'zh-CN': '安静十分钟' });
    await bench.wait(10 * MINUTE);
    bench.observe({ en: 'instances', 'zh-CN': '实例' }, running(bench), []);

    bench.step({
      en: 'Another reader’s browser, which has the page open already, fetches the files',
      'zh-CN': '另一个读者的浏览器，页面已经拿到，来取文件',
    });
    bench.observe(
      { en: 'where the files come from', 'zh-CN': '文件来自哪里' },
      await load(bench, files),
      { svg: 'HIT', css: 'HIT', js: 'HIT' },
    );
    bench.observe({ en: 'instances', 'zh-CN': '实例' }, running(bench), []);

    bench.step({ en: 'It asks for the page itself', 'zh-CN': '它再要页面本身' });
    const again = await filesOf(await bench.fetch('/'));
    bench.observe(
      { en: 'the page names the same files', 'zh-CN': '页面引用的还是同样的文件' },
      again.join() === files.join(),
      true,
    );
    bench.observe({ en: 'instances', 'zh-CN': '实例' }, running(bench), ['page']);
  },

  conclusion: {
    en: 'The names hold a hash of the content, so the CDN and every browser may keep a file for a year without asking: another content is another name, and only the page, a few kilobytes, has to tell of it. What costs an instance now is the page and the data, not the files.',
    'zh-CN':
      '文件名里带着内容的哈希，所以 CDN 和浏览器可以放心留一年、问都不问：内容变了名字就变，只有几 KB 的页面需要说一声。现在要动用实例的，只剩页面和数据，文件不用。',
  },
} satisfies Experiment;
