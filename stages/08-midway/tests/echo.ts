import {
  Configuration,
  CustomModuleDetector,
  Inject,
  Provide,
  ServerlessTrigger,
  ServerlessTriggerType,
} from '@midwayjs/core';
import * as faas from '@midwayjs/faas';
import type { HttpEvent } from '../src/starter/http-starter.ts';

const { HTTP } = ServerlessTriggerType;

/** Bytes that are no text in UTF-8. */
export const BYTES = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00]);

/** A service that gives back what it was asked with: what a starter does to it is seen. */
@Provide()
export class EchoFunctions {
  @Inject()
  ctx!: faas.Context;

  @ServerlessTrigger(HTTP, { path: '/request', method: 'get' })
  async request(): Promise<object> {
    const { method, path, query, ip } = this.ctx;
    return { method, path, query, ip, header: this.ctx.get('X-Test') };
  }

  @ServerlessTrigger(HTTP, { path: '/body', method: 'post' })
  async body(): Promise<Buffer> {
    this.ctx.set('Content-Type', this.ctx.get('Content-Type'));
    return (this.ctx.originEvent as HttpEvent).body as Buffer;
  }

  @ServerlessTrigger(HTTP, { path: '/bytes', method: 'get' })
  async bytes(): Promise<Buffer> {
    this.ctx.set('Content-Type', 'image/png');
    return BYTES;
  }

  @ServerlessTrigger(HTTP, { path: '/text', method: 'get' })
  async text(): Promise<string> {
    return '写代码';
  }

  @ServerlessTrigger(HTTP, { path: '/cookies', method: 'get' })
  async cookies(): Promise<string> {
    this.ctx.append('Set-Cookie', 'a=1; HttpOnly');
    this.ctx.append('Set-Cookie', 'b=2; HttpOnly');
    return 'two';
  }

  @ServerlessTrigger(HTTP, { path: '/throw', method: 'get' })
  async fail(): Promise<never> {
    throw new RangeError('out of todos');
  }
}

@Configuration({
  imports: [faas],
  detector: new CustomModuleDetector({ modules: [EchoFunctions] }),
})
export class EchoConfiguration {}
