import { EXIT } from '../shared/failure.ts';
import { columns } from '../shared/terminal.ts';
import { findStage } from '../stages/catalogue.ts';
import { defineCommand } from './command.ts';
import { misused } from './line.ts';

const command = defineCommand({
  name: 'images',
  summary:
    'Lists the images that Docker and a cluster fetch for stages, or gets them from a mirror.',
  usage: '[stage...]',
  options: {
    mirror: {
      type: 'string',
      value: 'host',
      summary: 'Pulls each through this registry mirror and gives it its own name.',
    },
    json: { type: 'boolean', summary: 'Prints an array, for programs.' },
  },
  async run({ positionals, options, stages, terminal }) {
    const { neededImages } = await import('../targets/needed-images.ts');
    const known = stages();
    const named = positionals.map((name) => findStage(known, name));
    const images = neededImages(named.length > 0 ? named : known);
    const { mirror } = options;
    if (mirror !== undefined) {
      // A registry is a host, perhaps with a path: no scheme.
      if (!/^[\w.-]+(:\d+)?(\/[\w./-]+)?$/.test(mirror)) {
        throw misused(
          `--mirror: expected a host such as m.example.com, found "${mirror}".`,
          command,
        );
      }
      const { createDocker } = await import('../cloud/hosts/docker/index.ts');
      const { localName, pullThrough } = await import('../targets/mirror.ts');
      const docker = createDocker();
      for (const { image } of images) {
        terminal.note(`Pulling ${localName(image)} ...`);
        const from = await pullThrough(docker, image, mirror);
        terminal.note(`${terminal.paintNote('green', localName(image))} from ${from}`);
      }
    }
    if (options.json) terminal.print(JSON.stringify(images, null, 2));
    else if (images.length === 0) terminal.print('These stages need no image.');
    else if (mirror === undefined) {
      for (const line of columns(images.map(({ image, why }) => [image, why.join('; ')]))) {
        terminal.print(line);
      }
    }
    return EXIT.fine;
  },
});
export default command;
